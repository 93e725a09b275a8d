import { z } from "zod";
import { defineFeature } from "../core/feature";
import { containerPatterns } from "./container-patterns";

const list = (what: string) => containerPatterns.default([]).describe(what);

/**
 * Which containers the Agent looks at: in everything, for metrics, for logs. What is included wins; the three pairs don't
 * know of each other.
 */
export const containerFilters = defineFeature({
  summary: "Includes and excludes containers",
  documentation: "https://docs.datadoghq.com/containers/guide/container-discovery-management/",
  requires: [],
  options: z.strictObject({
    include: list("Containers to look at although `exclude` names them"),
    exclude: list("Containers to leave alone"),
    includeMetrics: list("The same for metrics"),
    excludeMetrics: list("The same for metrics"),
    includeLogs: list("The same for logs; `logs.include` is the same list"),
    excludeLogs: list("The same for logs; `logs.exclude` is the same list"),
  }),
  on: (options) => ({
    environment: Object.fromEntries(
      Object.entries(VARIABLES).flatMap(([option, variable]) => {
        const patterns = options[option as keyof typeof VARIABLES];
        return patterns.length > 0 ? [[variable, patterns.join(" ")]] : [];
      }),
    ),
  }),
  problems: (options) =>
    Object.values(options).some((patterns) => patterns.length > 0)
      ? []
      : [
          {
            path: [],
            message: "must have at least one pattern in one of its lists, got none. Add one, or set it to false.",
          },
        ],
});

const VARIABLES = {
  include: "DD_CONTAINER_INCLUDE",
  exclude: "DD_CONTAINER_EXCLUDE",
  includeMetrics: "DD_CONTAINER_INCLUDE_METRICS",
  excludeMetrics: "DD_CONTAINER_EXCLUDE_METRICS",
  includeLogs: "DD_CONTAINER_INCLUDE_LOGS",
  excludeLogs: "DD_CONTAINER_EXCLUDE_LOGS",
} as const;
