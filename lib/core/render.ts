import type { ContainerDefinition, KeyValuePair, MountPoint, PortMapping, Secret, Volume } from "@aws-sdk/client-ecs";
import type { Capability } from "./ecs";
import type { Port } from "./feature";
import type { HostMount } from "./host";

/**
 * The parts of a container definition as ECS gives them back: everything in a fixed order, nothing empty, and what ECS
 * would fill in written out. The AWS provider compares the text of container definitions only after some normalising
 * of its own; what is written like this needs none, so that a second plan is empty.
 */

/** ECS's list of variables. Maps come sorted by name. */
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

/**
 * The host port is always the container's: applications find the Agent on a known port, and in the network modes host
 * and awsvpc ECS accepts no other.
 */
export function portMappings(ports: ReadonlyMap<string, Port>): PortMapping[] | undefined {
  return listOf(ports, ([, { containerPort, protocol }]) => ({ containerPort, hostPort: containerPort, protocol }));
}

/** `drop` is written although it's empty: ECS gives it back. */
export function linuxParameters(capabilities: ReadonlySet<Capability>): ContainerDefinition["linuxParameters"] {
  return capabilities.size === 0 ? undefined : { capabilities: { add: [...capabilities].sort(), drop: [] } };
}

export function volumes(byName: ReadonlyMap<string, Volume>): Volume[] | undefined {
  return listOf(byName, ([, volume]) => volume);
}

/** A copy without the keys whose value is undefined; `false`, `0` and empty lists stay. */
export function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value;
}

function listOf<Value, Item>(
  map: ReadonlyMap<string, Value>,
  item: (entry: [string, Value]) => Item,
): Item[] | undefined {
  return map.size === 0 ? undefined : [...map].map(item);
}
