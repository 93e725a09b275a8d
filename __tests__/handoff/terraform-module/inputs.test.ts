import { inputsOf } from "../../../lib/handoff/terraform-module/inputs";
import type { Input } from "../../../lib/handoff/terraform-module/validation";
import { moduleOf } from "../../support/module";

type Entry = Parameters<typeof moduleOf>[0];

function inputOf(name: string, entry: Entry = {}): Input {
  const input = inputsOf(moduleOf(entry))[name];
  if (input === undefined) throw new Error(`There is no ${name}.`);
  return input;
}

const NAMES = [
  "cluster",
  "api_key",
  "features",
  "site",
  "tags",
  "environment",
  "launch_type",
  "network_mode",
  "subnets",
  "security_groups",
  "application_security_groups",
  "capabilities",
  "health_check",
  "image",
  "cpu",
  "memory_mib",
  "family",
  "create_service",
  "service_name",
  "minimum_healthy_percent",
  "placement_constraints",
  "enable_execute_command",
  "wait_for_steady_state",
  "resource_tags",
  "enable_ecs_managed_tags",
  "propagate_tags",
  "task_role",
  "execution_role",
  "created_roles",
  "application",
];

describe("inputsOf", () => {
  it.each<["linux" | "amazon-linux-1" | "windows", string[]]>([
    ["linux", NAMES],
    ["amazon-linux-1", NAMES],
    ["windows", NAMES.filter((name) => name !== "capabilities")],
  ])("names the variables of %s in their order", (host, expected) => {
    expect(Object.keys(inputsOf(moduleOf({ host })))).toEqual(expected);
  });

  it("asks for the API key alone", () => {
    const asked = Object.entries(inputsOf(moduleOf())).filter(([, input]) => input.default === undefined);
    expect(asked.map(([name]) => name)).toEqual(["api_key"]);
  });

  it("takes null for a value of its own where there may be none", () => {
    const nullable = Object.entries(inputsOf(moduleOf())).filter(([, input]) => input.nullable);
    expect(nullable.map(([name]) => name)).toEqual([
      "cluster",
      "network_mode",
      "health_check",
      "propagate_tags",
      "task_role",
      "execution_role",
    ]);
  });

  it.each([
    ["cluster", "string"],
    ["tags", "map(string)"],
    ["subnets", "list(string)"],
    ["cpu", "number"],
    ["create_service", "bool"],
    ["placement_constraints", "list(object({ type = string, expression = optional(string) }))"],
    ["task_role", "object({ arn = string, attach_policies = optional(bool, false) })"],
    [
      "api_key",
      "object({ secrets_manager_arn = optional(string), ssm_parameter_arn = optional(string), create_secret = optional(object({ name = string, kms_key_arn = optional(string) })), json_key = optional(string), version_stage = optional(string), kms_key_arn = optional(string) })",
    ],
    [
      "health_check",
      "object({ interval_seconds = optional(number, 30), timeout_seconds = optional(number, 5), retries = optional(number, 3), start_period_seconds = optional(number, 15) })",
    ],
    [
      "image",
      'object({ repository = optional(string, "public.ecr.aws/datadog/agent"), tag = optional(string, "latest"), flavor = optional(string), digest = optional(string) })',
    ],
  ])("has the type of %s", (name, type) => {
    expect(inputOf(name).type).toBe(type);
  });
});

describe("a variable's default", () => {
  it.each<[string, Entry, string, unknown]>([
    ["the schema's", {}, "site", "datadoghq.com"],
    ["the entry's", { site: "datadoghq.eu" }, "site", "datadoghq.eu"],
    ["the entry's nothing", { cpu: 0 }, "cpu", 0],
    ["the host's", {}, "cpu", 100],
    ["that of another host", { host: "windows" }, "cpu", 512],
    ["the host's", {}, "memory_mib", 512],
    ["the entry's", { tags: { team: "a" } }, "tags", { team: "a" }],
    ["the entry's", { networkMode: "host" }, "network_mode", "host"],
    ["null where the host decides", {}, "network_mode", null],
    ["the entry's", { capabilities: ["CHOWN"] }, "capabilities", ["CHOWN"]],
    ["null where the check is off", { healthCheck: false }, "health_check", null],
    ["empty where the type has the values", { healthCheck: { retries: 5 } }, "health_check", {}],
    ["empty where the type has the values", { image: { tag: "7" } }, "image", {}],
    [
      "the entry's list of maps",
      { placementConstraints: [{ type: "distinctInstance" }] },
      "placement_constraints",
      [{ type: "distinctInstance" }],
    ],
    [
      "text, in which Terraform reads no templates",
      { environment: { A: "$${HOME} %%{d}" } },
      "environment",
      { A: "${HOME} %{d}" },
    ],
    [
      "the same text in a list of maps",
      { placementConstraints: [{ type: "memberOf", expression: "attribute:a == $${b}" }] },
      "placement_constraints",
      [{ type: "memberOf", expression: "attribute:a == ${b}" }],
    ],
  ])("is %s", (_what, entry, name, expected) => {
    expect(inputOf(name, entry).default).toEqual(expected);
  });

  it("stands in the type for the keys of a map", () => {
    const healthCheck = { retries: 5, startPeriodSeconds: 0 };
    expect(inputOf("health_check", { healthCheck }).type).toBe(
      "object({ interval_seconds = optional(number, 30), timeout_seconds = optional(number, 5), retries = optional(number, 5), start_period_seconds = optional(number, 0) })",
    );
    expect(inputOf("image", { image: { flavor: "jmx" } }).type).toContain('flavor = optional(string, "jmx")');
    expect(inputOf("health_check", { healthCheck: false }).type).toContain("retries = optional(number, 3)");
  });

  // No key of a map accepts such text today; what is in the type is an expression all the same.
  it("stays a template in the type", () => {
    const module = moduleOf();
    const { image } = inputsOf({ ...module, image: { ...module.image, tag: '$${a}"' } });
    expect(image?.type).toContain('tag = optional(string, "$${a}\\"")');
  });
});

describe("a variable's conditions", () => {
  const messages = (name: string, entry?: Entry) => inputOf(name, entry).conditions.map(({ message }) => message);

  it.each<["linux" | "amazon-linux-1" | "windows", string, string]>([
    ["linux", '["bridge", "host", "awsvpc"]', "bridge, host or awsvpc"],
    ["amazon-linux-1", '["bridge", "host", "awsvpc"]', "bridge, host or awsvpc"],
    ["windows", '["awsvpc"]', "awsvpc"],
  ])("know the network modes of %s, and none", (host, words, list) => {
    expect(inputOf("network_mode", { host }).conditions).toEqual([
      {
        condition: `var.network_mode == null || try(contains(${words}, var.network_mode), false)`,
        message: `network_mode must be ${list}, got \${jsonencode(var.network_mode)}.`,
      },
    ]);
  });

  it("are those of the schema", () => {
    expect(inputOf("cpu").conditions).toEqual([
      {
        condition: "var.cpu >= 0 && var.cpu <= 196608 && floor(var.cpu) == var.cpu",
        message: "cpu must be a whole number from 0 to 196608, got ${jsonencode(var.cpu)}.",
      },
    ]);
    expect(inputOf("task_role").conditions).toEqual([
      {
        condition:
          'var.task_role == null || can(regex("^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", var.task_role.arn))',
        message: "task_role.arn must be the ARN of an IAM role.",
      },
    ]);
    expect(inputOf("create_service").conditions).toEqual([]);
  });

  it("are those between the parts of a value, too", () => {
    expect(messages("api_key")).toContain(
      "api_key must have exactly one of secrets_manager_arn, ssm_parameter_arn and create_secret.",
    );
    expect(messages("environment").map((message) => message.split(" must ")[0])).toEqual([
      "Every key of environment",
      "Every value of environment",
      "environment.DD_API_KEY",
      "environment.DD_HOSTNAME",
    ]);
    expect(messages("placement_constraints").at(-1)).toBe(
      "Every item of placement_constraints must have an `expression` when its type is memberOf, and none when it is distinctInstance.",
    );
  });

  it("know the flavors of the image, and what a flavor doesn't go with", () => {
    expect(messages("image").filter((message) => /flavor/.test(message))).toEqual([
      "image.flavor must be jmx, full, fips or fips-jmx.",
      "image.flavor must be left out when image.digest is given: the digest takes the place of the tag and its flavor.",
      "image.tag must be a version without a flavor, since image.flavor adds one, got ${jsonencode(var.image.tag)}.",
    ]);
  });

  it("never show a value that may be a secret", () => {
    const shown = ["api_key", "environment"].flatMap((name) => messages(name)).filter((text) => text.includes("${"));
    expect(shown).toEqual([]);
  });
});
