import type { Volume } from "@aws-sdk/client-ecs";
import type { NetworkMode } from "./ecs";

/** What a feature can need of a host, in the words of the error where it's missing. */
export const HOST_TRAITS = {
  "linux-containers": "runs Linux containers",
  "linux-kernel": "lets a container trace its Linux kernel",
  "unix-sockets": "shares UNIX sockets between containers",
} as const;
export type HostTrait = keyof typeof HOST_TRAITS;

/** A place of the host inside a container. It carries its volume, so that neither can be written without the other. */
export interface HostMount {
  /** The ECS volume; mounts that share a volume give an equal one. */
  readonly volume: Volume & { readonly name: string };
  readonly containerPath: string;
  readonly readOnly: boolean;
}

/** The facts about an operating system of container instances. No behaviour: features read what they need. */
export interface Host {
  readonly summary: string;
  readonly traits: readonly HostTrait[];
  /** ECS's own attribute of the container instance, `ecs.os-type`. */
  readonly osType: "linux" | "windows";
  /** The network modes that ECS has on this host. */
  readonly networkModes: readonly NetworkMode[];
  /** The network mode where nothing needs another one; undefined is ECS's `default`, the NAT network of Windows. */
  readonly networkMode: NetworkMode | undefined;
  /** CPU units of the Agent's container by default; 1,024 are one core. */
  readonly cpu: number;
  /** Hard memory limit of the Agent's container by default. */
  readonly memoryMiB: number;
  /** What the Agent always needs to see. */
  readonly agentMounts: readonly HostMount[];
  /** Where the containers' log files are and where the Agent keeps how far it has read. */
  readonly logMounts: readonly HostMount[];
  /** What names the users of processes. */
  readonly userMounts: readonly HostMount[];
  /** The folder in which the Agent's UNIX sockets are shared. */
  readonly socketMounts: readonly HostMount[];
}

/** A folder or file of the host in a container. */
export function hostMount(
  name: string,
  sourcePath: string,
  { at = sourcePath, readOnly = true }: { at?: string; readOnly?: boolean } = {},
): HostMount {
  return { volume: { name, host: { sourcePath } }, containerPath: at, readOnly };
}
