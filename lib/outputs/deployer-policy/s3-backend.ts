import { partitionOf } from "../../configuration/arn-rules";
import { literal, pattern } from "./arns";
import type { Attributes } from "./types";

/**
 * What Terraform does in the bucket of its states.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export function s3Permissions({ bucket, key, region, use_lockfile, kms_key_id, assume_role }: Attributes) {
  const ofBucket = `arn:${partitionOf(literal(region) ?? "")}:s3:::${pattern(bucket)}`;
  const state = `${ofBucket}/${pattern(key)}`;
  const { role_arn } = (assume_role ?? {}) as Attributes;
  return [
    { actions: ["s3:ListBucket"], resources: [ofBucket] },
    { actions: ["s3:GetObject", "s3:PutObject"], resources: [state] },
    ...(use_lockfile === true
      ? [{ actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources: [`${state}.tflock`] }]
      : []),
    ...(kms_key_id === undefined
      ? []
      : [{ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [pattern(kms_key_id)] }]),
    ...(role_arn === undefined ? [] : [{ actions: ["sts:AssumeRole"], resources: [pattern(role_arn)] }]),
  ];
}
