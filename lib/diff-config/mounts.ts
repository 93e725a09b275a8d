import type { Volume } from "@aws-sdk/client-ecs";
import type { HostMount } from "../core/host";
import type { Definition } from "./definition";

/** A place in a container, and what is there. */
export interface Mount {
  readonly path: string;
  readonly source: string;
  readonly readOnly: boolean;
}

/** The mounts of one container. */
export function mountsOf({ containerDefinitions, volumes }: Definition, index: number): readonly Mount[] {
  const sources = new Map(volumes.map((volume) => [volume.name, sourceOf(volume)]));
  return (containerDefinitions[index]?.mountPoints ?? []).map(({ containerPath, sourceVolume, readOnly }) => ({
    path: samePath(containerPath),
    source: sources.get(sourceVolume) ?? "no volume",
    readOnly,
  }));
}

/** A host's or a feature's mount in the same form. */
export function mountOf({ volume, containerPath, readOnly }: HostMount): Mount {
  return { path: samePath(containerPath), source: sourceOf(volume), readOnly };
}

/** A place of the host is where it is, whatever its volume is called; a volume of Docker's is known by its name. */
function sourceOf({ name = "", host, dockerVolumeConfiguration }: Volume): string {
  if (host?.sourcePath) return samePath(host.sourcePath);
  if (dockerVolumeConfiguration === undefined) return `the volume ${name}`;
  const { scope = "task", driver = "local", autoprovision = false, ...rest } = dockerVolumeConfiguration;
  const traits = [
    scope,
    driver,
    autoprovision ? "autoprovisioned" : "not autoprovisioned",
    ...Object.keys(rest).sort(),
  ];
  return `the Docker volume ${name} (${traits.map(String).join(", ")})`;
}

/** Paths that differ by a slash at their end, or on Windows by the kind of slash and by case, are one. */
function samePath(path: string): string {
  const plain = /^(?:[a-z]:|\\\\)/i.test(path) ? path.replaceAll("\\", "/").toLowerCase() : path;
  return plain.length > 1 ? plain.replace(/\/+$/, "") : plain;
}

/** A placement constraint's expression, however it is spaced. */
export function expressionOf({ expression }: { readonly expression: string }): string {
  return expression.trim().replace(/\s*([=!]=)\s*/g, " $1 ");
}
