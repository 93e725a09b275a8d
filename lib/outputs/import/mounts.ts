import type { Volume } from "@aws-sdk/client-ecs";
import type { HostMount } from "../../core/host";
import type { Definition } from "./definition";

/** A mount point and its source. */
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

/** Converts a mount of a host or feature. */
export function mountOf({ volume, containerPath, readOnly }: HostMount): Mount {
  return { path: samePath(containerPath), source: sourceOf(volume), readOnly };
}

/** The host path, regardless of the volume's name; or the name and options of a Docker volume. */
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

/** Normalizes a path: without a trailing slash, and on Windows with forward slashes and in lower case. */
function samePath(path: string): string {
  const plain = /^(?:[a-z]:|\\\\)/i.test(path) ? path.replaceAll("\\", "/").toLowerCase() : path;
  return plain.length > 1 ? plain.replace(/\/+$/, "") : plain;
}

/** The expression of a placement constraint with normalized spaces. */
export function expressionOf({ expression }: { readonly expression: string }): string {
  return expression.trim().replace(/\s*([=!]=)\s*/g, " $1 ");
}
