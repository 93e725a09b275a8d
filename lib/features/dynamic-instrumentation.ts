import { z } from "zod";
import { defineFeature } from "../core/feature";
import { COMMERCIAL_SITES } from "../core/sites";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** Probes in running Go programs; other languages bring theirs with their tracer and don't need it. */
export const dynamicInstrumentation = defineFeature({
  summary: "Puts probes into running Go programs",
  documentation: "https://docs.datadoghq.com/dynamic_instrumentation/enabling/go/",
  access: systemProbeAccess("The system probe puts probes into processes of the host"),
  ...systemProbeHosts,
  since: "7.73",
  sites: { only: COMMERCIAL_SITES, because: "Datadog doesn't have it on its government sites" },
  options: z.strictObject({}),
  on: () => ({ ...systemProbe, environment: { DD_DYNAMIC_INSTRUMENTATION_ENABLED: "true" }, pidMode: "host" }),
});
