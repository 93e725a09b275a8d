import * as arn from "../core/arn";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

const nameOrArn = arn.arnText("the name or the ARN of an ECS cluster", arn.CLUSTER, { account: "own", region: "own" });

export const cluster = defineSetting({
  summary: "Name or ARN of the ECS cluster; if not set, `var.cluster` is a required variable",
  of: "daemon",
  schema: nameOrArn.optional(),
  prop: nameOrArn.describe("Name or ARN of the ECS cluster"),
  service: { cluster: from("cluster") },
  module: {
    differsByCluster: true,
    nullable: true,
    summary: "Name or ARN of the ECS cluster; required unless `create_service = false`",
  },
  notImported: "a task definition has no cluster",
});
