import { moved, roleData, roleLocals, roleResources } from "../../../lib/outputs/terraform-module/roles";

/**
 * Who may take the roles, and what they may do, written out: no part of it is computed by the code that is tested. What
 * the expressions come to is tested with Terraform, in end-to-end/module-policies.test.ts.
 */
const PARTITION = "${data.aws_partition.current.partition}";
const REGION = "${data.aws_region.current.id}";
const ACCOUNT = "${data.aws_caller_identity.current.account_id}";

it("the roles trust ECS tasks of this account and region only", () => {
  expect(roleData).toEqual({
    aws_partition: { current: {} },
    aws_region: { current: {} },
    aws_caller_identity: { current: {} },
  });
  expect(roleLocals.assume_role_policy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": ACCOUNT },
          ArnLike: { "aws:SourceArn": `arn:${PARTITION}:ecs:${REGION}:${ACCOUNT}:*` },
        },
      },
    ],
  });
});

/** The statements of the caller's variable, without conditions if they aren't set. */
const givenStatements = (role: string) =>
  `[for statement in var.${role}_role_statements : merge({ Effect = "Allow", Action = statement.actions, ` +
  "Resource = statement.resources }, statement.conditions == null ? {} : { Condition = statement.conditions })]";

/** The ARN of a secret without the JSON key, the stage and the version. */
const sevenParts = (arn: string) => `join(":", slice(split(":", ${arn}), 0, min(7, length(split(":", ${arn})))))`;

/** The ARN of a parameter, also if only its name is set. */
const parameter = (reference: string) =>
  `startswith(${reference}, "arn:") ? ${reference} : ` +
  `"arn:${PARTITION}:ssm:${REGION}:${ACCOUNT}:parameter/\${trimprefix(${reference}, "/")}"`;

it("the task role can run the Agent's ECS check, ECS Exec if it is enabled, and the caller's statements", () => {
  expect(roleLocals.task_policy).toEqual({
    Version: "2012-10-17",
    Statement:
      '${concat([{ Effect = "Allow", Action = concat([' +
      '"ec2:DescribeInstances", "ec2:DescribeTags", "ecs:DescribeContainerInstances", ' +
      '"ecs:DescribeTasks", "ecs:ListClusters", "ecs:ListContainerInstances", "ecs:ListTasks"], ' +
      'var.enable_execute_command ? ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", ' +
      '"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"] : []), Resource = "*" }], ' +
      `${givenStatements("task")})}`,
  });
});

it("the execution role can read one secret, by the seven parts of its ARN, or one parameter", () => {
  expect(roleLocals.api_key_service).toBe('${local.api_key_parameter == null ? "secretsmanager" : "ssm"}');
  expect(roleLocals.execution_policy_statements).toEqual([
    {
      Effect: "Allow",
      Action: '${local.api_key_service == "ssm" ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"}',
      Resource:
        `\${local.api_key_service == "ssm" ? (${parameter("local.api_key_arn")}) : ` +
        `${sevenParts("local.api_key_arn")}}`,
    },
  ]);
});

it("the execution role can decrypt only through the services that ECS reads from", () => {
  expect(roleLocals.api_key_kms_keys).toBe(
    "${compact([var.api_key.kms_key_arn, try(var.api_key.create_secret.kms_key_arn, null)])}",
  );
  expect(roleLocals.execution_policy).toEqual({
    Version: "2012-10-17",
    Statement:
      "${concat(local.execution_policy_statements, [for key in local.api_key_kms_keys : " +
      '{ Effect = "Allow", Action = "kms:Decrypt", Resource = key, Condition = { StringEquals = { "kms:ViaService" = ' +
      '"${local.api_key_service}.${data.aws_region.current.id}.${data.aws_partition.current.dns_suffix}" } } }], ' +
      '[for action, resources in local.execution_permissions : { Effect = "Allow", Action = action, Resource = resources } ' +
      "if length(resources) > 0], length(var.kms_key_arns) == 0 ? [] : " +
      '[{ Effect = "Allow", Action = "kms:Decrypt", Resource = var.kms_key_arns, Condition = { StringLike = ' +
      '{ "kms:ViaService" = ["s3.*", "secretsmanager.*", "ssm.*"] } } }], ' +
      `${givenStatements("execution")})}`,
  });
});

it("the execution role can read the other secrets, parameters, registry credentials and files of the containers", () => {
  const container = (each: string) => `[for container in local.containers : ${each}]`;
  // The API key has separate statements.
  const references =
    '[for secret in try(container.secrets, []) : secret.valueFrom if secret.name != "DD_API_KEY"], ' +
    "try(container.logConfiguration.secretOptions[*].valueFrom, []), " +
    'try(container.repositoryCredentials.credentialsParameter, "")';
  expect(roleLocals.secret_references).toBe(`\${distinct(compact(flatten(${container(`[${references}]`)})))}`);
  expect(roleLocals.environment_files).toBe(
    `\${distinct(flatten(${container("try(container.environmentFiles[*].value, [])")}))}`,
  );
});

it("the execution role has no other permissions, and each action only for its resources", () => {
  const isSecret = 'try(split(":", reference)[2] == "secretsmanager", false)';
  const referenced = (value: string, condition: string) =>
    `[for reference in local.secret_references : ${value} if ${condition}]`;
  expect(roleLocals.execution_permissions.value).toEqual({
    "secretsmanager:GetSecretValue": `\${distinct(${referenced(sevenParts("reference"), isSecret)})}`,
    "ssm:GetParameters": `\${${referenced(parameter("reference"), `!${isSecret}`)}}`,
    "s3:GetObject": "${local.environment_files}",
    "s3:GetBucketLocation": '${distinct([for file in local.environment_files : split("/", file)[0]])}',
    "logs:CreateLogGroup":
      "${anytrue([for container in local.containers : " +
      'try(container.logConfiguration.options["awslogs-create-group"] == "true", false)]) ' +
      `? ["arn:${PARTITION}:logs:*:*:log-group:*"] : []}`,
  });
});

describe.each(["task", "execution"] as const)("the %s role", (id) => {
  it("is the existing role if one is set, else the created role", () => {
    expect(roleLocals).toMatchObject({
      [`${id}_role_arn`]: `\${var.${id}_role == null ? one(aws_iam_role.${id}[*].arn) : var.${id}_role.arn}`,
      [`${id}_role_name`]: `\${var.${id}_role == null ? one(aws_iam_role.${id}[*].name) : element(reverse(split("/", var.${id}_role.arn)), 0)}`,
    });
  });

  it("is created with the trust policy and the permissions boundary if none is set", () => {
    expect(roleResources.aws_iam_role[id]).toEqual({
      count: `\${var.${id}_role == null ? 1 : 0}`,
      name: `\${var.created_roles.${id}_role_name}`,
      name_prefix: `\${var.created_roles.${id}_role_name == null ? "\${coalesce(var.created_roles.name_prefix, "datadog-agent-")}${id}-" : null}`,
      path: "${var.created_roles.path}",
      permissions_boundary: "${var.created_roles.permissions_boundary_arn}",
      assume_role_policy: "${jsonencode(local.assume_role_policy)}",
      tags: "${local.resource_tags}",
    });
  });

  it("has the policy if it is created, or if attach_policies is true", () => {
    expect(roleResources.aws_iam_role_policy[id]).toEqual({
      count: `\${var.${id}_role == null || try(var.${id}_role.attach_policies, false) ? 1 : 0}`,
      name_prefix: "datadog-agent-",
      role: `\${local.${id}_role_name}`,
      policy: `\${jsonencode(local.${id}_policy)}`,
    });
  });
});

it("only the execution role has the AWS managed policy, in its partition", () => {
  expect(roleResources.aws_iam_role_policy_attachment).toEqual({
    execution_managed: {
      count: "${var.execution_role == null || try(var.execution_role.attach_policies, false) ? 1 : 0}",
      role: "${local.execution_role_name}",
      policy_arn: `arn:${PARTITION}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
    },
  });
});

it("there are no other roles, policies and locals", () => {
  expect(Object.keys(roleResources)).toEqual(["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"]);
  for (const type of ["aws_iam_role", "aws_iam_role_policy"] as const) {
    expect(Object.keys(roleResources[type])).toEqual(["task", "execution"]);
  }
  expect(Object.keys(roleLocals).sort()).toEqual([
    "api_key_kms_keys",
    "api_key_service",
    "assume_role_policy",
    "environment_files",
    "execution_permissions",
    "execution_policy",
    "execution_policy_statements",
    "execution_role_arn",
    "execution_role_name",
    "secret_references",
    "task_policy",
    "task_role_arn",
    "task_role_name",
  ]);
});

it("moved blocks keep the roles of Datadog's module", () => {
  expect(moved).toEqual([
    { from: "aws_iam_role.new_ecs_task_role", to: "aws_iam_role.task" },
    { from: "aws_iam_role.new_ecs_task_execution_role", to: "aws_iam_role.execution" },
    {
      from: 'aws_iam_role_policy_attachment.new_ecs_task_execution_role_policy["AmazonECSTaskExecutionRolePolicy"]',
      to: "aws_iam_role_policy_attachment.execution_managed[0]",
    },
  ]);
});
