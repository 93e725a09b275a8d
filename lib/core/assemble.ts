import type { ContainerDefinition, HealthCheck, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import type { LaunchType, NetworkMode } from "./ecs";
import type { Contribution, Port, Sidecar } from "./feature";
import type { Host, HostMount } from "./host";
import { type Claim, compare, type Conflict, mergeClaims } from "./merge";
import type { Problem } from "./problem";
import * as render from "./render";

/** One ECS task, in the AWS API's own type. Roles are the deployer's to add. */
export type Task = RegisterTaskDefinitionCommandInput & {
  /** What its revisions have in common. */
  readonly family: string;
  /** The Agent, and after it its sidecars. */
  readonly containerDefinitions: readonly [ContainerDefinition, ...ContainerDefinition[]];
};

/** A contribution and the path of the configuration that asks for it, such as `features.apm`. */
export interface Contributor {
  readonly source: string;
  readonly contribution: Contribution;
}

export interface TaskParts {
  readonly family: string;
  readonly host: Host;
  readonly launchType: LaunchType;
  readonly networkMode: NetworkMode | undefined;
  readonly image: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly healthCheck: HealthCheck | undefined;
  /** Environment of features that are off; anything else wins over it. */
  readonly off: Readonly<Record<string, string>>;
  /** The Agent's base and the features that are on. Equals among them collapse, unequals are a problem. */
  readonly contributors: readonly Contributor[];
  /** The user's environment; it wins over everything. */
  readonly environment: Readonly<Record<string, string>>;
}

export const AGENT_CONTAINER = "datadog-agent";

/** Puts the task together. Pure: the same parts, in whatever order, give the same task. */
export function assemble(parts: TaskParts): { readonly task: Task; readonly problems: readonly Problem[] } {
  const { contributors, host } = parts;
  /** Every piece that contributors ask for, under its key. */
  const merge = <Value>(
    what: string,
    pieces: (contribution: Contribution) => readonly Value[] | undefined,
    key: (piece: Value) => string,
  ) => {
    const claims = contributors.flatMap(({ source, contribution }) =>
      (pieces(contribution) ?? []).map((value): Claim<Value> => ({ source, key: key(value), value })),
    );
    const { merged, conflicts } = mergeClaims(claims);
    problems.push(...conflicts.map((conflict) => conflictProblem(what, conflict)));
    return merged;
  };
  const problems: Problem[] = [];

  const variables = merge("the variable", ({ environment }) => entries(environment), nameOf);
  const secrets = merge("the secret", (contribution) => entries(contribution.secrets), nameOf);
  const mounts = merge<HostMount>(
    "the mount at",
    (contribution) => contribution.mounts,
    (mount) => mount.containerPath,
  );
  const volumes = merge("the volume", (contribution) => contribution.mounts?.map(({ volume }) => volume), nameOf);
  const ports = merge<Port>("port", (contribution) => contribution.ports, portKey);
  const sidecars = merge<Sidecar>("the container", (contribution) => contribution.sidecars, nameOf);
  const capabilities = new Set(contributors.flatMap(({ contribution }) => contribution.capabilities ?? []));

  const environment = sortedMap({
    ...parts.off,
    ...Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value])),
    ...parts.environment,
  });

  const agent: ContainerDefinition = render.compact({
    name: AGENT_CONTAINER,
    image: parts.image,
    essential: true,
    cpu: parts.cpu,
    memory: parts.memoryMiB,
    environment: render.environment(environment),
    secrets: render.secrets(new Map([...secrets].map(([name, { value }]) => [name, value]))),
    mountPoints: render.mountPoints(mounts),
    portMappings: render.portMappings(ports),
    linuxParameters: render.linuxParameters(capabilities),
    healthCheck: parts.healthCheck,
  });

  const task: Task = render.compact({
    family: parts.family,
    requiresCompatibilities: [parts.launchType],
    networkMode: parts.networkMode,
    pidMode: contributors.find(({ contribution }) => contribution.pidMode)?.contribution.pidMode,
    placementConstraints: [osTypeConstraint(host)],
    containerDefinitions: [agent, ...[...sidecars.values()].map(sidecarContainer)],
    volumes: render.volumes(volumes),
  });
  return { task, problems };
}

/** The Agent's image exists for both systems under one name: in a cluster that mixes them the wrong one would start. */
export function osTypeConstraint({ osType }: Host) {
  return { type: "memberOf", expression: `attribute:ecs.os-type == ${osType}` } as const;
}

/** The container definition of a sidecar. */
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

/** Fixed width, so that ports sort by number. */
export function portKey({ containerPort, protocol }: Port): string {
  return `${String(containerPort).padStart(5, "0")}/${protocol}`;
}

function conflictProblem(what: string, { key, sources: [first, second] }: Conflict): Problem {
  return {
    path: second.split("."),
    message: `must agree with ${first} on ${what} ${key}, got another value. Turn one of the two off, or change its options.`,
  };
}

function entries(record: Readonly<Record<string, string>> = {}): { name: string; value: string }[] {
  return Object.entries(record).map(([name, value]) => ({ name, value }));
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function sortedMap(record: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(record).sort(([a], [b]) => compare(a, b)));
}
