import * as z from "zod";
import { defineFeature } from "../core/feature";

/**
 * A list of running programs every few hours, so that Datadog can suggest integrations. On by default in the Agent, unless
 * process collection is on. This option only controls that list: on Linux, Agents from 7.78 on also have
 * `serviceDiscovery` on, which finds services in another way. `DD_PROCESS_DISCOVERY_ENABLED`, which some guides mention,
 * isn't an Agent variable.
 */
export const processDiscovery = defineFeature({
  summary: "Detects running programs that have an integration",
  documentation: "https://docs.datadoghq.com/infrastructure/process/",
  requires: [],
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_PROCESS_CONFIG_PROCESS_DISCOVERY_ENABLED: "false" },
  // https://github.com/DataDog/datadog-agent/blob/main/pkg/config/setup/process.go
  contradicts: {
    "": [
      "DD_PROCESS_AGENT_PROCESS_DISCOVERY_ENABLED",
      "DD_PROCESS_CONFIG_DISCOVERY_ENABLED",
      "DD_PROCESS_AGENT_DISCOVERY_ENABLED",
    ],
  },
  on: () => ({ environment: { DD_PROCESS_CONFIG_PROCESS_DISCOVERY_ENABLED: "true" } }),
});
