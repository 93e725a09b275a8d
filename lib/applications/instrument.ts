import type { ContainerDefinition, Volume } from "@aws-sdk/client-ecs";
import { ConfigurationError } from "../core/problem";
import { addressEntryPoint, isAddressEntryPoint } from "./address-script";
import { type AgentConnection, type Receiver, socketAccess } from "./connection";
import { labels, tagEnvironment } from "./labels";
import { checkOptions, type InstrumentOptions, type Options } from "./options";
import { commandProblems, folder, logProblems, mountProblems, transportProblems } from "./problems";

/** A container definition that is connected to the Agent, and the volumes that its task needs. */
export interface InstrumentedContainer {
  /** The given container definition with the additions. */
  readonly containerDefinition: ContainerDefinition;
  /** Volumes to add to the task definition. */
  readonly volumes: Volume[];
}

/**
 * Connects an application's container to the Agent: adds environment variables, mounts, unified service tags, and the
 * Docker labels of Autodiscovery.
 *
 * Pure and idempotent. Keeps everything in the container definition: an existing environment variable, secret or label
 * takes precedence over an added one of the same name.
 *
 * With the transport `host`, the container starts through a shell script that finds the instance's address, sets
 * DD_AGENT_HOST and then runs the container's `entryPoint` and `command` with `exec`. The image needs `sh`, `sed`, and
 * `curl` or GNU `wget`. ECS ignores the image's ENTRYPOINT and CMD if the container definition has an entry point, so copy
 * the image's ENTRYPOINT to the container definition. An existing DD_AGENT_HOST takes precedence. Without an address, the
 * application starts anyway, and the script prints a warning to stderr.
 * @param container a container definition of the ECS API
 * @param connection how to reach the Agent
 * @param options what to add, by default only the connection to the Agent
 * @returns the container definition and the volumes for its task (empty unless a socket is used)
 * @throws ConfigurationError with all problems: invalid options, a transport or log collection that the Agent doesn't
 * have, another volume at the sockets' folder, an unknown command
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
  const apm = transportTo(connection.apm, transport);
  const dogstatsd = transportTo(connection.dogstatsd, transport);
  const overHost = apm === "host" || dogstatsd === "host";
  const access = socketAccess(connection, { apm: apm === "socket", dogstatsd: dogstatsd === "socket" });
  const problems = [
    ...logProblems(checked.value, connection),
    ...transportProblems(transport, overHost, connection),
    ...mountProblems(container.mountPoints, access.mountPoints),
    ...(overHost ? commandProblems(container) : []),
  ];
  if (problems.length > 0) throw new ConfigurationError(heading, problems);

  const existing = new Set([...(container.environment ?? []), ...(container.secrets ?? [])].map(({ name }) => name));
  const environment = [...access.environment, ...tagEnvironment(checked.value)].filter(
    ({ name }) => !existing.has(name),
  );
  const mounted = new Set(container.mountPoints?.map(folder));
  const mountPoints = access.mountPoints.filter((mount) => !mounted.has(folder(mount)));
  const dockerLabels = { ...labels(checked.value), ...container.dockerLabels };
  return {
    containerDefinition: {
      ...container,
      ...(environment.length > 0 && { environment: [...(container.environment ?? []), ...environment] }),
      ...(mountPoints.length > 0 && { mountPoints: [...(container.mountPoints ?? []), ...mountPoints] }),
      ...(Object.keys(dockerLabels).length > 0 && { dockerLabels }),
      ...(overHost && throughScript(container, apm === "host")),
    },
    volumes: [...access.volumes],
  };
}

/** The transport to a receiver. Undefined if there is none. */
function transportTo(receiver: Receiver | undefined, transport: Options["transport"]): "socket" | "host" | undefined {
  if (receiver === undefined || transport === "none") return undefined;
  if (receiver.socket && transport !== "host") return "socket";
  return receiver.port && transport !== "socket" ? "host" : undefined;
}

/** Makes the container's command the arguments of the script. Replaces an existing script. */
function throughScript({ entryPoint = [], command = [] }: ContainerDefinition, traces: boolean) {
  return {
    entryPoint: addressEntryPoint(traces),
    command: isAddressEntryPoint(entryPoint) ? command : [...entryPoint, ...command],
  };
}
