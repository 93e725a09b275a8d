import fc from "fast-check";
import { stringify } from "yaml";
import { agentTask } from "../../lib/agent-task";
import type { ClusterOnHost } from "../../lib/configuration/hosts";
import { parseConfiguration } from "../../lib/configuration/load";
import { diffConfig } from "../../lib/diff-config";
import { awsCliJson } from "../../lib/handoff/aws-cli";
import { acceptedCluster } from "../support/configurations";

// The same inputs at every run; another seed tries others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });

const SECRETS = [
  "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf",
  "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a/b-AbCdEf:api_key:AWSPREVIOUS:",
  "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog/key",
];

/** The task definition of a cluster as it is deployed: with a secret and roles, whoever made them. */
function deployed(
  { taskRoleArn, executionRoleArn, resourceTags, ...cluster }: ClusterOnHost,
  valueFrom: string,
): Record<string, unknown> {
  const { task } = agentTask({ ...cluster, taskRoleArn, executionRoleArn, resourceTags }, { arn: valueFrom });
  const definition = awsCliJson({
    ...task,
    taskRoleArn: taskRoleArn ?? "arn:aws:iam::123456789012:role/made-task",
    executionRoleArn: executionRoleArn ?? "arn:aws:iam::123456789012:role/made-execution",
    ...(Object.keys(resourceTags).length > 0 && {
      tags: Object.entries(resourceTags).map(([key, value]) => ({ key, value })),
    }),
  });
  return JSON.parse(definition) as Record<string, unknown>;
}

/** The task definition of the one cluster of a file; its roles and its secret are given. */
function deployedFrom(yaml: string, valueFrom: string): Record<string, unknown> {
  const [cluster, ...others] = parseConfiguration(yaml, "clusters.yaml").clusters;
  expect(others).toEqual([]);
  return deployed(cluster as ClusterOnHost, valueFrom);
}

const clusters = acceptedCluster.map((keys) => parseConfiguration(stringify({ clusters: [keys] }), "a.yaml").clusters);

describe("the task definition of every configuration", () => {
  // Subnets aren't in a task definition, and there is no network mode awsvpc without them.
  const recoverable = clusters.filter((onHosts) => onHosts.every(({ networkMode }) => networkMode !== "awsvpc"));

  it("gives a configuration with the same task, and no differences", () => {
    fc.assert(
      fc.property(recoverable, fc.constantFrom(...SECRETS), (onHosts, valueFrom) => {
        for (const cluster of onHosts) {
          const there = deployed(cluster, valueFrom);
          const yaml = diffConfig(JSON.stringify({ taskDefinition: there }), "a.json");
          expect(deployedFrom(yaml, valueFrom)).toEqual(there);
          expect(yaml).toContain("\n# The task of this configuration is the same.\n");
        }
      }),
      { numRuns: 300 },
    );
  });
});
