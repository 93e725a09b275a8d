import { z } from "zod";
import { defineFeature } from "../core/feature";
import { containerPatterns } from "./container-patterns";

/**
 * Log collection from containers. The Agent keeps how far it has read in a folder of the host, so that a restart
 * neither loses nor repeats lines.
 */
export const logs = defineFeature({
  summary: "Collects the logs of containers",
  documentation: "https://docs.datadoghq.com/containers/amazon_ecs/logs/",
  access:
    "Log files are read where Docker keeps them, and how far they were read is kept on the host for the next start",
  requires: [],
  options: z.strictObject({
    collectAll: z
      .boolean()
      .default(true)
      .describe("Collect from every container; false leaves only those whose labels ask for it"),
    include: containerPatterns.default([]).describe("Containers to collect from although `exclude` names them"),
    exclude: containerPatterns.default([]).describe("Containers not to collect from"),
  }),
  on: ({ collectAll, include, exclude }, host) => ({
    environment: {
      DD_LOGS_ENABLED: "true",
      DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: String(collectAll),
      ...(include.length > 0 && { DD_CONTAINER_INCLUDE_LOGS: include.join(" ") }),
      ...(exclude.length > 0 && { DD_CONTAINER_EXCLUDE_LOGS: exclude.join(" ") }),
    },
    mounts: host.logMounts,
  }),
});
