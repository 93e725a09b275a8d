import fc from "fast-check";
import { stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import { agentTask } from "../../lib/core/agent-task";
import { explain } from "../../lib/outputs/explain";
import { configurationOf } from "../support/clusters";
import { acceptedCluster } from "../support/configurations";
import { API_KEY_ARN } from "../support/task";

describe("the explanation of every configuration that is accepted", () => {
  const accepted = acceptedCluster.map((keys) =>
    configurationOf(stringify({ clusters: [keys] })).stacks.flatMap(({ clusters }) =>
      clusters.flatMap(({ onHosts }) => onHosts),
    ),
  );

  it("has everything in the task", () => {
    fc.assert(
      fc.property(accepted, (clusters) => {
        for (const cluster of clusters) {
          const words = new Set(explain(catalog, cluster).split(/[\s,;]+/));
          const { task } = agentTask(catalog, cluster.values, { arn: API_KEY_ARN });
          const [agent, ...sidecars] = task.containerDefinitions;
          const parts = [
            ...(agent.environment ?? []).map(({ name }) => name),
            ...(agent.mountPoints ?? []).map(({ containerPath }) => containerPath),
            ...(agent.portMappings ?? []).map(({ hostPort, protocol }) => `${String(hostPort)}/${String(protocol)}`),
            ...(agent.linuxParameters?.capabilities?.add ?? []),
            ...sidecars.map(({ name }) => name),
            ...(task.pidMode === "host" ? ["PID"] : []),
          ];
          // OTLP's two ports are consecutive.
          const ranges = [...words].filter((word) => word === "4317-4318/tcp");
          const missing = parts.filter((part) => !words.has(String(part)));
          expect(missing.filter((part) => ranges.length === 0 || !/^431[78]\/tcp$/.test(String(part)))).toEqual([]);
          expect(words.has("DD_API_KEY")).toBe(true);
        }
      }),
    );
  });

  it("reports no problems", () => {
    fc.assert(
      fc.property(accepted, (clusters) => {
        for (const cluster of clusters) expect(explain(catalog, cluster, "logLevel")).not.toContain("Blocked by");
      }),
    );
  });
});
