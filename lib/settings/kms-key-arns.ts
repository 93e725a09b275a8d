import * as z from "zod";
import * as arn from "../core/arn";
import { defineSetting } from "../core/setting";

export const kmsKeyArns = defineSetting({
  summary:
    "ARNs of customer-managed KMS keys that the created execution role may decrypt with, for `secrets` and environment files",
  of: "daemon",
  schema: z.array(arn.arnText("the ARN of a KMS key", arn.KMS_KEY)).default([]),
  shapesRoles: true,
  inCode: "it becomes part of a role's policy",
  notImported: "a task definition doesn't say which keys encrypt its secrets",
});
