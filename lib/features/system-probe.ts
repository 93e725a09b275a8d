import type { Contribution, Only } from "../core/feature";
import { hostMount } from "../core/host";
import type { LaunchType } from "../core/ecs";

/**
 * What the Agent's system probe needs, for every feature that is one of its modules. It starts with the first of them.
 *
 * `DD_SYSTEM_PROBE_ENABLED` is not among it: where no network module is on, an Agent takes it for
 * network performance monitoring, which is billed. ECS can't add BPF and PERFMON; SYS_ADMIN stands for both. On hosts
 * with AppArmor (Ubuntu, Debian) the container's profile has to allow it, too. The source is the documentation of
 * network performance monitoring.
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
  // The vendor's sample for ECS.
  advisedMemoryMiB: 256,
} as const satisfies Contribution;

/** Why a module of the system probe needs what it adds: what the system probe does for it, and what all modules share. */
export function systemProbeAccess(does: string): string {
  return `${does}; it has /sys/kernel/debug and the capabilities that Datadog gives it for all of its modules`;
}

/** Where the system probe runs. */
export const systemProbeHosts = {
  requires: ["linux-kernel"],
  launchTypes: {
    only: ["EC2"],
    because: "Datadog supports the system probe on EC2 instances only",
  } as Only<LaunchType>,
} as const;

/** What the kernel's headers and modules are found by, where the kernel doesn't describe itself (BTF). */
export const kernelMounts = [hostMount("modules", "/lib/modules"), hostMount("src", "/usr/src")];

/** The whole host, to be read only; `HOST_ROOT` says where it is. */
export const hostRoot = {
  environment: { HOST_ROOT: "/host/root" },
  mounts: [hostMount("host_root", "/", { at: "/host/root" })],
} as const satisfies Contribution;
