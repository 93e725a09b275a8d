import { mounted } from "./mounts";

const DEBUG = mounted("debug", "/sys/kernel/debug", "/sys/kernel/debug", false);
export const MODULES = mounted("modules", "/lib/modules", "/lib/modules", true);
export const SRC = mounted("src", "/usr/src", "/usr/src", true);
export const HOST_ROOT = mounted("host_root", "/", "/host/root", true);

/** The host paths that the security features read. */
export const SECURITY_MOUNTS = [
  mounted("passwd", "/etc/passwd", "/etc/passwd", true),
  mounted("group", "/etc/group", "/etc/group", true),
  mounted("os_release", "/etc/os-release", "/host/etc/os-release", true),
  HOST_ROOT,
];

/** What every module of the system probe adds to the task, except its environment. */
export const SYSTEM_PROBE = {
  mounts: [DEBUG],
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
  advisedMemoryMiB: 256,
};
