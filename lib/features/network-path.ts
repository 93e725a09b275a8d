import * as z from "zod";
import { defineFeature } from "../core/feature";
import { integer } from "../core/schema";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";
import { equals, from, isTrue, or, text } from "../core/term";

/** Network paths, hop by hop: of observed connections, and of the destinations that the check network_path names. */
export const networkPath = defineFeature({
  summary: "Traces network paths hop by hop (Network Path)",
  documentation: "https://docs.datadoghq.com/network_monitoring/network_path/setup/",
  access: systemProbeAccess("The system probe sends the traceroute packets"),
  ...systemProbeHosts,
  since: "7.59",
  options: z.strictObject({
    monitorConnections: z
      .boolean()
      .default(false)
      .describe("Also trace the paths of observed connections; needs networkPerformanceMonitoring"),
    workers: integer(1, 1000)
      .default(4)
      .describe("Number of connection paths that are traced in parallel; only with `monitorConnections`"),
  }),
  optionSince: { monitorConnections: "7.73" },
  optionNeeds: { monitorConnections: "networkPerformanceMonitoring" },
  rules: [
    {
      at: "workers",
      holds: or(isTrue("monitorConnections"), equals("workers", 4)),
      must: "needs `monitorConnections`: the workers trace the paths of connections only.",
    },
  ],
  agentDefaults: {
    DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: "false",
    DD_NETWORK_PATH_COLLECTOR_WORKERS: "4",
  },
  on: () => ({
    ...systemProbe,
    environment: {
      DD_TRACEROUTE_ENABLED: "true",
      DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: text(from("monitorConnections")),
      DD_NETWORK_PATH_COLLECTOR_WORKERS: text(from("workers")),
    },
  }),
});
