/** ECS's launch types for a daemon. EXTERNAL is ECS Anywhere. */
export const LAUNCH_TYPES = ["EC2", "EXTERNAL"] as const;
export type LaunchType = (typeof LAUNCH_TYPES)[number];

/** ECS's network modes in which the Agent works. On Windows it is mostly left out: ECS calls that `default`. */
export const NETWORK_MODES = ["bridge", "host", "awsvpc"] as const;
export type NetworkMode = (typeof NETWORK_MODES)[number];

/**
 * The Linux capabilities that the Agent has a use for and that ECS can add; ECS's list lacks AUDIT_READ, BPF and PERFMON.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
 */
export type Capability =
  "CHOWN" | "IPC_LOCK" | "NET_ADMIN" | "NET_BROADCAST" | "NET_RAW" | "SYS_ADMIN" | "SYS_PTRACE" | "SYS_RESOURCE";

/**
 * Ports of the host that SSH, Docker and the ECS container agent hold.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export const RESERVED_HOST_PORTS: readonly number[] = [22, 2375, 2376, 51678, 51679, 51680];

/**
 * The largest task definition in bytes.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
export const TASK_DEFINITION_BYTES = 65_536;

/** Placement constraints of a task; those of its definition count. The definition has one: the operating system. */
export const SERVICE_PLACEMENT_CONSTRAINTS = 9;
