import { z } from "zod";
import { defineFeature } from "../core/feature";

/** Settings that Datadog's web page changes in running Agents. Agents from 7.47 on have it on. */
export const remoteConfiguration = defineFeature({
  summary: "Lets Datadog change settings of running Agents",
  documentation: "https://docs.datadoghq.com/agent/remote_config/",
  requires: [],
  since: "7.41",
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_REMOTE_CONFIGURATION_ENABLED: "false" },
  on: () => ({ environment: { DD_REMOTE_CONFIGURATION_ENABLED: "true" } }),
});
