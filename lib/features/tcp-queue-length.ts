import { z } from "zod";
import { defineFeature } from "../core/feature";
import { kernelMounts, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** How full the TCP queues of containers are. */
export const tcpQueueLength = defineFeature({
  summary: "Measures the TCP queues of containers",
  documentation: "https://docs.datadoghq.com/integrations/tcp_queue_length/",
  access: systemProbeAccess(
    "The system probe takes kernel headers from /lib/modules and /usr/src where the kernel doesn't describe itself",
  ),
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_TCP_QUEUE_LENGTH: "true" },
    mounts: [...systemProbe.mounts, ...kernelMounts],
  }),
});
