import * as z from "zod";
import { defineFeature } from "../core/feature";
import { hostRoot, kernelMounts, systemProbe, systemProbeAccess } from "./system-probe";
import { isTrue, when } from "../core/term";

/**
 * Use and health of NVIDIA GPUs. The task requests no GPU from ECS, which would take it from an application, so NVIDIA's
 * runtime must be Docker's default runtime on the instances. Needs driver 450.51 and Linux 5.8 or later.
 * @see https://github.com/DataDog/datadog-agent/releases/tag/7.82.1 for the refused release
 */
export const gpuMonitoring = defineFeature({
  summary: "Monitors NVIDIA GPUs",
  documentation: "https://docs.datadoghq.com/gpu_monitoring/setup/",
  access: systemProbeAccess(
    "Host processes use the GPUs; with `ebpf`, the system probe traces their GPU use in the kernel",
  ),
  requires: ["linux-containers"],
  since: "7.80",
  brokenIn: [{ version: "7.82.0", because: "it can cause a kernel panic on instances with several GPUs" }],
  options: z.strictObject({
    ebpf: z
      .boolean()
      .default(false)
      .describe("Trace the GPU use of each process with eBPF probes, which Datadog has deprecated"),
  }),
  optionRequires: { ebpf: ["linux-kernel"] },
  notices: [
    {
      when: isTrue("ebpf"),
      fixable: true,
      text: "`features.gpuMonitoring.ebpf` uses eBPF probes that Datadog has deprecated and will remove. Without them, only the metric gpu.process.core.usage is missing; gpu.process.sm_active is the closest replacement.",
    },
  ],
  on: () => ({
    capabilities: when(isTrue("ebpf"), systemProbe.capabilities),
    advisedMemoryMiB: when(isTrue("ebpf"), systemProbe.advisedMemoryMiB),
    environment: {
      DD_GPU_ENABLED: "true",
      NVIDIA_VISIBLE_DEVICES: "all",
      DD_GPU_MONITORING_ENABLED: when(isTrue("ebpf"), "true"),
      // Recent Agents leave the probes off without this variable: https://github.com/DataDog/datadog-agent/pull/54291
      DD_GPU_MONITORING_ENABLE_EBPF_PROBES: when(isTrue("ebpf"), "true"),
      HOST_ROOT: when(isTrue("ebpf"), hostRoot.environment.HOST_ROOT),
    },
    mounts: when(isTrue("ebpf"), [...systemProbe.mounts, ...kernelMounts, ...hostRoot.mounts]),
    pidMode: "host",
  }),
});
