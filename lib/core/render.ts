import type { ContainerDefinition, KeyValuePair, MountPoint, PortMapping, Secret, Volume } from "@aws-sdk/client-ecs";
import type { Capability } from "./ecs";
import type { Port } from "./feature";
import type { HostMount } from "./host";
import { compare } from "./merge";

/**
 * Writes the parts of a container definition as ECS returns them: in a fixed order, without empty values and with ECS's
 * defaults. The AWS provider compares container definitions as JSON, so another form would show a diff in every plan.
 */

/** A list of variables. Maps are sorted by name. */
export function environment(variables: ReadonlyMap<string, string>): KeyValuePair[] | undefined {
  return listOf(variables, ([name, value]) => ({ name, value }));
}

export function secrets(arns: ReadonlyMap<string, string>): Secret[] | undefined {
  return listOf(arns, ([name, valueFrom]) => ({ name, valueFrom }));
}

export function mountPoints(mounts: ReadonlyMap<string, HostMount>): MountPoint[] | undefined {
  return listOf(mounts, ([containerPath, { volume, readOnly }]) => ({
    containerPath,
    readOnly,
    sourceVolume: volume.name,
  }));
}

export function portMappings(ports: ReadonlyMap<string, Port>): PortMapping[] | undefined {
  return listOf(ports, ([, { containerPort, hostPort = containerPort, protocol }]) => ({
    containerPort,
    hostPort,
    protocol,
  }));
}

/**
 * Writes both lists even if one is empty, because ECS returns both.
 * @param given the Linux parameters from the settings
 */
export function linuxParameters(
  given: ContainerDefinition["linuxParameters"],
  add: ReadonlySet<Capability>,
  drop: ReadonlySet<Capability>,
): ContainerDefinition["linuxParameters"] {
  const capabilities =
    add.size + drop.size === 0 ? undefined : { capabilities: { add: [...add].sort(), drop: [...drop].sort() } };
  const parameters = { ...given, ...capabilities };
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

export function volumes(byName: ReadonlyMap<string, Volume>): Volume[] | undefined {
  return listOf(byName, ([, volume]) => volume);
}

/** Removes keys with an undefined value. Keeps `false`, `0` and empty lists. */
export function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value;
}

/** The fields that people look for first, in this order. The others follow, sorted. */
const FIRST = [
  ...["name", "image", "essential", "cpu", "memory", "environment", "secrets", "mountPoints", "portMappings"],
  ...["linuxParameters", "healthCheck"],
  ...[
    "family",
    "requiresCompatibilities",
    "networkMode",
    "pidMode",
    "placementConstraints",
    "containerDefinitions",
    "volumes",
  ],
];

/** Removes keys with an undefined value and puts the others into a fixed order. */
export function inOrder<Value extends object>(value: Value): Value {
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const parts = Object.entries(compact(value)).sort(([a], [b]) => rank(a) - rank(b) || compare(a, b));
  return Object.fromEntries(parts) as Value;
}

function listOf<Value, Item>(
  map: ReadonlyMap<string, Value>,
  item: (entry: [string, Value]) => Item,
): Item[] | undefined {
  return map.size === 0 ? undefined : [...map].map(item);
}
