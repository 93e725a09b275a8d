import type { DatadogAgentDaemonProps } from "../../lib/configuration/interfaces";
import { DatadogAgentDaemon } from "../../lib/constructs/datadog-agent-daemon";
import { type StackJson, synthesize } from "../support/synthesize";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog";
const ROLE = "arn:aws:iam::123456789012:role/path/agent";

const synthesized = (props: Partial<DatadogAgentDaemonProps> = {}) =>
  synthesize(
    (stack) =>
      new DatadogAgentDaemon(stack, "agent", { cluster: "c", apiKey: { secretsManagerArn: SECRET }, ...props }),
  );

/** The statements of the policies whose name starts with this. */
function statements({ locals, resource }: StackJson, prefix: string): unknown {
  const [name, policy] = Object.entries(locals ?? {}).find(([local]) => local.startsWith(`${prefix}_`)) ?? [];
  if (name === undefined) return undefined;
  const { aws_iam_role: roles = {}, aws_iam_role_policy: policies = {} } = resource ?? {};
  const used = [...Object.values(roles), ...Object.values(policies)].flatMap((each) => Object.values(each));
  expect(used).toContain(`\${jsonencode(local.${name})}`);
  const { Version, Statement } = policy as { Version: string; Statement: unknown };
  expect(Version).toBe("2012-10-17");
  return Statement;
}

/** Matches a reference to an attribute of a data source. */
function reference(type: string, id: string, attribute: string): unknown {
  return expect.stringMatching(
    new RegExp(`^\\$\\{data\\.${type}\\.datadog_agents_target_${id}_\\w+\\.${attribute}\\}$`),
  );
}

describe("the task role", () => {
  it("has the permissions of the Agent's ECS check and no others", () => {
    expect(statements(synthesized(), "agent_task_policy")).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ec2:DescribeInstances",
          "ec2:DescribeTags",
          "ecs:DescribeContainerInstances",
          "ecs:DescribeTasks",
          "ecs:ListClusters",
          "ecs:ListContainerInstances",
          "ecs:ListTasks",
        ],
        Resource: "*",
      },
    ]);
  });

  it("may open ECS Exec's channels if ECS Exec is on", () => {
    const [statement] = statements(synthesized({ enableExecuteCommand: true }), "agent_task_policy") as [
      { Action: string[] },
    ];
    expect(statement.Action.filter((action) => action.startsWith("ssmmessages:"))).toEqual([
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]);
  });
});

describe("the execution role", () => {
  it.each<[string, DatadogAgentDaemonProps["apiKey"], unknown]>([
    [
      "a secret",
      { secretsManagerArn: SECRET },
      [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET }],
    ],
    [
      "a secret, without ECS's suffix,",
      { secretsManagerArn: `${SECRET}:api_key::` },
      [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET }],
    ],
    [
      "a parameter",
      { ssmParameterArn: PARAMETER },
      [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: PARAMETER }],
    ],
    ["nothing if the key is a variable", { sensitiveVariable: "${var.key}" }, undefined],
  ])("reads %s", (_what, apiKey, expected) => {
    expect(statements(synthesized({ apiKey }), "agent_execution_policy")).toEqual(expected);
  });

  it("reads a secret given by an expression, without ECS's suffix, however it's written", () => {
    const json = synthesized({ apiKey: { secretsManagerArn: "${aws_secretsmanager_secret.mine.arn}:api_key::" } });
    const [name] = Object.entries(json.locals ?? {}).find(([, value]) => String(value).includes("secret.mine")) ?? [];
    expect(statements(json, "agent_execution_policy")).toEqual([
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: `\${join(":", slice(split(":", local.${name}), 0, 7))}`,
      },
    ]);
  });

  it.each<[string, DatadogAgentDaemonProps["apiKey"], string, string]>([
    ["a secret", { secretsManagerArn: SECRET, kmsKeyArn: KMS_KEY }, "secretsmanager", KMS_KEY],
    ["a parameter", { ssmParameterArn: PARAMETER, kmsKeyArn: KMS_KEY }, "ssm", KMS_KEY],
    ["a secret that is created", { createSecret: { name: "datadog", kmsKeyArn: KMS_KEY } }, "secretsmanager", KMS_KEY],
  ])("decrypts %s with its KMS key only through its service", (_what, apiKey, service, key) => {
    const [, decrypt] = statements(synthesized({ apiKey }), "agent_execution_policy") as unknown[];
    expect(decrypt).toEqual({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: key,
      Condition: {
        StringEquals: {
          "kms:ViaService": expect.stringMatching(
            new RegExp(
              `^${service}\\.\\$\\{data\\.aws_region\\.\\w+\\.id\\}\\.\\$\\{data\\.aws_partition\\.\\w+\\.dns_suffix\\}$`,
            ),
          ) as unknown,
        },
      },
    });
  });

  it("decrypts with other KMS keys only through the services that ECS reads from", () => {
    const given = { apiKey: { secretsManagerArn: SECRET }, kmsKeyArns: [KMS_KEY] };
    expect((statements(synthesized(given), "agent_execution_policy") as unknown[]).slice(1)).toEqual([
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: [KMS_KEY],
        Condition: { StringLike: { "kms:ViaService": ["s3.*", "secretsmanager.*", "ssm.*"] } },
      },
    ]);
  });

  it("has AWS's managed policy of the right partition", () => {
    const [attachment] = Object.values(synthesized().resource?.aws_iam_role_policy_attachment ?? {});
    expect(attachment?.policy_arn).toMatch(
      /^arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::aws:policy\/service-role\/AmazonECSTaskExecutionRolePolicy$/,
    );
  });
});

describe("roles", () => {
  it("trust only ECS tasks of this account and region", () => {
    const json = synthesize(
      (stack) => new DatadogAgentDaemon(stack, "agent", { cluster: "c", apiKey: { secretsManagerArn: SECRET } }),
    );
    expect(statements(json, "datadog_agents_target_trust")).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": reference("aws_caller_identity", "caller", "account_id") },
          ArnLike: {
            "aws:SourceArn": expect.stringMatching(
              /^arn:\$\{data\.aws_partition\.\w+\.partition\}:ecs:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:\*$/,
            ) as unknown,
          },
        },
      },
    ]);
    const roles = Object.values(json.resource?.aws_iam_role ?? {});
    const trust = expect.stringMatching(/^\$\{jsonencode\(local\.datadog_agents_target_trust_\w+\)\}$/) as unknown;
    expect(roles.map(({ assume_role_policy }) => assume_role_policy)).toEqual([trust, trust]);
  });

  it("share data sources and the trust policy with the stack's other daemons", () => {
    const { data, locals, resource } = synthesize((stack) => {
      for (const cluster of ["a", "b"]) {
        new DatadogAgentDaemon(stack, cluster, { cluster, apiKey: { secretsManagerArn: SECRET } });
      }
    });
    expect(Object.keys(resource?.aws_iam_role ?? {})).toHaveLength(4);
    expect(Object.keys(locals ?? {}).filter((name) => name.includes("trust"))).toHaveLength(1);
    const sources = Object.entries(data ?? {}).map(([type, things]) => [type, Object.keys(things).length]);
    expect(Object.fromEntries(sources)).toEqual({
      aws_caller_identity: 1,
      aws_partition: 1,
      aws_region: 1,
    });
  });

  it("that are given are used unchanged, and no role is created", () => {
    const { resource, data } = synthesized({ taskRoleArn: ROLE, executionRoleArn: ROLE });
    expect(Object.keys(resource ?? {}).sort()).toEqual(["aws_ecs_service", "aws_ecs_task_definition"]);
    expect(data).toBeUndefined();
    const [definition] = Object.values(resource?.aws_ecs_task_definition ?? {});
    expect(definition).toMatchObject({ task_role_arn: ROLE, execution_role_arn: ROLE });
  });

  it("that are given get policies with attachPolicies, by the name after the ARN's path", () => {
    const given = { taskRoleArn: ROLE, executionRoleArn: "${aws_iam_role.mine.arn}", attachPolicies: true };
    const { resource, locals } = synthesized(given);
    expect(resource).not.toHaveProperty("aws_iam_role");
    const [name] = Object.entries(locals ?? {}).find(([, value]) => value === given.executionRoleArn) ?? [];
    const execution = `\${element(reverse(split("/", local.${name})), 0)}`;
    const own = Object.values(resource?.aws_iam_role_policy ?? {});
    expect(own.map(({ role }) => role)).toEqual([execution, "agent"]);
    const attached = Object.values(resource?.aws_iam_role_policy_attachment ?? {});
    expect(attached.map(({ role }) => role)).toEqual([execution]);
  });

  it("have the configured prefix, path and permissions boundary", () => {
    const createdRoles = { namePrefix: "x-", path: "/team/", permissionsBoundaryArn: "arn:aws:iam::aws:policy/A" };
    const expected = { path: "/team/", permissions_boundary: "arn:aws:iam::aws:policy/A" };
    expect(Object.values(synthesized({ createdRoles }).resource?.aws_iam_role ?? {})).toMatchObject([
      { ...expected, name_prefix: "x-execution-" },
      { ...expected, name_prefix: "x-task-" },
    ]);
  });

  it.each<[string, DatadogAgentDaemonProps["createdRoles"], unknown[]]>([
    [
      "the task role's",
      { taskRoleName: "agent", namePrefix: "x-" },
      [{ name_prefix: "x-execution-" }, { name: "agent" }],
    ],
    [
      "the execution role's",
      { executionRoleName: "starts-agent" },
      [{ name: "starts-agent" }, { name_prefix: "datadog-agent-task-" }],
    ],
    [
      "both",
      { taskRoleName: "agent", executionRoleName: "starts-agent", namePrefix: "x-" },
      [{ name: "starts-agent" }, { name: "agent" }],
    ],
  ])("have a name instead of the prefix if it is set: %s", (_what, createdRoles, expected) => {
    const roles = Object.values(synthesized({ createdRoles }).resource?.aws_iam_role ?? {});
    const names = roles.map((role) => Object.entries(role).filter(([key]) => key.startsWith("name")));
    expect(names.map((entries) => Object.fromEntries(entries))).toEqual(expected);
  });

  it("are created individually if one of them is given", () => {
    expect(Object.keys(synthesized({ taskRoleArn: ROLE }).resource?.aws_iam_role ?? {})).toEqual([
      expect.stringMatching(/^agent_execution_role_/) as string,
    ]);
    expect(Object.keys(synthesized({ executionRoleArn: ROLE }).resource?.aws_iam_role ?? {})).toEqual([
      expect.stringMatching(/^agent_task_role_/) as string,
    ]);
  });

  it("have the AWS tags, and names that are unique in an account", () => {
    const roles = Object.values(synthesized({ resourceTags: { team: "x" } }).resource?.aws_iam_role ?? {});
    expect(roles).toMatchObject([
      { name_prefix: "datadog-agent-execution-", tags: { team: "x" } },
      { name_prefix: "datadog-agent-task-", tags: { team: "x" } },
    ]);
  });
});
