import { type Condition, equals, given, implies, not, or } from "./term";

/**
 * What ECS demands of EFS volumes.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
 */

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
