import * as z from "zod";
import { arnText, ROLE } from "../../lib/core/arn";
import { type Catalog, catalogOf, schemaOf } from "../../lib/core/catalog";
import { defineFeature, type Feature } from "../../lib/core/feature";
import { hintsOf } from "../../lib/core/hints";
import { problemsOfRule, type Rule } from "../../lib/core/rule";
import { type AgentSettings, scopeOf } from "../../lib/core/scope";
import { type ModuleVariable, type Registries, type Setting } from "../../lib/core/setting";
import { equals, given, implies, isOn } from "../../lib/core/term";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

const feature: Feature = defineFeature({
  summary: "A feature",
  documentation: "https://example.com/",
  requires: [],
  options: z.strictObject({ socket: z.boolean().default(false) }),
  on: () => ({}),
});

function setting(more: Partial<Setting> = {}): Setting {
  return { summary: "A setting", of: "daemon", schema: z.string().optional(), ...more };
}

const withSettings = (settings: Record<string, Setting>, more: Partial<Registries> = {}): Catalog =>
  catalogOf({ features: {}, hosts: { linux, windows }, ...more, settings });

describe("the schema of", () => {
  const module = (module: ModuleVariable) => setting({ module });
  const { schemas } = withSettings({
    plain: setting(),
    ofCluster: setting({ of: "cluster", notInDefaults: "it is one cluster's" }),
    ofStack: setting({ of: "stack" }),
    needed: setting({ of: "stack", schema: z.string() }),
    ownProp: setting({ schema: z.literal("file").optional(), prop: z.literal("prop") }),
    differing: module({ differsByCluster: true }),
    none: module({ none: "for a reason" }),
    entry: module({ none: "for a reason", entry: true }),
    part: module({ partOf: "other", value: "var.other.part" }),
  });
  const keysOf = ({ shape }: z.ZodObject) => Object.keys(shape);

  it("a cluster has every setting", () => {
    expect(keysOf(schemas.cluster)).toEqual([
      "plain",
      "ofCluster",
      "ofStack",
      "needed",
      "ownProp",
      "differing",
      "none",
      "entry",
      "part",
    ]);
  });

  it("the construct's props has every setting of a daemon", () => {
    expect(keysOf(schemas.daemon)).toEqual(["plain", "ownProp", "differing", "none", "entry", "part"]);
  });

  it.each(["cluster", "daemon", "module"] as const)("a %s has the messages for other keys", (name) => {
    const answered = withSettings({ plain: setting({ insteadOf: { plane: "can't be set." } }), other: setting() });
    expect(hintsOf(answered.schemas[name]).keys).toEqual({ plane: "can't be set." });
    expect(hintsOf(schemas[name]).keys).toEqual({});
  });

  it("an entry of modules has the settings that don't differ from cluster to cluster", () => {
    expect(keysOf(schemas.module)).toEqual(["name", "plain", "ownProp", "entry", "vendorOutputs"]);
  });

  it("the shared settings has what is the same in the file and in the construct", () => {
    expect(keysOf(schemas.settings)).toEqual(["plain", "differing", "none", "entry", "part"]);
  });

  it("the defaults has the allowed settings, all optional", () => {
    const defaults = schemas.file.shape.defaults as z.ZodType | undefined;
    const file = (defaults: object) => schemas.file.safeParse({ defaults, clusters: [{ needed: "n" }] }).success;
    expect(defaults?.safeParse({}).success).toBe(true);
    expect([file({ plain: "a", ofStack: "b" }), file({ ofCluster: "a" }), file({ other: "a" })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("a prop is its own, if the setting has one", () => {
    const parses = (schema: z.ZodObject, ownProp: string) => schema.partial().safeParse({ ownProp }).success;
    expect([parses(schemas.daemon, "prop"), parses(schemas.daemon, "file")]).toEqual([true, false]);
    expect([parses(schemas.cluster, "prop"), parses(schemas.cluster, "file")]).toEqual([false, true]);
  });

  it("refuses unknown keys, except in the shared settings", () => {
    const takesMore = Object.entries<z.ZodObject>({ ...schemas }).flatMap(([name, schema]) => {
      const issues = schema.safeParse({ unknown: 1 }).error?.issues ?? [];
      return issues.some(({ code }) => code === "unrecognized_keys") ? [] : [name];
    });
    expect(takesMore).toEqual(["settings"]);
  });
});

describe("schemaOf", () => {
  const registries: Registries = { features: {}, settings: {}, hosts: { linux, windows } };

  it("has the setting's summary", () => {
    expect(schemaOf(setting({ summary: "What it sets" }), registries).description).toBe("What it sets");
  });

  it("may depend on the registries", () => {
    const schema = schemaOf(setting({ schema: ({ hosts }) => z.enum(Object.keys(hosts)) }), registries);
    expect(["linux", "windows", "solaris"].map((name) => schema.safeParse(name).success)).toEqual([true, true, false]);
  });
});

describe("the rules of a setting", () => {
  const messages = (key: string, own: Partial<Setting>, given: Record<string, unknown>) => {
    const catalog = withSettings({ [key]: setting(own) });
    const scope = scopeOf(catalog, { host: "linux", features: {}, ...given } as unknown as AgentSettings);
    return catalog.rules.flatMap((rule) =>
      problemsOfRule(rule, scope).map(({ path, message }) => `${path.join(".")} ${message}`),
    );
  };
  const rule: Rule = { at: "x", holds: equals("x", "right"), must: "must be right." };
  const lacking = "x can't be set on the host windows: it needs a host that runs Linux containers.";
  const valuesOn = { valuesOn: ({ networkModes }: typeof linux) => networkModes };

  it.each<[string, Partial<Setting>, Record<string, unknown>, readonly string[]]>([
    ["its own, right", { rules: [rule] }, { x: "right" }, []],
    ["its own, wrong", { rules: [rule] }, { x: "wrong" }, ["x must be right."]],
    ["requires, on a host that has it", { requires: ["linux-containers"] }, { x: ["a"] }, []],
    ["requires, on one that lacks it", { requires: ["linux-containers"] }, { x: ["a"], host: "windows" }, [lacking]],
    ["requires, with an empty list", { requires: ["linux-containers"] }, { x: [], host: "windows" }, []],
    ["requires, with nothing", { requires: ["linux-containers"] }, { host: "windows" }, []],
    ["valuesOn, among them", valuesOn, { x: "host" }, []],
    [
      "valuesOn, not among them",
      valuesOn,
      { x: "none" },
      ["x must be bridge, host or awsvpc on the host linux, got none. Remove it to use the host's default."],
    ],
    [
      "valuesOn, of another host",
      valuesOn,
      { x: "host", host: "windows" },
      ["x must be awsvpc on the host windows, got host. Remove it to use the host's default."],
    ],
    ["valuesOn, with nothing", valuesOn, { host: "windows" }, []],
  ])("%s", (_what, own, given, expected) => {
    expect(messages("x", own, given)).toEqual(expected);
  });
});

describe("what a rule reads", () => {
  const readsOf = (rule: Rule, features: Registries["features"] = {}) =>
    withSettings({ x: setting({ rules: [rule] }) }, { features })
      .rules.filter(({ feature }) => feature === undefined)
      .flatMap(({ reads }) => reads.map((path) => path.join(".")));
  const rule: Rule = { at: "x", holds: implies(isOn("one"), given("image.tag")), must: "" };

  it.each<[string, Registries["features"], readonly string[]]>([
    ["the paths themselves", {}, ["x", "features.one", "image.tag"]],
    ["a feature", { one: feature }, ["x", "features.one", "image.tag"]],
    [
      "a feature, and what replaces it",
      { one: feature, two: { ...feature, replaces: { one: "it does more" } } },
      ["x", "features.one", "features.two", "image.tag"],
    ],
    [
      "a feature that is on by default, and what decides that",
      { one: { ...feature, onByDefault: true } },
      ["x", "features.one", "host", "site", "image", "image.tag"],
    ],
    [
      "a feature that comes with a flavor, and what decides that",
      { one: { ...feature, imageFlavor: "fips" } },
      ["x", "features.one", "host", "site", "image", "image.tag"],
    ],
  ])("is %s", (_what, features, expected) => {
    expect(readsOf(rule, features)).toEqual(expected);
  });

  it("of an option is the whole feature, because the option only exists if it is on", () => {
    expect(
      readsOf({ at: "features.one.socket", holds: given("features.one.socket"), must: "" }, { one: feature }),
    ).toEqual(["features.one"]);
  });
});

it("has each feature's rules with its name, before those of settings", () => {
  const own: Rule = { at: "x", holds: given("x"), must: "must be given." };
  const needing = { ...feature, requires: ["unix-sockets"] as const };
  const { rules } = withSettings({ x: setting({ rules: [own] }) }, { features: { needing, feature } });
  expect(rules.map(({ at, feature: of }) => [at, of])).toEqual([
    ["features.needing", "needing"],
    ["x", undefined],
  ]);
});

it("has the rules in code of all settings", () => {
  const [one, two] = ["a", "b"].map((path) => ({ reads: [path], problems: () => [] }));
  const catalog = withSettings({
    one: setting({ rulesInCode: one && [one] }),
    plain: setting(),
    two: setting({ rulesInCode: two && [two] }),
  });
  expect(catalog.rulesInCode).toEqual([one, two]);
});

it("has the paths of all ARNs, at any depth", () => {
  const arn = arnText("an ARN", ROLE, { account: "own" });
  const { arns } = withSettings({
    role: setting({ schema: arn.optional() }),
    of: setting({ schema: z.strictObject({ inner: arn, no: z.string() }).optional() }),
  });
  expect(arns).toEqual([
    { path: "role", account: "own", region: "any" },
    { path: "of.inner", account: "own", region: "any" },
  ]);
});

it("has the registries, unchanged", () => {
  const registries = Object.freeze({
    features: Object.freeze({ feature }),
    settings: Object.freeze({ x: Object.freeze(setting()) }),
    hosts: Object.freeze({ linux }),
  });
  expect(catalogOf(registries)).toMatchObject(registries);
});
