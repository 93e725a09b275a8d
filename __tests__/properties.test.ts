import fc from "fast-check";
import { parse, stringify } from "yaml";
import { agentTask } from "../lib/agent-task";
import { parseConfiguration } from "../lib/configuration/load";
import type { ClusterOnHost } from "../lib/configuration/hosts";
import { isExpression } from "../lib/core/expression";
import { ConfigurationError, type Path } from "../lib/core/problem";
import { awsCliJson } from "../lib/handoff/aws-cli";
import { acceptedCluster, anyCluster, cluster } from "./support/configurations";

const RUNS = 300;
// The same inputs at every run; another seed tries others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });

type Outcome = { readonly clusters: readonly ClusterOnHost[] } | { readonly problems: ConfigurationError["problems"] };

/** Accepted or refused; anything else that is thrown is a defect. */
function outcomeOf(text: string): Outcome {
  try {
    return { clusters: parseConfiguration(text, "clusters.yaml").clusters };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems };
    throw error;
  }
}

/** Every string of a value with the path to it. */
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

describe("whatever a file says", () => {
  it("it is accepted, or refused with problems that name places in it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(cluster, anyCluster), { minLength: 1, maxLength: 3 }),
        anyCluster,
        (clusters, defaults) => {
          const text = stringify({ defaults, clusters });
          const outcome = outcomeOf(text);
          if ("clusters" in outcome) return;
          expect(outcome.problems.length).toBeGreaterThan(0);
          for (const { path, message } of outcome.problems) {
            expect([path, exists(parse(text), path)]).toEqual([path, true]);
            expect(message).toMatch(/^(must|needs) /);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("it is accepted or refused when it is any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json()), (text) => {
        outcomeOf(text);
        outcomeOf(`clusters:\n  - name: ${text}`);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("every configuration that is accepted", () => {
  /** The task on each host. */
  const tasksOf = (outcome: Outcome) => {
    if ("problems" in outcome) throw new Error(`Refused: ${JSON.stringify(outcome)}`);
    return outcome.clusters.map((settings) => agentTask(settings, { arn: "${var.api_key_secret_arn}" }));
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
      { numRuns: RUNS },
    );
  });

  it("gives each host a task, and leaves out what it lacks alone", () => {
    fc.assert(
      fc.property(accepted, ({ text, outcome }) => {
        const { clusters } = parse(text) as { clusters: [{ host?: string; hosts?: string[] }] };
        const [{ host = "linux", hosts = [host] }] = clusters;
        const read = "clusters" in outcome ? outcome.clusters : [];
        expect(read.map((cluster) => cluster.host)).toEqual(hosts);
        const complete = read.filter(({ host }) => host !== "windows" || hosts.length === 1);
        expect(complete.flatMap(({ leftOut }) => leftOut)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("has no expression that the file's text could have brought in", () => {
    fc.assert(
      fc.property(accepted, ({ outcome }) => {
        for (const { task } of tasksOf(outcome)) {
          const expressions = [...leaves(task)].filter(([value]) => isExpression(value));
          expect(expressions.map(([value]) => value)).toEqual(["${var.api_key_secret_arn}"]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("reaches the AWS CLI's file byte for byte", () => {
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
      { numRuns: RUNS },
    );
  });

  it("says the same when it is read again", () => {
    fc.assert(
      fc.property(accepted, ({ text, outcome }) => expect(outcomeOf(text)).toEqual(outcome)),
      { numRuns: 50 },
    );
  });
});
