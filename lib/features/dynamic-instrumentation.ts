import { z } from "zod";
import { defineFeature } from "../core/feature";
import { COMMERCIAL_SITES } from "../core/sites";
import { systemProbe, systemProbeHosts } from "./system-probe";

/**
 * Probes in running Go programs; other languages bring theirs with their tracer and don't need it.
 * @see https://docs.datadoghq.com/dynamic_instrumentation/enabling/go/
 */
export const dynamicInstrumentation = defineFeature({
  summary: "Puts probes into running Go programs",
  ...systemProbeHosts,
  since: "7.73",
  sites: { only: COMMERCIAL_SITES, because: "Datadog doesn't have it on its government sites" },
  options: z.strictObject({}),
  on: () => ({ ...systemProbe, environment: { DD_DYNAMIC_INSTRUMENTATION_ENABLED: "true" }, pidMode: "host" }),
});
