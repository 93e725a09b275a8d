import type { KeyValuePair, MountPoint, Volume } from "@aws-sdk/client-ecs";
import type { Task } from "../core/assemble";
import type { Catalog } from "../core/catalog";
import type { LaunchType } from "../core/ecs";
import type { Host, HostMount } from "../core/host";
import { type AgentSettings, hostOf, scopeOf } from "../core/scope";
import { APM_SOCKET } from "../features/apm";
import { DOGSTATSD_SOCKET } from "../features/dogstatsd";

/** Where the Agent listens for traces or metrics. */
export interface Receiver {
  /** On a port of the instance, or in network mode awsvpc on a port of the Agent's network interface. */
  readonly port: boolean;
  /** On a UNIX socket of the instance. */
  readonly socket: boolean;
}

/** How applications reach an Agent. Plain data. */
export interface AgentConnection {
  /** The Agent's `host` in the configuration. */
  readonly hostName: string;
  /** Mounts of the host folder with the Agent's UNIX sockets. Empty on hosts without UNIX sockets. */
  readonly socketMounts: readonly HostMount[];
  /** The host's operating system, as ECS names it. */
  readonly osType: Host["osType"];
  /** Launch type of the Agent's service. EXTERNAL is ECS Anywhere. */
  readonly launchType: LaunchType;
  /** Network mode of the Agent's task. Undefined is ECS's `default` mode on Windows, which uses NAT. */
  readonly networkMode: Task["networkMode"];
  /** Receiver of traces. Undefined if APM is off. */
  readonly apm: Receiver | undefined;
  /** Receiver of custom metrics. Undefined if DogStatsD is off. */
  readonly dogstatsd: Receiver | undefined;
  /** Whether the Agent collects logs. */
  readonly logs: boolean;
}

/**
 * How applications reach the Agent of a configuration. Pure.
 * @param settings the checked configuration. Options that aren't set have their defaults
 * @param task the Agent's task for these settings, for its network mode
 */
export function agentConnection(
  catalog: Catalog,
  settings: AgentSettings & { readonly launchType: LaunchType },
  task: Pick<Task, "networkMode">,
): AgentConnection {
  const scope = scopeOf(catalog, settings);
  const receiver = (feature: "apm" | "dogstatsd"): Receiver | undefined => {
    const has = (option: string) => scope.value(`features.${feature}.${option}`) === true;
    return scope.isOn(feature) ? { port: has("port"), socket: has("socket") } : undefined;
  };
  const { osType, socketMounts } = hostOf(catalog, settings);
  return {
    hostName: settings.host,
    socketMounts,
    osType,
    launchType: settings.launchType,
    networkMode: task.networkMode,
    apm: receiver("apm"),
    dogstatsd: receiver("dogstatsd"),
    logs: scope.isOn("logs"),
  };
}

/** What a container needs to reach the Agent over UNIX sockets, in the format of the ECS API. */
export interface SocketAccess {
  readonly environment: readonly KeyValuePair[];
  readonly mountPoints: readonly MountPoint[];
  /** Volumes of the task. */
  readonly volumes: readonly Volume[];
}

/**
 * The environment variables, mounts and volumes for UNIX sockets; empty lists without sockets. The mount is read-only:
 * connecting to a socket needs write permission on the socket, not on its file system.
 * @param host the Agent's host, or a connection to the Agent
 * @param sockets the sockets that the container uses
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 * @see https://docs.datadoghq.com/developers/dogstatsd/unix_socket/
 */
export function socketAccess(
  { socketMounts }: Pick<Host, "socketMounts">,
  sockets: { readonly apm: boolean; readonly dogstatsd: boolean },
): SocketAccess {
  const mounts = sockets.apm || sockets.dogstatsd ? socketMounts : [];
  return {
    environment: [
      ...(sockets.dogstatsd ? [{ name: "DD_DOGSTATSD_URL", value: `unix://${DOGSTATSD_SOCKET}` }] : []),
      ...(sockets.apm ? [{ name: "DD_TRACE_AGENT_URL", value: `unix://${APM_SOCKET}` }] : []),
    ],
    mountPoints: mounts.map(({ volume, containerPath }) => ({
      containerPath,
      readOnly: true,
      sourceVolume: volume.name,
    })),
    volumes: mounts.map(({ volume }) => volume),
  };
}
