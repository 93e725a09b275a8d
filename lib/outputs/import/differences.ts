import { parameterOf } from "../../configuration/api-key";
import type { Catalog } from "../../core/catalog";
import { hostOf } from "../../core/scope";
import { agentTask } from "../../core/agent-task";
import * as arn from "../../core/arn";
import type { ClusterOnHost } from "../../configuration/types";
import { awsCliJson } from "../aws-cli";
import { readDefinition } from "./definition";
import { type Facts, factsOf } from "./facts";
import { CONTAINER_PATH } from "./paths";
import { matches } from "./features";

/** A difference between two task definitions. A value that a side doesn't have is undefined. */
export interface Difference {
  readonly path: string;
  readonly original: string | undefined;
  readonly generated: string | undefined;
}

/** The differences in the order of the original, then what only the generated definition has. */
export function differencesBetween(original: Facts, generated: Facts): readonly Difference[] {
  return [...new Set([...original.keys(), ...generated.keys()])].flatMap((path) => {
    const [before, after] = [original.get(path), generated.get(path)];
    if (after ? matches(after, before) : before === undefined) return [];
    // If only one side has a container, its fields aren't listed.
    const [container = path] = CONTAINER_PATH.exec(path) ?? [];
    if (container !== path && original.has(container) !== generated.has(container)) return [];
    return [{ path, original: before?.shown, generated: after?.shown }];
  });
}

/** Values that are only known after the deployment. The file for the AWS CLI has placeholders for them. */
const UNKNOWN = { apiKey: "${var.api_key_secret_arn}", role: "${aws_iam_role}" };

/** The facts of the task definition that is generated for a cluster. */
export function factsOfCluster(catalog: Catalog, cluster: ClusterOnHost): Facts {
  const { apiKey, resourceTags, taskRoleArn = UNKNOWN.role, executionRoleArn = UNKNOWN.role } = cluster;
  const { secretsManagerArn } = apiKey ?? {};
  const source =
    secretsManagerArn === undefined
      ? (parameterOf(apiKey ?? {}) ?? UNKNOWN.apiKey)
      : arn.secretValueFrom(secretsManagerArn, apiKey ?? {});
  const { task } = agentTask(catalog, cluster, { arn: source });
  const tags = Object.entries(resourceTags).map(([key, value]) => ({ key, value }));
  const file = awsCliJson({ ...task, taskRoleArn, executionRoleArn, tags });
  return factsOf(readDefinition(file, "task-definition.json"), hostOf(catalog, cluster));
}
