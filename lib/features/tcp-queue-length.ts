import * as z from "zod";
import { defineFeature } from "../core/feature";
import { kernelMounts, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** TCP queue length of containers. */
export const tcpQueueLength = defineFeature({
  summary: "Monitors the TCP queue length of containers",
  documentation: "https://docs.datadoghq.com/integrations/tcp_queue_length/",
  access: systemProbeAccess(
    "The system probe reads kernel headers from /lib/modules and /usr/src if the kernel has no BTF",
  ),
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_TCP_QUEUE_LENGTH: "true" },
    mounts: [...systemProbe.mounts, ...kernelMounts],
  }),
});
