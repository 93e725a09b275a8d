import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { loadClusters } from "../lib/configuration/load";

const FLEET = resolve(__dirname, "../examples/fleet");

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly strategy: { readonly matrix: { readonly stack: readonly string[] } };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

describe("the fleet", () => {
  const clusters = loadClusters(join(FLEET, "clusters"));
  const { jobs } = parse(readFileSync(join(FLEET, "datadog-agent.yml"), "utf8"), { merge: true }) as {
    jobs: Record<string, Job>;
  };
  const stacks = [...new Set(clusters.map(({ stack, name }) => stack ?? name))];

  it("is three stacks of four clusters", () => {
    expect(clusters.map(({ name, host, stack }) => [name, host, stack])).toEqual([
      ["canary", "linux", undefined],
      ["shop", "linux", "production-eu-west-1"],
      ["search", "linux", "production-eu-west-1"],
      ["search", "windows", "production-eu-west-1"],
      ["shop-us", "linux", "production-us-east-1"],
    ]);
  });

  it("is planned as a whole, and deployed in the waves of its configuration", () => {
    const { plan, ...waves } = jobs;
    expect(plan?.strategy.matrix.stack).toEqual(stacks);
    expect(Object.values(waves).map(({ needs, strategy }) => [needs, strategy.matrix.stack])).toEqual([
      [undefined, ["canary"]],
      ["wave-1", ["production-eu-west-1"]],
      ["wave-2", ["production-us-east-1"]],
    ]);
    const dependsOn = new Map(clusters.map((cluster) => [cluster.stack ?? cluster.name, cluster.dependsOn]));
    expect([...dependsOn.values()]).toEqual([undefined, ["canary"], ["shop"]]);
  });

  it("has actions pinned by their commit, with their version", () => {
    const text = readFileSync(join(FLEET, "datadog-agent.yml"), "utf8");
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses).toHaveLength(4);
    for (const action of uses) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});
