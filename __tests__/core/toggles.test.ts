import { z } from "zod";
import { defineFeature, type Feature } from "../../lib/core/feature";
import type { Image } from "../../lib/core/image";
import {
  enabledFeatures,
  environmentOfOff,
  FEATURE_CHECKS,
  isOn,
  networkModeOf,
  type Registry,
  type Surroundings,
  type Toggle,
} from "../../lib/core/toggles";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

const onLinux: Surroundings = {
  hostName: "linux",
  host: linux,
  launchType: "EC2",
  site: "datadoghq.com",
  networkMode: undefined,
  image: { repository: "agent", tag: "latest" },
};
const withImage = (image: Partial<Image>): Surroundings => ({ ...onLinux, image: { ...onLinux.image, ...image } });
const onWindows: Surroundings = { ...onLinux, hostName: "windows", host: windows };

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

function namesOf(registry: Registry, toggles: Record<string, Toggle>, surroundings = onLinux): string[] {
  return enabledFeatures(registry, toggles, surroundings).map(({ name }) => name);
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

  it("keeps the registry's order", () => {
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
    ["off when told so", { ...onLinux, site: "ddog-gov.com" }, false, false],
    ["on when told so, for the checks to refuse", onLinux, true, true],
  ] as const)("has a feature that is on by default %s", (_where, surroundings, toggle, on) => {
    expect(namesOf({ government }, { government: toggle }, surroundings)).toEqual(on ? ["government"] : []);
  });

  it("has a feature without needs that is on by default on everywhere", () => {
    expect(namesOf({ always: feature({ onByDefault: true }) }, {}, onWindows)).toEqual(["always"]);
  });
});

describe("isOn", () => {
  it("is false of a feature that there isn't", () => {
    expect(isOn({}, "one", { one: true }, onLinux)).toBe(false);
  });

  it.each<[Record<string, Toggle>, boolean]>([
    [{}, true],
    [{ heir: true }, false],
    [{ heir: {} }, false],
    [{ heir: false }, true],
    [{ other: true }, true],
    [{ old: false, heir: false }, false],
    // Both are asked for: that is for the rules to refuse.
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
    // The flavor alone decides, and the checks refuse what lacks something.
    const flavored = feature({
      imageFlavor: "fips",
      onByDefault: true,
      requires: ["linux-kernel"],
      sites: { only: ["ddog-gov.com"], because: "it is a test" },
    });
    const surroundings = { ...onWindows, image: { ...onWindows.image, flavor } };
    expect(isOn({ flavored }, "flavored", { flavored: toggle }, surroundings)).toBe(on);
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

describe("environmentOfOff", () => {
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
    // What is left to the Agent is turned off by word alone.
    [{ ours: true, agents: false }, { DD_AGENTS: "false" }],
    [{ ours: true, old: false }, { DD_OLD: "false" }],
    [{ ours: true, heir: true }, { DD_OLD: "false" }],
  ])("is with the toggles %j: %j", (toggles, expected) => {
    expect(environmentOfOff(registry, toggles, onLinux)).toEqual(expected);
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
    expect(networkModeOf(enabled, { host, networkMode })).toBe(expected);
  });
});

describe("FEATURE_CHECKS", () => {
  const because = "it is a test";
  /** Which checks complain of a feature, and what each says. */
  const complaints = (needy: Feature, surroundings: Surroundings, options: Record<string, unknown> = {}) =>
    FEATURE_CHECKS.map(({ reads, problems }) => ({
      reads,
      problems: problems({ name: "needy", feature: needy, options }, surroundings),
    })).filter(({ problems }) => problems.length > 0);

  it("find nothing in a feature without needs", () => {
    expect(complaints(feature(), { ...onWindows, launchType: "EXTERNAL", networkMode: "awsvpc" })).toEqual([]);
  });

  it.each([
    ["linux-containers", "runs Linux containers"],
    ["linux-kernel", "lets a container trace its Linux kernel"],
    ["unix-sockets", "shares UNIX sockets between containers"],
  ] as const)("refuse a host without %s", (trait, words) => {
    const needy = feature({ requires: [trait] });
    expect(complaints(needy, onLinux)).toEqual([]);
    expect(complaints(needy, onWindows)).toEqual([
      {
        reads: ["host"],
        problems: [
          {
            path: ["features", "needy"],
            message: `must be off on the host windows: it needs a host that ${words}.`,
          },
        ],
      },
    ]);
  });

  it("refuse an option that the host can't have, where it is on", () => {
    const needy = feature({ optionRequires: { socket: ["unix-sockets"] } });
    expect(complaints(needy, onLinux, { socket: true })).toEqual([]);
    expect(complaints(needy, onWindows, { socket: false })).toEqual([]);
    expect(complaints(needy, onWindows, { socket: true })).toEqual([
      {
        reads: ["host"],
        problems: [
          {
            path: ["features", "needy", "socket"],
            message: "must be off on the host windows: it needs a host that shares UNIX sockets between containers.",
          },
        ],
      },
    ]);
  });

  it.each<[keyof Surroundings, Partial<Feature>, Partial<Surroundings>, Partial<Surroundings>, string]>([
    [
      "launchType",
      { launchTypes: { only: ["EC2"], because } },
      { launchType: "EC2" },
      { launchType: "EXTERNAL" },
      "launchType EC2, got EXTERNAL",
    ],
    [
      "site",
      { sites: { only: ["ddog-gov.com", "us2.ddog-gov.com"], because } },
      { site: "us2.ddog-gov.com" },
      { site: "datadoghq.eu" },
      "site ddog-gov.com or us2.ddog-gov.com, got datadoghq.eu",
    ],
    [
      "networkMode",
      { networkModes: { only: ["host", "awsvpc"], because } },
      { networkMode: "host" },
      { networkMode: "bridge" },
      "networkMode host or awsvpc, got bridge",
    ],
  ])("refuse another %s than the feature's own, and say why", (key, needs, right, wrong, words) => {
    expect(complaints(feature(needs), { ...onLinux, ...right })).toEqual([]);
    expect(complaints(feature(needs), { ...onLinux, ...wrong })).toEqual([
      {
        reads: [key],
        problems: [
          {
            path: ["features", "needy"],
            message: `needs ${words}: it is a test. Set features.needy to false or change ${key}.`,
          },
        ],
      },
    ]);
  });

  it.each<[string, Partial<Feature>, Record<string, unknown>, Partial<Image>, Partial<Image>, string[], string]>([
    [
      "an Agent that is older than the feature",
      { since: "7.46" },
      {},
      { tag: "7.46.0" },
      { tag: "7.45.2" },
      ["features", "needy"],
      "needs Agent 7.46 or later, got image.tag 7.45.2. Take a newer tag, or turn it off.",
    ],
    [
      "an Agent that is older than an option that is on",
      { since: "7.46", optionSince: { deep: "7.60" } },
      { deep: true },
      { tag: "7.60.0-jmx" },
      { tag: "7.59.0" },
      ["features", "needy", "deep"],
      "needs Agent 7.60 or later, got image.tag 7.59.0. Take a newer tag, or turn it off.",
    ],
    [
      "the flavor of an image beside which there is none of the feature's",
      { imageFlavor: "fips" },
      {},
      { flavor: "jmx" },
      { flavor: "full" },
      ["features", "needy"],
      "must be off with image.flavor full: there is no fips image of it. Leave image.flavor out, or turn it off.",
    ],
    [
      "a tag that has a flavor already where the feature adds one",
      { imageFlavor: "fips" },
      {},
      { tag: "7.70.0" },
      { tag: "7.70.0-jmx" },
      ["image", "tag"],
      'must be a version without a flavor, since features.needy adds one, got "7.70.0-jmx".',
    ],
  ])("refuse %s", (_what, needs, options, right, wrong, path, message) => {
    expect(complaints(feature(needs), withImage(right), options)).toEqual([]);
    expect(complaints(feature(needs), withImage(wrong), options)).toEqual([
      { reads: ["image"], problems: [{ path, message }] },
    ]);
  });

  it.each<[string, Partial<Feature>, Record<string, unknown>, Partial<Image>]>([
    ["a tag that pins no version", { since: "7.99" }, {}, { tag: "7" }],
    ["the newest", { since: "7.99" }, {}, { tag: "latest" }],
    ["a digest", { since: "7.99" }, {}, { tag: "7.1.0", digest: `sha256:${"0".repeat(64)}` }],
    ["an old Agent without the option", { optionSince: { deep: "7.60" } }, { deep: false }, { tag: "7.59.0" }],
    ["an old Agent without needs", {}, { deep: true }, { tag: "7.1.0" }],
    ["flavors without needs", {}, {}, { tag: "7-jmx", flavor: "full" }],
  ])("leave %s alone", (_what, needs, options, image) => {
    expect(complaints(feature(needs), withImage(image), options)).toEqual([]);
  });

  it("leave an open network mode alone: one that suits is chosen", () => {
    expect(complaints(feature({ networkModes: { only: ["host"], because } }), onLinux)).toEqual([]);
  });

  it("pass on what the feature itself finds in its options, under the feature's path", () => {
    const needy = feature({
      problems: ({ size }) => (size === 0 ? [{ path: ["size"], message: "must be more." }] : []),
    });
    expect(complaints(needy, onLinux, { size: 1 })).toEqual([]);
    expect(complaints(needy, onLinux, { size: 0 })).toEqual([
      { reads: [], problems: [{ path: ["features", "needy", "size"], message: "must be more." }] },
    ]);
  });
});
