import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { catalog } from "../../lib/catalog";
import type { DatadogAgentDaemonProps, Settings } from "../../lib/configuration/interfaces";
import { type AgentTask, agentTask } from "../../lib/core/agent-task";
import type { Task } from "../../lib/core/assemble";

export const API_KEY_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";

/** The settings of a configuration, with defaults. */
export function settingsOf(given: Omit<Partial<DatadogAgentDaemonProps>, "cluster" | "apiKey">): Settings {
  return catalog.schemas.settings.parse(given) as unknown as Settings;
}

/** The Agent's task for a configuration, with defaults. */
export function agentTaskOf(given: Parameters<typeof settingsOf>[0]): AgentTask {
  return agentTask(catalog, settingsOf(given), { arn: API_KEY_ARN });
}

/** A task with only the given containers. */
export function taskOf(...containerDefinitions: [ContainerDefinition, ...ContainerDefinition[]]): Task {
  return { family: "agent", containerDefinitions };
}
