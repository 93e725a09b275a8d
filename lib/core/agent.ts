import type { Contribution } from "./feature";
import type { Host } from "./host";

/** The environment variable with the API key. */
export const API_KEY = "DD_API_KEY";

/** Datadog's documentation of the Agent on ECS. */
export const AGENT_DOCUMENTATION = "https://docs.datadoghq.com/containers/amazon_ecs/";

/** Why the Agent always has this access to the host. */
export const AGENT_ACCESS =
  "The Docker socket (on Windows its named pipe) lists the containers, /proc shows the host's processes, and the cgroups show what each container uses";

/** The source of the API key: an ARN that ECS resolves when the task starts, or a Terraform expression for the key. */
export type ApiKeySource = { readonly arn: string } | { readonly value: string };

/** What the Agent always has, with any settings and features. */
export function agentBase(apiKey: ApiKeySource, host: Host): Contribution {
  return {
    environment: "value" in apiKey ? { [API_KEY]: apiKey.value } : {},
    secrets: "arn" in apiKey ? { [API_KEY]: apiKey.arn } : {},
    mounts: host.agentMounts,
  };
}
