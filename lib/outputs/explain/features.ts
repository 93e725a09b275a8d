import type { ApiKeySource } from "../../core/agent";
import { agentTask } from "../../core/agent-task";
import type { Catalog } from "../../core/catalog";
import { contributionOf, type Feature } from "../../core/feature";
import { formatPath } from "../../core/problem";
import { holds } from "../../core/evaluate";
import { hostOf, scopeOf, targetOf } from "../../core/scope";
import { prefixed } from "../../core/term";
import { isOn, optionsOf, type Toggle } from "../../core/toggles";
import { check } from "../../configuration/check";
import type { ClusterOnHost } from "../../configuration/types";
import { wrap } from "../text";
import { block, contributionRows, optionLines, requirementLines, type Row, variableLines } from "./parts";

/** Explains a feature: its state and the reason, its requirements, and what it adds or would add. */
export function featureBlock(catalog: Catalog, cluster: ClusterOnHost, name: string, source: ApiKeySource): string {
  const feature = catalog.features[name] as Feature;
  const on = isFeatureOn(catalog, cluster, name);
  return block(`${name}: ${feature.summary}`, [
    ["State", wrap(stateOf(catalog, cluster, name, feature))],
    ...(on ? additionRows(catalog, cluster, name, feature) : offRows(catalog, cluster, name, feature, source)),
    ["Required by", requiredByLines(catalog, cluster, name)],
    ["Documentation", [feature.documentation]],
  ]);
}

/** What an enabled feature adds. */
function additionRows(catalog: Catalog, cluster: ClusterOnHost, name: string, feature: Feature): readonly Row[] {
  const host = hostOf(catalog, cluster);
  const options = optionsOf(feature, toggleOf(cluster, name));
  const contribution = contributionOf(feature, options, host);
  const { mounts = [], capabilities = [], pidMode } = contribution;
  const touchesHost = mounts.length + capabilities.length > 0 || pidMode !== undefined;
  return [
    ["Requires", requirementLines(feature, options)],
    ["Options", optionLines(name, feature, options, cluster)],
    ...contributionRows(contribution, cluster, host),
    ["Instance role", (feature.instanceActions ?? []).map((action) => `needs ${action}`)],
    ["Why", touchesHost ? wrap(feature.access ?? "") : []],
    ["Notice", noticesOf(catalog, cluster, name).flatMap((text) => wrap(text))],
  ];
}

/** The warnings of an enabled feature. */
export function noticesOf(catalog: Catalog, cluster: ClusterOnHost, name: string): readonly string[] {
  const scope = scopeOf(catalog, cluster);
  const { notices = [] } = catalog.features[name] as Feature;
  return notices.flatMap(({ when, text }) => (holds(prefixed(when, `features.${name}`), scope) === true ? [text] : []));
}

/** What a disabled feature would add, or what blocks it. */
function offRows(
  catalog: Catalog,
  cluster: ClusterOnHost,
  name: string,
  feature: Feature,
  source: ApiKeySource,
): readonly Row[] {
  const { leftOut: _leftOut, ...entry } = cluster;
  const turnedOn = { ...entry, features: { ...cluster.features, [name]: {} } };
  const checked = check<ClusterOnHost>(catalog, catalog.schemas.cluster, turnedOn);
  const problems = checked.problems ?? agentTask(catalog, checked.value, source).problems;
  const off: Row = [
    isLeftToAgent(catalog, cluster, name) ? "If false" : "While off",
    variableLines(feature.off ?? {}, cluster),
  ];
  if (checked.problems !== undefined || problems.length > 0) {
    const lines = problems.flatMap(({ path, message }) => wrap(`${formatPath(path)} ${message}`));
    return [off, ["Blocked by", lines], ["Options", optionLines(name, feature, undefined, cluster)]];
  }
  const turned: ClusterOnHost = { ...checked.value, leftOut: [] };
  return [
    off,
    ["Turn on", [`features: { ${name}: true }, which adds:`]],
    ...additionRows(catalog, turned, name, feature),
  ];
}

/** The enabled features that don't work without this one. */
function requiredByLines({ features, ...catalog }: Catalog, cluster: ClusterOnHost, name: string): readonly string[] {
  return Object.entries(features).flatMap(([other, { needs = {}, through = {}, optionNeeds = {} }]) => {
    if (!isFeatureOn({ features, ...catalog }, cluster, other)) return [];
    const because = needs[name] ?? through[name];
    const options = optionsOf(features[other] as Feature, toggleOf(cluster, other));
    const ofOptions = Object.keys(optionNeeds).filter((option) => optionNeeds[option] === name && options[option]);
    return [
      ...(because === undefined ? [] : wrap(`features.${other}: ${because}`)),
      ...ofOptions.map((option) => `features.${other}.${option}`),
    ];
  });
}

function stateOf(catalog: Catalog, cluster: ClusterOnHost, name: string, feature: Feature): string {
  const toggle = toggleOf(cluster, name);
  if (isFeatureOn(catalog, cluster, name)) {
    if (toggle !== undefined) return "on, set in the file";
    const { imageFlavor, sites } = feature;
    if (imageFlavor !== undefined) return `on by default with image.flavor ${String(cluster.image.flavor)}`;
    return sites === undefined ? "on by default" : `on by default on the site ${cluster.site}`;
  }
  if (cluster.leftOut.includes(`features.${name}`))
    return `left out on ${cluster.host}, which doesn't support it; on for another host`;
  if (toggle === false) return "off, set in the file";
  if (isLeftToAgent(catalog, cluster, name)) {
    return "not set: the Agent's default applies. Set it to true or false to override the default";
  }
  const [replacer, because] = replacerOf(catalog, cluster, name);
  return replacer === undefined ? "off by default" : `off, because features.${replacer} is on: ${because}`;
}

/** The enabled feature that replaces this one, and the reason. */
function replacerOf(
  catalog: Catalog,
  cluster: ClusterOnHost,
  name: string,
): readonly [name?: string, because?: string] {
  const replacers = Object.entries(catalog.features).flatMap(([other, { replaces = {} }]) => {
    const because = replaces[name];
    return because !== undefined && isFeatureOn(catalog, cluster, other) ? [[other, because] as const] : [];
  });
  return replacers[0] ?? [];
}

function toggleOf(cluster: ClusterOnHost, name: string): Toggle {
  return (cluster.features as Readonly<Record<string, Toggle>>)[name];
}

export function isFeatureOn(catalog: Catalog, cluster: ClusterOnHost, name: string): boolean {
  return isOn(catalog.features, name, cluster.features, targetOf(catalog, cluster));
}

export function isLeftToAgent({ features }: Catalog, cluster: ClusterOnHost, name: string): boolean {
  return features[name]?.leftToAgent === true && toggleOf(cluster, name) === undefined;
}
