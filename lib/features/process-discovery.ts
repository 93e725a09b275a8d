import { z } from "zod";
import { defineFeature } from "../core/feature";

/**
 * Names of running programs, every few hours, so that Datadog can propose integrations. The Agent has it on, unless it
 * collects processes anyway. `DD_PROCESS_DISCOVERY_ENABLED`, which some guides have, is no variable of the Agent.
 */
export const processDiscovery = defineFeature({
  summary: "Finds programs for which there are integrations",
  documentation: "https://docs.datadoghq.com/infrastructure/process/",
  requires: [],
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_PROCESS_CONFIG_PROCESS_DISCOVERY_ENABLED: "false" },
  on: () => ({ environment: { DD_PROCESS_CONFIG_PROCESS_DISCOVERY_ENABLED: "true" } }),
});
