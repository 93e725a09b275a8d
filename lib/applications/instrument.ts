import type { ContainerDefinition, Volume } from "@aws-sdk/client-ecs";
import { ConfigurationError } from "../core/problem";
import { addressEntryPoint, isAddressEntryPoint } from "./address-script";
import { type AgentConnection, type Receiver, socketAccess } from "./connection";
import { labels, tagEnvironment } from "./labels";
import { commandProblems, folder, logProblems, mountProblems, transportProblems } from "./obstacles";
import { checkOptions, type InstrumentOptions, type Options } from "./options";

/** A container that reaches the Agent, and what its task needs for that. */
export interface InstrumentedContainer {
  /** The container definition that was given, with what was added. */
  readonly containerDefinition: ContainerDefinition;
  /** What the task definition needs beside its own volumes. */
  readonly volumes: Volume[];
}

/**
 * A container definition whose application reaches the Agent, sends its tags, and is known to the Agent by its labels.
 *
 * Pure: what it is given stays as it is, and applied twice it gives the same as once. Everything that the container has
 * stays. A variable (or secret) and a label that it has already win over what would be added under their names.
 *
 * Over the host's address the container starts through a shell script that asks for the instance's address, sets
 * DD_AGENT_HOST and becomes the container's own command: `entryPoint` and `command`, one after the other, word for word.
 * It needs `sh`, `sed`, and `curl` or GNU `wget` in the image; ECS drops the image's own ENTRYPOINT and CMD where an entry
 * point is given, so where the image has an ENTRYPOINT it must stand in the definition too. A DD_AGENT_HOST that the
 * application has wins, and without an address it starts all the same, with a line on stderr.
 * @param container a container definition of the AWS API
 * @param connection how the Agent is reached
 * @param options what to add; by default the way to the Agent alone
 * @returns the definition and the volumes that its task needs (none unless over a socket)
 * @throws ConfigurationError with all problems at once: options that are wrong, a way that this Agent doesn't have, logs
 * that it doesn't collect, another volume at the sockets' folder, a command that isn't known
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 * @see https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/?tab=ecs
 * @see https://docs.datadoghq.com/containers/docker/integrations/
 */
export function instrument(
  container: ContainerDefinition,
  connection: AgentConnection,
  options: InstrumentOptions = {},
): InstrumentedContainer {
  const heading = `container ${container.name ?? "without a name"}`;
  const checked = checkOptions(options);
  if ("problems" in checked) throw new ConfigurationError(heading, checked.problems);

  const { transport } = checked.value;
  const ways = { apm: wayTo(connection.apm, transport), dogstatsd: wayTo(connection.dogstatsd, transport) };
  const overHost = ways.apm === "host" || ways.dogstatsd === "host";
  const access = socketAccess(connection.hostName, {
    apm: ways.apm === "socket",
    dogstatsd: ways.dogstatsd === "socket",
  });
  const problems = [
    ...logProblems(checked.value, connection),
    ...transportProblems(transport, overHost, connection),
    ...mountProblems(container.mountPoints, access.mountPoints),
    ...(overHost ? commandProblems(container) : []),
  ];
  if (problems.length > 0) throw new ConfigurationError(heading, problems);

  const taken = new Set([...(container.environment ?? []), ...(container.secrets ?? [])].map(({ name }) => name));
  const environment = [...access.environment, ...tagEnvironment(checked.value)].filter(({ name }) => !taken.has(name));
  const mounted = new Set(container.mountPoints?.map(folder));
  const mountPoints = access.mountPoints.filter((mount) => !mounted.has(folder(mount)));
  const dockerLabels = { ...labels(checked.value), ...container.dockerLabels };
  return {
    containerDefinition: {
      ...container,
      ...(environment.length > 0 && { environment: [...(container.environment ?? []), ...environment] }),
      ...(mountPoints.length > 0 && { mountPoints: [...(container.mountPoints ?? []), ...mountPoints] }),
      ...(Object.keys(dockerLabels).length > 0 && { dockerLabels }),
      ...(overHost && throughScript(container, ways.apm === "host")),
    },
    volumes: [...access.volumes],
  };
}

/** How traces or metrics go to the Agent; undefined if they don't. */
function wayTo(receiver: Receiver | undefined, transport: Options["transport"]): "socket" | "host" | undefined {
  if (receiver === undefined || transport === "none") return undefined;
  if (receiver.socket && transport !== "host") return "socket";
  return receiver.port && transport !== "socket" ? "host" : undefined;
}

/** The container's own command becomes the arguments of the script; where the script is there already, it's renewed. */
function throughScript({ entryPoint = [], command = [] }: ContainerDefinition, traces: boolean) {
  return {
    entryPoint: addressEntryPoint(traces),
    command: isAddressEntryPoint(entryPoint) ? command : [...entryPoint, ...command],
  };
}
