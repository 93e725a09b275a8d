import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleCommand } from "./support/command";

describe("module", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-module-"));
  const script = join(folder, "module.js");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    expect(bundleCommand("module", script).filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file))).toEqual(
      [],
    );
  });
  afterEach(() => rmSync(join(folder, "clusters.yaml"), { force: true }));

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }
  const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

  it("writes a module without a configuration", () => {
    expect(run("agent")).toEqual({
      status: 0,
      stdout: "Wrote the module agent to modules/agent. Its README.md describes how to use it.\n",
      stderr: "",
    });
    expect(readdirSync(join(folder, "modules/agent"))).toEqual(
      expect.arrayContaining(["main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md"]),
    );
  });

  it("writes a module for another host, to another folder", () => {
    expect(run("agent", "--host", "windows", "--out", "tf/agent").status).toBe(0);
    expect(read("tf/agent/main.tf")).toContain("windows");
  });

  it("uses the defaults of the configuration's entry", () => {
    writeFileSync(
      join(folder, "clusters.yaml"),
      "clusters: [{ name: a }]\nmodules: [{ name: agent, site: datadoghq.eu }]\n",
    );
    expect(run("agent", "--out", "eu").status).toBe(0);
    expect(read("eu/variables.tf")).toContain('"datadoghq.eu"');
    expect(run("other", "--out", "other").status).toBe(0);
    expect(read("other/variables.tf")).not.toContain('default     = "datadoghq.eu"');
    const { status, stderr } = run("agent", "--host", "windows", "--out", "none");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "clusters.yaml has the module agent for the host linux. Remove --host, or choose another name.\n",
    });
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it.each<[string, string[], number, RegExp]>([
    ["no name", [], 2, /^module: missing argument <name>\.\n\nUsage: datadog-agent-ecs module <name>\n/],
    ["an invalid module name", ["a b"], 1, /^datadog-agent-ecs module: 1 problem\n\n {2}name\n/],
    ["an unknown host", ["a", "--host", "solaris"], 1, /^datadog-agent-ecs module: 1 problem\n\n {2}host\n/],
    ["a missing configuration", ["a", "--config", "none.yaml"], 1, /^none\.yaml: 1 problem\n/],
  ])("refuses %s", (_what, args, status, message) => {
    const before = readdirSync(folder);
    const result = run(...args);
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toMatch(message);
    expect(readdirSync(folder)).toEqual(before);
  });
});
