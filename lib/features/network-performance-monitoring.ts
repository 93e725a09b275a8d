import * as z from "zod";
import { defineFeature } from "../core/feature";
import { from, text } from "../core/term";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/**
 * Network connections between containers, hosts and services, which the system probe traces in the kernel.
 * `DD_SYSTEM_PROBE_ENABLED` is for older Agents.
 */
export const networkPerformanceMonitoring = defineFeature({
  summary: "Monitors network connections (NPM)",
  documentation: "https://docs.datadoghq.com/network_monitoring/cloud_network_monitoring/setup/",
  access: systemProbeAccess("The system probe traces connections in the kernel"),
  ...systemProbeHosts,
  options: z.strictObject({
    dnsStatistics: z.boolean().optional().describe("Collect DNS statistics; by default the Agent decides (on)"),
    directSend: z
      .boolean()
      .optional()
      .describe("Send data directly from the system probe; by default the Agent decides"),
  }),
  // https://github.com/DataDog/helm-charts/blob/main/charts/datadog/templates/_helpers.tpl, "cnm-use-direct-send"
  optionSince: { directSend: "7.81" },
  on: () => ({
    ...systemProbe,
    environment: {
      DD_SYSTEM_PROBE_NETWORK_ENABLED: "true",
      DD_SYSTEM_PROBE_ENABLED: "true",
      DD_COLLECT_DNS_STATS: text(from("dnsStatistics")),
      DD_NETWORK_CONFIG_DIRECT_SEND: text(from("directSend")),
    },
  }),
});
