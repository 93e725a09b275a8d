import { agentTask } from "../agent-task";
import * as arn from "../configuration/arn";
import type { ClusterOnHost } from "../configuration/hosts";
import { awsCliJson } from "../handoff/aws-cli";
import { hosts } from "../hosts";
import { readDefinition } from "./definition";
import { CONTAINER_PATH, type Facts, factsOf } from "./facts";
import { agrees } from "./features";

/** One thing in which two task definitions differ; what isn't on a side has no text for it. */
export interface Difference {
  readonly path: string;
  readonly there: string | undefined;
  readonly here: string | undefined;
}

/** The differences in the order of there, and then what is here alone. */
export function differencesBetween(there: Facts, here: Facts): readonly Difference[] {
  return [...new Set([...there.keys(), ...here.keys()])].flatMap((path) => {
    const [theirs, ours] = [there.get(path), here.get(path)];
    if (ours ? agrees(ours, theirs) : theirs === undefined) return [];
    // Of a container that only one side has it is enough to say that.
    const [container = path] = CONTAINER_PATH.exec(path) ?? [];
    if (container !== path && there.has(container) !== here.has(container)) return [];
    return [{ path, there: theirs?.shown, here: ours?.shown }];
  });
}

/** Stands for what is only known when it is made: our file for the AWS CLI has a placeholder there. */
const OPEN = { apiKey: "${var.api_key_secret_arn}", role: "${aws_iam_role}" };

/** What our task for a cluster says, as ECS would get it. */
export function factsOfCluster(cluster: ClusterOnHost): Facts {
  const { host, apiKey, resourceTags, taskRoleArn = OPEN.role, executionRoleArn = OPEN.role } = cluster;
  const { secretsManagerArn, ssmParameterArn = OPEN.apiKey } = apiKey ?? {};
  const source =
    secretsManagerArn === undefined ? ssmParameterArn : arn.secretValueFrom(secretsManagerArn, apiKey ?? {});
  const { task } = agentTask(cluster, { arn: source });
  const tags = Object.entries(resourceTags).map(([key, value]) => ({ key, value }));
  const file = awsCliJson({ ...task, taskRoleArn, executionRoleArn, tags });
  return factsOf(readDefinition(file, "task-definition.json"), hosts[host]);
}
