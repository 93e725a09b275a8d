import fc from "fast-check";
import { stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import { agentTask } from "../../lib/core/agent-task";
import { importDefinition } from "../../lib/outputs/import";
import { clusterOf, clustersOf } from "../support/clusters";
import { combinedSettings } from "../support/combined-settings";
import { deployed } from "../support/definitions";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";

const clusters = combinedSettings.map((keys) => clustersOf(stringify({ clusters: [keys] })));

describe("settings that are combined at random", () => {
  it("give a task that ECS accepts", () => {
    fc.assert(
      fc.property(clusters, (onHosts) => {
        for (const cluster of onHosts) {
          expect(agentTask(catalog, cluster, { arn: SECRET }).problems).toEqual([]);
        }
      }),
    );
  });

  it("are read back from the task definition, without differences", () => {
    fc.assert(
      fc.property(clusters, (onHosts) => {
        for (const cluster of onHosts.filter(({ networkMode }) => networkMode !== "awsvpc")) {
          const original = deployed(cluster, SECRET);
          const yaml = importDefinition(catalog, JSON.stringify({ taskDefinition: original }), "a.json");
          expect(deployed(clusterOf(yaml), SECRET)).toEqual(original);
          expect(yaml).toContain("\n# No differences: this configuration reproduces the task definition.\n");
        }
      }),
      // Each run takes a tenth of a second.
      { numRuns: Math.min(100, fc.readConfigureGlobal().numRuns ?? 100) },
    );
  });
});
