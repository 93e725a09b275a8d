import { agentBase, agentHealthCheck, type ApiKeySource } from "./agent";
import { assemble, type Contributor, type Task } from "./core/assemble";
import { isExpression } from "./core/expression";
import { imageReference } from "./core/image";
import { list, type Problem } from "./core/problem";
import { type EnabledFeature, enabledFeatures, environmentOfOff, networkModeOf, type Toggle } from "./core/toggles";
import { validateTask } from "./core/validate";
import { surroundingsOf } from "./configuration/rules";
import type { Settings } from "./configuration/schema";
import * as registry from "./features";

export interface AgentTask {
  readonly task: Task;
  /** Names of the features that are on. */
  readonly features: readonly string[];
  /** What ECS would refuse in the task as a whole, or on what features can't agree. */
  readonly problems: readonly Problem[];
  /** What a person should know, though nothing is wrong. */
  readonly notices: readonly string[];
  /** What the role of the container instances must allow for the features that are on. */
  readonly instanceActions: readonly string[];
}

/** What of the settings is in the task. */
type TaskSettings = Omit<Settings, "attachPolicies" | "createdRoles" | "features"> & {
  readonly features: Readonly<Record<string, Toggle>>;
};

/** From a checked configuration to the ECS task of the Agent. Pure. */
export function agentTask(settings: TaskSettings, apiKey: ApiKeySource): AgentTask {
  const surroundings = surroundingsOf(settings);
  const { host } = surroundings;
  const enabled = enabledFeatures(registry, settings.features, surroundings);
  const contributors: readonly Contributor[] = [
    { source: "agent", contribution: agentBase({ ...settings, apiKey }, host) },
    { source: "capabilities", contribution: { capabilities: settings.capabilities } },
    ...enabled.map(({ name, feature, options }) => ({
      source: `features.${name}`,
      contribution: feature.on(options, host),
    })),
  ];
  const { task, problems } = assemble({
    family: settings.family,
    host,
    launchType: settings.launchType,
    networkMode: networkModeOf(enabled, surroundings),
    image: imageReference(
      settings.image,
      enabled.flatMap(({ feature }) => feature.imageFlavor ?? []),
    ),
    cpu: settings.cpu ?? host.cpu,
    memoryMiB: settings.memoryMiB ?? host.memoryMiB,
    healthCheck: settings.healthCheck === false ? undefined : agentHealthCheck(settings.healthCheck),
    off: environmentOfOff(registry, settings.features, surroundings),
    contributors,
    environment: settings.environment,
  });
  return {
    task,
    features: enabled.map(({ name }) => name),
    problems: [...problems, ...validateTask(task)],
    notices: noticesOf(contributors, settings.memoryMiB ?? host.memoryMiB, enabled),
    instanceActions: instanceActions(enabled),
  };
}

/** What the role of the container instances must allow. */
function instanceActions(enabled: readonly EnabledFeature[]): readonly string[] {
  return [...new Set(enabled.flatMap(({ feature }) => feature.instanceActions ?? []))].sort();
}

function noticesOf(
  contributors: readonly Contributor[],
  memoryMiB: number,
  enabled: readonly EnabledFeature[],
): readonly string[] {
  const advised = Math.max(0, ...contributors.map(({ contribution }) => contribution.advisedMemoryMiB ?? 0));
  const hungry = contributors.filter(({ contribution }) => contribution.advisedMemoryMiB === advised);
  const acting = enabled.filter(({ feature }) => feature.instanceActions);
  return [
    ...(memoryMiB < advised && !isExpression(memoryMiB)
      ? [
          `memoryMiB is ${memoryMiB}; Datadog advises ${advised} for ${list(hungry.map(({ source }) => source))}. ` +
            "An Agent that runs out of memory is stopped and started anew.",
        ]
      : []),
    ...acting.map(
      ({ name, feature: { instanceActions: actions = [] } }) =>
        `features.${name} needs ${list(actions)} on the role of the container instances, which isn't changed from here. ` +
        "The output container_instance_policy is the policy to add.",
    ),
  ];
}
