import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

type Tags = Record<string, string> | undefined;

/**
 * What the Agent's ECS check reads.
 * @see https://docs.datadoghq.com/containers/amazon_ecs/#setup
 */
const TASK_ACTIONS = [
  "ec2:DescribeInstances",
  "ec2:DescribeTags",
  "ecs:DescribeContainerInstances",
  "ecs:DescribeTasks",
  "ecs:ListClusters",
  "ecs:ListContainerInstances",
  "ecs:ListTasks",
];

/**
 * What ECS Exec needs inside of the container.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
const EXECUTE_COMMAND_ACTIONS = [
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

/** A role and what has to be there before a task can use it. */
export interface Role {
  readonly arn: string;
  readonly policies: readonly ITerraformDependable[];
}

/** The role of the Agent itself. It reads; it changes nothing. */
export function createTaskRole(
  scope: Construct,
  { enableExecuteCommand, tags }: { enableExecuteCommand: boolean; tags: Tags },
): Role {
  const role = createRole(scope, "task_role", { namePrefix: "datadog-agent-task-", tags });
  const actions = [...TASK_ACTIONS, ...(enableExecuteCommand ? EXECUTE_COMMAND_ACTIONS : [])];
  // None of these actions can be held to single resources: they list, or ECS names the resources at run time.
  const policy = allow(scope, "task_role_policy", role, { actions, resources: ["*"] });
  return { arn: role.arn, policies: [policy] };
}

/** The role with which ECS starts the task: it pulls images, writes logs and reads the API key, and no other secret. */
export function createExecutionRole(
  scope: Construct,
  { apiKey, tags }: { apiKey?: { action: string; arn: string }; tags: Tags },
): Role {
  const role = createRole(scope, "execution_role", { namePrefix: "datadog-agent-execution-", tags });
  const { partition } = new DataAwsPartition(scope, "partition");
  const managed = new IamRolePolicyAttachment(scope, "execution_role_managed_policy", {
    role: role.name,
    policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
  });
  const own =
    apiKey && allow(scope, "execution_role_policy", role, { actions: [apiKey.action], resources: [apiKey.arn] });
  return { arn: role.arn, policies: own ? [managed, own] : [managed] };
}

/** Roles are global to an account, so their names end in something that Terraform makes up when it creates them. */
function createRole(scope: Construct, id: string, { namePrefix, tags }: { namePrefix: string; tags: Tags }) {
  const trust = new DataAwsIamPolicyDocument(scope, `${id}_trust`, {
    statement: [
      { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }] },
    ],
  });
  return new IamRole(scope, id, { namePrefix, assumeRolePolicy: trust.json, tags });
}

function allow(scope: Construct, id: string, role: IamRole, statement: { actions: string[]; resources: string[] }) {
  const document = new DataAwsIamPolicyDocument(scope, `${id}_document`, { statement: [statement] });
  return new IamRolePolicy(scope, id, { namePrefix: "datadog-agent-", role: role.id, policy: document.json });
}
