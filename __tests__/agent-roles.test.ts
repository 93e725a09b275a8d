import { DatadogAgentDaemon, type DatadogAgentDaemonProps } from "../lib/datadog-agent-daemon";
import { type StackJson, synthesize } from "./support/synthesize";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
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

  it("has AWS's policy of the partition that it is deployed to", () => {
    const [attachment] = Object.values(synthesized().resource?.aws_iam_role_policy_attachment ?? {});
    expect(attachment?.policy_arn).toMatch(
      /^arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::aws:policy\/service-role\/AmazonECSTaskExecutionRolePolicy$/,
    );
  });
});

describe("roles", () => {
  it("trust ECS's tasks alone", () => {
    for (const role of ["task_role_trust", "execution_role_trust"]) {
      expect(statements(synthesized(), role)).toEqual([
        { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }] },
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
