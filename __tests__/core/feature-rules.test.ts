import * as z from "zod";
import { defineFeature, type Feature } from "../../lib/core/feature";
import { missingTraitMessage, optionsAreValid, rulesOfFeature } from "../../lib/core/feature-rules";
import type { Scope } from "../../lib/core/evaluate";
import type { Host } from "../../lib/core/host";
import type { Image } from "../../lib/core/image";
import { problemsOfRule, readsOf } from "../../lib/core/rule";
import { scopeOf, type AgentSettings } from "../../lib/core/scope";
import { given, isTrue, or } from "../../lib/core/term";
import { catalogOf } from "../../lib/core/catalog";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

const base = {
  summary: "A feature",
  documentation: "https://example.com/",
  requires: [],
  options: z.strictObject({ socket: z.boolean().default(false), port: z.boolean().default(true) }),
  on: () => ({}),
} satisfies Feature;

/** The rest of the configuration. */
interface Around {
  readonly one?: boolean | Record<string, unknown>;
  readonly other?: boolean;
  readonly host?: Host;
  readonly image?: Partial<Image>;
  readonly [key: string]: unknown;
}

/** The messages by path, for a feature `one` next to a feature `other` without rules. */
function messages(feature: Partial<Feature>, around: Around = {}): Record<string, string> {
  const { one = true, other, host = linux, image, ...rest } = around;
  const own: Feature = { ...base, ...feature };
  const catalog = catalogOf({ features: { one: own, other: base }, settings: {}, hosts: { here: host } });
  const settings = {
    host: "here",
    site: "datadoghq.com",
    environment: {},
    ...rest,
    image: { repository: "agent", tag: "latest", ...image },
    features: { one, ...(other !== undefined && { other }) },
  } as AgentSettings;
  const scope: Scope = scopeOf(catalog, settings);
  const problems = rulesOfFeature("one", own).flatMap((rule) => problemsOfRule(rule, scope));
  return Object.fromEntries(problems.map(({ path, message }) => [path.join("."), message]));
}

const onWindows = { host: windows };

describe("a feature's relation", () => {
  const lacksSockets = "must be off on the host here: it needs a host that shares UNIX sockets between containers.";
  const launchTypes = { only: ["EC2"], because: "of this" } as const;
  const sites = { only: ["ddog-gov.com", "us2.ddog-gov.com"], because: "of that" } as const;
  const networkModes = { only: ["host", "awsvpc"], because: "of those" } as const;
  const excludes = { other: "they fight" };

  it.each<[string, Partial<Feature>, Around, Record<string, string>]>([
    // Host traits.
    ["requires, on a host that has it", { requires: ["unix-sockets"] }, {}, {}],
    ["requires, on a host that lacks it", { requires: ["unix-sockets"] }, onWindows, { "features.one": lacksSockets }],
    ["requires, off", { requires: ["unix-sockets"] }, { ...onWindows, one: false }, {}],
    [
      "optionRequires, on",
      { optionRequires: { socket: ["unix-sockets"] } },
      { ...onWindows, one: { socket: true } },
      { "features.one.socket": lacksSockets },
    ],
    ["optionRequires, the option off", { optionRequires: { socket: ["unix-sockets"] } }, onWindows, {}],
    [
      "optionRequires, an option that is on by default",
      { optionRequires: { port: ["unix-sockets"] } },
      onWindows,
      { "features.one.port": lacksSockets },
    ],
    [
      "optionRequires, the feature off",
      { optionRequires: { port: ["unix-sockets"] } },
      { ...onWindows, one: false },
      {},
    ],
    // Supported values.
    ["launchTypes, among them", { launchTypes }, { launchType: "EC2" }, {}],
    [
      "launchTypes, not among them",
      { launchTypes },
      { launchType: "EXTERNAL" },
      {
        "features.one":
          "needs `launchType` EC2, got EXTERNAL: of this. Set `features.one` to false or change `launchType`.",
      },
    ],
    ["launchTypes, off", { launchTypes }, { launchType: "EXTERNAL", one: false }, {}],
    ["sites, among them", { sites }, { site: "us2.ddog-gov.com" }, {}],
    [
      "sites, not among them",
      { sites },
      {},
      {
        "features.one":
          "needs `site` ddog-gov.com or us2.ddog-gov.com, got datadoghq.com: of that. Set `features.one` to false or change `site`.",
      },
    ],
    ["networkModes, none given", { networkModes }, {}, {}],
    ["networkModes, among them", { networkModes }, { networkMode: "awsvpc" }, {}],
    [
      "networkModes, not among them",
      { networkModes },
      { networkMode: "bridge" },
      {
        "features.one":
          "needs `networkMode` host or awsvpc, got bridge: of those. Set `features.one` to false or change `networkMode`.",
      },
    ],
    // The Agent's version.
    ["since, a newer Agent", { since: "7.50" }, { image: { tag: "7.50.0" } }, {}],
    [
      "since, an older Agent",
      { since: "7.50" },
      { image: { tag: "7.49.9" } },
      { "features.one": "needs Agent 7.50 or later, got `image.tag` 7.49.9. Use a newer tag, or turn it off." },
    ],
    ["since, a tag without a version", { since: "7.50" }, { image: { tag: "7" } }, {}],
    ["since, a digest", { since: "7.50" }, { image: { tag: "7.49.9", digest: "sha256:0" } }, {}],
    [
      "optionSince, on",
      { optionSince: { socket: "7.50" } },
      { image: { tag: "7.49.9" }, one: { socket: true } },
      { "features.one.socket": "needs Agent 7.50 or later, got `image.tag` 7.49.9. Use a newer tag, or turn it off." },
    ],
    ["optionSince, off", { optionSince: { socket: "7.50" } }, { image: { tag: "7.49.9" } }, {}],
    // The image's flavor.
    ["imageFlavor, none given", { imageFlavor: "fips" }, {}, {}],
    ["imageFlavor, given", { imageFlavor: "fips" }, { image: { flavor: "fips" } }, {}],
    ["imageFlavor, with Java", { imageFlavor: "fips" }, { image: { flavor: "jmx" } }, {}],
    [
      "imageFlavor, full",
      { imageFlavor: "fips" },
      { image: { flavor: "full", tag: "7.77.0" } },
      {
        "features.one":
          "needs Agent 7.78 or later with `image.flavor` full, got `image.tag` 7.77.0: older versions have no full fips image. Use a newer tag, or remove `image.flavor`.",
      },
    ],
    ["imageFlavor, full of a later Agent", { imageFlavor: "fips" }, { image: { flavor: "full", tag: "7.78.0" } }, {}],
    [
      "imageFlavor, a tag that has one",
      { imageFlavor: "fips" },
      { image: { tag: "7-jmx" } },
      { "image.tag": "must not include a flavor, because `features.one` adds one, got 7-jmx." },
    ],
    ["imageFlavor, a tag and a flavor", { imageFlavor: "fips" }, { image: { tag: "7-jmx", flavor: "jmx" } }, {}],
    ["imageFlavor, off", { imageFlavor: "fips" }, { image: { tag: "7-jmx", flavor: "full" }, one: false }, {}],
    // Other features.
    [
      "excludes, the other on",
      { excludes },
      { other: true },
      { "features.one": "can't be combined with `features.other`: they fight. Set one of them to false." },
    ],
    ["excludes, the other off", { excludes }, { other: false }, {}],
    ["excludes, not said of the other", { excludes }, {}, {}],
    ["excludes, off", { excludes }, { other: true, one: false }, {}],
    [
      "replaces, the other on",
      { replaces: { other: "it does more" } },
      { other: true },
      { "features.one": "can't be combined with `features.other`: it does more. Set one of them to false." },
    ],
    ["replaces, the other off", { replaces: { other: "it does more" } }, { other: false }, {}],
    ["needs, the other on", { needs: { other: "it has the data" } }, { other: true }, {}],
    [
      "needs, the other off",
      { needs: { other: "it has the data" } },
      { other: false },
      { "features.one": "needs `features.other`, which is off: it has the data. Turn it on." },
    ],
    [
      "needs, not said of the other",
      { needs: { other: "it has the data" } },
      {},
      { "features.one": "needs `features.other`, which is off: it has the data. Turn it on." },
    ],
    ["needs, off", { needs: { other: "it has the data" } }, { one: false }, {}],
    ["optionNeeds, the other on", { optionNeeds: { socket: "other" } }, { one: { socket: true }, other: true }, {}],
    [
      "optionNeeds, the other off",
      { optionNeeds: { socket: "other" } },
      { one: { socket: true } },
      { "features.one.socket": "needs `features.other`, which is off. Turn it on, or remove this option." },
    ],
    ["optionNeeds, the option off", { optionNeeds: { socket: "other" } }, {}, {}],
  ])("%s", (_what, feature, around, expected) => {
    expect(messages(feature, around)).toEqual(expected);
  });
});

describe("a feature's own rules", () => {
  const rules = [
    { at: "", holds: or(isTrue("socket"), isTrue("port")), must: "must have one of both." },
    { at: "socket", holds: or(isTrue("port"), given("socket")), must: "must be given." },
  ];

  it("read its options, and have paths in the feature", () => {
    expect(messages({ rules }, { one: { socket: false, port: false } })).toEqual({
      "features.one": "must have one of both.",
      "features.one.socket": "must be given.",
    });
    expect(messages({ rules })).toEqual({});
  });

  it("don't apply if it is off", () => {
    expect(messages({ rules }, { one: false })).toEqual({});
  });

  it("decide whether options are valid", () => {
    const feature = defineFeature({ ...base, rules });
    expect(optionsAreValid(feature, { socket: true, port: false })).toBe(true);
    expect(optionsAreValid(feature, { socket: false, port: false })).toBe(false);
    expect(optionsAreValid(feature, { socket: "${var.socket}", port: "${var.port}" })).toBe(true);
    expect(optionsAreValid(base, { socket: false, port: false })).toBe(true);
  });
});

it("rules on an option only apply while the feature is on", () => {
  const ofOptions: Partial<Feature> = {
    optionRequires: { socket: ["unix-sockets"] },
    optionSince: { socket: "7.50" },
    optionNeeds: { socket: "other" },
  };
  const reads = rulesOfFeature("one", { ...base, ...ofOptions }).map((rule) => readsOf(rule));
  expect(reads).toEqual(Array(3).fill(expect.arrayContaining(["features.one", "features.one.socket"])));
});

it("a feature without relations has no rules", () => {
  expect(rulesOfFeature("one", base)).toEqual([]);
});

it("missingTraitMessage has a placeholder for the host", () => {
  expect(missingTraitMessage("linux-kernel")).toBe(
    "must be off on the host {host}: it needs a host that lets containers trace the Linux kernel.",
  );
});
