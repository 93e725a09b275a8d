/** Launch types of a daemon service. EXTERNAL is ECS Anywhere. */
export const LAUNCH_TYPES = ["EC2", "EXTERNAL"] as const;
export type LaunchType = (typeof LAUNCH_TYPES)[number];

/** Network modes that the Agent supports. On Windows usually none is set, which ECS calls `default`. */
export const NETWORK_MODES = ["bridge", "host", "awsvpc"] as const;
export type NetworkMode = (typeof NETWORK_MODES)[number];

/**
 * Linux capabilities that ECS can add to a container. AUDIT_READ, BPF and PERFMON are not supported.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
 */
// prettier-ignore
export const CAPABILITIES = [
  "ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID",
  "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
  "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_ADMIN", "SYS_BOOT",
  "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME",
  "SYS_TTY_CONFIG", "SYSLOG", "WAKE_ALARM",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/**
 * Host ports of SSH, Docker and the ECS container agent.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export const RESERVED_HOST_PORTS: readonly number[] = [22, 2375, 2376, 51678, 51679, 51680];

/**
 * Maximum size of a task definition, in bytes.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
export const TASK_DEFINITION_BYTES = 65_536;

/** Where a service's tasks get their AWS tags from. */
export const PROPAGATE_TAGS = ["SERVICE", "TASK_DEFINITION", "NONE"] as const;

/** Maximum placement constraints of the service. ECS allows 10 per task, and the task definition has one. */
export const SERVICE_PLACEMENT_CONSTRAINTS = 9;
