import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable, type TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DECRYPTING_SERVICES, EXECUTE_COMMAND_ACTIONS, TASK_ACTIONS } from "../core/agent-actions";
import type { ApiKeyPermission } from "./agent-secret";
import type { Daemon } from "../configuration/types";
import type { Task } from "../core/assemble";
import { isExpression } from "../core/expression";
import { type ArnContext, executionStatements, parameterArn, unknownArn } from "./execution-statements";
import { functionArgument } from "./function-argument";
import { encoded, policyDocument, type Statement } from "./policy-document";

/** The roles of the task, and the policies that must exist before a task can use them. */
export interface AgentRoles {
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly policies: readonly ITerraformDependable[];
}

type RoleSettings = Pick<
  Daemon,
  | "taskRoleArn"
  | "executionRoleArn"
  | "attachPolicies"
  | "createdRoles"
  | "enableExecuteCommand"
  | "kmsKeyArns"
  | "taskRoleStatements"
  | "executionRoleStatements"
> & {
  readonly tags: Record<string, string> | undefined;
  readonly apiKey: ApiKeyPermission | undefined;
  /** The task that uses the roles. */
  readonly task: Task;
};

/**
 * Creates the task role, which is read-only, and the execution role, which may pull images, write logs and read the
 * secrets of the task. A given role gets no policies unless `attachPolicies` is true.
 */
export function agentRoles(scope: Construct, settings: RoleSettings): AgentRoles {
  const { taskRoleArn, executionRoleArn, attachPolicies } = settings;
  const target = DeploymentTarget.of(scope);
  const role = (id: "task" | "execution", given: string | undefined) => {
    if (given === undefined) {
      const created = createRole(scope, id, settings, target);
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
      ...(execution.name ? executionPolicies(scope, execution.name, settings, target) : []),
    ],
  };
}

/** Construct ID of the data sources that the daemons of a stack share. */
export const DEPLOYMENT_TARGET = "datadog_agents_target";

/**
 * The partition, account and region that Terraform deploys to. The daemons of a stack share these data sources, each of
 * which is only created if it is used.
 */
class DeploymentTarget extends Construct {
  #partition?: DataAwsPartition;
  #caller?: DataAwsCallerIdentity;
  #region?: DataAwsRegion;
  #trust?: TerraformLocal;

  static of(scope: Construct): DeploymentTarget {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(DEPLOYMENT_TARGET);
    return existing instanceof DeploymentTarget ? existing : new DeploymentTarget(stack, DEPLOYMENT_TARGET);
  }

  get partition(): DataAwsPartition {
    return (this.#partition ??= new DataAwsPartition(this, "partition"));
  }

  get accountId(): string {
    return (this.#caller ??= new DataAwsCallerIdentity(this, "caller")).accountId;
  }

  /** Provider 6 deprecates the attribute `name`, and provider 5 doesn't have its replacement. */
  get region(): string {
    return (this.#region ??= new DataAwsRegion(this, "region")).id;
  }

  /** References for ARNs. Getters, so that only the data sources that are used are created. */
  get arnContext(): ArnContext {
    const region = () => this.region;
    const accountId = () => this.accountId;
    const { partition } = this.partition;
    return {
      partition,
      get region() {
        return region();
      },
      get accountId() {
        return accountId();
      },
    };
  }

  /** Trust policy of created roles: ECS may assume them for tasks of this account and region. */
  get trust(): string {
    const { partition, region, accountId } = this;
    this.#trust ??= policyDocument(this, "trust_policy", [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        // Prevents the confused deputy problem: ECS may assume the role only for tasks of this account.
        // @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition.partition}:ecs:${region}:${accountId}:*` },
        },
      },
    ]);
    return encoded(this.#trust);
  }
}

/**
 * Role names are unique in an account, across all regions. Unless a name is given, Terraform adds a random suffix.
 */
function createRole(
  scope: Construct,
  id: "task" | "execution",
  settings: RoleSettings,
  target: DeploymentTarget,
): IamRole {
  const { namePrefix = "datadog-agent-", path, permissionsBoundaryArn, ...names } = settings.createdRoles;
  const name = names[`${id}RoleName`];
  return new IamRole(scope, `${id}_role`, {
    ...(name === undefined ? { namePrefix: `${namePrefix}${id}-` } : { name }),
    path,
    permissionsBoundary: permissionsBoundaryArn,
    assumeRolePolicy: target.trust,
    tags: settings.tags,
  });
}

function taskStatements({ enableExecuteCommand, taskRoleStatements }: RoleSettings): Statement[] {
  const actions = [...TASK_ACTIONS, ...(enableExecuteCommand ? EXECUTE_COMMAND_ACTIONS : [])];
  // These actions don't support resource-level permissions, or their resources are only known at run time.
  return [{ Effect: "Allow", Action: actions, Resource: "*" }, ...taskRoleStatements.map(statementOf)];
}

function executionPolicies(
  scope: Construct,
  role: string,
  settings: RoleSettings,
  target: DeploymentTarget,
): ITerraformDependable[] {
  const { partition } = target;
  const managed = new IamRolePolicyAttachment(scope, "execution_role_managed_policy", {
    role,
    policyArn: `arn:${partition.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
  });
  const { apiKey, kmsKeyArns, executionRoleStatements, task } = settings;
  const statements = [
    ...(apiKey === undefined ? [] : apiKeyStatements(scope, apiKey, target)),
    ...executionStatements(scope, task, target.arnContext),
    ...decryptStatements(kmsKeyArns),
    ...executionRoleStatements.map(statementOf),
  ];
  return statements.length === 0 ? [managed] : [managed, allow(scope, "execution", role, statements)];
}

function decryptStatements(keys: readonly string[]): Statement[] {
  if (keys.length === 0) return [];
  const Condition = { StringLike: { "kms:ViaService": DECRYPTING_SERVICES } };
  return [{ Effect: "Allow", Action: "kms:Decrypt", Resource: keys, Condition }];
}

function apiKeyStatements(scope: Construct, apiKey: ApiKeyPermission, target: DeploymentTarget): Statement[] {
  const { region, partition } = target;
  const read: Statement = { Effect: "Allow", Action: apiKey.action, Resource: apiKeyArn(scope, apiKey, target) };
  if (apiKey.kmsKeyArn === undefined) return [read];
  const service = `${apiKey.service}.${region}.${partition.dnsSuffix}`;
  const decrypt: Statement = {
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: apiKey.kmsKeyArn,
    Condition: { StringEquals: { "kms:ViaService": service } },
  };
  return [read, decrypt];
}

function apiKeyArn(
  scope: Construct,
  { service, arn, isArn }: ApiKeyPermission,
  { arnContext }: DeploymentTarget,
): string {
  if (service !== "ssm" || isArn) return arn;
  return isExpression(arn) ? unknownArn(scope, "api_key_parameter", arn, arnContext) : parameterArn(arn, arnContext);
}

function statementOf({ actions, resources, conditions }: RoleSettings["taskRoleStatements"][number]): Statement {
  return { Effect: "Allow", Action: actions, Resource: resources, ...(conditions && { Condition: conditions }) };
}

function allow(scope: Construct, id: "task" | "execution", role: string, statements: readonly Statement[]) {
  const policy = encoded(policyDocument(scope, `${id}_policy`, statements));
  return new IamRolePolicy(scope, `${id}_role_policy`, { namePrefix: "datadog-agent-", role, policy });
}

/** A role's ARN may have a path before the name. */
function roleName(scope: Construct, id: string, arn: string): string {
  if (!isExpression(arn)) return arn.split("/").at(-1) ?? "";
  return Fn.element(Fn.reverse(Fn.split("/", functionArgument(scope, `${id}_role_arn`, arn))), 0) as string;
}
