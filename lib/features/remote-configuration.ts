import * as z from "zod";
import { defineFeature } from "../core/feature";
import { noRemoteConfigurationForGovernment } from "./sites";

/** Settings of running Agents that can be changed in the Datadog app. On by default from Agent 7.47 on. */
export const remoteConfiguration = defineFeature({
  summary: "Lets Datadog configure running Agents (Remote Configuration)",
  documentation: "https://docs.datadoghq.com/agent/remote_config/",
  requires: [],
  sites: noRemoteConfigurationForGovernment,
  since: "7.41",
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_REMOTE_CONFIGURATION_ENABLED: "false" },
  on: () => ({ environment: { DD_REMOTE_CONFIGURATION_ENABLED: "true" } }),
});
