import { z } from "zod";
import { defineFeature } from "../core/feature";
import { hostRoot, kernelMounts, systemProbe, systemProbeAccess } from "./system-probe";

/**
 * Use and health of NVIDIA's GPUs. The Agent asks for no GPU of ECS, which would take it from an application: the
 * instances' Docker must have NVIDIA's runtime as its default. Driver 450.51 or later; `ebpf` needs Linux 5.8.
 */
export const gpuMonitoring = defineFeature({
  summary: "Monitors NVIDIA GPUs",
  documentation: "https://docs.datadoghq.com/gpu_monitoring/setup/",
  access: systemProbeAccess(
    "Processes of the host use the GPUs, and with `ebpf` the system probe sees in the kernel what they do there",
  ),
  requires: ["linux-containers"],
  since: "7.72",
  options: z.strictObject({
    ebpf: z.boolean().default(false).describe("See what each process does on a GPU, by the system probe"),
  }),
  optionRequires: { ebpf: ["linux-kernel"] },
  on: ({ ebpf }) => ({
    ...(ebpf && systemProbe),
    environment: {
      DD_GPU_ENABLED: "true",
      NVIDIA_VISIBLE_DEVICES: "all",
      ...(ebpf && { DD_GPU_MONITORING_ENABLED: "true", ...hostRoot.environment }),
    },
    mounts: ebpf ? [...systemProbe.mounts, ...kernelMounts, ...hostRoot.mounts] : [],
    pidMode: "host",
  }),
});
