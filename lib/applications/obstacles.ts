import type { ContainerDefinition, MountPoint } from "@aws-sdk/client-ecs";
import type { Problem } from "../core/problem";
import type { AgentConnection, Receiver } from "./connection";
import type { Options } from "./options";

/** Why a container can't reach this Agent in the way that it is to. */

export function transportProblems(
  transport: Options["transport"],
  overHost: boolean,
  { osType, launchType, networkMode, apm, dogstatsd }: AgentConnection,
): Problem[] {
  const listens = (on: keyof Receiver) => apm?.[on] === true || dogstatsd?.[on] === true;
  const problem = (message: string): Problem => ({ path: ["transport"], message });
  const ownAddress =
    "Set DD_AGENT_HOST yourself when the application starts, from http://169.254.169.254/latest/meta-data/local-ipv4, and use none.";
  const problems: Problem[] = [];

  if (transport === "socket" && osType === "windows") {
    problems.push(problem(`must not be socket on Windows, which has no UNIX sockets. ${ownAddress}`));
  } else if (transport === "socket" && !listens("socket")) {
    problems.push(
      problem(
        "needs an Agent that listens on a UNIX socket, got one that doesn't. " +
          "Set features.apm.socket or features.dogstatsd.socket of the Agent to true, or use host.",
      ),
    );
  }
  if (transport === "host" && !listens("port")) {
    problems.push(
      problem(
        "needs an Agent that listens on a port of the instance, got one that doesn't. " +
          "Set features.apm.port or features.dogstatsd.port of the Agent to true, or use socket.",
      ),
    );
  }
  if (transport !== "host" && !overHost) return problems;

  const got = transport === "host" ? "got host" : "got none, which is host with this Agent";
  const sockets = "Set `socket` of features.apm and features.dogstatsd of the Agent to true and use socket";
  if (osType === "windows") {
    problems.push(problem(`must not be host on Windows, ${got}: its images have no POSIX shell. ${ownAddress}`));
  }
  if (networkMode === "awsvpc") {
    problems.push(
      problem(
        `must not be host with an Agent in network mode awsvpc, ${got}: it has an address of its own that applications can't find. ${osType === "windows" ? "Leave networkMode of the Agent out" : sockets}.`,
      ),
    );
  }
  if (launchType === "EXTERNAL") {
    problems.push(
      problem(
        `must not be host with launchType EXTERNAL, ${got}: outside AWS nothing tells a container the address of its instance. ${sockets}, or set DD_AGENT_HOST yourself and use none.`,
      ),
    );
  }
  return problems;
}

/** ECS passes an entry point and a command on; what the image has instead of them, it doesn't know. */
export function commandProblems({ entryPoint = [], command = [] }: ContainerDefinition): Problem[] {
  if (entryPoint.length + command.length > 0) return [];
  return [
    {
      path: ["container", "command"],
      message:
        "must be there when the application is started by a script (transport host), got neither entryPoint nor command. " +
        "Write the image's own ENTRYPOINT and CMD into the definition (`docker image inspect` shows them), or use a socket.",
    },
  ];
}

export function mountProblems(own: readonly MountPoint[] = [], added: readonly MountPoint[]): Problem[] {
  return own.flatMap((mount, index) => {
    const other = added.find((candidate) => folder(candidate) === folder(mount));
    if (other === undefined || other.sourceVolume === mount.sourceVolume) return [];
    return [
      {
        path: ["container", "mountPoints", index],
        message:
          `must leave ${folder(other)} to the volume ${other.sourceVolume ?? ""} with the Agent's UNIX sockets, ` +
          `got the volume ${mount.sourceVolume ?? "without a name"}. Mount that somewhere else, or use the transport host.`,
      },
    ];
  });
}

/** Where a mount is, however its path ends. */
export function folder({ containerPath = "" }: MountPoint): string {
  return containerPath.replace(/(?<=.)\/+$/, "");
}

export function logProblems({ logs, checks = {} }: Options, connection: AgentConnection): Problem[] {
  if (connection.logs) return [];
  const asked = [
    ...(logs ? [["logs"]] : []),
    ...Object.entries(checks).flatMap(([name, check]) => (check.logs ? [["checks", name, "logs"]] : [])),
  ];
  return asked.map((path) => ({
    path,
    message: "needs an Agent that collects logs, got one with features.logs off. Turn it on, or leave this out.",
  }));
}
