import { z } from "zod";
import { defineFeature } from "../core/feature";
import { hostMount } from "../core/host";

/**
 * Connections between containers, hosts and services, seen by the Agent's system probe in the kernel.
 * `DD_SYSTEM_PROBE_ENABLED` is for older Agents.
 * @see https://docs.datadoghq.com/network_monitoring/cloud_network_monitoring/setup/
 */
export const networkPerformanceMonitoring = defineFeature({
  summary: "Monitors network connections (NPM)",
  requires: ["linux-kernel"],
  options: z.strictObject({}),
  launchTypes: { only: ["EC2"], because: "Datadog supports the system probe on EC2 instances only" },
  on: () => ({
    environment: { DD_SYSTEM_PROBE_NETWORK_ENABLED: "true", DD_SYSTEM_PROBE_ENABLED: "true" },
    mounts: [hostMount("debug", "/sys/kernel/debug", { readOnly: false })],
    capabilities: [
      "SYS_ADMIN",
      "SYS_RESOURCE",
      "SYS_PTRACE",
      "NET_ADMIN",
      "NET_BROADCAST",
      "NET_RAW",
      "IPC_LOCK",
      "CHOWN",
    ],
  }),
});
