import * as z from "zod";
import { defineFeature } from "../core/feature";
import { COMMERCIAL_SITES } from "../core/sites";
import { traceAgent } from "./trace-agent";
import { systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/**
 * Probes in running Go programs. Other languages have them in their tracing library and don't need this feature. Probe
 * data is sent through the trace-agent, which drops it if `DD_LOGS_ENABLED` is false. That variable isn't set while `logs`
 * is off; the override is for users who set it themselves.
 * @see https://github.com/DataDog/datadog-agent/blob/761050392a732097645b76d9845d36629f1ef3dc/comp/trace/config/impl/setup.go#L664
 */
export const dynamicInstrumentation = defineFeature({
  summary: "Adds probes to running Go programs (Dynamic Instrumentation)",
  documentation: "https://docs.datadoghq.com/dynamic_instrumentation/enabling/go/",
  access: systemProbeAccess("The system probe adds probes to host processes"),
  ...systemProbeHosts,
  since: "7.73",
  sites: { only: COMMERCIAL_SITES, because: "it isn't available on Datadog's government sites" },
  through: {
    apm: "probe data is sent through the trace-agent, which wouldn't run",
    remoteConfiguration: "the Agent receives probes through Remote Configuration",
  },
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_DYNAMIC_INSTRUMENTATION_ENABLED: "true" },
    fallback: { ...traceAgent.fallback, DD_APM_DEBUGGER_LOGS_ENABLED_OVERRIDE: "true" },
    pidMode: "host",
  }),
});
