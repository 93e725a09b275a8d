import fc from "fast-check";
import { parse, stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import type { ClusterOnHost } from "../../lib/configuration/types";
import { agentTask } from "../../lib/core/agent-task";
import { isExpression } from "../../lib/core/expression";
import { ConfigurationError, type Path } from "../../lib/core/problem";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { clustersOf } from "../support/clusters";
import { acceptedCluster, anyCluster, cluster } from "../support/configurations";

type Outcome = { readonly clusters: readonly ClusterOnHost[] } | { readonly problems: ConfigurationError["problems"] };

/** Accepted or refused. Any other error is a defect. */
function outcomeOf(text: string): Outcome {
  try {
    return { clusters: clustersOf(text) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems };
    throw error;
  }
}

/** Every string in a value, with its path. */
function* leaves(value: unknown, path: Path = []): Generator<[unknown, Path]> {
  if (typeof value !== "object" || value === null) yield [value, path];
  else for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key]);
}

function exists(value: unknown, path: Path): boolean {
  return (
    path.length === 0 ||
    (typeof value === "object" &&
      value !== null &&
      Object.hasOwn(value, path[0] ?? "") &&
      exists((value as Record<string, unknown>)[path[0] ?? ""], path.slice(1)))
  );
}

const file = (...clusters: object[]) => stringify({ clusters });

const accepted = acceptedCluster.map((keys) => ({ text: file(keys), outcome: outcomeOf(file(keys)) }));

const MESSAGE =
  /^(must|needs|can't|is|has|differs|stores|conflicts|unknown key|service name|dependency cycle|the default of|".*" is) /;

describe("any file", () => {
  it("is accepted, or refused with problems at existing paths", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(cluster, anyCluster), { minLength: 1, maxLength: 3 }),
        anyCluster,
        (clusters, defaults) => {
          const text = stringify({ defaults, clusters });
          const outcome = outcomeOf(text);
          if ("clusters" in outcome) return;
          expect(outcome.problems.length).toBeGreaterThan(0);
          const parsed: unknown = parse(text);
          for (const { path, message } of outcome.problems) {
            expect([path, exists(parsed, path)]).toEqual([path, true]);
            expect(message).toMatch(MESSAGE);
          }
        },
      ),
    );
  });

  it("is accepted or refused if it is any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json()), (text) => {
        outcomeOf(text);
        outcomeOf(`clusters:\n  - name: ${text}`);
      }),
    );
  });
});

describe("every configuration that is accepted", () => {
  /** The task on each host. */
  const tasksOf = (outcome: Outcome) => {
    if ("problems" in outcome) throw new Error(`Refused: ${JSON.stringify(outcome)}`);
    return outcome.clusters.map((settings) => agentTask(catalog, settings, { arn: "${var.api_key_secret_arn}" }));
  };

  it("gives tasks in which nothing is null, empty or named twice, and that fit into 64 KiB", () => {
    fc.assert(
      fc.property(accepted, ({ outcome }) => {
        for (const { task, problems } of tasksOf(outcome)) {
          expect(problems).toEqual([]);
          for (const [value] of leaves(task)) expect([null, undefined, ""]).not.toContain(value);
          for (const {
            environment = [],
            secrets = [],
            mountPoints = [],
            portMappings = [],
          } of task.containerDefinitions) {
            for (const keys of [
              [...environment, ...secrets].map(({ name }) => name),
              mountPoints.map(({ containerPath }) => containerPath),
              portMappings.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`),
            ]) {
              expect(new Set(keys).size).toBe(keys.length);
            }
          }
          expect(Buffer.byteLength(JSON.stringify(JSON.parse(awsCliJson(task))))).toBeLessThanOrEqual(65_536);
        }
      }),
    );
  });

  it("has a task for each host, and leaves out only what the host doesn't support", () => {
    fc.assert(
      fc.property(accepted, ({ text, outcome }) => {
        const { clusters } = parse(text) as { clusters: [{ host?: string; hosts?: string[] }] };
        const [{ host = "linux", hosts = [host] }] = clusters;
        const read = "clusters" in outcome ? outcome.clusters : [];
        expect(read.map((cluster) => cluster.host)).toEqual(hosts);
        const complete = read.filter(({ host }) => host !== "windows" || hosts.length === 1);
        expect(complete.flatMap(({ leftOut }) => leftOut)).toEqual([]);
      }),
    );
  });

  it("has no expression from the text of the file", () => {
    fc.assert(
      fc.property(accepted, ({ outcome }) => {
        for (const { task } of tasksOf(outcome)) {
          const expressions = [...leaves(task)].filter(([value]) => isExpression(value));
          expect(expressions.map(([value]) => value)).toEqual(["${var.api_key_secret_arn}"]);
        }
      }),
    );
  });

  it("is in the AWS CLI's file byte for byte", () => {
    fc.assert(
      fc.property(accepted, ({ text, outcome }) => {
        const { clusters } = parse(text) as { clusters: [{ environment?: Record<string, string> }] };
        for (const { task } of tasksOf(outcome)) {
          const { containerDefinitions } = JSON.parse(awsCliJson(task)) as {
            containerDefinitions: [{ environment: { name: string; value: string }[] }];
          };
          const environment = Object.fromEntries(
            containerDefinitions[0].environment.map(({ name, value }) => [name, value]),
          );
          expect(environment).toMatchObject(clusters[0].environment ?? {});
        }
      }),
    );
  });

  it("is the same when it is read again", () => {
    fc.assert(fc.property(accepted, ({ text, outcome }) => expect(outcomeOf(text)).toEqual(outcome)));
  });
});
