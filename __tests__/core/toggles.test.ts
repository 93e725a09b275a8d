import * as z from "zod";
import { defineFeature, type Feature } from "../../lib/core/feature";
import type { Image } from "../../lib/core/image";
import {
  enabledFeatures,
  environmentOfDisabled,
  isOn,
  networkModeOf,
  type Features,
  type Target,
  type Toggle,
} from "../../lib/core/toggles";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

const onLinux: Target = {
  host: linux,
  site: "datadoghq.com",
  image: { repository: "agent", tag: "latest" },
};
const withImage = (image: Partial<Image>): Target => ({ ...onLinux, image: { ...onLinux.image, ...image } });
const onWindows: Target = { ...onLinux, host: windows };

function feature(needs: Partial<Feature> = {}): Feature {
  return {
    summary: "A feature",
    documentation: "https://example.com/",
    requires: [],
    options: z.strictObject({}),
    on: () => ({}),
    ...needs,
  };
}

const sized = defineFeature({
  summary: "A feature with an option",
  documentation: "https://example.com/",
  requires: [],
  options: z.strictObject({ size: z.number().default(3) }),
  on: () => ({}),
});

function namesOf(features: Features, toggles: Record<string, Toggle>, target = onLinux): string[] {
  return enabledFeatures(features, toggles, target).map(({ name }) => name);
}

describe("enabledFeatures", () => {
  it.each([
    [undefined, false],
    [false, false],
    [true, true],
    [{}, true],
  ])("takes the toggle %j as on: %j", (toggle, on) => {
    expect(namesOf({ one: feature() }, { one: toggle })).toEqual(on ? ["one"] : []);
  });

  it("has the order of the registry", () => {
    expect(namesOf({ b: feature(), c: feature(), a: feature() }, { a: true, b: true, c: true })).toEqual([
      "b",
      "c",
      "a",
    ]);
  });

  it.each([
    [true, { size: 3 }],
    [{}, { size: 3 }],
    [{ size: 5 }, { size: 5 }],
  ])("reads the options of %j as %j", (toggle, options) => {
    expect(enabledFeatures({ sized }, { sized: toggle }, onLinux)).toEqual([
      { name: "sized", feature: sized, options },
    ]);
  });

  const government = feature({
    onByDefault: true,
    requires: ["linux-containers"],
    sites: { only: ["ddog-gov.com"], because: "it is a test" },
  });

  it.each([
    ["on where everything it needs is given", { ...onLinux, site: "ddog-gov.com" }, undefined, true],
    ["off on another site", onLinux, undefined, false],
    ["off on a host that lacks something", { ...onWindows, site: "ddog-gov.com" }, undefined, false],
    ["off when set to false", { ...onLinux, site: "ddog-gov.com" }, false, false],
    ["on when set to true, for the checks to refuse", onLinux, true, true],
  ] as const)("has a feature that is on by default %s", (_where, target, toggle, on) => {
    expect(namesOf({ government }, { government: toggle }, target)).toEqual(on ? ["government"] : []);
  });

  it("includes features without requirements that are on by default", () => {
    expect(namesOf({ always: feature({ onByDefault: true }) }, {}, onWindows)).toEqual(["always"]);
  });
});

describe("isOn", () => {
  it("is false for an unknown feature", () => {
    expect(isOn({}, "one", { one: true }, onLinux)).toBe(false);
  });

  it.each<[Record<string, Toggle>, boolean]>([
    [{}, true],
    [{ heir: true }, false],
    [{ heir: {} }, false],
    [{ heir: false }, true],
    [{ other: true }, true],
    [{ old: false, heir: false }, false],
    // Both are set: the rules refuse that.
    [{ old: true, heir: true }, true],
    [{ old: {}, heir: true }, true],
  ])("has what is on by default and replaced by another with %j as on: %j", (toggles, on) => {
    const registry = {
      old: feature({ onByDefault: true }),
      heir: feature({ replaces: { old: "it is a test" } }),
      other: feature({ excludes: { old: "it is a test" } }),
    };
    expect(isOn(registry, "old", toggles, onLinux)).toBe(on);
    expect(namesOf(registry, toggles).includes("old")).toBe(on);
  });

  it.each<[Image["flavor"], Toggle, boolean]>([
    [undefined, undefined, false],
    ["jmx", undefined, false],
    ["full", undefined, false],
    ["fips", undefined, true],
    ["fips-jmx", undefined, true],
    ["fips", false, false],
    [undefined, true, true],
  ])("has with the flavor %s and the toggle %j a feature of the flavor fips as on: %j", (flavor, toggle, on) => {
    // Only the flavor decides. The checks refuse unsupported hosts and sites.
    const flavored = feature({
      imageFlavor: "fips",
      onByDefault: true,
      requires: ["linux-kernel"],
      sites: { only: ["ddog-gov.com"], because: "it is a test" },
    });
    const target = { ...onWindows, image: { ...onWindows.image, flavor } };
    expect(isOn({ flavored }, "flavored", { flavored: toggle }, target)).toBe(on);
  });

  it.each([
    ["jmx", true],
    ["fips", false],
  ] as const)("has with the flavor %s what the flavor's feature replaces as on: %j", (flavor, on) => {
    const registry = {
      old: feature({ onByDefault: true }),
      flavored: feature({ imageFlavor: "fips", replaces: { old: "it is a test" } }),
    };
    expect(isOn(registry, "old", {}, withImage({ flavor }))).toBe(on);
  });
});

describe("environmentOfDisabled", () => {
  const registry = {
    ours: feature({ off: { DD_OURS: "false" } }),
    agents: feature({ leftToAgent: true, off: { DD_AGENTS: "false" } }),
    old: feature({ onByDefault: true, off: { DD_OLD: "false" } }),
    heir: feature({ replaces: { old: "it is a test" } }),
  };

  it.each<[Record<string, Toggle>, object]>([
    [{}, { DD_OURS: "false" }],
    [{ ours: false, agents: true, old: true }, { DD_OURS: "false" }],
    [{ ours: true }, {}],
    [{ ours: {}, agents: {} }, {}],
    // Features that the Agent decides are only turned off explicitly.
    [{ ours: true, agents: false }, { DD_AGENTS: "false" }],
    [{ ours: true, old: false }, { DD_OLD: "false" }],
    [{ ours: true, heir: true }, { DD_OLD: "false" }],
  ])("is with the toggles %j: %j", (toggles, expected) => {
    expect(environmentOfDisabled(registry, toggles, onLinux)).toEqual(expected);
  });
});

describe("networkModeOf", () => {
  const hostOrAwsvpc = feature({ networkModes: { only: ["host", "awsvpc"], because: "it is a test" } });
  const awsvpcOrBridge = feature({ networkModes: { only: ["awsvpc", "bridge"], because: "it is a test" } });
  const bridge = feature({ networkModes: { only: ["bridge"], because: "it is a test" } });

  it.each([
    ["the host's own without features", [], linux, undefined, "bridge"],
    ["the host's own where features don't mind", [feature()], linux, undefined, "bridge"],
    ["the host's own where it suits a feature", [awsvpcOrBridge], linux, undefined, "bridge"],
    ["the first that suits a feature", [hostOrAwsvpc], linux, undefined, "host"],
    ["one that suits all features", [hostOrAwsvpc, awsvpcOrBridge], linux, undefined, "awsvpc"],
    ["none where no mode suits all", [hostOrAwsvpc, bridge], linux, undefined, undefined],
    ["none on Windows without features", [], windows, undefined, undefined],
    ["one that the host has", [hostOrAwsvpc], windows, undefined, "awsvpc"],
    ["none where the host has none that suits", [bridge], windows, undefined, undefined],
    ["the configured one before everything", [hostOrAwsvpc], linux, "bridge", "bridge"],
    ["the configured one without features", [], linux, "awsvpc", "awsvpc"],
  ] as const)("is %s", (_what, features, host, networkMode, expected) => {
    const enabled = features.map((needy, index) => ({ name: `feature${index}`, feature: needy, options: {} }));
    expect(networkModeOf(enabled, host, networkMode)).toBe(expected);
  });
});
