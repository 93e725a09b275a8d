import * as z from "zod";
import { defineFeature } from "../core/feature";
import { hostMount } from "../core/host";
import { containerPatterns } from "./container-patterns";
import { integer, oneOf, text as textSchema } from "../core/schema";
import {
  concat,
  each,
  empty,
  every,
  from,
  given,
  item,
  itemPath,
  join,
  json,
  not,
  or,
  equals,
  text,
  when,
} from "../core/term";

/** @see https://docs.datadoghq.com/agent/logs/advanced_log_collection/ */
const processingRule = z.strictObject({
  type: oneOf(["exclude_at_match", "include_at_match", "mask_sequences"]).describe("What to do with matching logs"),
  name: textSchema("a name without whitespace", /^\S+$/).describe("Name of the rule"),
  pattern: textSchema("a regular expression", /^[^\0]+$/).describe("Regular expression in Go syntax"),
  replacePlaceholder: textSchema("text", /^[^\0]*$/)
    .optional()
    .describe("Replacement for masked text"),
});

/** Where the Agent's container mounts the host's /var/log; the image has its own /var/log. */
const HOST_LOGS = "/host/var/log";

const hostLog = z.strictObject({
  path: textSchema(
    "the path of a file in /var/log on the host, or a wildcard pattern",
    // No path segment is `..`.
    /^\/var\/log(?:\/\.?[^\0/.][^\0/]*)+$/,
  ).describe("Path of the file, or a wildcard pattern such as /var/log/nginx/*.log"),
  source: textSchema("a name without whitespace", /^\S+$/).describe("Integration that the logs come from"),
  service: textSchema("a name without whitespace", /^\S+$/).describe("Service that the logs come from"),
});

/**
 * Container log collection. The Agent stores its read positions in a directory on the host, so that a restart neither
 * loses nor repeats lines.
 */
export const logs = defineFeature({
  summary: "Collects container logs",
  documentation: "https://docs.datadoghq.com/containers/amazon_ecs/logs/",
  access:
    "Reads log files in Docker's data directory, and with `files` in /var/log; stores its read positions on the host to resume after a restart",
  requires: [],
  optionRequires: { files: ["linux-containers"] },
  options: z.strictObject({
    collectAll: z
      .boolean()
      .default(true)
      .describe("Collect logs from all containers; if false, only from containers with a log label"),
    include: containerPatterns.default([]).describe("Containers to collect logs from, even if they match `exclude`"),
    exclude: containerPatterns.default([]).describe("Containers to exclude from log collection"),
    files: z
      .array(hostLog)
      .default([])
      .describe("Log files on the host to collect; gives the Agent read access to the host's /var/log"),
    processingRules: z
      .array(processingRule)
      .default([])
      .describe("Processing rules for all logs, applied before they are sent"),
    autoMultiLine: z
      .boolean()
      .optional()
      .describe("Detect and join multi-line logs; by default the Agent decides (on in recent versions)"),
    openFilesLimit: integer(1, 100_000)
      .optional()
      .describe("Maximum number of log files that are read in parallel; by default the Agent's limit"),
  }),
  contradicts: { "": ["DD_LOG_ENABLED"] },
  agentDefaults: { DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "false" },
  on: (host) => ({
    environment: {
      DD_LOGS_ENABLED: "true",
      DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: text(from("collectAll")),
      DD_LOGS_CONFIG_PROCESSING_RULES: when(
        not(empty("processingRules")),
        json(
          each(from("processingRules"), {
            type: item("type"),
            name: item("name"),
            pattern: item("pattern"),
            replace_placeholder: item("replacePlaceholder"),
          }),
        ),
      ),
      DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION: text(from("autoMultiLine")),
      DD_LOGS_CONFIG_OPEN_FILES_LIMIT: text(from("openFilesLimit")),
      DD_CONTAINER_INCLUDE_LOGS: join(" ", from("include")),
      DD_CONTAINER_EXCLUDE_LOGS: join(" ", from("exclude")),
    },
    // Autodiscovery also finds the Agent's own container: https://docs.datadoghq.com/containers/docker/log/
    dockerLabels: when(not(empty("files")), {
      "com.datadoghq.ad.logs": json(
        each(from("files"), {
          type: "file",
          path: text("/host", item("path")),
          source: item("source"),
          service: item("service"),
        }),
      ),
    }),
    mounts: concat(host.logMounts, when(not(empty("files")), [hostMount("var_log", "/var/log", { at: HOST_LOGS })])),
  }),
  rules: [
    {
      at: "processingRules",
      holds: every(
        "processingRules",
        or(equals(itemPath("type"), "mask_sequences"), not(given(itemPath("replacePlaceholder")))),
      ),
      must: "can't have `replacePlaceholder` unless its type is mask_sequences.",
    },
  ],
});
