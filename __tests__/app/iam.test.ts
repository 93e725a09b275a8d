import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { bundleCommand } from "./support/command";

describe("iam", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-iam-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, "iam.js");

  beforeAll(() => {
    bundleCommand("iam", script);
    const names = Array.from({ length: 150 }, (_none, index) => `cluster-${index}`);
    const files = {
      "clusters.yaml": {
        clusters: [
          { name: "shop", cluster: "shop" },
          { name: "factory", cluster: "factory" },
        ],
      },
      "many.yaml": { clusters: names.map((name) => ({ name, cluster: name })) },
      "modules.yaml": { modules: [{ name: "shared" }] },
      "wrong.yaml": { clusters: [{ name: "a", host: "solaris" }] },
    };
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), stringify(content));
  });

  function run(...args: readonly string[]) {
    const { CLUSTERS_FILE: _file, ...env } = process.env;
    const options = { cwd: folder, encoding: "utf8", env } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options);
    return { status, stdout, stderr };
  }

  const servicesIn = (stdout: string) => stdout.match(/service\/[\w-]+\/datadog-agent/g);

  it("prints a policy of all stacks and writes nothing", () => {
    const before = readdirSync(folder);
    const { status, stdout, stderr } = run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ Version: "2012-10-17" });
    expect(servicesIn(stdout)).toEqual(["service/factory/datadog-agent", "service/shop/datadog-agent"]);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("prints that of one stack, and knows what is none", () => {
    expect(servicesIn(run("shop").stdout)).toEqual(["service/shop/datadog-agent"]);
    expect(run("shopp")).toEqual({
      status: 1,
      stdout: "",
      stderr: 'clusters.yaml has no stack shopp. Did you mean "shop"?\n',
    });
  });

  it("reads another file, and reports its problems", () => {
    expect(run("--config", "wrong.yaml")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("clusters[0].host") as string,
    });
    expect(run("--config", "modules.yaml").stderr).toContain("has only `modules`, and iam needs `clusters`.");
  });

  it("warns if the policy is too long for a managed policy", () => {
    expect(run("--config", "many.yaml").stderr).toMatch(/^Warning: the policy has \d+ characters .* at most 6144\./);
    expect(run("cluster-0", "--config", "many.yaml").stderr).toBe("");
  });

  it("says what it is for", () => {
    expect(run("--help").stdout).toMatch(/^Usage: datadog-agent-ecs iam \[stack\]\n\nPrint the IAM policy/);
  });
});
