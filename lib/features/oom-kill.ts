import { z } from "zod";
import { defineFeature } from "../core/feature";
import { kernelMounts, systemProbe, systemProbeHosts } from "./system-probe";

/**
 * Events of the kernel that stops what uses too much memory.
 * @see https://docs.datadoghq.com/integrations/oom_kill/
 */
export const oomKill = defineFeature({
  summary: "Reports what the kernel stops for want of memory",
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
    mounts: [...systemProbe.mounts, ...kernelMounts],
  }),
});
