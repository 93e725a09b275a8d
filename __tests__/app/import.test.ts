import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { catalog } from "../../lib/catalog";
import { loadConfiguration } from "../../lib/configuration/load";
import { clustersIn } from "../support/clusters";
import { definitionJson } from "../support/definitions";
import { bundleCommand } from "./support/command";

const ROOT = resolve(__dirname, "../..");

describe("import", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-import-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const script = join(folder, "import.js");
  const text = JSON.stringify({ taskDefinition: definitionJson({ environment: { DD_LOG_LEVEL: "debug" } }) });

  const run = (args: readonly string[], input?: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      input,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  beforeAll(() => {
    const libraries = bundleCommand("import", script).filter((file) =>
      /node_modules\/(@?cdktf|constructs)\//.test(file),
    );
    expect(libraries).toEqual([]);
    writeFileSync(join(folder, "task.json"), text);
  });

  it("prints a file that is valid without changes", () => {
    const { status, stdout, stderr } = run(["task.json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    writeFileSync(join(folder, "clusters.yaml"), stdout);
    expect(clustersIn(loadConfiguration(catalog, join(folder, "clusters.yaml")))).toMatchObject([
      { features: { logLevel: { level: "debug" } } },
    ]);
  });

  it("also has its previous name", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(scripts["diff-config"]).toBe(scripts.import);
  });

  it("finds the Agent's container by the given name", () => {
    expect(run(["task.json", "--container", "datadog-agent"])).toEqual(run(["task.json"]));
    expect(run(["task.json", "--container=none"]).stderr).toContain("--container gives");
  });

  it("reads from standard input", () => {
    expect(run(["-"], text)).toEqual(run(["task.json"]));
  });

  it.each<[string, string[], string]>([
    ["no file", [], "missing argument <file>."],
    ["two files", ["a", "b"], 'unknown argument "b".'],
    ["an option that doesn't exist", ["--yaml", "task.json"], 'unknown argument "--yaml".'],
    ["an option without its value", ["task.json", "--container"], "--container needs <name>."],
    ["a service without its cluster", ["--service", "a"], "--service and --all need --cluster."],
    ["a cluster and a file", ["task.json", "--cluster", "a"], "<file> can't be combined with --cluster."],
    ["only a cluster", ["--cluster", "a"], "--cluster needs either --service or --all."],
    ["a service and all", ["--cluster", "a", "--service", "b", "--all"], "--cluster needs either --service or --all."],
  ])("refuses %s with the usage and status 2", (_what, args, message) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^import: .*\n\nUsage: datadog-agent-ecs import <file> \[--container <name>\]\n/);
    expect(stderr.split("\n")[0]).toBe(`import: ${message}`);
  });

  it("prints the usage with --help", () => {
    const { status, stdout, stderr } = run(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: datadog-agent-ecs import <file> /);
  });

  it("ends without an error if the reader closes its pipe", async () => {
    const child = spawn(process.execPath, [script, "task.json"], { cwd: folder });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise((done) => child.once("close", done));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it.each<[string, string[], string]>([
    ["a missing file", ["none.json"], "none.json: 1 problem\n\n  doesn't exist."],
    ["a folder", ["."], ".: 1 problem\n\n  can't be read."],
    [
      "what isn't JSON",
      ["-"],
      "standard input: 1 problem\n\n  isn't valid JSON. Use the output of `aws ecs describe-task-definition",
    ],
  ])("refuses %s in one message and with status 1", (_what, args, message) => {
    mkdirSync(join(folder, "folder"), { recursive: true });
    const { status, stdout, stderr } = run(args, "secret");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr).not.toMatch(/^\s+at |secret/m);
  });
});
