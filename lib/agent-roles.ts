import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { EXECUTE_COMMAND_ACTIONS, TASK_ACTIONS } from "./agent-actions";
import type { ApiKeyPermission } from "./agent-secret";
import type { Daemon } from "./configuration/schema";
import { isExpression } from "./core/expression";
import { functionArgument } from "./function-argument";

/** The roles of the task, and what has to be there before a task can use them. */
export interface AgentRoles {
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly policies: readonly ITerraformDependable[];
}

type RoleSettings = Pick<
  Daemon,
  "taskRoleArn" | "executionRoleArn" | "attachPolicies" | "createdRoles" | "enableExecuteCommand"
> & { readonly tags: Record<string, string> | undefined; readonly apiKey: ApiKeyPermission | undefined };

/**
 * The role of the Agent, which reads and changes nothing, and the role with which ECS starts it: that one pulls images,
 * writes logs and reads the API key, and no other secret. A role that is given is left alone, unless it's asked
 * otherwise.
 */
export function agentRoles(scope: Construct, settings: RoleSettings): AgentRoles {
  const { taskRoleArn, executionRoleArn, attachPolicies } = settings;
  const surroundings = new Surroundings(scope);
  const role = (id: "task" | "execution", given: string | undefined) => {
    if (given === undefined) {
      const created = createRole(scope, id, settings, surroundings);
      return { arn: created.arn, name: created.name };
    }
    return { arn: given, name: attachPolicies ? roleName(scope, id, given) : undefined };
  };
  const task = role("task", taskRoleArn);
  const execution = role("execution", executionRoleArn);
  return {
    taskRoleArn: task.arn,
    executionRoleArn: execution.arn,
    policies: [
      ...(task.name ? [allow(scope, "task", task.name, taskStatements(settings))] : []),
      ...(execution.name ? executionPolicies(scope, execution.name, settings.apiKey, surroundings) : []),
    ],
  };
}

/** Where Terraform deploys to. Each data source is read only where something asks for it. */
class Surroundings {
  private readonly created = new Map<string, unknown>();

  constructor(private readonly scope: Construct) {}

  get partition(): DataAwsPartition {
    return this.once("partition", () => new DataAwsPartition(this.scope, "partition"));
  }

  get accountId(): string {
    return this.once("caller", () => new DataAwsCallerIdentity(this.scope, "caller")).accountId;
  }

  /** The attribute `name` is deprecated in version 6 of the provider, and its successor is missing in 5. */
  get region(): string {
    return this.once("region", () => new DataAwsRegion(this.scope, "region")).id;
  }

  private once<Value>(id: string, create: () => Value): Value {
    if (!this.created.has(id)) this.created.set(id, create());
    return this.created.get(id) as Value;
  }
}

/**
 * Roles are global to an account: unless a name is given, it ends in something that Terraform makes up when it creates
 * the role.
 */
function createRole(
  scope: Construct,
  id: "task" | "execution",
  settings: RoleSettings,
  surroundings: Surroundings,
): IamRole {
  const { namePrefix = "datadog-agent-", path, permissionsBoundaryArn, ...names } = settings.createdRoles;
  const name = names[`${id}RoleName`];
  const { partition, region, accountId } = surroundings;
  const trust = new DataAwsIamPolicyDocument(scope, `${id}_role_trust`, {
    statement: [
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
        // Against the confused deputy: ECS may take the role on behalf of this account's tasks alone.
        // @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
        condition: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] },
          {
            test: "ArnLike",
            variable: "aws:SourceArn",
            values: [`arn:${partition.partition}:ecs:${region}:${accountId}:*`],
          },
        ],
      },
    ],
  });
  return new IamRole(scope, `${id}_role`, {
    ...(name === undefined ? { namePrefix: `${namePrefix}${id}-` } : { name }),
    path,
    permissionsBoundary: permissionsBoundaryArn,
    assumeRolePolicy: trust.json,
    tags: settings.tags,
  });
}

function taskStatements({ enableExecuteCommand }: RoleSettings): DataAwsIamPolicyDocumentStatement[] {
  const actions = [...TASK_ACTIONS, ...(enableExecuteCommand ? EXECUTE_COMMAND_ACTIONS : [])];
  // None of these actions can be held to single resources: they list, or ECS names the resources at run time.
  return [{ actions, resources: ["*"] }];
}

function executionPolicies(
  scope: Construct,
  role: string,
  apiKey: ApiKeyPermission | undefined,
  { partition, region }: Surroundings,
): ITerraformDependable[] {
  const managed = new IamRolePolicyAttachment(scope, "execution_role_managed_policy", {
    role,
    policyArn: `arn:${partition.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
  });
  if (apiKey === undefined) return [managed];
  const statements: DataAwsIamPolicyDocumentStatement[] = [{ actions: [apiKey.action], resources: [apiKey.arn] }];
  if (apiKey.kmsKeyArn !== undefined) {
    const service = `${apiKey.service}.${region}.${partition.dnsSuffix}`;
    statements.push({
      actions: ["kms:Decrypt"],
      resources: [apiKey.kmsKeyArn],
      condition: [{ test: "StringEquals", variable: "kms:ViaService", values: [service] }],
    });
  }
  return [managed, allow(scope, "execution", role, statements)];
}

function allow(
  scope: Construct,
  id: "task" | "execution",
  role: string,
  statement: DataAwsIamPolicyDocumentStatement[],
) {
  const document = new DataAwsIamPolicyDocument(scope, `${id}_role_policy_document`, { statement });
  return new IamRolePolicy(scope, `${id}_role_policy`, { namePrefix: "datadog-agent-", role, policy: document.json });
}

/** The name is what follows the last slash of the ARN; before it there may be a path. */
function roleName(scope: Construct, id: string, arn: string): string {
  if (!isExpression(arn)) return arn.split("/").at(-1) ?? "";
  return Fn.element(Fn.reverse(Fn.split("/", functionArgument(scope, `${id}_role_arn`, arn))), 0) as string;
}
