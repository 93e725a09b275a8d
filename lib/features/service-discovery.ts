import { z } from "zod";
import { defineFeature } from "../core/feature";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/**
 * Services that run on the host, whether they are instrumented or not. It is part of the system probe. On Linux, Agents
 * from 7.78 on have it on, and then see what their container sees.
 */
export const serviceDiscovery = defineFeature({
  summary: "Finds services, instrumented or not",
  documentation: "https://docs.datadoghq.com/tracing/services/",
  access: systemProbeAccess("The system probe looks at the processes of the host"),
  ...systemProbeHosts,
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_DISCOVERY_ENABLED: "false" },
  on: () => ({ ...systemProbe, environment: { DD_DISCOVERY_ENABLED: "true" }, pidMode: "host" }),
});
