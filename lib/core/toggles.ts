import { z } from "zod";
import type { LaunchType, NetworkMode } from "./ecs";
import type { Feature } from "./feature";
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

/** The features that are on, in the registry's order. */
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

/** Why a feature that is on can't work in its surroundings. */
export function featureProblems(
  { name, feature, options }: EnabledFeature,
  { hostName, host, launchType, site, networkMode }: Surroundings,
): readonly Problem[] {
  const path = ["features", name];
  const lacks = (traits: readonly HostTrait[] = []) => traits.filter((trait) => !host.traits.includes(trait));
  const traitProblem = (at: readonly string[], trait: HostTrait): Problem => ({
    path: at,
    message: `must be off on the host ${hostName}: it needs a host that ${HOST_TRAITS[trait]}.`,
  });
  const only = <Value extends string>(
    limit: { readonly only: readonly Value[]; readonly because: string } | undefined,
    key: string,
    value: Value | undefined,
  ): Problem[] =>
    limit === undefined || value === undefined || limit.only.includes(value)
      ? []
      : [
          {
            path,
            message:
              `must be off, or ${key} ${list(limit.only, "or")}, got ${key} ${value}: ${limit.because}. ` +
              `Set features.${name} to false or change ${key}.`,
          },
        ];
  return [
    ...lacks(feature.requires).map((trait) => traitProblem(path, trait)),
    ...Object.entries(feature.optionRequires ?? {}).flatMap(([option, traits]) =>
      options[option] ? lacks(traits).map((trait) => traitProblem([...path, option], trait)) : [],
    ),
    ...only(feature.launchTypes, "launchType", launchType),
    ...only(feature.sites, "site", site),
    ...only(feature.networkModes, "networkMode", networkMode),
    ...(feature.problems?.(options) ?? []).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
  ];
}

function isOnByDefault({ onByDefault = false, requires, sites }: Feature, { host, site }: Surroundings): boolean {
  return (
    onByDefault &&
    requires.every((trait) => host.traits.includes(trait)) &&
    (sites === undefined || sites.only.includes(site))
  );
}
