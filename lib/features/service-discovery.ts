import * as z from "zod";
import { defineFeature } from "../core/feature";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/**
 * Services that run on the host, instrumented or not. Part of the system probe. On by default on Linux from Agent 7.78 on,
 * but limited to what the Agent's container can see.
 */
export const serviceDiscovery = defineFeature({
  summary: "Discovers services, instrumented or not",
  documentation: "https://docs.datadoghq.com/tracing/services/",
  access: systemProbeAccess("The system probe inspects host processes"),
  ...systemProbeHosts,
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_DISCOVERY_ENABLED: "false" },
  on: () => ({ ...systemProbe, environment: { DD_DISCOVERY_ENABLED: "true" }, pidMode: "host" }),
});
