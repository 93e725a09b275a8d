import type { Contribution, Only } from "../core/feature";
import { hostMount } from "../core/host";
import type { LaunchType } from "../core/ecs";

/**
 * What the system probe needs, for every feature that is one of its modules. It starts when any of them is on.
 *
 * `DD_SYSTEM_PROBE_ENABLED` isn't set here: without a network module, the Agent takes it for network performance
 * monitoring, which is billed. ECS doesn't support the capabilities BPF and PERFMON; SYS_ADMIN includes both. On hosts with
 * AppArmor (Ubuntu, Debian), the container's profile must allow it too. The source is Datadog's page about network
 * performance monitoring.
 */
export const systemProbe = {
  mounts: [hostMount("debug", "/sys/kernel/debug", { readOnly: false })],
  capabilities: [
    "SYS_ADMIN",
    "SYS_RESOURCE",
    "SYS_PTRACE",
    "NET_ADMIN",
    "NET_BROADCAST",
    "NET_RAW",
    "IPC_LOCK",
    "CHOWN",
  ],
  // From Datadog's sample for ECS.
  advisedMemoryMiB: 256,
} as const satisfies Contribution;

/** Why a system probe module needs host access: what the module does, and what all modules share. */
export function systemProbeAccess(does: string): string {
  return `${does}. The system probe needs /sys/kernel/debug and the capabilities that Datadog lists for all of its modules`;
}

/** Where the system probe runs. */
export const systemProbeHosts = {
  requires: ["linux-kernel"],
  launchTypes: {
    only: ["EC2"],
    because: "Datadog supports the system probe on EC2 instances only",
  } as Only<LaunchType>,
} as const;

/** Kernel headers and modules, for kernels without BTF. */
export const kernelMounts = [hostMount("modules", "/lib/modules"), hostMount("src", "/usr/src")];

/** The host's root file system, read-only. `HOST_ROOT` is its path in the container. */
export const hostRoot = {
  environment: { HOST_ROOT: "/host/root" },
  mounts: [hostMount("host_root", "/", { at: "/host/root" })],
} as const satisfies Contribution;
