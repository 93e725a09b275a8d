import { agentBase, type ApiKeySource } from "./agent";
import { assemble, type Contributor, type Task } from "./assemble";
import type { Catalog } from "./catalog";
import { evaluate, holds, type Scope } from "./evaluate";
import { isExpression } from "./expression";
import { contributionOf, type Contribution } from "./feature";
import { imageReference } from "./image";
import { list, type Problem } from "./problem";
import { type AgentSettings, scopeOf, targetOf } from "./scope";
import type { Setting } from "./setting";
import { prefixed, type Term } from "./term";
import { type EnabledFeature, enabledFeatures, environmentOfDisabled, networkModeOf } from "./toggles";
import { validateTask } from "./validate";

export interface AgentTask {
  readonly task: Task;
  /** Arguments of `aws_ecs_task_definition` that the ECS API doesn't have. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Arguments of `aws_ecs_service`. */
  readonly service: Readonly<Record<string, unknown>>;
  /** Names of the features that are on. */
  readonly features: readonly string[];
  /** What ECS would refuse in the task definition, and conflicts between features. */
  readonly problems: readonly Problem[];
  /** Notices: worth knowing, but not wrong. */
  readonly notices: readonly string[];
  /** Actions that the role of the container instances must allow for the features that are on. */
  readonly instanceActions: readonly string[];
}

/** Builds the ECS task of the Agent from a checked configuration. Pure. */
export function agentTask(catalog: Catalog, settings: AgentSettings, apiKey: ApiKeySource): AgentTask {
  const { features, settings: registry } = catalog;
  const target = targetOf(catalog, settings);
  const { host } = target;
  const scope = scopeOf(catalog, settings);
  const enabled = enabledFeatures(features, settings.features, target);
  const contributors: readonly Contributor[] = [
    { source: "agent", contribution: agentBase(apiKey, host) },
    ...termsOf(registry).contribution.map(([source, term]) => ({
      source,
      contribution: evaluate(term, scope) as Contribution,
    })),
    ...enabled.map((each) => ({
      source: `features.${each.name}`,
      contribution: contributionOf(each.feature, each.options, host),
    })),
  ];
  const { task, problems } = assemble({
    host,
    networkMode: networkModeOf(enabled, host, settings.networkMode),
    image: imageReference(
      settings.image,
      enabled.flatMap(({ feature }) => feature.imageFlavor ?? []),
    ),
    container: partsOf(registry, "container", scope),
    task: partsOf(registry, "task", scope),
    off: environmentOfDisabled(features, settings.features, target),
    contributors,
    environment: { ...settings.environment, ...settings.environmentOverrides },
  });
  return {
    task,
    definition: partsOf(registry, "definition", scope),
    service: partsOf(registry, "service", scope),
    features: enabled.map(({ name }) => name),
    problems: [...problems, ...validateTask(task)],
    notices: [...noticesOf(contributors, scope, enabled), ...declaredNotices(registry, enabled, scope)],
    instanceActions: instanceActions(enabled),
  };
}

const PARTS = ["container", "task", "definition", "service", "contribution"] as const;
type Part = (typeof PARTS)[number];
type Terms = Readonly<Record<Part, readonly (readonly [string, Term])[]>>;

const terms = new WeakMap<Readonly<Record<string, Setting>>, Terms>();

/** The terms of each part, with the keys of their settings. Cached: a setting has few of the parts. */
function termsOf(registry: Readonly<Record<string, Setting>>): Terms {
  const known = terms.get(registry);
  if (known) return known;
  const settings = Object.entries(registry);
  const inPart = (part: Part) =>
    settings.flatMap(([key, { [part]: term }]) => (term === undefined ? [] : [[key, term as Term] as const]));
  const found = Object.fromEntries(PARTS.map((part) => [part, inPart(part)])) as unknown as Terms;
  terms.set(registry, found);
  return found;
}

/** Merges one part of all settings. Each field comes from one setting, or is a map that several settings add to. */
function partsOf(
  registry: Readonly<Record<string, Setting>>,
  part: Part,
  scope: Scope,
): Readonly<Record<string, unknown>> {
  const values = termsOf(registry)[part].map(([, term]) => evaluate(term, scope));
  return (values as Readonly<Record<string, unknown>>[]).reduce<Record<string, unknown>>((all, value) => {
    for (const [field, inner] of Object.entries(value)) {
      all[field] = isMap(inner) && isMap(all[field]) ? { ...all[field], ...inner } : inner;
    }
    return all;
  }, {});
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function declaredNotices(
  registry: Readonly<Record<string, Setting>>,
  enabled: readonly EnabledFeature[],
  scope: Scope,
): readonly string[] {
  const notices = [
    ...Object.values(registry).flatMap(({ notices = [] }) => notices),
    ...enabled.flatMap(({ name, feature: { notices = [] } }) =>
      notices.map(({ when, text }) => ({ when: prefixed(when, `features.${name}`), text })),
    ),
  ];
  return notices.flatMap(({ when, text }) => (holds(when, scope) === true ? [text] : []));
}

function instanceActions(enabled: readonly EnabledFeature[]): readonly string[] {
  return [...new Set(enabled.flatMap(({ feature }) => feature.instanceActions ?? []))].sort();
}

function noticesOf(
  contributors: readonly Contributor[],
  scope: Scope,
  enabled: readonly EnabledFeature[],
): readonly string[] {
  const memoryMiB = scope.value("memoryMiB");
  const advised = Math.max(0, ...contributors.map(({ contribution }) => contribution.advisedMemoryMiB ?? 0));
  const advisedFor = contributors.filter(({ contribution }) => contribution.advisedMemoryMiB === advised);
  const withActions = enabled.filter(({ feature }) => feature.instanceActions);
  return [
    ...(Number(memoryMiB) < advised && !isExpression(memoryMiB)
      ? [
          `memoryMiB is ${Number(memoryMiB)}; Datadog recommends ${advised} for ${list(advisedFor.map(({ source }) => source))}. ` +
            "ECS kills and restarts an Agent that runs out of memory.",
        ]
      : []),
    ...withActions.map(
      ({ name, feature: { instanceActions: actions = [] } }) =>
        `features.${name} needs ${list(actions)} on the role of the container instances, which isn't managed here. ` +
        "Add the policy in the output container_instance_policy to that role.",
    ),
  ];
}
