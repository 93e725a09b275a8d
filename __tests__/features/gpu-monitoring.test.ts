import { contributionOf } from "../../lib/core/feature";
import { gpuMonitoring } from "../../lib/features/gpu-monitoring";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { HOST_ROOT, MODULES, SRC, SYSTEM_PROBE } from "../support/system-probe";

describe("gpuMonitoring", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s monitors all GPUs and host processes, without the system probe", (_name, host) => {
    expect(contributionOf(gpuMonitoring, { ebpf: false }, host)).toStrictEqual({
      environment: { DD_GPU_ENABLED: "true", NVIDIA_VISIBLE_DEVICES: "all" },
      pidMode: "host",
    });
  });

  it("can trace each process with the system probe, which needs the host's kernel and files", () => {
    expect(contributionOf(gpuMonitoring, { ebpf: true }, linux)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: {
        DD_GPU_ENABLED: "true",
        NVIDIA_VISIBLE_DEVICES: "all",
        DD_GPU_MONITORING_ENABLED: "true",
        DD_GPU_MONITORING_ENABLE_EBPF_PROBES: "true",
        HOST_ROOT: "/host/root",
      },
      mounts: [...SYSTEM_PROBE.mounts, MODULES, SRC, HOST_ROOT],
      pidMode: "host",
    });
  });

  it("doesn't use the system probe by default", () => {
    expect(gpuMonitoring.options.parse({})).toEqual({ ebpf: false });
  });

  it.each([
    [{ devices: "all" }, ""],
    [{ ebpf: "true" }, "ebpf"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(gpuMonitoring.options, options)).toEqual([path]);
  });

  it("needs Linux containers and Agent 7.80, except 7.82.0, and a Linux kernel for the system probe", () => {
    expect(needsOf(gpuMonitoring)).toEqual({
      requires: ["linux-containers"],
      optionRequires: { ebpf: ["linux-kernel"] },
      since: "7.80",
      brokenIn: ["7.82.0"],
    });
  });
});
