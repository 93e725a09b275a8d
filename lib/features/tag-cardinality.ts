import * as z from "zod";
import { defineFeature } from "../core/feature";
import { oneOf } from "../core/schema";
import { from } from "../core/term";

const cardinality = (what: string) => oneOf(["low", "orchestrator", "high"]).default("low").describe(what);

/**
 * Tag cardinality of metrics: `low` adds host and service tags, `orchestrator` also task tags, `high` also container tags.
 * Higher cardinality creates more custom metrics, which are billed.
 */
export const tagCardinality = defineFeature({
  summary: "Sets the tag cardinality of metrics",
  documentation: "https://docs.datadoghq.com/getting_started/tagging/assigning_tags/#tags-cardinality",
  requires: [],
  options: z.strictObject({
    checks: cardinality("Tag cardinality of check metrics"),
    dogstatsd: cardinality("Tag cardinality of DogStatsD metrics"),
  }),
  on: () => ({
    environment: { DD_CHECKS_TAG_CARDINALITY: from("checks"), DD_DOGSTATSD_TAG_CARDINALITY: from("dogstatsd") },
  }),
});
