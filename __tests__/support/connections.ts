import type { AgentConnection } from "../../lib/applications/connection";
import { linux } from "../../lib/hosts/linux";

/** Agents with different ways to connect. */
export const SOCKETS: AgentConnection = {
  hostName: "linux",
  socketMounts: linux.socketMounts,
  osType: "linux",
  launchType: "EC2",
  networkMode: "bridge",
  apm: { port: true, socket: true },
  dogstatsd: { port: true, socket: true },
  logs: true,
};
export const PORTS: AgentConnection = {
  ...SOCKETS,
  apm: { port: true, socket: false },
  dogstatsd: { port: true, socket: false },
};
export const OFF: AgentConnection = { ...SOCKETS, apm: undefined, dogstatsd: undefined, logs: false };
export const WINDOWS: AgentConnection = {
  ...PORTS,
  hostName: "windows",
  socketMounts: [],
  osType: "windows",
  networkMode: undefined,
};
