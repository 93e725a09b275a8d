import { z } from "zod";
import type { Feature } from "../../../lib/core/feature";
import type { Registry } from "../../../lib/core/toggles";
import type * as subject from "../../../lib/handoff/terraform-module/rules";
import { preconditions, variableRules } from "../../../lib/handoff/terraform-module/rules";
import type { Condition } from "../../../lib/handoff/terraform-module/validation";
import type * as modules from "../../support/module";
import { moduleOf } from "../../support/module";
import { withFeatures } from "../../support/with-features";

/** The conditions by the first word of their messages. */
function conditions(host: "linux" | "windows"): [string, string][] {
  return preconditions(moduleOf({ host })).map(({ condition, message }) => [message.split(" ")[0] ?? "", condition]);
}

const ON_EVERY_HOST = [
  ["cluster", "var.cluster != null || !var.create_service"],
  ["network_mode", 'var.network_mode != "awsvpc" || var.launch_type != "EXTERNAL"'],
  ["network_mode", 'var.network_mode != "awsvpc" || length(var.subnets) > 0'],
  ["subnets", 'length(var.subnets) == 0 || var.network_mode == "awsvpc"'],
  ["security_groups", 'length(var.security_groups) == 0 || var.network_mode == "awsvpc"'],
  ["application_security_groups", 'length(var.application_security_groups) == 0 || var.network_mode == "awsvpc"'],
  [
    "created_roles",
    "var.task_role == null || var.execution_role == null || alltrue([for value in values(var.created_roles) : value == null])",
  ],
  ["created_roles.task_role_name", "var.task_role == null || var.created_roles.task_role_name == null"],
  ["created_roles.execution_role_name", "var.execution_role == null || var.created_roles.execution_role_name == null"],
  ["All", "length(local.partitions) <= 1"],
  ["The", "length(base64encode(jsonencode(local.containers))) * 3 / 4 <= 65536"],
];

const SITES = '["ddog-gov.com", "us2.ddog-gov.com"]';

/** The preconditions of a module of these features alone. */
function conditionsOf(features: Registry, entry: Parameters<typeof moduleOf>[0] = {}): readonly Condition[] {
  return withFeatures(features, () => {
    const alone = jest.requireActual<typeof subject>("../../../lib/handoff/terraform-module/rules");
    const { moduleOf: moduleOfThese } = jest.requireActual<typeof modules>("../../support/module");
    return alone.preconditions(moduleOfThese(entry));
  });
}

function feature(facts: Partial<Feature> = {}): Feature {
  return {
    summary: "A feature",
    documentation: "https://example.com/",
    requires: [],
    options: z.strictObject({}),
    on: () => ({}),
    ...facts,
  };
}

const because = "it is a test";

describe("preconditions", () => {
  it("are those between variables, and those of the host's features", () => {
    const traced = { traced: feature({ requires: ["linux-kernel"], launchTypes: { only: ["EC2"], because } }) };
    const words = (rules: readonly Condition[]) =>
      rules.map(({ condition, message }) => [message.split(" ")[0], condition]);
    expect(words(conditionsOf({}))).toEqual(ON_EVERY_HOST);
    expect(words(conditionsOf(traced, { host: "windows" }))).toEqual(ON_EVERY_HOST);
    const [first, ...rest] = ON_EVERY_HOST;
    expect(words(conditionsOf(traced, { host: "linux" }))).toEqual([
      first,
      ["features.traced", '!local.toggles.traced || try(contains(["EC2"], var.launch_type), false)'],
      ...rest,
    ]);
  });

  it("know what the features need", () => {
    expect(conditions("linux")).toEqual(
      expect.arrayContaining([
        ["features.fips_proxy", `!local.toggles.fips_proxy || try(contains(${SITES}, var.site), false)`],
        [
          "features.fips_proxy",
          '!local.toggles.fips_proxy || var.network_mode == null || try(contains(["host", "awsvpc"], var.network_mode), false)',
        ],
        [
          "features.network_performance_monitoring",
          '!local.toggles.network_performance_monitoring || try(contains(["EC2"], var.launch_type), false)',
        ],
        ["features.fips_agent", "!local.toggles.fips_agent || !local.toggles.fips_proxy"],
      ]),
    );
    // There is no toggle to turn on, but a flavor of the image.
    expect(conditions("windows").filter(([, condition]) => condition.includes("fips"))).toEqual([
      ["image.flavor", '!contains(local.image_flavors, "fips")'],
    ]);
  });

  const is = (major: number, minor: number) =>
    `try(local.agent_version[0] > ${major} || (local.agent_version[0] == ${major} && local.agent_version[1] >= ${minor}), true)`;
  const deep = z.strictObject({ deep: z.boolean().default(false) });
  const DEEP = { features: { needy: { deep: true } } as object };
  const other = feature();

  it.each<[string, Registry, Parameters<typeof moduleOf>[0], [condition: string, message: string][]]>([
    ["nothing where nothing is needed", { needy: feature({ options: deep }), other }, DEEP, []],
    [
      "the first Agent that has a feature",
      { needyOne: feature({ since: "7.46" }) },
      {},
      [
        [
          `!local.toggles.needy_one || ${is(7, 46)}`,
          "features.needy_one needs Agent 7.46 or later, got image.tag ${var.image.tag}. Take a newer tag, or turn it off.",
        ],
      ],
    ],
    [
      "the first Agent that has an option which is on",
      { needy: feature({ options: deep, optionSince: { deep: "7.60" } }) },
      DEEP,
      [
        [
          `!local.toggles.needy || ${is(7, 60)}`,
          "features.needy's option deep needs Agent 7.60 or later, got image.tag ${var.image.tag}. Take a newer tag.",
        ],
      ],
    ],
    [
      "nothing of an option that is off",
      { needy: feature({ options: deep, optionSince: { deep: "7.60" }, optionNeeds: { deep: "other" } }), other },
      {},
      [],
    ],
    [
      "what an option needs which is on",
      { needy: feature({ options: deep, optionNeeds: { deep: "otherOne" } }), otherOne: other },
      { features: { needy: { deep: true }, otherOne: true } as object },
      [
        [
          "!local.toggles.needy || local.toggles.other_one",
          "features.needy needs features.other_one, which is off, for its option deep. Turn it on.",
        ],
      ],
    ],
    [
      "what a feature excludes",
      { needy: feature({ excludes: { otherOne: because } }), otherOne: other },
      {},
      [
        [
          "!local.toggles.needy || !local.toggles.other_one",
          "features.needy must be off beside features.other_one: it is a test. Set one of them to false.",
        ],
      ],
    ],
    [
      "what a feature replaces",
      { needy: feature({ replaces: { other: because } }), other },
      {},
      [
        [
          "!local.toggles.needy || !local.toggles.other",
          "features.needy must be off beside features.other: it is a test. Set one of them to false.",
        ],
      ],
    ],
    [
      "nothing of what can't be on anyhow",
      {
        needy: feature({ excludes: { other: because } }),
        other: feature({ options: z.strictObject({ a: z.string() }) }),
      },
      {},
      [],
    ],
    [
      "the flavors that a feature's own doesn't go with",
      { needy: feature({ imageFlavor: "fips" }) },
      {},
      [
        [
          '!local.toggles.needy || !contains(local.image_flavors, "full")',
          "features.needy must be off with image.flavor full: there is no fips image of it. Leave image.flavor out, or turn it off.",
        ],
        [
          '!local.toggles.needy || var.image.flavor != null || !can(regex("-(?:jmx|full|fips)(?:-|$)", var.image.tag))',
          "image.tag must be a version without a flavor, since features.needy adds one, got ${jsonencode(var.image.tag)}.",
        ],
      ],
    ],
  ])("say %s", (_what, features, entry, expected) => {
    const own = conditionsOf(features, entry).slice(1, 1 - ON_EVERY_HOST.length);
    expect(own.map(({ condition, message }) => [condition, message])).toEqual(expected);
  });

  it("say what is wrong, why, and what to do, in the words of a configuration", () => {
    const messages = preconditions(moduleOf()).map(({ message }) => message);
    expect(messages).toContain(
      "features.network_performance_monitoring needs launch_type EC2, got ${jsonencode(var.launch_type)}: Datadog supports the system probe on EC2 instances only. Set features.network_performance_monitoring to false or change launch_type.",
    );
    expect(messages).toContain('All ARNs must be of one partition, got ${join(" and ", local.partitions)}.');
  });
});

describe("variableRules", () => {
  it("hold for variables that are maps with rules of their own", () => {
    expect(Object.entries(variableRules).map(([name, rules]) => [name, rules.length])).toEqual([
      ["api_key", 6],
      ["environment", 2],
      ["image", 2],
      ["placement_constraints", 1],
    ]);
  });

  it("hold for the flavor of the image", () => {
    expect(variableRules.image).toEqual([
      {
        condition: "var.image.flavor == null || var.image.digest == null",
        message:
          "image.flavor must be left out when image.digest is given: the digest takes the place of the tag and its flavor.",
      },
      {
        condition: 'var.image.flavor == null || !can(regex("-(?:jmx|full|fips)(?:-|$)", var.image.tag))',
        message:
          "image.tag must be a version without a flavor, since image.flavor adds one, got ${jsonencode(var.image.tag)}.",
      },
    ]);
  });
});
