import { osTypeConstraint } from "../core/assemble";
import { type HostName, HOST_NAMES, hosts } from "../hosts";
import { agentIndex, type Definition } from "./definition";
import { expressionOf, mountOf, mountsOf } from "./mounts";

/** The host whose mounts the Agent has most of, among those of the operating system that the definition names. */
export function recognizeHost(definition: Definition): HostName {
  const mounts = mountsOf(definition, agentIndex(definition)).map(({ path, source }) => `${path} ${source}`);
  const known = (name: HostName) =>
    hosts[name].agentMounts.map(mountOf).filter(({ path, source }) => mounts.includes(`${path} ${source}`)).length;
  const named = HOST_NAMES.filter((name) => isNamed(definition, name));
  const [first = "linux", ...others] = named.length > 0 ? named : HOST_NAMES;
  return others.reduce((best, name) => (known(name) > known(best) ? name : best), first);
}

function isNamed({ runtimePlatform, placementConstraints }: Definition, name: HostName): boolean {
  const { expression } = osTypeConstraint(hosts[name]);
  return (
    runtimePlatform?.operatingSystemFamily.toLowerCase().startsWith(hosts[name].osType) === true ||
    placementConstraints.some((constraint) => expressionOf(constraint) === expression)
  );
}
