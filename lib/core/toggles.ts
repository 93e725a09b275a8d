import { z } from "zod";
import type { LaunchType, NetworkMode } from "./ecs";
import type { Feature, Only } from "./feature";
import { type Host, HOST_TRAITS, type HostTrait } from "./host";
import { list, type Problem } from "./problem";
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
    const toggle = toggles[name] ?? isOnByDefault(feature, surroundings);
    if (toggle === false) return [];
    return [{ name, feature, options: z.parse(feature.options, toggle === true ? {} : toggle) }];
  });
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
    message: `must be off on the host ${hostName}: it needs a host that ${HOST_TRAITS[trait]}.`,
  });
  return [
    ...lacks(feature.requires).map((trait) => traitProblem(path, trait)),
    ...Object.entries(feature.optionRequires ?? {}).flatMap(([option, traits]) =>
      options[option] ? lacks(traits).map((trait) => traitProblem([...path, option], trait)) : [],
    ),
  ];
}

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

function isOnByDefault({ onByDefault = false, requires, sites }: Feature, { host, site }: Surroundings): boolean {
  return (
    onByDefault &&
    requires.every((trait) => host.traits.includes(trait)) &&
    (sites === undefined || sites.only.includes(site))
  );
}
