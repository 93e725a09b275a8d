import * as arn from "../core/arn";
import { defineSetting } from "../core/setting";

export const executionRoleArn = defineSetting({
  summary: "ARN of the execution role, which ECS uses to read the API key; created if not set",
  of: "daemon",
  schema: arn.arnText("the ARN of an IAM role", arn.ROLE, { account: "own" }).optional(),
  inCode: "roles are resources",
  module: { partOf: "execution_role", value: "try(var.execution_role.arn, null)" },
});
