import type { Contribution } from "../core/feature";

/**
 * The trace-agent, for other features that send data through it. The Agent's image accepts traffic from other hosts; here
 * it accepts traffic from the Agent's container only, and no port is published.
 * @see https://github.com/DataDog/datadog-agent/blob/main/Dockerfiles/agent/datadog-docker.yaml
 */
export const traceAgent = {
  fallback: { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "false" },
} as const satisfies Contribution;
