import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { z } from "zod";
import { type AgentTask, agentTask } from "../../lib/agent-task";
import { settingsSchema } from "../../lib/configuration/schema";
import type { Task } from "../../lib/core/assemble";

export const API_KEY_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";

/** The Agent's task for a configuration, whose open keys have their defaults. */
export function agentTaskOf(settings: z.input<typeof settingsSchema>): AgentTask {
  return agentTask(settingsSchema.parse(settings), { arn: API_KEY_ARN });
}

/** A task of nothing but the given containers. */
export function taskOf(...containerDefinitions: [ContainerDefinition, ...ContainerDefinition[]]): Task {
  return { family: "agent", containerDefinitions };
}
