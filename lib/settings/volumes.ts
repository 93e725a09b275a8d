import * as z from "zod";
import { asInApi, ecsFields, ecsShapeWithout } from "../core/ecs-model";
import { efsHasOneDirectory, efsIsEncryptedIfNeeded, efsVolume } from "../core/efs";
import type { Rule } from "../core/rule";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, type Condition, each, equals, every, from, given, implies, ITEM, itemPath, not } from "../core/term";

/** The first is for EBS volumes, which DAEMON services don't support. Terraform's AWS provider doesn't have the second. */
const UNSUPPORTED = ["configuredAtLaunch", "s3filesVolumeConfiguration"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html */
export const namedVolume = asInApi(
  "Volume",
  ecsShapeWithout("Volume", UNSUPPORTED).extend({
    name: text("a volume name: 1 to 255 letters, digits, _ and -", /^[A-Za-z0-9_-]{1,255}$/).describe(
      "Name of the volume",
    ),
    efsVolumeConfiguration: efsVolume.optional().describe("EFS file system"),
  }),
);

/** A volume as in the ECS API. @param path the path of the volume in the configuration */
export function volumeAt(path: string) {
  return ecsFields("Volume", path, UNSUPPORTED);
}

const VOLUME_TYPES = [
  "host",
  "dockerVolumeConfiguration",
  "efsVolumeConfiguration",
  "fsxWindowsFileServerVolumeConfiguration",
];

/**
 * Rules of ECS for volumes.
 * @param list the path of the list with the volumes
 * @param inItem the path of the volume in an item
 */
export function volumeRules(list: string, inItem: string): readonly Rule[] {
  const at = (path: string) => itemPath(inItem + path);
  const efs = at("efsVolumeConfiguration");
  const docker = (path: string) => at(`dockerVolumeConfiguration${path}`);
  const rule = (holds: Condition, must: string): Rule => ({ at: list, holds: every(list, holds), must });
  return [
    rule(
      and(
        ...VOLUME_TYPES.flatMap((type, index) =>
          VOLUME_TYPES.slice(index + 1).map((other) => not(and(given(at(type)), given(at(other))))),
        ),
      ),
      "must have only one volume type.",
    ),
    rule(
      efsIsEncryptedIfNeeded(efs),
      `must have \`${inItem}efsVolumeConfiguration.transitEncryption\` ENABLED for EFS with an access point, IAM or a transit encryption port.`,
    ),
    rule(
      efsHasOneDirectory(efs, `${efs}.rootDirectory`),
      `can't have \`${inItem}efsVolumeConfiguration.rootDirectory\` for EFS with an access point, which sets it.`,
    ),
    rule(
      implies(given(docker(".autoprovision")), equals(docker(".scope"), "shared")),
      `must have \`${inItem}dockerVolumeConfiguration.scope\` shared for an autoprovisioned Docker volume.`,
    ),
  ];
}

export const volumes = defineSetting({
  summary: "Additional volumes of the task, for sidecars to mount; `mounts` adds its own volumes",
  of: "daemon",
  schema: z.array(namedVolume).default([]),
  rules: volumeRules("volumes", ""),
  contribution: { volumes: each(from("volumes"), volumeAt(ITEM)) },
});
