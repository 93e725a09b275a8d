import type { Task } from "../../lib/core/assemble";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { taskOf } from "../support/task";

function parsed(task: Task) {
  return JSON.parse(awsCliJson(task)) as Task;
}

describe("awsCliJson", () => {
  it("indents the task, with a line break at the end", () => {
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

  it("keeps known values, including other containers and empty values", () => {
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

  it("unescapes braces", () => {
    const { environment } = parsed(taskOf({ environment: [{ name: "A", value: "$${HOME} %%{d}" }] }))
      .containerDefinitions[0];
    expect(environment).toEqual([{ name: "A", value: "${HOME} %{d}" }]);
  });

  it("writes a named placeholder for a value that only Terraform knows", () => {
    const task = parsed({
      ...taskOf({ secrets: [{ name: "DD_API_KEY", valueFrom: "${var.api_key_secret_arn}" }] }),
      taskRoleArn: "${aws_iam_role.task_role.arn}",
    });
    expect(task.taskRoleArn).toBe("<REPLACE aws_iam_role.task_role.arn>");
    expect(task.containerDefinitions[0].secrets).toEqual([
      { name: "DD_API_KEY", valueFrom: "<REPLACE var.api_key_secret_arn>" },
    ]);
  });

  it("writes a placeholder for the whole text if Terraform knows only a part", () => {
    const names = ["a-${var.x}", "${var.x}-a", "${var.x}${var.y}"].map((valueFrom) => ({ name: "KEY", valueFrom }));
    const { secrets = [] } = parsed(taskOf({ secrets: names })).containerDefinitions[0];
    expect(secrets.map(({ valueFrom }) => valueFrom)).toEqual([
      "<REPLACE a-${var.x}>",
      "<REPLACE ${var.x}-a>",
      "<REPLACE ${var.x}${var.y}>",
    ]);
  });

  it("writes variables with placeholders as secrets, where AWS rejects placeholders", () => {
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

  it("writes no empty list of variables", () => {
    const [container] = parsed(taskOf({ environment: [{ name: "KEY", value: "${var.key}" }] })).containerDefinitions;
    expect(container).toEqual({ secrets: [{ name: "KEY", valueFrom: "<REPLACE var.key>" }] });
  });
});
