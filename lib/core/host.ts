import type { Volume } from "@aws-sdk/client-ecs";
import type { NetworkMode } from "./ecs";

/** Traits of hosts. The texts complete the error message `it needs a host that …`. */
export const HOST_TRAITS = {
  "linux-containers": "runs Linux containers",
  "linux-kernel": "lets containers trace the Linux kernel",
  "unix-sockets": "shares UNIX sockets between containers",
} as const;
/** A trait of a host that features can require. */
export type HostTrait = keyof typeof HOST_TRAITS;

/** A mount of a host path, with its volume, so that neither can be missing. */
export interface HostMount {
  /** The ECS volume. Mounts of the same volume must have equal ones. */
  readonly volume: Volume & { readonly name: string };
  /** Path in the container. */
  readonly containerPath: string;
  /** Whether the mount is read-only. */
  readonly readOnly: boolean;
}

/** Facts about an operating system of container instances. No behaviour: features read what they need. */
export interface Host {
  /** Description in one line. */
  readonly summary: string;
  /** Traits that features can rely on. */
  readonly traits: readonly HostTrait[];
  /** The attribute `ecs.os-type` of the container instance. */
  readonly osType: "linux" | "windows";
  /** Network modes that ECS supports on this host. */
  readonly networkModes: readonly NetworkMode[];
  /** Default network mode. Undefined is ECS's `default`: on Windows a NAT network. */
  readonly networkMode: NetworkMode | undefined;
  /** Default CPU units of the Agent's container; 1,024 are one vCPU. */
  readonly cpu: number;
  /** Default hard memory limit of the Agent's container. */
  readonly memoryMiB: number;
  /** Mounts that the Agent always needs. */
  readonly agentMounts: readonly HostMount[];
  /** Container log files, and the folder where the Agent stores its read positions. */
  readonly logMounts: readonly HostMount[];
  /** Mounts that map user IDs of processes to names. */
  readonly userMounts: readonly HostMount[];
  /** The shared folder of the Agent's Unix sockets. */
  readonly socketMounts: readonly HostMount[];
}

/** Mounts a host path, by default read-only and at the same path. */
export function hostMount(
  name: string,
  sourcePath: string,
  { at = sourcePath, readOnly = true }: { at?: string; readOnly?: boolean } = {},
): HostMount {
  return { volume: { name, host: { sourcePath } }, containerPath: at, readOnly };
}
