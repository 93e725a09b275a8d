import fc from "fast-check";
import { stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import type { ClusterOnHost } from "../../lib/configuration/types";
import { importDefinition } from "../../lib/outputs/import";
import { ConfigurationError } from "../../lib/core/problem";
import { acceptedCluster } from "../support/configurations";
import { clusterOf, clustersOf } from "../support/clusters";
import { definitionJson, deployed, differencesIn } from "../support/definitions";

const SECRETS = [
  "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf",
  "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a/b-AbCdEf:api_key:AWSPREVIOUS:",
  "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog/key",
];

const clusters = acceptedCluster.map((keys) => clustersOf(stringify({ clusters: [keys] })));

/** Variables that two features share. Without the features `import` treats them as environment. */
const SHARED = ["DD_CONTAINER_INCLUDE_LOGS", "DD_CONTAINER_EXCLUDE_LOGS"];

describe("the task definition of every configuration", () => {
  // A task definition has no subnets, which the network mode awsvpc requires.
  const recoverable = clusters.filter((onHosts) => onHosts.every(({ networkMode }) => networkMode !== "awsvpc"));

  it("gives a configuration with the same task, and no differences", () => {
    fc.assert(
      fc.property(recoverable, fc.constantFrom(...SECRETS), (onHosts, valueFrom) => {
        for (const cluster of onHosts) {
          const original = deployed(cluster, valueFrom);
          const yaml = importDefinition(catalog, JSON.stringify({ taskDefinition: original }), "a.json");
          const recovered = clusterOf(yaml);
          expect(deployed(recovered, valueFrom)).toEqual(original);
          expect(yaml).toContain("\n# No differences: this configuration reproduces the task definition.\n");
          // Features come back as features, and not as the variables that they are made of.
          const variables = Object.keys(recovered.environment).filter((name) => !SHARED.includes(name));
          expect(variables).toEqual(expect.arrayContaining(Object.keys(cluster.environment)));
          expect(variables).toHaveLength(Object.keys(cluster.environment).length);
        }
      }),
    );
  });

  it("differs in nothing but the network mode, where the subnets are missing", () => {
    const awsvpc = clusters.filter((onHosts) => onHosts.some(({ networkMode }) => networkMode === "awsvpc"));
    fc.assert(
      fc.property(awsvpc, (onHosts) => {
        for (const cluster of onHosts.filter(({ networkMode }) => networkMode === "awsvpc")) {
          const differences = differencesIn(
            importDefinition(catalog, JSON.stringify(deployed(cluster, SECRETS[0] ?? "")), "a.json"),
          );
          expect(Object.keys(differences)).toEqual(["networkMode"]);
        }
      }),
    );
  });
});

describe("a key", () => {
  const KEY = fc.stringMatching(/^[0-9a-f]{32}$/);

  /** The paths of all strings and maps in a value. */
  function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
    if (typeof value === "string") return [path];
    if (typeof value !== "object" || value === null) return [];
    const inside = Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]));
    return Array.isArray(value) ? inside : [path, ...inside];
  }

  /** A copy with another value at a path. */
  function changed(value: unknown, [key, ...rest]: readonly string[], change: (old: unknown) => unknown): unknown {
    if (key === undefined) return change(value);
    const copy = structuredClone(value) as Record<string, unknown>;
    copy[key] = changed(copy[key], rest, change);
    return copy;
  }

  /** The output or the error for a file. */
  function outputOf(text: string): string {
    try {
      return importDefinition(catalog, text, "a.json");
    } catch (error) {
      if (error instanceof ConfigurationError) return error.message;
      throw error;
    }
  }

  it("is never shown, as a string, in a string or as a name", () => {
    fc.assert(
      fc.property(clusters, KEY, fc.nat(), fc.constantFrom("whole", "end", "start"), (onHosts, key, nth, how) => {
        const taskDefinitionArn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/a:1";
        const whole = {
          taskDefinition: { taskDefinitionArn, ...deployed(onHosts[0] as ClusterOnHost, SECRETS[0] ?? "") },
          tags: [],
        };
        const places = placesIn(whole);
        const place = places[nth % places.length] ?? [];
        const text = JSON.stringify(
          changed(whole, place, (old) => {
            if (typeof old !== "string") return { ...(old as object), [how === "end" ? `a_${key}` : key]: "a" };
            return how === "whole" ? key : how === "end" ? `${old}${key}` : `${key}${old}`;
          }),
        );
        expect(outputOf(text)).not.toContain(key);
        expect(outputOf(text.slice(0, -1))).not.toContain(key);
      }),
    );
  });

  it("is never shown as a variable, in any form", () => {
    const secret = fc.stringMatching(/^[a-z]{12}$/);
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom("DD_API_KEY", "DD_APP_KEY", "DB_PASSWORD", "A_TOKEN", "CLIENT_SECRET"),
        (value, name) => {
          const text = JSON.stringify(definitionJson({ environment: { [name]: value } }));
          expect(outputOf(text)).not.toContain(value);
        },
      ),
    );
  });
});
