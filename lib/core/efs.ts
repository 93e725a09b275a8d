import { asInApi, ecsShape } from "./ecs-model";
import { integer, text } from "./schema";
import { type Condition, equals, given, implies, not, or } from "./term";

/**
 * What ECS demands of EFS volumes. EFS's API has the forms of the IDs.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html
 */

const authorization = ecsShape("EFSAuthorizationConfig");
const volume = ecsShape("EFSVolumeConfiguration");

export const efsVolume = asInApi(
  "EFSVolumeConfiguration",
  volume.extend({
    fileSystemId: text("the ID of an EFS file system, such as fs-0123456789abcdef0", /^fs-[0-9a-f]{8,40}$/).describe(
      "ID of the EFS file system",
    ),
    transitEncryptionPort: integer(1, 65_535)
      .optional()
      .describe("Port of the encrypted connection to EFS; by default the mount helper chooses one"),
    authorizationConfig: asInApi(
      "EFSAuthorizationConfig",
      authorization.extend({
        accessPointId: text("the ID of an EFS access point, such as fsap-0123456789abcdef0", /^fsap-[0-9a-f]{8,40}$/)
          .optional()
          .describe("ID of the EFS access point"),
      }),
    )
      .optional()
      .describe("Access point, and whether the task role authorizes the mount"),
  }),
);

const accessPoint = (efs: string) => given(`${efs}.authorizationConfig.accessPointId`);

/** @param efs the path of the volume's configuration */
export function efsIsEncryptedIfNeeded(efs: string): Condition {
  return implies(
    or(accessPoint(efs), equals(`${efs}.authorizationConfig.iam`, "ENABLED"), given(`${efs}.transitEncryptionPort`)),
    equals(`${efs}.transitEncryption`, "ENABLED"),
  );
}

/**
 * An access point sets the directory.
 * @param efs the path of the volume's configuration
 * @param directory the path of the directory
 */
export function efsHasOneDirectory(efs: string, directory: string): Condition {
  return implies(accessPoint(efs), or(not(given(directory)), equals(directory, "/")));
}
