import { agentBase, agentHealthCheck, type ApiKeySource } from "./agent";
import { assemble, type Task } from "./core/assemble";
import type { Problem } from "./core/problem";
import { enabledFeatures, networkModeOf, type Registry } from "./core/toggles";
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
}

/** From a checked configuration to the ECS task of the Agent. Pure. */
export function agentTask(settings: Settings, apiKey: ApiKeySource): AgentTask {
  const surroundings = surroundingsOf(settings);
  const { host } = surroundings;
  const enabled = enabledFeatures(registry, settings.features, surroundings);
  const names = enabled.map(({ name }) => name);
  const off = Object.entries(registry as Registry).filter(([name]) => !names.includes(name));

  const { task, problems } = assemble({
    family: settings.family,
    host,
    launchType: settings.launchType,
    networkMode: networkModeOf(enabled, surroundings),
    image: imageReference(settings.image),
    cpu: settings.cpu ?? host.cpu,
    memoryMiB: settings.memoryMiB ?? host.memoryMiB,
    healthCheck: settings.healthCheck === false ? undefined : agentHealthCheck(settings.healthCheck),
    off: Object.assign({}, ...off.map(([, feature]) => feature.off)) as Record<string, string>,
    contributors: [
      { source: "agent", contribution: agentBase({ ...settings, apiKey }, host) },
      ...enabled.map(({ name, feature, options }) => ({
        source: `features.${name}`,
        contribution: feature.on(options, host),
      })),
    ],
    environment: settings.environment,
  });
  return { task, features: names, problems: [...problems, ...validateTask(task)] };
}

function imageReference({ repository, tag, digest }: Settings["image"]): string {
  return digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`;
}
