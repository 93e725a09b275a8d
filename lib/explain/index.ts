import { AGENT_ACCESS, AGENT_DOCUMENTATION, agentBase, type ApiKeySource } from "../agent";
import { agentTask } from "../agent-task";
import { secretValueFrom } from "../configuration/arn";
import { check } from "../configuration/check";
import type { ClusterOnHost } from "../configuration/hosts";
import { surroundingsOf } from "../configuration/rules";
import { clusterSchema } from "../configuration/schema";
import { stackOf } from "../configuration/stacks";
import type { Feature } from "../core/feature";
import { ConfigurationError, describe, didYouMean, formatPath, list, type Problem } from "../core/problem";
import { isOn, optionsOf, type Registry, type Toggle } from "../core/toggles";
import { block, contributionRows, needsLines, optionLines, type Row, shown, variableLines } from "./parts";
import * as registry from "../features";
import { wrap } from "../text";

export type FeatureName = keyof typeof registry;

const features: Registry = registry;
/** A module has its exports in the order that its loader likes. */
const NAMES = Object.keys(features).sort();

/**
 * What the daemons of a stack consist of, and why: the Agent's base, and the features that are on or the one that is
 * asked for.
 * @throws ConfigurationError where there is no such stack or feature
 */
export function explainStack(clusters: readonly ClusterOnHost[], stack: string, feature?: string): string {
  const stacks = stackNames(clusters);
  const problems: Problem[] = [
    ...unknownWord("stack", stack, stacks),
    ...(feature === undefined ? [] : unknownWord("feature", feature, NAMES)),
  ];
  if (problems.length > 0) throw new ConfigurationError("npm run explain", problems);
  return clusters
    .filter((cluster) => stackOf(cluster) === stack)
    .map((cluster) => explain(cluster, feature as FeatureName | undefined))
    .join("\n\n");
}

/** The stacks of the clusters, in the order of the file. */
export function stackNames(clusters: readonly ClusterOnHost[]): readonly string[] {
  return [...new Set(clusters.map(stackOf))];
}

function unknownWord(what: string, word: string, known: readonly string[]): readonly Problem[] {
  if (known.includes(word)) return [];
  const given = `must be the name of a ${what}, got ${describe(word)}.`;
  return [{ path: [what], message: `${given}${didYouMean(word, known)} Known are ${list(known)}.` }];
}

/** The same for one cluster on one of its hosts. */
export function explain(cluster: ClusterOnHost, feature?: FeatureName): string {
  const on = NAMES.filter((name) => isFeatureOn(cluster, name));
  const blocks = [
    baseBlock(cluster),
    ...(feature === undefined ? on : [feature]).map((name) => featureBlock(cluster, name)),
    ...(feature === undefined ? [ownBlock(cluster), notOnBlock(cluster)] : []),
  ];
  const indented = blocks.filter(Boolean).map((text) => text.replace(/^(?=.)/gm, "  "));
  return [headBlock(cluster), ...indented].join("\n\n");
}

function headBlock(cluster: ClusterOnHost): string {
  const { name, host, launchType, site, leftOut } = cluster;
  const { task } = agentTask(cluster, apiKeySource(cluster));
  const where = cluster.stack === undefined ? `Stack ${name}` : `Stack ${cluster.stack}, cluster ${name}`;
  return block(`${where}, on ${host}`, [
    ["ECS cluster", [shown(cluster.cluster ?? askedFor(`cluster${suffix(cluster)}`))]],
    ["Launch type", [launchType]],
    ["Network mode", [task.networkMode ?? "ECS's default"]],
    ["Site", [site]],
    ["Image", [shown(task.containerDefinitions[0].image ?? "")]],
    ["Left out", leftOut.length === 0 ? [] : wrap(`${list(leftOut)}: ${host} lacks what another host has`)],
  ]);
}

/** In a stack of several clusters the variable of each has its name. */
function suffix({ stack, name }: ClusterOnHost): string {
  return stack === undefined ? "" : `_${name.replaceAll("-", "_")}`;
}

const askedFor = (variable: string) => `var.${variable}, asked for at deployment`;

/** Where the API key is. What isn't known yet is told in words. */
function apiKeySource({ apiKey = {} }: ClusterOnHost): ApiKeySource {
  const { secretsManagerArn, ssmParameterArn, createSecret, sensitiveVariable } = apiKey;
  if (sensitiveVariable) return { value: `${askedFor("api_key")}; it ends up in the state and in the task definition` };
  if (ssmParameterArn !== undefined) return { arn: ssmParameterArn };
  if (createSecret !== undefined) {
    return { arn: secretValueFrom(`<ARN of the secret ${createSecret.name}, which the stack creates>`, apiKey) };
  }
  return {
    arn: secretsManagerArn === undefined ? askedFor("api_key_secret_arn") : secretValueFrom(secretsManagerArn, apiKey),
  };
}

function baseBlock(cluster: ClusterOnHost): string {
  const base = agentBase({ ...cluster, apiKey: apiKeySource(cluster) }, surroundingsOf(cluster).host);
  return block("agent: what is there whatever the features are", [
    ...contributionRows(base, cluster),
    ["Why", wrap(AGENT_ACCESS)],
    ["Documentation", [AGENT_DOCUMENTATION]],
  ]);
}

function featureBlock(cluster: ClusterOnHost, name: string): string {
  const feature = features[name] as Feature;
  const on = isFeatureOn(cluster, name);
  return block(`${name}: ${feature.summary}`, [
    ["State", wrap(stateOf(cluster, name, feature))],
    ...(on ? additionRows(cluster, name, feature) : offRows(cluster, name, feature)),
    ["Documentation", [feature.documentation]],
  ]);
}

/** What a feature adds that is on. */
function additionRows(cluster: ClusterOnHost, name: string, feature: Feature): readonly Row[] {
  const options = optionsOf(feature, toggleOf(cluster, name));
  const contribution = feature.on(options, surroundingsOf(cluster).host);
  const { mounts = [], capabilities = [], pidMode } = contribution;
  const touchesHost = mounts.length + capabilities.length > 0 || pidMode !== undefined;
  return [
    ["Needs", needsLines(feature, options)],
    ["Options", optionLines(name, feature, options, cluster)],
    ...contributionRows(contribution, cluster),
    ["Instance role", (feature.instanceActions ?? []).map((action) => `must allow ${action}`)],
    ["Why", touchesHost ? wrap(feature.access ?? "") : []],
  ];
}

/** What a feature would add that is off, or what is in the way. */
function offRows(cluster: ClusterOnHost, name: string, feature: Feature): readonly Row[] {
  const { leftOut: _leftOut, ...entry } = cluster;
  const checked = check(clusterSchema, { ...entry, features: { ...cluster.features, [name]: {} } });
  const problems = checked.problems ?? agentTask(checked.value, apiKeySource(cluster)).problems;
  const off: Row = [
    isLeftToAgent(cluster, name) ? "With false" : "While off",
    variableLines(feature.off ?? {}, cluster.environment),
  ];
  if (checked.problems !== undefined || problems.length > 0) {
    const lines = problems.flatMap(({ path, message }) => wrap(`${formatPath(path)} ${message}`));
    return [off, ["In the way", lines], ["Options", optionLines(name, feature, undefined, cluster)]];
  }
  const turned: ClusterOnHost = { ...checked.value, leftOut: [] };
  return [off, ["Turn on", [`features: { ${name}: true }, which would add:`]], ...additionRows(turned, name, feature)];
}

function stateOf(cluster: ClusterOnHost, name: string, feature: Feature): string {
  const toggle = toggleOf(cluster, name);
  if (isFeatureOn(cluster, name)) {
    if (toggle !== undefined) return "on, as the file says";
    const { imageFlavor, sites } = feature;
    if (imageFlavor !== undefined) return `on by default with image.flavor ${cluster.image.flavor}`;
    return sites === undefined ? "on by default" : `on by default on the site ${cluster.site}`;
  }
  if (cluster.leftOut.includes(`features.${name}`)) return `left out on ${cluster.host}, on for another host`;
  if (toggle === false) return "off, as the file says";
  if (isLeftToAgent(cluster, name)) return "left to the Agent's version; true or false in the file decides it";
  const [replacer, because] = replacerOf(cluster, name);
  return replacer === undefined
    ? "off, since the file doesn't turn it on"
    : `off, since features.${replacer} is on: ${because}`;
}

/** The feature that is on in the place of another one, and why. */
function replacerOf(cluster: ClusterOnHost, name: string): readonly [name?: string, because?: string] {
  const replacers = Object.entries(features).flatMap(([other, { replaces = {} }]) => {
    const because = replaces[name];
    return because !== undefined && isFeatureOn(cluster, other) ? [[other, because] as const] : [];
  });
  return replacers[0] ?? [];
}

/** What the file gives the container beside features. */
function ownBlock({ environment, capabilities }: ClusterOnHost): string {
  const names = Object.keys(environment).sort();
  if (names.length + capabilities.length === 0) return "";
  return block("own: what the file adds beside features", [
    ["Environment", names.length === 0 ? [] : wrap(`${list(names)}; values may be secrets and aren't shown`)],
    ["Capabilities", wrap([...capabilities].sort().join(", "))],
  ]);
}

function notOnBlock(cluster: ClusterOnHost): string {
  const names = NAMES.filter((name) => !isFeatureOn(cluster, name));
  const left = names.filter((name) => isLeftToAgent(cluster, name));
  const off = names.filter((name) => !left.includes(name));
  const variables = off.map((name) => features[name]?.off ?? {});
  return block("not on: npm run explain -- <stack> <feature> says what it would add", [
    ["Off", wrap(off.join(", "))],
    ["The Agent's own", wrap(left.join(", "))],
    ["Environment", variableLines(Object.assign({}, ...variables) as Record<string, string>, cluster.environment)],
  ]);
}

function toggleOf(cluster: ClusterOnHost, name: string): Toggle {
  return (cluster.features as Readonly<Record<string, Toggle>>)[name];
}

function isFeatureOn(cluster: ClusterOnHost, name: string): boolean {
  return isOn(features, name, cluster.features, surroundingsOf(cluster));
}

function isLeftToAgent(cluster: ClusterOnHost, name: string): boolean {
  return features[name]?.leftToAgent === true && toggleOf(cluster, name) === undefined;
}
