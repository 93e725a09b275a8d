import { DatadogAgentDaemon, type DatadogAgentDaemonProps } from "../lib/datadog-agent-daemon";
import { type StackJson, synthesize } from "./support/synthesize";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog";
const ROLE = "arn:aws:iam::123456789012:role/path/agent";

const synthesized = (props: Partial<DatadogAgentDaemonProps> = {}) =>
  synthesize(
    (stack) =>
      new DatadogAgentDaemon(stack, "agent", { cluster: "c", apiKey: { secretsManagerArn: SECRET }, ...props }),
  );

/** The statements of the policy document whose name begins like this. */
function statements({ data }: StackJson, prefix: string): unknown {
  const documents = Object.entries(data?.aws_iam_policy_document ?? {});
  return documents.find(([name]) => name.startsWith(`agent_${prefix}_`))?.[1].statement;
}

/** A reference to an attribute of a data source of the construct. */
function reference(type: string, id: string, attribute: string): unknown {
  return expect.stringMatching(new RegExp(`^\\$\\{data\\.${type}\\.agent_${id}_\\w+\\.${attribute}\\}$`));
}

describe("the task role", () => {
  it("reads what the Agent's ECS check needs and nothing else", () => {
    expect(statements(synthesized(), "task_role_policy_document")).toEqual([
      {
        actions: [
          "ec2:DescribeInstances",
          "ec2:DescribeTags",
          "ecs:DescribeContainerInstances",
          "ecs:DescribeTasks",
          "ecs:ListClusters",
          "ecs:ListContainerInstances",
          "ecs:ListTasks",
        ],
        resources: ["*"],
      },
    ]);
  });

  it("may open ECS Exec's channels where that is on", () => {
    const [statement] = statements(synthesized({ enableExecuteCommand: true }), "task_role_policy_document") as [
      { actions: string[] },
    ];
    expect(statement.actions.filter((action) => action.startsWith("ssmmessages:"))).toEqual([
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]);
  });
});

describe("the execution role", () => {
  it.each<[string, DatadogAgentDaemonProps["apiKey"], unknown]>([
    ["a secret", { secretsManagerArn: SECRET }, [{ actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] }]],
    [
      "a secret, without ECS's suffix,",
      { secretsManagerArn: `${SECRET}:api_key::` },
      [{ actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] }],
    ],
    ["a parameter", { ssmParameterArn: PARAMETER }, [{ actions: ["ssm:GetParameters"], resources: [PARAMETER] }]],
    ["nothing where the key is a variable", { sensitiveVariable: "${var.key}" }, undefined],
  ])("reads %s", (_what, apiKey, expected) => {
    expect(statements(synthesized({ apiKey }), "execution_role_policy_document")).toEqual(expected);
  });

  it("reads a secret that Terraform knows, without ECS's suffix, however it's written", () => {
    const json = synthesized({ apiKey: { secretsManagerArn: "${aws_secretsmanager_secret.mine.arn}:api_key::" } });
    const [name] = Object.entries(json.locals ?? {}).find(([, value]) => String(value).includes("secret.mine")) ?? [];
    expect(statements(json, "execution_role_policy_document")).toEqual([
      {
        actions: ["secretsmanager:GetSecretValue"],
        resources: [`\${join(":", slice(split(":", local.${name}), 0, 7))}`],
      },
    ]);
  });

  it.each<[string, DatadogAgentDaemonProps["apiKey"], string, string]>([
    ["a secret", { secretsManagerArn: SECRET, kmsKeyArn: KMS_KEY }, "secretsmanager", KMS_KEY],
    ["a parameter", { ssmParameterArn: PARAMETER, kmsKeyArn: KMS_KEY }, "ssm", KMS_KEY],
    ["a secret that is created", { createSecret: { name: "datadog", kmsKeyArn: KMS_KEY } }, "secretsmanager", KMS_KEY],
  ])("decrypts %s with its KMS key through its service alone", (_what, apiKey, service, key) => {
    const [, decrypt] = statements(synthesized({ apiKey }), "execution_role_policy_document") as unknown[];
    expect(decrypt).toEqual({
      actions: ["kms:Decrypt"],
      resources: [key],
      condition: [
        {
          test: "StringEquals",
          variable: "kms:ViaService",
          values: [
            expect.stringMatching(
              new RegExp(
                `^${service}\\.\\$\\{data\\.aws_region\\.\\w+\\.id\\}\\.\\$\\{data\\.aws_partition\\.\\w+\\.dns_suffix\\}$`,
              ),
            ),
          ],
        },
      ],
    });
  });

  it("has AWS's policy of the partition that it is deployed to", () => {
    const [attachment] = Object.values(synthesized().resource?.aws_iam_role_policy_attachment ?? {});
    expect(attachment?.policy_arn).toMatch(
      /^arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::aws:policy\/service-role\/AmazonECSTaskExecutionRolePolicy$/,
    );
  });
});

describe("roles", () => {
  it("trust ECS's tasks of this account and region alone", () => {
    const json = synthesize(
      (stack) => new DatadogAgentDaemon(stack, "agent", { cluster: "c", apiKey: { secretsManagerArn: SECRET } }),
    );
    for (const role of ["task_role_trust", "execution_role_trust"]) {
      expect(statements(json, role)).toEqual([
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
          condition: [
            {
              test: "StringEquals",
              variable: "aws:SourceAccount",
              values: [reference("aws_caller_identity", "caller", "account_id")],
            },
            {
              test: "ArnLike",
              variable: "aws:SourceArn",
              values: [
                expect.stringMatching(
                  /^arn:\$\{data\.aws_partition\.\w+\.partition\}:ecs:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:\*$/,
                ),
              ],
            },
          ],
        },
      ]);
    }
  });

  it("that are given are taken as they are, and nothing is created", () => {
    const { resource, data } = synthesized({ taskRoleArn: ROLE, executionRoleArn: ROLE });
    expect(Object.keys(resource ?? {}).sort()).toEqual(["aws_ecs_service", "aws_ecs_task_definition"]);
    expect(data).toBeUndefined();
    const [definition] = Object.values(resource?.aws_ecs_task_definition ?? {});
    expect(definition).toMatchObject({ task_role_arn: ROLE, execution_role_arn: ROLE });
  });

  it("that are given get their policies where that is asked for, by the name after the ARN's path", () => {
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

  it("have the prefix, path and boundary that are asked for", () => {
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
  ])("have a name in place of the prefix where it is asked for: %s", (_what, createdRoles, expected) => {
    const roles = Object.values(synthesized({ createdRoles }).resource?.aws_iam_role ?? {});
    const names = roles.map((role) => Object.entries(role).filter(([key]) => key.startsWith("name")));
    expect(names.map((entries) => Object.fromEntries(entries))).toEqual(expected);
  });

  it("are created one by one where one is given", () => {
    expect(Object.keys(synthesized({ taskRoleArn: ROLE }).resource?.aws_iam_role ?? {})).toEqual([
      expect.stringMatching(/^agent_execution_role_/) as string,
    ]);
    expect(Object.keys(synthesized({ executionRoleArn: ROLE }).resource?.aws_iam_role ?? {})).toEqual([
      expect.stringMatching(/^agent_task_role_/) as string,
    ]);
  });

  it("carry the AWS tags and names that can't collide in an account", () => {
    const roles = Object.values(synthesized({ resourceTags: { team: "x" } }).resource?.aws_iam_role ?? {});
    expect(roles).toMatchObject([
      { name_prefix: "datadog-agent-execution-", tags: { team: "x" } },
      { name_prefix: "datadog-agent-task-", tags: { team: "x" } },
    ]);
  });
});
