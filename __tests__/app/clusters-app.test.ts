import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { catalog } from "../../lib/catalog";
import { loadConfiguration } from "../../lib/configuration/load";
import { synthesizeStacks } from "../../lib/constructs/clusters-app";
import { DatadogAgentStack } from "../../lib/constructs/datadog-agent-stack";

describe("synthesizeStacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-clusters-app-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("writes the same bytes as CDKTF, including warnings in the manifest", () => {
    const configured = loadConfiguration(catalog, resolve(__dirname, "../../examples/fleet/clusters")).stacks;
    const written = new Map<string, string>();
    const write = (path: string, text: string) => written.set(path, text);
    synthesizeStacks(configured, { write, scratch: join(folder, "scratch") }, () => undefined);

    const app = new App({ outdir: join(folder, "cdktf"), stackTraces: false });
    const stacks = new Map(configured.map((stack) => [stack.name, new DatadogAgentStack(app, stack)]));
    for (const { name, dependsOn } of configured) {
      stacks.get(name)?.deployAfter(dependsOn.flatMap((other) => stacks.get(other) ?? []));
    }
    const names = [...stacks.keys()];
    app.synth();
    const files = ["manifest.json", ...names.map((name) => `stacks/${name}/cdk.tf.json`)];
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(written.get(file)).toBe(readFileSync(join(folder, "cdktf", file), "utf8"));
    expect(written.get("manifest.json")).toContain('"level": "@cdktf/warn"');
  });
});
