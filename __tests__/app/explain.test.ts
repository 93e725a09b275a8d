import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import type { StackConfiguration } from "../../lib/configuration/stacks";
import { explain } from "../../lib/outputs/explain";
import { configurationOf } from "../support/clusters";
import { bundleCommand } from "./support/command";

describe("explain", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-explain-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, "explain.js");
  let inputs: readonly string[] = [];

  beforeAll(() => {
    inputs = bundleCommand("explain", script);
    writeFileSync(join(folder, "clusters.yaml"), stringify({ clusters: [{ name: "shop" }, { name: "factory" }] }));
    writeFileSync(join(folder, "other.yaml"), stringify({ clusters: [{ name: "other", features: { apm: true } }] }));
    writeFileSync(join(folder, "modules.yaml"), stringify({ modules: [{ name: "shared" }] }));
    writeFileSync(join(folder, "wrong.yaml"), stringify({ clusters: [{ name: "a", host: "solaris" }] }));
  });

  function run(args: readonly string[], file?: string) {
    const { CLUSTERS_FILE: _file, ...rest } = process.env;
    const env = file === undefined ? rest : { ...rest, CLUSTERS_FILE: file };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    return { status, stdout, stderr };
  }

  it("needs clusters, if the configuration has only modules", () => {
    expect(run([], "modules.yaml")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("\nStacks: none (the configuration has only `modules`)\n") as string,
    });
    for (const args of [["shop"], ["--diagram"]]) {
      expect(run(args, "modules.yaml")).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("has only `modules`, and explain needs `clusters`.") as string,
      });
    }
  });

  it("doesn't load cdktf", () => {
    expect(inputs).toContain("lib/outputs/explain/index.ts");
    expect(inputs.filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file))).toEqual([]);
  });

  it.each([[[]], [["--help"]]])("prints its usage for %j", (args) => {
    expect(run(args)).toEqual({
      status: 0,
      stdout: `Usage: datadog-agent-ecs explain <stack> [feature]
       datadog-agent-ecs explain --diagram

Print what each setting and feature adds to the Agents of a stack, and why.

Lists the environment variables, mounts, ports and capabilities that each feature adds. For a feature
that is off, lists what it would add.

  --diagram          Print a Mermaid diagram of all stacks
  --config <path>    Configuration file or folder (default: $CLUSTERS_FILE or clusters.yaml)
  --format <format>  Format of problems: text, json (with codes), or github (annotations)
  --json             Same as --format json
  --help             Print this message
  --version          Print the version

Stacks:
  shop
  factory
`,
      stderr: "",
    });
  });

  it.each([
    [["shop", "apm", "logs"], "logs"],
    [["--all"], "--all"],
  ])("refuses unknown arguments: %j", (args, unknown) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^explain: .*\n\nUsage: datadog-agent-ecs explain <stack> \[feature\]\n/);
    expect(stderr).toContain(`unknown argument "${unknown}".`);
  });

  it("prints its usage without a configuration", () => {
    const { status, stdout } = run(["--help"], "wrong.yaml");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: datadog-agent-ecs explain <stack> \[feature\]\n/);
  });

  it("explains a stack or one of its features, with the same output in every run", () => {
    const { status, stdout, stderr } = run(["shop"]);
    const text = stringify({ clusters: [{ name: "shop" }] });
    const [
      {
        clusters: [
          {
            onHosts: [cluster],
          },
        ],
      },
    ] = configurationOf(text).stacks as [StackConfiguration];
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${explain(catalog, cluster)}\n`, stderr: "" });
    expect(run(["shop"]).stdout).toBe(stdout);
    expect(run(["shop", "apm"]).stdout).toBe(`${explain(catalog, cluster, "apm")}\n`);
  });

  it("reads the file that CLUSTERS_FILE names", () => {
    expect(run(["other"], "other.yaml").stdout).toContain("  apm: Receives traces from applications (APM)\n");
  });

  it.each([
    [
      "an unknown stack",
      ["shp"],
      undefined,
      /^explain: 1 problem\n\n {2}stack\n {4}"shp" doesn't exist\. Did you mean "shop"\? The stacks are shop and factory\.\n$/,
    ],
    [
      "an unknown feature name",
      ["shop", "log"],
      undefined,
      /^explain: 1 problem\n\n {2}feature\n {4}"log" doesn't exist\. Did you mean "logs"\? The features are .*\n$/,
    ],
    ["an invalid configuration", [], "wrong.yaml", /^wrong\.yaml: 1 problem\n\n.*\n {4}must be linux, .*\n$/],
    ["a missing file", ["shop"], "none.yaml", /^none\.yaml: 1 problem\n\n {2}can't be read: .*\n$/],
  ])("refuses %s without a stack trace", (_what, args, file, expected) => {
    expect(run(args, file)).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(expected) as string });
  });
});
