import { EXECUTE_COMMAND_ACTIONS, TASK_ACTIONS } from "../../agent-actions";
import { expression, literal } from "./hcl";

type Role = "task" | "execution";

const created = (role: Role) => `var.${role}_role == null`;
const hasPolicy = (role: Role) => `${created(role)} || try(var.${role}_role.attach_policies, false)`;
const countOf = (condition: string) => expression(`${condition} ? 1 : 0`);

/** Where Terraform deploys to. */
export const roleData = {
  aws_partition: { current: {} },
  aws_region: { current: {} },
  aws_caller_identity: { current: {} },
};

const partition = "data.aws_partition.current.partition";
const account = "data.aws_caller_identity.current.account_id";
/** `id` is the region's name in both majors of the provider. */
const region = "data.aws_region.current.id";

const arnOf = (role: Role) => expression(`${created(role)} ? one(aws_iam_role.${role}[*].arn) : var.${role}_role.arn`);

/** What follows the last slash of the ARN; before it there may be a path. */
const nameOf = (role: Role) =>
  expression(
    `${created(role)} ? one(aws_iam_role.${role}[*].name) : element(reverse(split("/", var.${role}_role.arn)), 0)`,
  );

const allow = (statement: object) => ({ Effect: "Allow", ...statement });

export const roleLocals = {
  task_role_arn: arnOf("task"),
  execution_role_arn: arnOf("execution"),
  task_role_name: nameOf("task"),
  execution_role_name: nameOf("execution"),
  api_key_service: expression('var.api_key.ssm_parameter_arn == null ? "secretsmanager" : "ssm"'),
  api_key_kms_keys: expression("compact([var.api_key.kms_key_arn, try(var.api_key.create_secret.kms_key_arn, null)])"),
  // Against the confused deputy: ECS may take the roles on behalf of this account's tasks alone.
  trust: {
    Version: "2012-10-17",
    Statement: [
      allow({
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": expression(account) },
          ArnLike: {
            "aws:SourceArn": `arn:${expression(partition)}:ecs:${expression(region)}:${expression(account)}:*`,
          },
        },
      }),
    ],
  },
  task_policy: {
    Version: "2012-10-17",
    Statement: [
      allow({
        Action: expression(
          `concat(${literal(TASK_ACTIONS)}, var.enable_execute_command ? ${literal(EXECUTE_COMMAND_ACTIONS)} : [])`,
        ),
        Resource: "*",
      }),
    ],
  },
  // A secret's ARN has seven parts; what follows is ECS's way to name a part of its value, which IAM doesn't know.
  execution_policy_statements: [
    allow({
      Action: expression('local.api_key_service == "ssm" ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"'),
      Resource: expression(
        'join(":", slice(split(":", local.api_key_arn), 0, min(7, length(split(":", local.api_key_arn)))))',
      ),
    }),
  ],
  execution_policy: {
    Version: "2012-10-17",
    Statement: expression(
      `concat(local.execution_policy_statements, [for key in local.api_key_kms_keys : { Effect = "Allow", Action = "kms:Decrypt", Resource = key, Condition = { StringEquals = { "kms:ViaService" = "\${local.api_key_service}.\${${region}}.\${data.aws_partition.current.dns_suffix}" } } }])`,
    ),
  },
};

const role = (id: Role) => ({
  count: countOf(created(id)),
  name: expression(`var.created_roles.${id}_role_name`),
  name_prefix: expression(
    `var.created_roles.${id}_role_name == null ? "\${coalesce(var.created_roles.name_prefix, "datadog-agent-")}${id}-" : null`,
  ),
  path: expression("var.created_roles.path"),
  permissions_boundary: expression("var.created_roles.permissions_boundary_arn"),
  assume_role_policy: expression("jsonencode(local.trust)"),
  tags: expression("local.resource_tags"),
});

const policy = (id: Role) => ({
  count: countOf(hasPolicy(id)),
  name_prefix: "datadog-agent-",
  role: expression(`local.${id}_role_name`),
  policy: expression(`jsonencode(local.${id}_policy)`),
});

export const roleResources = {
  aws_iam_role: { task: role("task"), execution: role("execution") },
  aws_iam_role_policy: { task: policy("task"), execution: policy("execution") },
  aws_iam_role_policy_attachment: {
    execution_managed: {
      count: countOf(hasPolicy("execution")),
      role: expression("local.execution_role_name"),
      policy_arn: `arn:${expression(partition)}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
    },
  },
};

/** Who comes from the vendor's module keeps its roles. */
export const moved = [
  { from: "aws_iam_role.new_ecs_task_role", to: "aws_iam_role.task" },
  { from: "aws_iam_role.new_ecs_task_execution_role", to: "aws_iam_role.execution" },
  {
    from: 'aws_iam_role_policy_attachment.new_ecs_task_execution_role_policy["AmazonECSTaskExecutionRolePolicy"]',
    to: "aws_iam_role_policy_attachment.execution_managed[0]",
  },
];
