import * as z from "zod";
import { defineFeature } from "../core/feature";
import { containerPatterns } from "./container-patterns";
import { empty, from, join, not, or } from "../core/term";

const VARIABLES = {
  include: "DD_CONTAINER_INCLUDE",
  exclude: "DD_CONTAINER_EXCLUDE",
  includeMetrics: "DD_CONTAINER_INCLUDE_METRICS",
  excludeMetrics: "DD_CONTAINER_EXCLUDE_METRICS",
  includeLogs: "DD_CONTAINER_INCLUDE_LOGS",
  excludeLogs: "DD_CONTAINER_EXCLUDE_LOGS",
} as const;

const list = (what: string) => containerPatterns.default([]).describe(what);

/**
 * Container discovery filters: for all data, for metrics, and for logs. Include patterns take precedence over exclude
 * patterns. The three pairs are independent.
 */
export const containerFilters = defineFeature({
  summary: "Includes or excludes containers by name or image",
  documentation: "https://docs.datadoghq.com/containers/guide/container-discovery-management/",
  requires: [],
  options: z.strictObject({
    include: list("Containers to include, even if they match `exclude`"),
    exclude: list("Containers to exclude"),
    includeMetrics: list("Like `include`, for metrics only"),
    excludeMetrics: list("Like `exclude`, for metrics only"),
    includeLogs: list("Like `include`, for logs only; the same list as `logs.include`"),
    excludeLogs: list("Like `exclude`, for logs only; the same list as `logs.exclude`"),
  }),
  // Agent 6's names for these variables.
  contradicts: { include: ["DD_AC_INCLUDE"], exclude: ["DD_AC_EXCLUDE"] },
  on: () => ({
    environment: Object.fromEntries(
      Object.entries(VARIABLES).map(([option, variable]) => [variable, join(" ", from(option))]),
    ),
  }),
  rules: [
    {
      at: "",
      holds: or(...Object.keys(VARIABLES).map((option) => not(empty(option)))),
      must: "needs at least one pattern, got none. Add one, or set the feature to false.",
    },
  ],
});
