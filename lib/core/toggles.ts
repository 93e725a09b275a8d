import { z } from "zod";
import type { LaunchType, NetworkMode } from "./ecs";
import type { Feature, Only } from "./feature";
import { type Host, HOST_TRAITS, type HostTrait } from "./host";
import { list, type Problem } from "./problem";
import { type AgentVersion, FLAVORED_TAG, hasFlavor, type Image, isOlder } from "./image";
import type { Site } from "./sites";

export type Registry = Readonly<Record<string, Feature>>;

/** What a configuration says of a feature: on with its defaults, off, or on with options. */
export type Toggle = boolean | Readonly<Record<string, unknown>> | undefined;

/** What decides whether a feature works. */
export interface Surroundings {
  readonly hostName: string;
  readonly host: Host;
  readonly launchType: LaunchType;
  readonly site: Site;
  /** As configured; undefined leaves it to the features and the host. */
  readonly networkMode: NetworkMode | undefined;
  readonly image: Image;
}

export interface EnabledFeature {
  readonly name: string;
  readonly feature: Feature;
  readonly options: Record<string, unknown>;
}

/** The features that are on. */
export function enabledFeatures(
  registry: Registry,
  toggles: Readonly<Record<string, Toggle>>,
  surroundings: Surroundings,
): readonly EnabledFeature[] {
  return Object.entries(registry).flatMap(([name, feature]) => {
    const toggle = toggles[name];
    if (!isOn(registry, name, toggles, surroundings)) return [];
    return [{ name, feature, options: optionsOf(feature, toggle) }];
  });
}

const defaultOptions = new WeakMap<Feature, Record<string, unknown>>();

/** The options of a feature that is on. Its defaults are worked out once: most features of most clusters have no others. */
export function optionsOf(feature: Feature, toggle: Toggle): Record<string, unknown> {
  if (typeof toggle === "object") return z.parse(feature.options, toggle);
  const options = defaultOptions.get(feature) ?? z.parse(feature.options, {});
  defaultOptions.set(feature, options);
  return options;
}

/** Whether a feature is on: as its toggle says, else by default, unless one that is on stands in for it. */
export function isOn(
  registry: Registry,
  name: string,
  toggles: Readonly<Record<string, Toggle>>,
  surroundings: Surroundings,
): boolean {
  const toggle = toggles[name];
  const feature = registry[name];
  if (feature === undefined || toggle === false) return false;
  if (toggle !== undefined) return true;
  const replaced = () =>
    Object.entries(registry).some(
      ([other, { replaces = {} }]) => name in replaces && isOn(registry, other, toggles, surroundings),
    );
  return isOnByDefault(feature, surroundings) && !replaced();
}

/** The environment of the features that are off, as far as it is ours to decide. */
export function environmentOfOff(
  registry: Registry,
  toggles: Readonly<Record<string, Toggle>>,
  surroundings: Surroundings,
): Readonly<Record<string, string>> {
  const off = Object.entries(registry).filter(
    ([name, { leftToAgent = false }]) =>
      !isOn(registry, name, toggles, surroundings) && !(leftToAgent && toggles[name] === undefined),
  );
  return Object.assign({}, ...off.map(([, feature]) => feature.off)) as Record<string, string>;
}

/** The network mode of the task: the configured one, else one that every feature works in, the host's first. */
export function networkModeOf(
  enabled: readonly EnabledFeature[],
  { host, networkMode }: Pick<Surroundings, "host" | "networkMode">,
): NetworkMode | undefined {
  const needs = enabled.flatMap(({ feature }) => feature.networkModes ?? []);
  const fits = (mode: NetworkMode | undefined) => needs.every(({ only }) => mode !== undefined && only.includes(mode));
  if (networkMode !== undefined || fits(host.networkMode)) return networkMode ?? host.networkMode;
  return needs[0]?.only.find((mode) => fits(mode) && host.networkModes.includes(mode));
}

/** One thing that a feature needs, and which of its surroundings decide over it. */
export interface FeatureCheck {
  readonly reads: readonly (keyof Omit<Surroundings, "hostName">)[];
  readonly problems: (enabled: EnabledFeature, surroundings: Surroundings) => readonly Problem[];
}

/** Why a feature that is on can't work in its surroundings. */
export const FEATURE_CHECKS: readonly FeatureCheck[] = [
  { reads: ["host"], problems: hostProblems },
  {
    reads: ["launchType"],
    problems: ({ name, feature }, { launchType }) => onlyProblems(name, feature.launchTypes, "launchType", launchType),
  },
  { reads: ["site"], problems: ({ name, feature }, { site }) => onlyProblems(name, feature.sites, "site", site) },
  {
    reads: ["networkMode"],
    problems: ({ name, feature }, { networkMode }) =>
      onlyProblems(name, feature.networkModes, "networkMode", networkMode),
  },
  { reads: ["image"], problems: imageProblems },
  {
    reads: [],
    problems: ({ name, feature, options }) =>
      (feature.problems?.(options) ?? []).map((problem) => ({ ...problem, path: ["features", name, ...problem.path] })),
  },
];

function hostProblems(
  { name, feature, options }: EnabledFeature,
  { hostName, host }: Surroundings,
): readonly Problem[] {
  const path = ["features", name];
  const lacks = (traits: readonly HostTrait[] = []) => traits.filter((trait) => !host.traits.includes(trait));
  const traitProblem = (at: readonly string[], trait: HostTrait): Problem => ({
    path: at,
    message: lackingTrait(hostName, trait),
  });
  return [
    ...lacks(feature.requires).map((trait) => traitProblem(path, trait)),
    ...Object.entries(feature.optionRequires ?? {}).flatMap(([option, traits]) =>
      options[option] ? lacks(traits).map((trait) => traitProblem([...path, option], trait)) : [],
    ),
  ];
}

/** What to say of something that needs what a host lacks. */
export function lackingTrait(hostName: string, trait: HostTrait): string {
  return `must be off on the host ${hostName}: it needs a host that ${HOST_TRAITS[trait]}.`;
}

function imageProblems({ name, feature, options }: EnabledFeature, { image }: Surroundings): readonly Problem[] {
  const path = ["features", name];
  const sinceProblem = (at: readonly string[], version: AgentVersion | undefined): Problem[] =>
    version !== undefined && isOlder(image, version)
      ? [{ path: at, message: `${needsAgent(version)}, got image.tag ${image.tag}. Take a newer tag, or turn it off.` }]
      : [];
  return [
    ...sinceProblem(path, feature.since),
    ...Object.entries(feature.optionSince ?? {}).flatMap(([option, version]) =>
      options[option] ? sinceProblem([...path, option], version) : [],
    ),
    ...(feature.imageFlavor !== undefined && hasFlavor(image, "full")
      ? [{ path, message: `${lackingFlavor(feature.imageFlavor)} Leave image.flavor out, or turn it off.` }]
      : []),
    ...(feature.imageFlavor !== undefined && image.flavor === undefined && FLAVORED_TAG.test(image.tag)
      ? [{ path: ["image", "tag"], message: `${plainTag(`features.${name}`)}, got ${JSON.stringify(image.tag)}.` }]
      : []),
  ];
}

/** Words that the module's messages share. */
export const needsAgent = (version: AgentVersion) => `needs Agent ${version} or later`;
export const lackingFlavor = (flavor: string) =>
  `must be off with image.flavor full: there is no ${flavor} image of it.`;
export const plainTag = (who: string) => `must be a version without a flavor, since ${who} adds one`;

function onlyProblems<Value extends string>(
  name: string,
  limit: Only<Value> | undefined,
  key: string,
  value: Value | undefined,
): readonly Problem[] {
  if (limit === undefined || value === undefined || limit.only.includes(value)) return [];
  return [
    {
      path: ["features", name],
      message:
        `needs ${key} ${list(limit.only, "or")}, got ${value}: ${limit.because}. ` +
        `Set features.${name} to false or change ${key}.`,
    },
  ];
}

function isOnByDefault(
  { onByDefault = false, imageFlavor, requires, sites }: Feature,
  { host, site, image }: Surroundings,
): boolean {
  if (imageFlavor !== undefined) return hasFlavor(image, imageFlavor);
  return (
    onByDefault &&
    requires.every((trait) => host.traits.includes(trait)) &&
    (sites === undefined || sites.only.includes(site))
  );
}
