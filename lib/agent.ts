import type { HealthCheck } from "@aws-sdk/client-ecs";
import type { Contribution } from "./core/feature";
import type { Host } from "./core/host";
import type { Site } from "./core/sites";

/** The variable that the Agent reads its API key from. */
export const API_KEY = "DD_API_KEY";

/** The vendor's page about the Agent on ECS. */
export const AGENT_DOCUMENTATION = "https://docs.datadoghq.com/containers/amazon_ecs/";

/** Why the Agent needs what it always sees of the host. */
export const AGENT_ACCESS =
  "The Docker socket (on Windows its named pipe) tells which containers there are, /proc what the host does, and the cgroups what each container uses";

/** Where the API key is: an ARN that ECS resolves when the task starts, or an expression for the key itself. */
export type ApiKeySource = { readonly arn: string } | { readonly value: string };

export interface AgentBase {
  readonly site: Site;
  readonly apiKey: ApiKeySource;
  /** Tags on everything that the Agent sends. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the Agent has whatever its features are. */
export function agentBase({ site, apiKey, tags }: AgentBase, host: Host): Contribution {
  const tagList = Object.entries(tags)
    .map(([key, value]) => `${key}:${value}`)
    .sort();
  return {
    environment: {
      DD_SITE: site,
      ...(tagList.length > 0 && { DD_TAGS: tagList.join(" ") }),
      ...("value" in apiKey && { [API_KEY]: apiKey.value }),
    },
    secrets: "arn" in apiKey ? { [API_KEY]: apiKey.arn } : {},
    mounts: host.agentMounts,
  };
}

/** How often, how long and how patiently ECS asks the Agent whether it's well. */
export interface HealthCheckTimes {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds: number;
}

/** ECS's health check of the Agent's container; `agent` is on the path of the images of both systems. */
export function agentHealthCheck(times: HealthCheckTimes): HealthCheck {
  return {
    command: ["CMD-SHELL", "agent health"],
    interval: times.intervalSeconds,
    timeout: times.timeoutSeconds,
    retries: times.retries,
    startPeriod: times.startPeriodSeconds,
  };
}
