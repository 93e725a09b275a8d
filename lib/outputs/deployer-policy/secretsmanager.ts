import { arns, isTagged, pattern, referred } from "./arns";
import type { Attributes, Permission, PermissionTable, Target } from "./types";

const secretOf = ({ secret_id }: Attributes, target: Target) => referred(secret_id, target) ?? {};

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsmanager: PermissionTable = {
  aws_secretsmanager_secret: [
    {
      actions: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:UpdateSecret",
      ],
      on: secrets,
    },
    { actions: ["secretsmanager:TagResource", "secretsmanager:UntagResource"], on: secrets, when: isTagged },
    throughKey((secret) => secret),
  ],
  aws_secretsmanager_secret_version: [
    {
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      on: (version, target) => secrets(secretOf(version, target), target),
    },
    throughKey(secretOf),
  ],
};

/** Secrets Manager adds a hyphen and six characters to the name. */
function secrets({ name }: Attributes, target: Target): readonly string[] {
  return arns(target, "secretsmanager", `secret:${pattern(name)}-??????`);
}

/**
 * Secrets Manager uses a customer-managed key with the caller's permissions.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function throughKey(of: (attributes: Attributes, target: Target) => Attributes): Permission {
  return {
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    on: (attributes, target) => [pattern(of(attributes, target).kms_key_id)],
    when: (attributes, target) => of(attributes, target).kms_key_id !== undefined,
    condition: (_attributes, { region }) => ({ StringLike: { "kms:ViaService": `secretsmanager.${region}.*` } }),
  };
}
