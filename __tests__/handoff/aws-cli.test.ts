import type { Task } from "../../lib/core/assemble";
import { awsCliJson } from "../../lib/handoff/aws-cli";
import { taskOf } from "../support/task";

function parsed(task: Task) {
  return JSON.parse(awsCliJson(task)) as Task;
}

describe("awsCliJson", () => {
  it("writes the task for people: indented, with a line break at its end", () => {
    expect(awsCliJson(taskOf({ name: "agent" }))).toBe(
      [
        "{",
        '  "family": "agent",',
        '  "containerDefinitions": [',
        "    {",
        '      "name": "agent"',
        "    }",
        "  ]",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("leaves what is known as it is, other containers and empty values included", () => {
    const containers = [
      {
        name: "agent",
        cpu: 0,
        essential: true,
        environment: [{ name: "DD_SITE", value: "datadoghq.eu" }],
        secrets: [{ name: "DD_API_KEY", valueFrom: "arn:key" }],
        linuxParameters: { capabilities: { add: ["CHOWN"], drop: [] } },
      },
      { name: "proxy", image: "proxy:1" },
    ] satisfies Parameters<typeof taskOf>;
    expect(parsed(taskOf(...containers)).containerDefinitions).toEqual(containers);
  });

  it("writes text with escaped braces as ECS is to see it", () => {
    const { environment } = parsed(taskOf({ environment: [{ name: "A", value: "$${HOME} %%{d}" }] }))
      .containerDefinitions[0];
    expect(environment).toEqual([{ name: "A", value: "${HOME} %{d}" }]);
  });

  it("puts a placeholder that names it where Terraform alone knows a value", () => {
    const task = parsed({
      ...taskOf({ secrets: [{ name: "DD_API_KEY", valueFrom: "${var.api_key_secret_arn}" }] }),
      taskRoleArn: "${aws_iam_role.task_role.arn}",
    });
    expect(task.taskRoleArn).toBe("<REPLACE aws_iam_role.task_role.arn>");
    expect(task.containerDefinitions[0].secrets).toEqual([
      { name: "DD_API_KEY", valueFrom: "<REPLACE var.api_key_secret_arn>" },
    ]);
  });

  it("names the whole of a text in which Terraform knows a part", () => {
    const names = ["a-${var.x}", "${var.x}-a", "${var.x}${var.y}"].map((valueFrom) => ({ name: "KEY", valueFrom }));
    const { secrets = [] } = parsed(taskOf({ secrets: names })).containerDefinitions[0];
    expect(secrets.map(({ valueFrom }) => valueFrom)).toEqual([
      "<REPLACE a-${var.x}>",
      "<REPLACE ${var.x}-a>",
      "<REPLACE ${var.x}${var.y}>",
    ]);
  });

  it("moves variables with such values to the secrets, where AWS refuses a placeholder that was left", () => {
    const [container] = parsed(
      taskOf({
        environment: [
          { name: "DD_API_KEY", value: "${var.api_key}" },
          { name: "DD_SITE", value: "datadoghq.eu" },
        ],
        secrets: [{ name: "TOKEN", valueFrom: "arn:token" }],
      }),
    ).containerDefinitions;
    expect(container).toEqual({
      environment: [{ name: "DD_SITE", value: "datadoghq.eu" }],
      secrets: [
        { name: "DD_API_KEY", valueFrom: "<REPLACE var.api_key>" },
        { name: "TOKEN", valueFrom: "arn:token" },
      ],
    });
  });

  it("leaves no empty list of variables behind", () => {
    const [container] = parsed(taskOf({ environment: [{ name: "KEY", value: "${var.key}" }] })).containerDefinitions;
    expect(container).toEqual({ secrets: [{ name: "KEY", valueFrom: "<REPLACE var.key>" }] });
  });
});
