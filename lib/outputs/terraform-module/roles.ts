import { DECRYPTING_SERVICES, EXECUTE_COMMAND_ACTIONS, TASK_ACTIONS } from "../../core/agent-actions";
import { API_KEY } from "../../core/agent";
import { commented } from "./document";
import { expression, literal } from "./hcl";

type Role = "task" | "execution";

const created = (role: Role) => `var.${role}_role == null`;
const hasPolicy = (role: Role) => `${created(role)} || try(var.${role}_role.attach_policies, false)`;
const countOf = (condition: string) => expression(`${condition} ? 1 : 0`);

/** The partition, the region and the account of the deployment. */
export const roleData = {
  aws_partition: { current: {} },
  aws_region: { current: {} },
  aws_caller_identity: { current: {} },
};

const partition = "data.aws_partition.current.partition";
const account = "data.aws_caller_identity.current.account_id";
/** `id` is the region's name in version 5 and version 6 of the provider. */
const region = "data.aws_region.current.id";

const arnOf = (role: Role) => expression(`${created(role)} ? one(aws_iam_role.${role}[*].arn) : var.${role}_role.arn`);

/** The name is the part after the last slash of the ARN, because a role can have a path. */
const nameOf = (role: Role) =>
  expression(
    `${created(role)} ? one(aws_iam_role.${role}[*].name) : element(reverse(split("/", var.${role}_role.arn)), 0)`,
  );

const allow = (statement: object) => ({ Effect: "Allow", ...statement });

/** The ARN of a secret has seven parts. ECS appends the JSON key, the stage and the version, which IAM doesn't know. */
const wholeArn = (arn: string) => `join(":", slice(split(":", ${arn}), 0, min(7, length(split(":", ${arn})))))`;

const isSecret = (reference: string) => `try(split(":", ${reference})[2] == "secretsmanager", false)`;

/** ECS reads a parameter without an ARN from the region and the account of the task. */
const parameterArn = (reference: string) =>
  `startswith(${reference}, "arn:") ? ${reference} : "arn:\${${partition}}:ssm:\${${region}}:\${${account}}:parameter/\${trimprefix(${reference}, "/")}"`;

const statementsOf = (role: Role) =>
  `[for statement in var.${role}_role_statements : merge({ Effect = "Allow", Action = statement.actions, Resource = statement.resources }, statement.conditions == null ? {} : { Condition = statement.conditions })]`;

export const roleLocals = {
  task_role_arn: arnOf("task"),
  execution_role_arn: arnOf("execution"),
  task_role_name: nameOf("task"),
  execution_role_name: nameOf("execution"),
  api_key_service: expression('local.api_key_parameter == null ? "secretsmanager" : "ssm"'),
  api_key_kms_keys: expression("compact([var.api_key.kms_key_arn, try(var.api_key.create_secret.kms_key_arn, null)])"),
  // Prevents the confused deputy problem: only tasks in this account and region can assume the roles.
  assume_role_policy: {
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
    Statement: expression(
      `concat([{ Effect = "Allow", Action = concat(${literal(TASK_ACTIONS)}, var.enable_execute_command ? ${literal(EXECUTE_COMMAND_ACTIONS)} : []), Resource = "*" }], ${statementsOf("task")})`,
    ),
  },
  secret_references: expression(
    `distinct(compact(flatten([for container in local.containers : [[for secret in try(container.secrets, []) : secret.valueFrom if secret.name != "${API_KEY}"], try(container.logConfiguration.secretOptions[*].valueFrom, []), try(container.repositoryCredentials.credentialsParameter, "")]])))`,
  ),
  environment_files: expression(
    "distinct(flatten([for container in local.containers : try(container.environmentFiles[*].value, [])]))",
  ),
  execution_permissions: commented("What ECS reads when it starts the task: resources by IAM action.", {
    "secretsmanager:GetSecretValue": expression(
      `distinct([for reference in local.secret_references : ${wholeArn("reference")} if ${isSecret("reference")}])`,
    ),
    "ssm:GetParameters": expression(
      `[for reference in local.secret_references : ${parameterArn("reference")} if !${isSecret("reference")}]`,
    ),
    "s3:GetObject": expression("local.environment_files"),
    "s3:GetBucketLocation": expression('distinct([for file in local.environment_files : split("/", file)[0]])'),
    "logs:CreateLogGroup": expression(
      `anytrue([for container in local.containers : try(container.logConfiguration.options["awslogs-create-group"] == "true", false)]) ? ["arn:\${${partition}}:logs:*:*:log-group:*"] : []`,
    ),
  }),
  execution_policy_statements: [
    allow({
      Action: expression('local.api_key_service == "ssm" ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"'),
      Resource: expression(
        `local.api_key_service == "ssm" ? (${parameterArn("local.api_key_arn")}) : ${wholeArn("local.api_key_arn")}`,
      ),
    }),
  ],
  execution_policy: {
    Version: "2012-10-17",
    Statement: expression(
      `concat(local.execution_policy_statements, [for key in local.api_key_kms_keys : { Effect = "Allow", Action = "kms:Decrypt", Resource = key, Condition = { StringEquals = { "kms:ViaService" = "\${local.api_key_service}.\${${region}}.\${data.aws_partition.current.dns_suffix}" } } }], [for action, resources in local.execution_permissions : { Effect = "Allow", Action = action, Resource = resources } if length(resources) > 0], length(var.kms_key_arns) == 0 ? [] : [{ Effect = "Allow", Action = "kms:Decrypt", Resource = var.kms_key_arns, Condition = { StringLike = { "kms:ViaService" = ${literal(DECRYPTING_SERVICES)} } } }], ${statementsOf("execution")})`,
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
  assume_role_policy: expression("jsonencode(local.assume_role_policy)"),
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

/** Keeps the roles when you migrate from Datadog's module. */
export const moved = [
  { from: "aws_iam_role.new_ecs_task_role", to: "aws_iam_role.task" },
  { from: "aws_iam_role.new_ecs_task_execution_role", to: "aws_iam_role.execution" },
  {
    from: 'aws_iam_role_policy_attachment.new_ecs_task_execution_role_policy["AmazonECSTaskExecutionRolePolicy"]',
    to: "aws_iam_role_policy_attachment.execution_managed[0]",
  },
];
