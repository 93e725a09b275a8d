import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import type { NetworkMode } from "./ecs";
import type { Contribution, Port, Sidecar } from "./feature";
import type { Host, HostMount } from "./host";
import { type Claim, compare, type Conflict, mergeClaims } from "./merge";
import type { Problem } from "./problem";
import * as render from "./render";

/** An ECS task, with the type of the AWS API. The outputs add the roles. */
export type Task = RegisterTaskDefinitionCommandInput & {
  /** The name that all revisions share. */
  readonly family: string;
  /** The Agent, then its sidecars. */
  readonly containerDefinitions: readonly [ContainerDefinition, ...ContainerDefinition[]];
};

/** A contribution and the path of its source, such as `features.apm`. */
export interface Contributor {
  readonly source: string;
  readonly contribution: Contribution;
}

export interface TaskParts {
  readonly host: Host;
  readonly networkMode: NetworkMode | undefined;
  readonly image: string;
  /** Fields of the Agent's container definition, from the settings. */
  readonly container: Partial<ContainerDefinition>;
  /** Fields of the task definition, from the settings. */
  readonly task: Partial<RegisterTaskDefinitionCommandInput>;
  /** Environment of the features that are off. Everything else overrides it. */
  readonly off: Readonly<Record<string, string>>;
  /** The Agent's base and the features that are on. Equal values are merged, different values are a problem. */
  readonly contributors: readonly Contributor[];
  /** The user's environment. It overrides everything else. */
  readonly environment: Readonly<Record<string, string>>;
}

export const AGENT_CONTAINER = "datadog-agent";

/** Builds the task. Pure: the order of the parts has no effect. */
export function assemble(parts: TaskParts): { readonly task: Task; readonly problems: readonly Problem[] } {
  const { contributors, host } = parts;
  /** Merges the pieces of all contributors by key. */
  const merge = <Value>(
    what: string,
    pieces: (contribution: Contribution) => readonly Value[] | undefined,
    key: (piece: Value) => string,
    more: readonly Contributor[] = [],
  ) => {
    const claims = [...contributors, ...more].flatMap(({ source, contribution }) =>
      (pieces(contribution) ?? []).map((value): Claim<Value> => ({ source, key: key(value), value })),
    );
    const { merged, conflicts } = mergeClaims(claims);
    problems.push(...conflicts.map((conflict) => conflictProblem(what, conflict)));
    return merged;
  };
  const problems: Problem[] = [];

  const variables = merge("the variable", ({ environment }) => entries(environment), nameOf);
  const fallbacks = merge("the variable", ({ fallback }) => entries(fallback), nameOf);
  const secrets = merge("the secret", (contribution) => entries(contribution.secrets), nameOf);
  const ownLabels = { source: "dockerLabels", contribution: { dockerLabels: parts.container.dockerLabels ?? {} } };
  const labels = merge("the Docker label", ({ dockerLabels }) => entries(dockerLabels), nameOf, [ownLabels]);
  const mounts = merge<HostMount>(
    "the mount at",
    (contribution) => contribution.mounts,
    (mount) => mount.containerPath,
  );
  const writable = contributors
    .flatMap(({ contribution }) => contribution.writable ?? [])
    .filter((path) => !mounts.has(path))
    .map(emptyMount);
  const volumes = merge<HostMount["volume"]>(
    "the volume",
    ({ mounts = [], volumes = [] }) => [...mounts.map(({ volume }) => volume), ...volumes],
    nameOf,
  );
  const chosen = new Set(
    contributors.flatMap(({ contribution: { ports = [] } }) => ports.filter(hasHostPort).map(portKey)),
  );
  const ports = merge<Port>(
    "port",
    // An explicit host port overrides a default one.
    ({ ports = [] }) => ports.filter((port) => hasHostPort(port) || !chosen.has(portKey(port))),
    portKey,
  );
  const containers = merge<ContainerDefinition>(
    "the container",
    ({ sidecars = [], containers = [] }) => [...sidecars.map(sidecarContainer), ...containers],
    ({ name = "" }) => name,
  );
  const pidModes = merge<string>(
    "the process namespace",
    ({ pidMode }) => pidMode && [pidMode],
    () => "pidMode",
  );
  const all = <Value>(pieces: (contribution: Contribution) => readonly Value[] | undefined) =>
    new Set(contributors.flatMap(({ contribution }) => pieces(contribution) ?? []));

  const environment = sortedMap({
    ...parts.off,
    ...valuesOf(fallbacks),
    ...valuesOf(variables),
    ...parts.environment,
  });

  const agent: ContainerDefinition = render.inOrder({
    ...parts.container,
    dockerLabels: labels.size === 0 ? undefined : valuesOf(labels),
    name: AGENT_CONTAINER,
    image: parts.image,
    essential: true,
    environment: render.environment(environment),
    secrets: render.secrets(new Map([...secrets].map(([name, { value }]) => [name, value]))),
    mountPoints: render.mountPoints(withMore(mounts, writable, ({ containerPath }) => containerPath)),
    portMappings: render.portMappings(ports),
    linuxParameters: render.linuxParameters(
      parts.container.linuxParameters,
      all((contribution) => contribution.capabilities),
      all((contribution) => contribution.droppedCapabilities),
    ),
  });

  const task: Task = render.inOrder({
    family: "",
    ...parts.task,
    networkMode: parts.networkMode,
    pidMode: [...pidModes.values()][0] as Contribution["pidMode"],
    placementConstraints: [
      osTypeConstraint(host),
      ...[...all((contribution) => contribution.placementConstraints)].map((expression) => ({
        type: "memberOf" as const,
        expression,
      })),
    ],
    containerDefinitions: [agent, ...containers.values()],
    volumes: render.volumes(
      withMore(
        volumes,
        writable.map(({ volume }) => volume),
        nameOf,
      ),
    ),
  });
  return { task, problems };
}

/** The Agent's image has the same name on Linux and Windows, so a mixed cluster could start the wrong daemon. */
export function osTypeConstraint({ osType }: Host) {
  return { type: "memberOf", expression: `attribute:ecs.os-type == ${osType}` } as const;
}

/** An empty volume at a path. Docker copies the files of the image into it. */
export function emptyMount(containerPath: string): HostMount {
  return { volume: { name: `writable${containerPath.replace(/\W/g, "-")}` }, containerPath, readOnly: false };
}

/** A map with more entries, sorted by key. */
function withMore<Value>(
  map: ReadonlyMap<string, Value>,
  more: readonly Value[],
  key: (value: Value) => string,
): ReadonlyMap<string, Value> {
  if (more.length === 0) return map;
  return new Map([...map, ...more.map((value) => [key(value), value] as const)].sort(([a], [b]) => compare(a, b)));
}

export function sidecarContainer(sidecar: Sidecar): ContainerDefinition {
  return render.compact({
    name: sidecar.name,
    image: sidecar.image,
    essential: true,
    cpu: sidecar.cpu,
    memory: sidecar.memoryMiB,
    environment: render.environment(sortedMap(sidecar.environment)),
    portMappings: render.portMappings(new Map(sidecar.ports.map((port) => [portKey(port), port]))),
  });
}

function hasHostPort({ hostPort }: Port): boolean {
  return hostPort !== undefined;
}

/** A fixed width sorts ports by number. */
export function portKey({ containerPort, protocol }: Port): string {
  return `${String(containerPort).padStart(5, "0")}/${protocol}`;
}

function conflictProblem(what: string, { key, sources: [first, second] }: Conflict): Problem {
  return {
    path: second.split("."),
    message: `conflicts with ${first} on ${what} ${key}. Turn one of them off, or change its options.`,
  };
}

function entries(record: Readonly<Record<string, string>> = {}): { name: string; value: string }[] {
  return Object.entries(record).map(([name, value]) => ({ name, value }));
}

function valuesOf(claims: ReadonlyMap<string, { name: string; value: string }>): Record<string, string> {
  return Object.fromEntries([...claims.values()].map(({ name, value }) => [name, value]));
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function sortedMap(record: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(record).sort(([a], [b]) => compare(a, b)));
}
