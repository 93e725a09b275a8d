import { API_KEY } from "../../core/agent";
import type { ClusterOnHost } from "../../configuration/types";
import { evaluate } from "../../core/evaluate";
import { hostOf, scopeOf, targetOf } from "../../core/scope";
import { osTypeConstraint } from "../../core/assemble";
import { type Contribution, contributionOf, type Feature } from "../../core/feature";
import { formatPath, list } from "../../core/problem";
import { enabledFeatures, isOn } from "../../core/toggles";
import type { Catalog } from "../../core/catalog";
import type { Refusal } from "./accept";
import type { Difference } from "./differences";
import { type Facts } from "./facts";
import { AGENT, variablePath } from "./paths";
import { featuresWith, type RecognizedFeature } from "./features";
import { mountOf } from "./mounts";
import { runningImage } from "./image";
import { contributed } from "./options";
import { agentDefaultsOf } from "./agent-defaults";
import type { Findings } from "./settings";

/** The results of an import, by which differences are explained. */
export interface Known {
  readonly catalog: Catalog;
  readonly findings: Findings;
  readonly original: Facts;
  readonly cluster: ClusterOnHost;
  readonly recognized: readonly RecognizedFeature[];
  readonly refusals: readonly Refusal[];
}

type Reason = (difference: Difference) => string | undefined;

/** The reason of a difference: the first of these that applies. */
export function reasonOf(known: Known): Reason {
  const reasons = [
    refusalReason(known),
    fixedReason,
    featureReason(known),
    fallbackReason(known),
    hostReason(known),
    secretReason(known),
    unsupportedReason(known),
  ];
  return (difference) => reasons.map((reason) => reason(difference)).find((text) => text !== undefined);
}

/** The loader's error message for the value. */
function refusalReason({ refusals, recognized, findings }: Known): Reason {
  return ({ path }) => {
    const direct = refusals.find((refusal) => factPath(refusal, findings) === path);
    if (direct) return withoutFullStop(direct.message);
    const feature = refusals.find(
      ({ path: [key, name] }) =>
        key === "features" && recognized.some((each) => each.name === name && each.facts.has(path)),
    );
    return feature && `${formatPath(feature.path)} ${withoutFullStop(feature.message)}`;
  };
}

/** The path of the fact that a key's value was read from. */
function factPath({ path: [key, ...rest] }: Refusal, findings: Findings): string | undefined {
  if (key === "environment" || key === "environmentOverrides") return variablePath(String(rest[0]));
  if (key === "networkMode") return key;
  return findings.get(String(key))?.factOf(rest);
}

/** Reasons are printed in parentheses. */
function withoutFullStop(message: string): string {
  return message.replace(/\.$/, "");
}

/** Which sides have the value. */
type Sides = "original" | "new" | "both";

/** Reasons that don't depend on the configuration. */
const FIXED_REASONS: readonly (readonly [path: RegExp, sides: readonly Sides[], reason: string])[] = [
  [
    at(variablePath(API_KEY)),
    ["original"],
    "anyone who may describe the task definition could read the key; `apiKey` passes it as a secret",
  ],
  [at(`${AGENT}.secrets.${API_KEY}`), ["new", "both"], "required variable, because `apiKey` isn't set"],
  [at(variablePath("DD_SITE")), ["new"], "set by `site`"],
  [/^family$/, ["new"], "set by `family`"],
  [/^requiresCompatibilities$/, ["new"], "set by `launchType`: ECS then validates the task definition for it"],
  [/^requiresCompatibilities$/, ["both"], "a daemon has one `launchType`, EC2 or EXTERNAL"],
  [/^(?:task|execution)RoleArn$/, ["new"], "created, because the key of this name isn't set"],
  [at(`${AGENT}.memory`), ["new"], "set by `memoryMiB`: ECS requires a memory limit"],
  [/\.mountPoints\[/, ["both"], "the Agent only needs this access"],
  [at(`${AGENT}.name`), ["both"], "the Agent's container always has this name"],
  [at(`${AGENT}.image`), ["both"], "a digest replaces the tag"],
];

function at(path: string): RegExp {
  return new RegExp(`^${path.replace(/[^\w]/g, "\\$&")}$`);
}

function fixedReason({ path, original, generated }: Difference): string | undefined {
  const sides = original === undefined ? "new" : generated === undefined ? "original" : "both";
  return FIXED_REASONS.find(([pattern, when]) => pattern.test(path) && when.includes(sides))?.[2];
}

/** Additions of enabled features, and variables that turn other features off. */
function featureReason({ catalog, cluster, original: given }: Known): Reason {
  const target = targetOf(catalog, cluster);
  const on = enabledFeatures(catalog.features, cluster.features, target);
  const additions = on.map(({ name, feature, options }) => ({
    name,
    facts: contributed(feature, options, target.host),
    fallback: Object.keys(contributionOf(feature, options, target.host).fallback ?? {}).map(variablePath),
  }));
  const image = runningImage(given);
  return ({ path, generated }) => {
    if (generated === undefined) return undefined;
    const adding = additions.filter(({ facts }) => facts.has(path));
    if (adding.length > 0) {
      const isDefault = adding.some(({ name, facts }) => {
        const byDefault = agentDefaultsOf(catalog.features[name] as Feature, image);
        return Object.entries(byDefault).some(
          ([variable, value]) => variablePath(variable) === path && facts.get(path)?.value === value,
        );
      });
      const names = list(adding.map(({ name }) => `features.${name}`));
      return `added by ${names}${isDefault ? "; same as the Agent's default" : ""}`;
    }
    const requiring = additions.filter(({ fallback }) => fallback.includes(path));
    if (requiring.length > 0) {
      return `required by ${list(requiring.map(({ name }) => `features.${name}`))}`;
    }
    const [off] = Object.entries(catalog.features).flatMap(([name, feature]) => {
      const [variable] = Object.keys(feature.off ?? {}).filter((each) => variablePath(each) === path);
      const isOff = !isOn(catalog.features, name, cluster.features, target);
      return isOff && variable !== undefined ? [{ name, variable }] : [];
    });
    if (off !== undefined) {
      return off.variable in { ...cluster.environment, ...cluster.environmentOverrides }
        ? `keeps the Agent's default, which features.${off.name} would turn off because it isn't set`
        : `features.${off.name} is off, but on by default in the Agent`;
    }
    const limited = path === "networkMode" ? on.find(({ feature }) => feature.networkModes) : undefined;
    return limited && `required by features.${limited.name}: ${limited.feature.networkModes?.because ?? ""}`;
  };
}

/** Default values that settings add. */
function fallbackReason({ catalog, cluster }: Known): Reason {
  const scope = scopeOf(catalog, cluster);
  const defaults = Object.entries(catalog.settings).flatMap(([key, { contribution = {} }]) => {
    const { fallback = {} } = evaluate(contribution, scope) as Contribution;
    return Object.keys(fallback).map((name) => [variablePath(name), key] as const);
  });
  return ({ path, original }) => {
    const [, key] = defaults.find(([at]) => at === path) ?? [];
    return original === undefined && key !== undefined ? `added by \`${key}\`` : undefined;
  };
}

/** What the Agent always needs on a host. */
function hostReason({ catalog, cluster }: Known): Reason {
  const host = hostOf(catalog, cluster);
  const mounts = host.agentMounts.map((mount) => `${AGENT}.mountPoints[${mountOf(mount).path}]`);
  const constraint = `placementConstraints[${osTypeConstraint(host).expression}]`;
  return ({ path, original, generated = "" }) => {
    if (original !== undefined) return undefined;
    if (cluster.readonlyRootFilesystem && generated.includes("the volume writable-"))
      return "added by `readonlyRootFilesystem`: the Agent writes to this folder";
    if (mounts.includes(path)) return "the Agent always needs it";
    return path === constraint ? "the cluster may also have instances with another operating system" : undefined;
  };
}

function secretReason({ original }: Known): Reason {
  return ({ path }) => (original.get(path)?.secret ? "may be a secret, so it isn't copied" : undefined);
}

/** Which features or settings are related to a value that only the original has. */
function unsupportedReason({ catalog, cluster }: Known): Reason {
  return ({ path, generated }) => {
    if (generated !== undefined) return undefined;
    const features = featuresWith(catalog, cluster.host, path);
    if (features.length > 0) {
      const names = list(
        features.map((name) => `features.${name}`),
        "or",
      );
      return `part of ${names}, which the definition doesn't otherwise use`;
    }
    const settings = Object.entries(catalog.settings).filter(([, setting]) =>
      [
        ...Object.keys(setting.container ?? {}).map((field) => `${AGENT}.${field}`),
        ...Object.keys(setting.task ?? {}),
      ].some((given) => path === given || path.startsWith(`${given}.`)),
    );
    if (settings.length > 0) return `\`${settings.map(([key]) => key).join("` or `")}\` doesn't support this value`;
    return "not supported by clusters.yaml";
  };
}
