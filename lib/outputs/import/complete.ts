import type { Catalog } from "../../core/catalog";
import { ownersOfVariables } from "../../core/owned-variables";
import { hostOf, targetOf } from "../../core/scope";
import { isOn, type Toggle, type Toggles } from "../../core/toggles";
import { accept, type Accepted } from "./accept";
import { agentDefaultsOf, isNamed } from "./agent-defaults";
import { factsOfCluster } from "./differences";
import { type Facts } from "./facts";
import { VARIABLES, variablePath } from "./paths";
import { matches, explicitlyOff, type RecognizedFeature, withToggles } from "./features";
import { runningImage } from "./image";
import { type Entry, entryOf, type Findings, isAtomic, recognizeSettings } from "./settings";
import type { RunningService } from "./service";
import { sourceOf, type Subject } from "./source";
import { namedBelow } from "./view";

export interface Completed extends Accepted {
  readonly findings: Findings;
}

/** The shortest configuration that reproduces a definition, as far as the loader accepts it. */
export function complete(subject: Subject, features: readonly RecognizedFeature[]): Completed {
  const { catalog, hostName, original } = subject;
  const source = sourceOf(subject, features);
  const findings = recognizeSettings(source);
  const whole = (key: unknown) => isAtomic(findings, key);
  const explained = accept(catalog, entryOf(source, findings), whole);
  // If a feature is rejected, settings reproduce what it would have added.
  const accepted = withToggles(catalog, hostName, features, explained.entry.features as Toggles | undefined);
  if (accepted.length < features.length || accepted.some((each, index) => each !== features[index])) {
    const rest = complete(subject, accepted);
    return { ...rest, refusals: [...explained.refusals, ...rest.refusals] };
  }
  const all = accept(catalog, { ...explained.entry, ...remainingKeys(subject, explained) }, whole);
  const short = accept(
    catalog,
    inOrder(catalog, { ...all.entry, features: neededToggles(catalog, all, original) }),
    whole,
  );
  return { ...short, findings, refusals: [...explained.refusals, ...all.refusals, ...short.refusals] };
}

/** The variables and the network mode that no other key reproduces. */
function remainingKeys({ catalog, original, service }: Subject, { cluster }: Accepted): Entry {
  const generated = factsOfCluster(catalog, cluster);
  const rest = new Map(
    [...original].filter(([path, fact]) => {
      const ours = generated.get(path);
      return ours === undefined || !matches(ours, fact);
    }),
  );
  const variables = Object.entries({
    ...keptAgentDefaults(catalog, generated, original),
    ...namedBelow(rest, VARIABLES),
  });
  const owners = ownersOfVariables(catalog);
  // Variables of another key that the key can't reproduce must be overrides.
  const environment = Object.fromEntries(variables.filter(([name]) => !owners.has(name)));
  const environmentOverrides = Object.fromEntries(variables.filter(([name]) => owners.has(name)));
  const { secret = true, text: networkMode } = rest.get("networkMode") ?? {};
  return {
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(Object.keys(environmentOverrides).length > 0 && { environmentOverrides }),
    // The host's network mode is the default.
    ...(!secret && networkMode !== hostOf(catalog, cluster).networkMode && { networkMode }),
    ...(networkMode === "awsvpc" && networkOf(service)),
  };
}

/** The subnets and security groups of a service. */
function networkOf(service: RunningService | undefined): Entry {
  const { subnets = [], securityGroups = [] } = service?.networkConfiguration?.awsvpcConfiguration ?? {};
  return {
    ...(subnets.length > 0 && { subnets }),
    ...(securityGroups.length > 0 && { securityGroups }),
  };
}

/** The Agent's defaults that the generated task would turn off, because no feature was recognized for them. */
function keptAgentDefaults({ features }: Catalog, generated: Facts, original: Facts): Readonly<Record<string, string>> {
  const image = runningImage(original);
  const variables = Object.values(features).flatMap((feature) => {
    const defaults = agentDefaultsOf(feature, image);
    return Object.keys(feature.off ?? {}).flatMap((name) => {
      const value = defaults[name];
      return value === undefined || isNamed(original, name) ? [] : [[name, value] as const];
    });
  });
  return Object.fromEntries(
    variables.filter(([name, value]) => {
      const ours = generated.get(variablePath(name));
      return ours !== undefined && ours.value !== value;
    }),
  );
}

/** In the order of the README, and without lists and maps that have become empty. */
function inOrder({ settings }: Catalog, entry: Entry): Entry {
  const keys = Object.keys(settings).filter((key) => {
    const value = entry[key];
    return value !== undefined && (typeof value !== "object" || Object.keys(value ?? {}).length > 0);
  });
  return Object.fromEntries(keys.map((key) => [key, entry[key]]));
}

/** The toggles that differ from the default. */
function neededToggles(catalog: Catalog, { entry, cluster }: Accepted, original: Facts): Entry {
  const target = targetOf(catalog, cluster);
  const off = explicitlyOff(catalog, original);
  const toggles = Object.entries((entry.features ?? {}) as Record<string, Toggle>);
  return toggles.reduce<Record<string, Toggle>>((all, [name, toggle]) => {
    const { [name]: _toggle, ...others } = all;
    const isOnAnyway = isOn(catalog.features, name, others, target);
    if (typeof toggle === "object" && Object.keys(toggle).length > 0) return all;
    if (toggle === false) return isOnAnyway || off.includes(name) ? all : others;
    return isOnAnyway ? others : { ...all, [name]: true };
  }, Object.fromEntries(toggles));
}
