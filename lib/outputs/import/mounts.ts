import type { EFSVolumeConfiguration, Volume } from "@aws-sdk/client-ecs";
import type { HostMount } from "../../core/host";
import type { Definition } from "./definition";

/** A mount point and its source. */
export interface Mount {
  readonly path: string;
  readonly source: string;
  readonly readOnly: boolean;
}

/** A mount point with its volume, in the structure of a contribution. */
export interface MountedVolume {
  readonly containerPath: string;
  readonly readOnly: boolean;
  readonly volume: Definition["volumes"][number];
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

/** A mount point of a container with its volume; undefined if there is no such volume. */
export function mountedVolume(
  { containerDefinitions, volumes }: Definition,
  index: number,
  at: number,
): MountedVolume | undefined {
  const { containerPath = "", sourceVolume, readOnly = false } = containerDefinitions[index]?.mountPoints[at] ?? {};
  const volume = volumes.find(({ name }) => name === sourceVolume);
  return volume && { volume, containerPath, readOnly };
}

/** Converts a mount of a host or feature. */
export function mountOf({ volume, containerPath, readOnly }: HostMount): Mount {
  return { path: samePath(containerPath), source: sourceOf(volume), readOnly };
}

/** The host path or the EFS file system, regardless of the volume's name; or the name and options of a Docker volume. */
function sourceOf({ name = "", host, dockerVolumeConfiguration, efsVolumeConfiguration }: Volume): string {
  if (host?.sourcePath) return samePath(host.sourcePath);
  if (efsVolumeConfiguration !== undefined) return efsSource(efsVolumeConfiguration);
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

/** With ECS's defaults, which it doesn't return if they aren't set. */
function efsSource({ fileSystemId, rootDirectory = "/", ...rest }: EFSVolumeConfiguration): string {
  const { transitEncryption = "DISABLED", transitEncryptionPort, authorizationConfig = {} } = rest;
  const { accessPointId, iam = "DISABLED" } = authorizationConfig;
  const traits = [
    ...(accessPointId ? [accessPointId] : []),
    ...(transitEncryption === "ENABLED"
      ? [`encrypted${transitEncryptionPort ? ` on port ${transitEncryptionPort}` : ""}`]
      : []),
    ...(iam === "ENABLED" ? ["IAM"] : []),
  ];
  const how = traits.length === 0 ? "" : ` (${traits.join(", ")})`;
  return `the EFS file system ${String(fileSystemId)}, directory ${samePath(rootDirectory)}${how}`;
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
