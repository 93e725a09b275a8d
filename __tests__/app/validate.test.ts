import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleCommand } from "./support/command";

describe("validate", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-validate-"));
  const script = join(folder, "validate.js");
  let inputs: readonly string[] = [];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const WRONG = "clusters:\n  - name: a\n    features:\n      amp: true\n  - name: b\n    site: eu, %0\n";

  beforeAll(() => {
    inputs = bundleCommand("validate", script);
    writeFileSync(
      join(folder, "clusters.yaml"),
      "clusters:\n  - name: a\n    hosts: [linux, windows]\nmodules: [{ name: m }]\n",
    );
    writeFileSync(join(folder, "wrong.yaml"), WRONG);
  });

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  it("needs neither CDKTF nor the AWS SDK", () => {
    expect(inputs.filter((file) => /node_modules\/(@?cdktf|constructs|@aws-sdk)\//.test(file))).toEqual([]);
  });

  it("summarizes a valid configuration, and writes nothing", () => {
    const before = readdirSync(folder);
    expect(run()).toEqual({
      status: 0,
      stdout: "clusters.yaml is valid: 1 stack, 2 daemon services, 1 module.\n",
      stderr: "",
    });
    expect(run("--json")).toEqual({ status: 0, stdout: '{\n  "problems": []\n}\n', stderr: "" });
    expect(readdirSync(folder)).toEqual(before);
  });

  it("prints all problems as text to stderr", () => {
    const { status, stdout, stderr } = run("--config", "wrong.yaml");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^wrong\.yaml: 2 problems\n\n {2}wrong\.yaml:4:7 clusters\[0\]\.features\.amp\n/);
  });

  it.each([["--json"], ["--format", "json"], ["--format=json"]])("prints problems as JSON: %s %s", (...args) => {
    const { status, stdout, stderr } = run("--config", "wrong.yaml", ...args);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      problems: [
        {
          file: "wrong.yaml",
          line: 4,
          column: 7,
          path: "clusters[0].features.amp",
          code: "unknown-key",
          message: expect.stringContaining('"apm"') as string,
        },
        {
          file: "wrong.yaml",
          line: 6,
          column: 5,
          path: "clusters[1].site",
          code: "invalid-value",
          message: expect.stringContaining('"eu, %0"') as string,
        },
      ],
    });
  });

  it("prints problems as escaped GitHub annotations", () => {
    const { status, stdout } = run("--config", "wrong.yaml", "--format", "github");
    expect(status).toBe(1);
    const [first, second, ...rest] = stdout.split("\n");
    expect(first).toMatch(/^::error file=wrong\.yaml,line=4,col=7,title=clusters\[0\]\.features\.amp::clusters\[0\]\./);
    expect(second).toContain('got "eu, %250"');
    expect(rest).toEqual([""]);
  });

  it("refuses an unknown format with the usage and status 2", () => {
    const { status, stdout, stderr } = run("--format", "xml");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^validate: --format must be text, json, github\.\n\nUsage: datadog-agent-ecs validate\n/);
  });

  it("names the npm script that started it", () => {
    const { stdout } = spawnSync(process.execPath, [script, "--help"], {
      encoding: "utf8",
      env: { ...process.env, npm_lifecycle_event: "validate" },
    });
    expect(stdout).toMatch(/^Usage: npm run validate\n/);
  });
});
