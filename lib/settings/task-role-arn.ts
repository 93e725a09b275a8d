import * as arn from "../core/arn";
import { defineSetting } from "../core/setting";

export const taskRoleArn = defineSetting({
  summary: "ARN of the task role, which the Agent uses; created if not set",
  of: "daemon",
  schema: arn.arnText("the ARN of an IAM role", arn.ROLE, { account: "own" }).optional(),
  inCode: "roles are resources",
  module: { partOf: "task_role", value: "try(var.task_role.arn, null)" },
});
