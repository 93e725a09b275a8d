import { z } from "zod";
import type { Feature } from "../../../lib/core/feature";
import type { Registry, Toggle } from "../../../lib/core/toggles";
import type * as subject from "../../../lib/handoff/terraform-module/features";
import { featuresInput, togglesExpression } from "../../../lib/handoff/terraform-module/features";
import type * as modules from "../../support/module";
import { moduleOf } from "../../support/module";
import { withFeatures } from "../../support/with-features";

const SITES = '["ddog-gov.com", "us2.ddog-gov.com"]';

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
const PLAIN = { plain: feature() };
const ALWAYS = { always: feature({ onByDefault: true }) };
const GOVERNMENT = { government: feature({ onByDefault: true, sites: { only: ["ddog-gov.com"], because } }) };
const FLAVORED = { ownImage: feature({ imageFlavor: "fips" }) };
const AGENTS = { agentsOwn: feature({ leftToAgent: true, off: { DD_OWN: "false" } }) };
const NAMED = { named: feature({ options: z.strictObject({ name: z.string() }) }) };
const TRACED = { traced: feature({ requires: ["linux-kernel"], onByDefault: true, leftToAgent: true }) };

type Entry = Parameters<typeof moduleOf>[0];

/** What a module of these features has. */
function ofFeatures(features: Registry, entry: Entry = {}) {
  return withFeatures(features, () => {
    const alone = jest.requireActual<typeof subject>("../../../lib/handoff/terraform-module/features");
    const module = jest.requireActual<typeof modules>("../../support/module").moduleOf(entry);
    return {
      ...alone.featuresInput(module),
      toggles: alone.togglesExpression(module),
      off: alone.offExpression(),
    };
  });
}

describe("featuresInput", () => {
  it.each<[string, Entry, string[]]>([
    [
      "off, but for what the site decides",
      {},
      [
        "apm = optional(bool, false)",
        "dogstatsd = optional(bool, false)",
        "logs = optional(bool, false)",
        "process_collection = optional(bool, false)",
        "network_performance_monitoring = optional(bool, false)",
        "fips_proxy = optional(bool)",
      ],
    ],
    [
      "as the entry has it",
      { site: "ddog-gov.com", features: { apm: true, logs: {}, dogstatsd: false, fipsProxy: { cpu: 1 } } },
      [
        "apm = optional(bool, true)",
        "dogstatsd = optional(bool, false)",
        "logs = optional(bool, true)",
        "process_collection = optional(bool, false)",
        "network_performance_monitoring = optional(bool, false)",
        "fips_proxy = optional(bool, true)",
      ],
    ],
    ["off where the entry says so", { features: { fipsProxy: false } }, ["fips_proxy = optional(bool, false)"]],
    [
      "off where the host lacks it",
      { host: "windows", features: { apm: true } },
      [
        "apm = optional(bool, true)",
        "network_performance_monitoring = optional(bool, false)",
        "fips_proxy = optional(bool, false)",
      ],
    ],
  ])("has every feature %s", (_what, entry, toggles) => {
    const { type, default: value, nullable } = featuresInput(moduleOf(entry));
    const attributes = /^object\(\{ (.*) \}\)$/.exec(type)?.[1]?.split(/, (?=\w+ = )/) ?? [];
    expect(attributes).toEqual(expect.arrayContaining(toggles));
    expect({ value, nullable }).toEqual({ value: {}, nullable: false });
  });

  it.each<[string, Registry, Record<string, Toggle>, string]>([
    ["off", PLAIN, {}, "plain = optional(bool, false)"],
    ["open where it is on by default", ALWAYS, {}, "always = optional(bool)"],
    ["open where the image decides", FLAVORED, {}, "own_image = optional(bool)"],
    ["open where the Agent decides", AGENTS, {}, "agents_own = optional(bool)"],
    ["as the entry says, be it open or not", ALWAYS, { always: false }, "always = optional(bool, false)"],
    ["the same", AGENTS, { agentsOwn: true }, "agents_own = optional(bool, true)"],
    ["off where options are missing", NAMED, {}, "named = optional(bool, false)"],
    ["on where options are given", NAMED, { named: { name: "a" } }, "named = optional(bool, true)"],
    [
      "each of its own",
      { ...PLAIN, ...ALWAYS, ...NAMED },
      { plain: true },
      "plain = optional(bool, true), always = optional(bool), named = optional(bool, false)",
    ],
  ])("has the toggle %s", (_what, features, toggles, expected) => {
    expect(ofFeatures(features, { features: toggles }).type).toBe(`object({ ${expected} })`);
  });

  it("leaves to the Agent what nobody can turn on, and refuses that", () => {
    expect(ofFeatures(TRACED, { host: "linux" }).type).toBe("object({ traced = optional(bool) })");
    const { type, conditions } = ofFeatures(TRACED, { host: "windows" });
    expect(type).toBe("object({ traced = optional(bool) })");
    expect(conditions.map(({ condition }) => condition)).toEqual(["!coalesce(var.features.traced, false)"]);
  });

  it("refuses what the host lacks in the words of a configuration", () => {
    expect(featuresInput(moduleOf({ host: "windows" })).conditions).toEqual(
      expect.arrayContaining([
        {
          condition: "!var.features.fips_proxy",
          message: "features.fips_proxy must be off on the host windows: it needs a host that runs Linux containers.",
        },
        {
          condition: "!var.features.network_performance_monitoring",
          message:
            "features.network_performance_monitoring must be off on the host windows: it needs a host that lets a container trace its Linux kernel.",
        },
      ]),
    );
    expect(ofFeatures(TRACED, { host: "linux" }).conditions).toEqual([]);
  });

  it("refuses what lacks its options, which are fixed", () => {
    expect(ofFeatures({ ...PLAIN, ...NAMED }).conditions).toEqual([
      {
        condition: "!var.features.named",
        message: "features.named must be off: it needs options, which are fixed in the module, and this one has none.",
      },
    ]);
    expect(ofFeatures(NAMED, { features: { named: { name: "a" } } as object }).conditions).toEqual([]);
  });
});

describe("togglesExpression", () => {
  const heir = (facts: Partial<Feature> = {}) => ({ heir: feature({ ...facts, replaces: { always: because } }) });

  it.each<[string, Registry, string]>([
    ["the variable where nothing is left open", { ...PLAIN }, "var.features"],
    ["on by default", ALWAYS, "{ always = coalesce(var.features.always, true) }"],
    [
      "what the site decides",
      GOVERNMENT,
      '{ government = coalesce(var.features.government, contains(["ddog-gov.com"], var.site)) }',
    ],
    [
      "what the image decides",
      FLAVORED,
      '{ own_image = coalesce(var.features.own_image, contains(local.image_flavors, "fips")) }',
    ],
    [
      "off where the Agent decides, which is told nothing",
      AGENTS,
      "{ agents_own = coalesce(var.features.agents_own, false) }",
    ],
    [
      "unless a feature replaces it",
      { ...ALWAYS, ...heir() },
      "{ always = coalesce(var.features.always, true && !(var.features.heir)) }",
    ],
    [
      "unless a feature that is left open itself replaces it",
      { ...ALWAYS, ...heir({ imageFlavor: "fips" }) },
      '{ always = coalesce(var.features.always, true && !(coalesce(var.features.heir, contains(local.image_flavors, "fips")))), heir = coalesce(var.features.heir, contains(local.image_flavors, "fips")) }',
    ],
    [
      "with no regard for a feature that replaces it and can't be on",
      { ...ALWAYS, ...heir({ options: z.strictObject({ name: z.string() }) }) },
      "{ always = coalesce(var.features.always, true) }",
    ],
    [
      "each of its own beside those that are not left open",
      { ...PLAIN, ...ALWAYS, ...AGENTS },
      "{ always = coalesce(var.features.always, true), agents_own = coalesce(var.features.agents_own, false) }",
    ],
  ])("is %s", (_what, features, expected) => {
    const { toggles } = ofFeatures(features);
    expect(toggles).toBe(expected === "var.features" ? "${var.features}" : `\${merge(var.features, ${expected})}`);
  });

  it("has the FIPS proxy where the site wants it and the FIPS Agent doesn't stand in for it", () => {
    expect(togglesExpression(moduleOf({ host: "linux" }))).toContain(
      ` fips_proxy = coalesce(var.features.fips_proxy, contains(${SITES}, var.site) && !(coalesce(var.features.fips_agent, contains(local.image_flavors, "fips"))))`,
    );
    expect(togglesExpression(moduleOf({ host: "windows" }))).not.toContain("fips");
  });
});

describe("offExpression", () => {
  it.each<[string, Registry, string]>([
    ["that is off", { ...PLAIN, ...ALWAYS }, ""],
    [
      "that is off, unless that is left to the Agent",
      { ...PLAIN, ...AGENTS, ...TRACED },
      ' && !(contains(["agents_own", "traced"], name) && var.features[name] == null)',
    ],
  ])("has the variables of everything %s", (_what, features, expected) => {
    expect(ofFeatures(features).off).toBe(
      `\${[for name, variables in local.off : variables if !local.toggles[name]${expected}]}`,
    );
  });
});
