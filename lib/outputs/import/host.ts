import type { Catalog } from "../../core/catalog";
import type { Host } from "../../core/host";
import { hostOf } from "../../core/scope";
import { osTypeConstraint } from "../../core/assemble";
import { agentIndex, type Definition } from "./definition";
import { expressionOf, mountOf, mountsOf } from "./mounts";

/** The host that shares most mounts with the definition, among the hosts of the definition's operating system. */
export function recognizeHost(catalog: Catalog, definition: Definition): string {
  const names = Object.keys(catalog.hosts);
  const mounts = mountsOf(definition, agentIndex(definition)).map(({ path, source }) => `${path} ${source}`);
  const known = (name: string) =>
    hostOf(catalog, { host: name })
      .agentMounts.map(mountOf)
      .filter(({ path, source }) => mounts.includes(`${path} ${source}`)).length;
  const named = names.filter((name) => isNamed(hostOf(catalog, { host: name }), definition));
  const [first = "linux", ...others] = named.length > 0 ? named : names;
  return others.reduce((best, name) => (known(name) > known(best) ? name : best), first);
}

function isNamed(host: Host, { runtimePlatform, placementConstraints }: Definition): boolean {
  const { expression } = osTypeConstraint(host);
  return (
    runtimePlatform?.operatingSystemFamily?.toLowerCase().startsWith(host.osType) === true ||
    placementConstraints.some((constraint) => expressionOf(constraint) === expression)
  );
}
