import type { ContainerDefinition, MountPoint } from "@aws-sdk/client-ecs";
import type { Problem } from "../core/problem";
import type { AgentConnection, Receiver } from "./connection";
import type { Options } from "./options";

/** Checks of the options and the container definition against the Agent. */

export function transportProblems(
  transport: Options["transport"],
  overHost: boolean,
  { osType, launchType, networkMode, apm, dogstatsd }: AgentConnection,
): Problem[] {
  const listens = (on: keyof Receiver) => apm?.[on] === true || dogstatsd?.[on] === true;
  const problem = (message: string): Problem => ({ path: ["transport"], message });
  const setAddress =
    "Set transport to none, and set DD_AGENT_HOST from http://169.254.169.254/latest/meta-data/local-ipv4 when the application starts.";
  const problems: Problem[] = [];

  if (transport === "socket" && osType === "windows") {
    problems.push(problem(`can't be socket on Windows, which has no UNIX sockets. ${setAddress}`));
  } else if (transport === "socket" && !listens("socket")) {
    problems.push(
      problem(
        "is socket, but the Agent doesn't listen on a UNIX socket. " +
          "Set the Agent's features.apm.socket or features.dogstatsd.socket to true, or use host.",
      ),
    );
  }
  if (transport === "host" && !listens("port")) {
    problems.push(
      problem(
        "is host, but the Agent doesn't listen on a port of the instance. " +
          "Set the Agent's features.apm.port or features.dogstatsd.port to true, or use socket.",
      ),
    );
  }
  if (transport !== "host" && !overHost) return problems;

  const is = transport === "host" ? "can't be host" : "isn't set, so it is host with this Agent, but can't be host";
  const useSockets = "Set `socket` of the Agent's features.apm and features.dogstatsd to true and use socket";
  if (osType === "windows") {
    problems.push(problem(`${is} on Windows: its images have no POSIX shell. ${setAddress}`));
  }
  if (networkMode === "awsvpc") {
    problems.push(
      problem(
        `${is} with an Agent in network mode awsvpc: applications can't find the address of its network interface. ${osType === "windows" ? "Remove the Agent's networkMode" : useSockets}.`,
      ),
    );
  }
  if (launchType === "EXTERNAL") {
    problems.push(
      problem(
        `${is} with launchType EXTERNAL: outside AWS, a container can't find the address of its instance. ${useSockets}, or set DD_AGENT_HOST yourself and use none.`,
      ),
    );
  }
  return problems;
}

/** Without an entry point and a command, the image's own apply, which aren't known here. */
export function commandProblems({ entryPoint = [], command = [] }: ContainerDefinition): Problem[] {
  if (entryPoint.length + command.length > 0) return [];
  return [
    {
      path: ["container", "command"],
      message:
        "is missing, and entryPoint too: with the transport host, a script starts the application. " +
        "Copy the image's ENTRYPOINT and CMD to the container definition (see `docker image inspect`), or use a socket.",
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
          `mounts the volume ${mount.sourceVolume ?? "without a name"} at ${folder(other)}, where the Agent's UNIX sockets ` +
          `are mounted (volume ${other.sourceVolume ?? ""}). Set another containerPath, or use the transport host.`,
      },
    ];
  });
}

/** The path of a mount without slashes at its end. */
export function folder({ containerPath = "" }: MountPoint): string {
  return containerPath.replace(/(?<=.)\/+$/, "");
}

export function logProblems({ logs, checks = {} }: Options, connection: AgentConnection): Problem[] {
  if (connection.logs) return [];
  const paths = [
    ...(logs ? [["logs"]] : []),
    ...Object.entries(checks).flatMap(([name, check]) => (check.logs ? [["checks", name, "logs"]] : [])),
  ];
  return paths.map((path) => ({
    path,
    message: "needs features.logs of the Agent, which is off. Turn it on, or remove this option.",
  }));
}
