import { parameterOf } from "../../configuration/api-key";
import { AGENT_ACCESS, AGENT_DOCUMENTATION, agentBase, type ApiKeySource } from "../../core/agent";
import { secretValueFrom } from "../../core/arn";
import type { Catalog } from "../../core/catalog";
import { evaluate } from "../../core/evaluate";
import type { Contribution } from "../../core/feature";
import { ConfigurationError, describe, didYouMean, list, type Problem } from "../../core/problem";
import { hostOf, scopeOf } from "../../core/scope";
import type { StackConfiguration } from "../../configuration/stacks";
import type { Checked, ClusterOnHost } from "../../configuration/types";
import { wrap } from "../text";
import { featureBlock, isFeatureOn, isLeftToAgent, noticesOf } from "./features";
import { block, contributionRows, shown, variableLines } from "./parts";
import { passedThroughLines, settingsBlock } from "./settings";

/**
 * Explains the daemons of a stack: the Agent without features, and all enabled features or the given one.
 * @throws ConfigurationError if there is no such stack or feature
 */
export function explainStack(
  catalog: Catalog,
  stacks: readonly StackConfiguration[],
  name: string,
  feature?: string,
): string {
  const stack = stacks.find((each) => each.name === name);
  const names = stacks.map((each) => each.name);
  const problems: Problem[] = [
    ...unknownWord("stack", name, names),
    ...(feature === undefined ? [] : unknownWord("feature", feature, namesOf(catalog))),
  ];
  if (stack === undefined || problems.length > 0) throw new ConfigurationError("explain", problems);
  return stack.clusters
    .flatMap(({ onHosts }) => onHosts.map((checked) => explain(catalog, checked, feature)))
    .join("\n\n");
}

function unknownWord(what: string, word: string, known: readonly string[]): readonly Problem[] {
  if (known.includes(word)) return [];
  const message = `${describe(word)} doesn't exist.${didYouMean(word, known)} The ${what}s are ${list(known)}.`;
  return [{ path: [what], message }];
}

/** Sorted, because the order of a module's exports depends on its loader. */
function namesOf({ features }: Catalog): readonly string[] {
  return Object.keys(features).sort();
}

/** Explains a cluster on one of its hosts. */
export function explain(catalog: Catalog, checked: Checked<ClusterOnHost>, feature?: string): string {
  const cluster = checked.values;
  const source = apiKeySource(cluster);
  const on = namesOf(catalog).filter((name) => isFeatureOn(catalog, cluster, name));
  const blocks = [
    baseBlock(catalog, cluster, source),
    ...(feature === undefined ? on : [feature]).map((name) => featureBlock(catalog, cluster, name, source)),
    ...(feature === undefined ? [settingsBlock(catalog, cluster), offBlock(catalog, cluster)] : []),
  ];
  const indented = blocks.filter(Boolean).map((text) => text.replace(/^(?=.)/gm, "  "));
  return [headBlock(catalog, checked), ...indented].join("\n\n");
}

function headBlock(
  catalog: Catalog,
  { values: cluster, task: { task, features, notices } }: Checked<ClusterOnHost>,
): string {
  // A feature's notices are in its own block.
  const ofFeatures = features.flatMap((name) => noticesOf(catalog, cluster, name));
  const { name, host, launchType, site, leftOut } = cluster;
  const where = cluster.stack === undefined ? `Stack ${name}` : `Stack ${cluster.stack}, cluster ${name}`;
  return block(`${where}, on ${host}`, [
    ["ECS cluster", [shown(cluster.cluster ?? required(`cluster${suffix(cluster)}`))]],
    ["Launch type", [launchType]],
    ["Network mode", [task.networkMode ?? "default"]],
    ["Site", [site]],
    ["Image", [shown(task.containerDefinitions[0].image ?? "")]],
    ["Left out", leftOut.length === 0 ? [] : wrap(`${list(leftOut)}, which ${host} doesn't support`)],
    ["Notices", notices.filter((notice) => !ofFeatures.includes(notice)).flatMap((text) => wrap(text))],
  ]);
}

/** In a stack of several clusters, each variable has the cluster's name. */
function suffix({ stack, name }: ClusterOnHost): string {
  return stack === undefined ? "" : `_${name.replaceAll("-", "_")}`;
}

const required = (variable: string) => `var.${variable} (required variable)`;

/** Where the API key is, described in words if it isn't known yet. */
function apiKeySource({ apiKey = {} }: ClusterOnHost): ApiKeySource {
  const { secretsManagerArn, createSecret, sensitiveVariable } = apiKey;
  if (sensitiveVariable) return { value: `${required("api_key")}; stored in the state and in the task definition` };
  const parameter = parameterOf(apiKey);
  if (parameter !== undefined) return { arn: parameter };
  if (createSecret !== undefined) {
    return { arn: secretValueFrom(`<ARN of the created secret ${createSecret.name}>`, apiKey) };
  }
  return {
    arn: secretsManagerArn === undefined ? required("api_key_secret_arn") : secretValueFrom(secretsManagerArn, apiKey),
  };
}

function baseBlock(catalog: Catalog, cluster: ClusterOnHost, source: ApiKeySource): string {
  const host = hostOf(catalog, cluster);
  return block("agent: always present", [
    ...contributionRows(withoutFeatures(catalog, cluster, agentBase(source, host)), cluster, host),
    ["Passed through", passedThroughLines(cluster)],
    ["Why", wrap(AGENT_ACCESS)],
    ["Documentation", [AGENT_DOCUMENTATION]],
  ]);
}

/** The contributions of the Agent without features and of settings. */
function withoutFeatures(catalog: Catalog, cluster: ClusterOnHost, base: Contribution): Contribution {
  const scope = scopeOf(catalog, cluster);
  const ofSettings = Object.values(catalog.settings).flatMap(({ contribution }) =>
    contribution === undefined ? [] : [evaluate(contribution, scope) as Contribution],
  );
  return ofSettings.reduce(
    (all, { environment, fallback, secrets, dockerLabels, mounts = [], ports = [], capabilities = [] }) => ({
      ...all,
      fallback: { ...all.fallback, ...fallback },
      dockerLabels: { ...all.dockerLabels, ...dockerLabels },
      environment: { ...all.environment, ...environment },
      secrets: { ...all.secrets, ...secrets },
      mounts: [...(all.mounts ?? []), ...mounts],
      ports: [...(all.ports ?? []), ...ports],
      capabilities: [...(all.capabilities ?? []), ...capabilities],
    }),
    base,
  );
}

function offBlock(catalog: Catalog, cluster: ClusterOnHost): string {
  const names = namesOf(catalog).filter((name) => !isFeatureOn(catalog, cluster, name));
  const left = names.filter((name) => isLeftToAgent(catalog, cluster, name));
  const off = names.filter((name) => !left.includes(name));
  const variables = off.map((name) => catalog.features[name]?.off ?? {});
  return block("off: to see what a feature would add, run explain <stack> <feature>", [
    ["Off", wrap(off.join(", "))],
    ["Agent's default", wrap(left.join(", "))],
    ["Environment", variableLines(Object.assign({}, ...variables) as Record<string, string>, cluster)],
  ]);
}
