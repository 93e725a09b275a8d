import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type ITerraformDependable, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
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
  const surroundings = Surroundings.of(scope);
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

/** The name under which a stack holds what its daemons share. */
export const SHARED_BY_DAEMONS = "datadog_agents_surroundings";

/**
 * Where Terraform deploys to. It's one place for all daemons of a stack, so they share these data sources, and each is
 * there only where something asks for it.
 */
class Surroundings extends Construct {
  #partition?: DataAwsPartition;
  #caller?: DataAwsCallerIdentity;
  #region?: DataAwsRegion;
  #trust?: TerraformLocal;

  static of(scope: Construct): Surroundings {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(SHARED_BY_DAEMONS);
    return existing instanceof Surroundings ? existing : new Surroundings(stack, SHARED_BY_DAEMONS);
  }

  get partition(): DataAwsPartition {
    return (this.#partition ??= new DataAwsPartition(this, "partition"));
  }

  get accountId(): string {
    return (this.#caller ??= new DataAwsCallerIdentity(this, "caller")).accountId;
  }

  /** The attribute `name` is deprecated in version 6 of the provider, and its successor is missing in 5. */
  get region(): string {
    return (this.#region ??= new DataAwsRegion(this, "region")).id;
  }

  /** Who may take a role that is created: ECS, for tasks of this account and region. */
  get trust(): string {
    const { partition, region, accountId } = this;
    this.#trust ??= policyDocument(this, "trust_policy", [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        // Against the confused deputy: ECS may take the role on behalf of this account's tasks alone.
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

/** A statement of a policy, as IAM knows it. */
interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Principal?: { readonly Service: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A policy as structure, in a local. A data source would say the same, and Terraform would spend an eighth of the plan
 * of a large stack on asking for it.
 */
function policyDocument(scope: Construct, id: string, statements: readonly Statement[]): TerraformLocal {
  return new TerraformLocal(scope, id, { Version: "2012-10-17", Statement: statements });
}

function encoded(document: TerraformLocal): string {
  return Fn.jsonencode(document.expression);
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
  return new IamRole(scope, `${id}_role`, {
    ...(name === undefined ? { namePrefix: `${namePrefix}${id}-` } : { name }),
    path,
    permissionsBoundary: permissionsBoundaryArn,
    assumeRolePolicy: surroundings.trust,
    tags: settings.tags,
  });
}

function taskStatements({ enableExecuteCommand }: RoleSettings): Statement[] {
  const actions = [...TASK_ACTIONS, ...(enableExecuteCommand ? EXECUTE_COMMAND_ACTIONS : [])];
  // None of these actions can be held to single resources: they list, or ECS names the resources at run time.
  return [{ Effect: "Allow", Action: actions, Resource: "*" }];
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
  const statements: Statement[] = [{ Effect: "Allow", Action: apiKey.action, Resource: apiKey.arn }];
  if (apiKey.kmsKeyArn !== undefined) {
    const service = `${apiKey.service}.${region}.${partition.dnsSuffix}`;
    statements.push({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: apiKey.kmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": service } },
    });
  }
  return [managed, allow(scope, "execution", role, statements)];
}

function allow(scope: Construct, id: "task" | "execution", role: string, statements: readonly Statement[]) {
  const policy = encoded(policyDocument(scope, `${id}_policy`, statements));
  return new IamRolePolicy(scope, `${id}_role_policy`, { namePrefix: "datadog-agent-", role, policy });
}

/** The name is what follows the last slash of the ARN; before it there may be a path. */
function roleName(scope: Construct, id: string, arn: string): string {
  if (!isExpression(arn)) return arn.split("/").at(-1) ?? "";
  return Fn.element(Fn.reverse(Fn.split("/", functionArgument(scope, `${id}_role_arn`, arn))), 0) as string;
}
