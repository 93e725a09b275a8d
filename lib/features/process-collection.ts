import { z } from "zod";
import { defineFeature } from "../core/feature";

/** Live processes of the host and its containers, with the names of their users where the host can tell them. */
export const processCollection = defineFeature({
  summary: "Collects the processes of the host and its containers",
  documentation: "https://docs.datadoghq.com/infrastructure/process/",
  access: "/etc/passwd names the users of processes",
  requires: [],
  options: z.strictObject({}),
  on: (_options, host) => ({
    environment: { DD_PROCESS_AGENT_ENABLED: "true" },
    mounts: host.userMounts,
  }),
});
