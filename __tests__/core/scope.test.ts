import * as z from "zod";
import { catalogOf } from "../../lib/core/catalog";
import { defineFeature } from "../../lib/core/feature";
import { type AgentSettings, hostOf, scopeOf, targetOf } from "../../lib/core/scope";
import { defineSetting } from "../../lib/core/setting";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

const feature = (more: Partial<Parameters<typeof defineFeature>[0]> = {}) =>
  defineFeature({
    summary: "A feature",
    documentation: "https://example.com/",
    requires: [],
    options: z.strictObject({ size: z.number().default(3), of: z.strictObject({ inner: z.string() }).optional() }),
    on: () => ({}),
    ...more,
  });

const catalog = catalogOf({
  features: {
    plain: feature(),
    byDefault: feature({ onByDefault: true, requires: ["linux-containers"] }),
    replacer: feature({ replaces: { byDefault: "it does more" } }),
  },
  settings: {
    cpu: defineSetting({ summary: "CPU", of: "daemon", schema: z.number().optional(), defaultOn: ({ cpu }) => cpu }),
    plain: defineSetting({ summary: "Plain", of: "daemon", schema: z.string().optional() }),
  },
  hosts: { linux, windows },
});

const scope = (given: Record<string, unknown> = {}) =>
  scopeOf(catalog, {
    host: "linux",
    site: "datadoghq.com",
    image: { repository: "agent", tag: "7.50.0" },
    features: {},
    environment: { A: "a" },
    ...given,
  } as unknown as AgentSettings);

describe("a value of a configuration", () => {
  it.each<[string, Record<string, unknown>, string, unknown]>([
    ["is what is given", { plain: "x" }, "plain", "x"],
    ["is what is given in a map", {}, "image.tag", "7.50.0"],
    ["is nothing where nothing is given", {}, "plain", undefined],
    ["is nothing where there is no such setting", {}, "other", undefined],
    ["is the host's default where nothing is given", {}, "cpu", 100],
    ["is another host's default there", { host: "windows" }, "cpu", 512],
    ["is no default where something is given", { cpu: 7 }, "cpu", 7],
    ["is 0 where 0 is given", { cpu: 0 }, "cpu", 0],
  ])("%s", (_what, given, path, expected) => {
    expect(scope(given).value(path)).toBe(expected);
  });
});

describe("an option of a feature", () => {
  it.each<[string, unknown, string, unknown]>([
    ["is its default where the feature is on", true, "features.plain.size", 3],
    ["is what is given", { size: 5 }, "features.plain.size", 5],
    ["is its default next to a set option", { of: { inner: "x" } }, "features.plain.size", 3],
    ["can be in another one", { of: { inner: "x" } }, "features.plain.of.inner", "x"],
    ["is nothing where the feature is off", false, "features.plain.size", undefined],
    ["is undefined if the feature isn't set", undefined, "features.plain.size", undefined],
    ["is nothing where there is no such option", true, "features.plain.other", undefined],
    ["is nothing where there is no such feature", true, "features.other.size", undefined],
    ["isn't the feature as a whole", true, "features.plain", undefined],
  ])("%s", (_what, plain, path, expected) => {
    expect(scope({ features: { plain } }).value(path)).toEqual(expected);
  });

  it("is its default if the feature is on by default", () => {
    const size = (given: Record<string, unknown>) => scope(given).value("features.byDefault.size");
    expect(size({})).toBe(3);
    expect(size({ host: "windows" })).toBeUndefined();
    expect(size({ features: { replacer: true } })).toBeUndefined();
  });
});

describe("whether a feature is on", () => {
  it.each<[Record<string, unknown>, boolean]>([
    [{}, true],
    [{ host: "windows" }, false],
    [{ features: { byDefault: false } }, false],
    [{ features: { replacer: true } }, false],
    [{ features: { replacer: true, byDefault: true } }, true],
  ])("with %j: %j", (given, expected) => {
    const { isOn } = scope(given);
    expect([isOn("byDefault"), isOn("byDefault")]).toEqual([expected, expected]);
  });
});

it("has the host and the image", () => {
  expect(scope({ host: "windows" })).toMatchObject({ host: windows, image: { tag: "7.50.0" } });
  expect(targetOf(catalog, { host: "windows", site: "datadoghq.eu" } as AgentSettings)).toEqual({
    host: windows,
    site: "datadoghq.eu",
    image: undefined,
  });
});

it("throws for an unknown host", () => {
  expect(() => hostOf(catalog, { host: "solaris" })).toThrow("There is no host solaris.");
});
