import { HOST_NAMES } from "../../../lib/hosts";
import { terraformModule } from "../../../lib/handoff/terraform-module";
import { moduleOf } from "../../support/module";
import { keysIn, usesIn } from "../../support/terraform";

/** What Terraform 1.5 has, of what there is. */
// prettier-ignore
const FUNCTIONS = [
  "alltrue", "base64encode", "can", "coalesce", "compact", "concat", "contains", "distinct", "element", "flatten",
  "floor", "join", "jsonencode", "keys", "length", "max", "merge", "min", "one", "range", "regex", "replace", "reverse",
  "setproduct", "slice", "sort", "split", "startswith", "tonumber", "tostring", "try", "values",
];

interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

interface Variable {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly nullable: boolean;
  readonly validation?: readonly Validation[];
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Main {
  readonly locals: Readonly<Record<string, unknown>>;
  readonly data: Blocks;
  readonly resource: Blocks;
  readonly check: Readonly<Record<string, { readonly assert: Validation }>>;
  readonly moved: readonly { readonly from: string; readonly to: string }[];
}

/** Sockets and options make the most of what there can be. */
const SOCKETS = { apm: { socket: true }, dogstatsd: { socket: true } };

function parsed(file: string, host: (typeof HOST_NAMES)[number]): Record<string, unknown> {
  const module = moduleOf({ host, features: host === "windows" ? {} : SOCKETS });
  return JSON.parse(terraformModule(module).get(file) ?? "") as Record<string, unknown>;
}

it("what is called and referred to is told from text", () => {
  const value = { a: ['no(var.x) ${f("g(var.y) \\" ${h({ k = local.z })}")} $${no(1)}', 1], b: "${data.aws_a.b[0].c}" };
  expect(usesIn(value)).toEqual({ functions: ["f", "h"], references: ["data.aws_a.b", "local.z"] });
});

it("the versions are those that the module works with", () => {
  expect(parsed("versions.tf.json", "linux")).toEqual({
    terraform: {
      required_version: ">= 1.5.0",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" } },
    },
  });
});

it("a variable has what Terraform wants of one, and no more", () => {
  const { variable } = parsed("variables.tf.json", "linux");
  expect(variable).toMatchObject({
    launch_type: {
      type: "string",
      description: "EXTERNAL for ECS Anywhere",
      default: "EC2",
      nullable: false,
      validation: [
        {
          condition: '${contains(["EC2", "EXTERNAL"], var.launch_type)}',
          error_message: "launch_type must be EC2 or EXTERNAL, got ${jsonencode(var.launch_type)}.",
        },
      ],
    },
  });
  const { api_key, create_service, task_role } = variable as Record<string, Variable>;
  expect(api_key).not.toHaveProperty("default");
  expect(task_role).toMatchObject({ default: null, nullable: true });
  expect(create_service).not.toHaveProperty("validation");
});

it("roles are found again at the addresses of the vendor's module", () => {
  const { moved } = parsed("main.tf.json", "linux") as unknown as Main;
  expect(moved).toEqual([
    { from: "aws_iam_role.new_ecs_task_role", to: "aws_iam_role.task" },
    { from: "aws_iam_role.new_ecs_task_execution_role", to: "aws_iam_role.execution" },
    {
      from: 'aws_iam_role_policy_attachment.new_ecs_task_execution_role_policy["AmazonECSTaskExecutionRolePolicy"]',
      to: "aws_iam_role_policy_attachment.execution_managed[0]",
    },
  ]);
});

it("memory that may not suffice is warned of, and stops nothing", () => {
  const { check, resource } = parsed("main.tf.json", "linux") as unknown as Main;
  expect(check).toEqual({
    memory: {
      assert: {
        condition: "${var.memory_mib >= local.advised_memory_mib}",
        error_message:
          "memory_mib is ${var.memory_mib}; Datadog advises ${local.advised_memory_mib} for what is on. An Agent that runs out of memory is stopped and started anew.",
      },
    },
  });
  expect(JSON.stringify(resource)).not.toContain("advised_memory_mib");
});

it("the task has the process namespace that features want", () => {
  const { resource } = parsed("main.tf.json", "linux") as unknown as Main;
  expect(resource.aws_ecs_task_definition?.datadog_agent).toHaveProperty("pid_mode", "${local.pid_mode}");
});

describe.each(HOST_NAMES)("the module for %s", (host) => {
  const variables = () => parsed("variables.tf.json", host).variable as Record<string, Variable>;
  const outputs = () => parsed("outputs.tf.json", host).output as Record<string, { readonly description: string }>;
  const main = () => parsed("main.tf.json", host) as unknown as Main;

  it("has its files", () => {
    expect([...terraformModule(moduleOf({ host })).keys()].sort()).toEqual([
      "README.md",
      "examples/basic/main.tf",
      "examples/basic/outputs.tf",
      "examples/basic/variables.tf",
      "examples/basic/versions.tf",
      "main.tf.json",
      "outputs.tf.json",
      "variables.tf.json",
      "versions.tf.json",
    ]);
  });

  it("has neither provider nor backend, which are the caller's, and nothing of CDKTF", () => {
    expect(Object.keys(main()).sort()).toEqual(["check", "data", "locals", "moved", "resource"]);
    expect(Object.keys(parsed("variables.tf.json", host))).toEqual(["variable"]);
    expect(Object.keys(parsed("outputs.tf.json", host))).toEqual(["output"]);
    const terraform = parsed("versions.tf.json", host).terraform;
    expect(Object.keys(terraform as object).sort()).toEqual(["required_providers", "required_version"]);
    expect(keysIn([main(), variables(), outputs()])).not.toContain("//");
  });

  it("refers in a variable's validations to that variable alone, as Terraform before 1.9 wants it", () => {
    for (const [name, { validation = [] }] of Object.entries(variables())) {
      for (const { condition, error_message } of validation) {
        expect(usesIn(condition).references).toEqual([`var.${name}`]);
        expect([[], [`var.${name}`]]).toContainEqual(usesIn(error_message).references);
      }
    }
  });

  it("calls functions of Terraform 1.5 alone", () => {
    const { functions } = usesIn([main(), Object.values(variables()).map(({ validation }) => validation), outputs()]);
    expect(functions).toEqual(expect.arrayContaining(["coalesce", "jsonencode", "regex", "try"]));
    expect(functions.filter((name) => !FUNCTIONS.includes(name))).toEqual([]);
  });

  it("describes every variable and output", () => {
    const described = [...Object.entries(variables()), ...Object.entries(outputs())];
    expect(described.filter(([, { description }]) => !/^[A-Z]/.test(description))).toEqual([]);
  });

  it("declares what it refers to, and uses what it declares", () => {
    const { locals, data, resource } = main();
    const addresses = (blocks: Blocks) =>
      Object.entries(blocks).flatMap(([type, things]) => Object.keys(things).map((name) => `${type}.${name}`));
    const [created, read] = [addresses(resource), addresses(data).map((address) => `data.${address}`)];
    const named = [
      ...Object.keys(variables()).map((key) => `var.${key}`),
      ...Object.keys(locals).map((key) => `local.${key}`),
    ];
    const { references } = usesIn([main(), outputs()]);
    expect(references.filter((reference) => ![...named, ...read, ...created].includes(reference))).toEqual([]);
    expect([...named, ...read].filter((name) => !references.includes(name))).toEqual([]);
  });

  it("waits for, and moves to, what is there", () => {
    const { resource, moved } = main();
    const { depends_on } = resource.aws_ecs_service?.datadog_agent as { depends_on: string[] };
    expect(depends_on).toHaveLength(3);
    for (const address of [...depends_on, ...moved.map(({ to }) => to)]) {
      expect(resource).toHaveProperty(address.replace(/\[0\]$/, ""));
    }
  });

  it("is the same, byte by byte, whatever the order of the entry's keys is", () => {
    const entry = { cpu: 10, features: { logs: true, apm: true } };
    const shuffled = { features: { apm: true, logs: true }, cpu: 10 };
    const files = [...terraformModule(moduleOf({ host, ...entry }))];
    expect([...terraformModule(moduleOf({ ...shuffled, host }))]).toEqual(files);
    expect([...terraformModule(moduleOf({ host, ...entry }))]).toEqual(files);
    expect(files.filter(([, text]) => !text.endsWith("\n"))).toEqual([]);
  });
});
