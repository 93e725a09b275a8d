import { API_KEY } from "../agent";
import type { ClusterOnHost } from "../configuration/hosts";
import { surroundingsOf } from "../configuration/rules";
import { osTypeConstraint } from "../core/assemble";
import { formatPath, list } from "../core/problem";
import { enabledFeatures, isOn, type Registry } from "../core/toggles";
import * as registry from "../features";
import { hosts } from "../hosts";
import type { Refusal } from "./accept";
import type { Difference } from "./differences";
import { AGENT, type Facts } from "./facts";
import { type RecognizedFeature, variablePath } from "./features";
import { mountOf } from "./mounts";
import { contributed } from "./options";

/** All that is known when differences are explained. */
export interface Known {
  readonly there: Facts;
  readonly cluster: ClusterOnHost;
  readonly recognized: readonly RecognizedFeature[];
  readonly refusals: readonly Refusal[];
}

type Reason = (difference: Difference) => string | undefined;

/** Why something differs, where that is known: the first reason that has something to say. */
export function reasonOf(known: Known): Reason {
  const reasons = [refusalReason(known), partReason, featureReason(known), hostReason(known), secretReason(known)];
  return (difference) => reasons.map((reason) => reason(difference)).find((text) => text !== undefined);
}

/** What the loader said of the value. */
function refusalReason({ refusals, recognized }: Known): Reason {
  return ({ path }) => {
    const direct = refusals.find((refusal) => factPath(refusal) === path);
    if (direct) return sentence(direct.message);
    const feature = refusals.find(
      ({ path: [key, name] }) =>
        key === "features" && recognized.some((each) => each.name === name && each.facts.has(path)),
    );
    return feature && `${formatPath(feature.path)} ${sentence(feature.message)}`;
  };
}

/** Where the value of a key came from. */
function factPath({ path, value }: Refusal): string | undefined {
  const [key, name] = path;
  switch (key) {
    case "apiKey":
      return `${AGENT}.secrets.${API_KEY}`;
    case "environment":
      return variablePath(String(name));
    case "capabilities":
      return `${AGENT}.linuxParameters.capabilities.add.${String(value)}`;
    case "resourceTags":
      return `tags.${String(name)}`;
    case "healthCheck":
      return `${AGENT}.healthCheck.${String(name).replace("Seconds", "")}`;
    case "placementConstraints":
      return `placementConstraints[${(value as { expression?: string } | undefined)?.expression ?? ""}]`;
    case "image":
    case "cpu":
      return `${AGENT}.${key}`;
    case "memoryMiB":
      return `${AGENT}.memory`;
    default:
      return formatPath(path);
  }
}

/** In brackets there is no room for a full stop. */
function sentence(message: string): string {
  return message.replace(/\.$/, "");
}

/** Which sides have something. */
type Sides = "there" | "here" | "both";

/** What is so whatever the configuration is. */
const PARTS: readonly (readonly [path: RegExp, sides: readonly Sides[], reason: string])[] = [
  [
    at(variablePath(API_KEY)),
    ["there"],
    "a key in a task definition is readable for many; `apiKey` gives it as a secret",
  ],
  [at(`${AGENT}.secrets.${API_KEY}`), ["here", "both"], "asked for where `apiKey` is left open"],
  [/\.secrets\./, ["there"], "no key of clusters.yaml sets another secret"],
  [at(variablePath("DD_SITE")), ["here"], "where the data goes is always written"],
  [/^requiresCompatibilities$/, ["here"], "ECS checks the task for its launch type when it is registered"],
  [/^requiresCompatibilities$/, ["both"], "a daemon runs on instances, of one launch type"],
  [/^(?:task|execution)RoleArn$/, ["here"], "created, unless the key of this name gives one"],
  [/^(?:cpu|memory)$/, ["there"], "`cpu` and `memoryMiB` are those of the Agent's container"],
  [at(`${AGENT}.cpu`), ["here"], "the limit there is the task's"],
  [at(`${AGENT}.memory`), ["here"], "the limit there is the task's, or a soft one"],
  [/\]\.memoryReservation$/, ["there"], "`memoryMiB` is a hard limit"],
  [/^runtimePlatform$/, ["there"], "a placement constraint holds the task to its operating system"],
  [/^placementConstraints\[/, ["there"], "the service has it, by `placementConstraints`"],
  [/\.mountPoints\[/, ["both"], "the Agent does no more with it"],
  [at(`${AGENT}.name`), ["both"], "the name of the Agent's container"],
  [at(`${AGENT}.image`), ["both"], "a digest takes the place of a tag"],
  [/\.healthCheck\.command$/, ["both"], "the Agent's own check of itself"],
  [/^containerDefinitions\[[^\]]*\]$/, ["there"], "no key of clusters.yaml adds a container"],
  [/^volumes\[/, ["there"], "nothing of the Agent's mounts it"],
];

function at(path: string): RegExp {
  return new RegExp(`^${path.replace(/[^\w]/g, "\\$&")}$`);
}

function partReason({ path, there, here }: Difference): string | undefined {
  const sides = there === undefined ? "here" : here === undefined ? "there" : "both";
  return PARTS.find(([pattern, when]) => pattern.test(path) && when.includes(sides))?.[2];
}

/** What the features bring, those that are off included. */
function featureReason({ cluster }: Known): Reason {
  const surroundings = surroundingsOf(cluster);
  const on = enabledFeatures(registry, cluster.features, surroundings);
  const brought = on.map(({ name, feature, options }) => ({
    name,
    facts: contributed(feature, options, surroundings.host),
  }));
  return ({ path, here }) => {
    if (here === undefined) return undefined;
    const names = brought.filter(({ facts }) => facts.has(path)).map(({ name }) => `features.${name}`);
    if (names.length > 0) return `comes with ${list(names)}`;
    const off = Object.entries(registry as Registry).find(
      ([name, feature]) =>
        !isOn(registry, name, cluster.features, surroundings) &&
        Object.keys(feature.off ?? {}).some((variable) => variablePath(variable) === path),
    );
    if (off) return `features.${off[0]} is off, which the Agent has on by itself`;
    const needy = path === "networkMode" ? on.find(({ feature }) => feature.networkModes) : undefined;
    return needy && `features.${needy.name} needs it: ${needy.feature.networkModes?.because ?? ""}`;
  };
}

/** What the Agent always has on a host. */
function hostReason({ cluster }: Known): Reason {
  const host = hosts[cluster.host];
  const mounts = host.agentMounts.map((mount) => `${AGENT}.mountPoints[${mountOf(mount).path}]`);
  const constraint = `placementConstraints[${osTypeConstraint(host).expression}]`;
  return ({ path, there }) => {
    if (there !== undefined) return undefined;
    if (mounts.includes(path)) return "the Agent always looks at it";
    return path === constraint ? "a cluster may have instances of both systems" : undefined;
  };
}

function secretReason({ there }: Known): Reason {
  return ({ path, here }) => {
    if (there.get(path)?.secret) return "what may be a secret isn't taken over";
    return here === undefined ? "no key of clusters.yaml sets it" : undefined;
  };
}
