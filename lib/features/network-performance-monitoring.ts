import { z } from "zod";
import { defineFeature } from "../core/feature";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/**
 * Connections between containers, hosts and services, seen by the Agent's system probe in the kernel.
 * `DD_SYSTEM_PROBE_ENABLED` is for older Agents.
 */
export const networkPerformanceMonitoring = defineFeature({
  summary: "Monitors network connections (NPM)",
  documentation: "https://docs.datadoghq.com/network_monitoring/cloud_network_monitoring/setup/",
  access: systemProbeAccess("The system probe sees connections in the kernel"),
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_NETWORK_ENABLED: "true", DD_SYSTEM_PROBE_ENABLED: "true" },
  }),
});
