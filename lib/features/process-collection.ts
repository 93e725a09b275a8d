import * as z from "zod";
import { defineFeature } from "../core/feature";

/** Live processes of the host and its containers, with user names if the host provides them. */
export const processCollection = defineFeature({
  summary: "Collects live processes of the host and its containers",
  documentation: "https://docs.datadoghq.com/infrastructure/process/",
  access: "/etc/passwd maps the user IDs of processes to names",
  requires: [],
  options: z.strictObject({}),
  // https://github.com/DataDog/datadog-agent/blob/main/pkg/config/setup/process.go
  contradicts: {
    "": [
      "DD_PROCESS_CONFIG_ENABLED",
      "DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED",
      "DD_PROCESS_AGENT_PROCESS_COLLECTION_ENABLED",
    ],
  },
  on: (host) => ({
    environment: { DD_PROCESS_AGENT_ENABLED: "true" },
    mounts: host.userMounts,
  }),
});
