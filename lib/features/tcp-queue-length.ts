import { z } from "zod";
import { defineFeature } from "../core/feature";
import { kernelMounts, systemProbe, systemProbeHosts } from "./system-probe";

/**
 * How full the TCP queues of containers are.
 * @see https://docs.datadoghq.com/integrations/tcp_queue_length/
 */
export const tcpQueueLength = defineFeature({
  summary: "Measures the TCP queues of containers",
  ...systemProbeHosts,
  options: z.strictObject({}),
  on: () => ({
    ...systemProbe,
    environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_TCP_QUEUE_LENGTH: "true" },
    mounts: [...systemProbe.mounts, ...kernelMounts],
  }),
});
