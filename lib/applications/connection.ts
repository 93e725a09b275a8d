import type { KeyValuePair, MountPoint, Volume } from "@aws-sdk/client-ecs";
import { surroundingsOf } from "../configuration/rules";
import type { Settings } from "../configuration/schema";
import type { Task } from "../core/assemble";
import type { LaunchType } from "../core/ecs";
import type { Host } from "../core/host";
import { enabledFeatures } from "../core/toggles";
import * as registry from "../features";
import { APM_SOCKET } from "../features/apm";
import { DOGSTATSD_SOCKET } from "../features/dogstatsd";
import { type HostName, hosts } from "../hosts";

/** Where the Agent receives something from applications. */
export interface Receiver {
  /** On a port of the instance (in network mode awsvpc: of the Agent's own address). */
  readonly port: boolean;
  /** On a UNIX socket of the instance. */
  readonly socket: boolean;
}

/** How applications reach an Agent. Plain data. */
export interface AgentConnection {
  /** Host of the Agent, as the configuration names it. */
  readonly hostName: HostName;
  /** Its operating system, as ECS names it. */
  readonly osType: Host["osType"];
  /** Launch type of the Agent's service. EXTERNAL is ECS Anywhere. */
  readonly launchType: LaunchType;
  /** Network mode of the Agent's task; undefined is ECS's `default`, the NAT network of Windows. */
  readonly networkMode: Task["networkMode"];
  /** Receiver of traces; undefined while APM is off. */
  readonly apm: Receiver | undefined;
  /** Receiver of custom metrics; undefined while DogStatsD is off. */
  readonly dogstatsd: Receiver | undefined;
  /** Whether the Agent collects logs. */
  readonly logs: boolean;
}

/**
 * How applications reach the Agent of a configuration. Pure.
 * @param settings the checked configuration; options that are left open count with their defaults
 * @param task the Agent's task for these settings, which has the network mode that came out
 */
export function agentConnection(settings: Settings, task: Pick<Task, "networkMode">): AgentConnection {
  const surroundings = surroundingsOf(settings);
  const enabled = enabledFeatures(registry, settings.features, surroundings);
  const optionsOf = (wanted: keyof typeof registry) => enabled.find(({ name }) => name === wanted)?.options;
  const receiver = (wanted: "apm" | "dogstatsd"): Receiver | undefined => {
    const options = optionsOf(wanted);
    return options && { port: options.port === true, socket: options.socket === true };
  };
  return {
    hostName: settings.host,
    osType: surroundings.host.osType,
    launchType: settings.launchType,
    networkMode: task.networkMode,
    apm: receiver("apm"),
    dogstatsd: receiver("dogstatsd"),
    logs: optionsOf("logs") !== undefined,
  };
}

/** What a container needs to reach the Agent over UNIX sockets, in the shapes of ECS. */
export interface SocketAccess {
  readonly environment: readonly KeyValuePair[];
  readonly mountPoints: readonly MountPoint[];
  /** Volumes of the task. */
  readonly volumes: readonly Volume[];
}

/**
 * The variables, mounts and volumes for the given sockets; empty lists for none. The mount is read-only: to connect to
 * a socket takes the right to write to the socket, not to the file system that it is on.
 * @param hostName host of the Agent, which knows where the sockets' folder is
 * @param sockets which sockets the container is to use
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 * @see https://docs.datadoghq.com/developers/dogstatsd/unix_socket/
 */
export function socketAccess(
  hostName: HostName,
  sockets: { readonly apm: boolean; readonly dogstatsd: boolean },
): SocketAccess {
  const mounts = sockets.apm || sockets.dogstatsd ? hosts[hostName].socketMounts : [];
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
