import * as z from "zod";
import { defineFeature } from "../core/feature";
import { kernelMounts, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** The kernel's out-of-memory (OOM) kills. */
export const oomKill = defineFeature({
  summary: "Reports OOM kills",
  documentation: "https://docs.datadoghq.com/integrations/oom_kill/",
  access: systemProbeAccess(
    "The system probe reads kernel headers from /lib/modules and /usr/src if the kernel has no BTF",
  ),
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
    mounts: [...systemProbe.mounts, ...kernelMounts],
  }),
});
