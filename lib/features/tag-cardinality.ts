import { z } from "zod";
import { defineFeature } from "../core/feature";
import { oneOf } from "../core/schema";

const cardinality = (what: string) => oneOf(["low", "orchestrator", "high"]).default("low").describe(what);

/**
 * How many tags metrics have: `low` those of hosts and services, `orchestrator` those of tasks, `high` those of
 * containers. More tags make more custom metrics, which are billed.
 */
export const tagCardinality = defineFeature({
  summary: "Sets how many tags metrics have",
  documentation: "https://docs.datadoghq.com/getting_started/tagging/assigning_tags/#tags-cardinality",
  requires: [],
  options: z.strictObject({
    checks: cardinality("Tags of the metrics of checks"),
    dogstatsd: cardinality("Tags of the metrics that applications send"),
  }),
  on: ({ checks, dogstatsd }) => ({
    environment: { DD_CHECKS_TAG_CARDINALITY: checks, DD_DOGSTATSD_TAG_CARDINALITY: dogstatsd },
  }),
});
