import { z } from "zod";
import { defineFeature } from "../core/feature";
import { integer } from "../core/schema";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** The way of packets to a destination, hop by hop. */
export const networkPath = defineFeature({
  summary: "Traces the network paths to destinations",
  documentation: "https://docs.datadoghq.com/network_monitoring/network_path/setup/",
  access: systemProbeAccess("The system probe sends the packets that trace a path"),
  ...systemProbeHosts,
  since: "7.59",
  options: z.strictObject({
    monitorConnections: z
      .boolean()
      .default(false)
      .describe("Trace the paths of connections that are seen, too; needs networkPerformanceMonitoring"),
    workers: integer(1, 1000).default(4).describe("Number of paths that are traced at the same time"),
  }),
  optionSince: { monitorConnections: "7.73" },
  optionNeeds: { monitorConnections: "networkPerformanceMonitoring" },
  on: ({ monitorConnections, workers }) => ({
    ...systemProbe,
    environment: {
      DD_TRACEROUTE_ENABLED: "true",
      DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: String(monitorConnections),
      DD_NETWORK_PATH_COLLECTOR_WORKERS: String(workers),
    },
  }),
});
