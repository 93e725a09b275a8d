import { z } from "zod";
import { defineFeature } from "../core/feature";
import { kernelMounts, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** Events of the kernel that stops what uses too much memory. */
export const oomKill = defineFeature({
  summary: "Reports what the kernel stops for want of memory",
  documentation: "https://docs.datadoghq.com/integrations/oom_kill/",
  access: systemProbeAccess(
    "The system probe takes kernel headers from /lib/modules and /usr/src where the kernel doesn't describe itself",
  ),
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
    mounts: [...systemProbe.mounts, ...kernelMounts],
  }),
});
