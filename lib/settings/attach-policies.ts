import * as z from "zod";
import { defineSetting } from "../core/setting";
import { given, implies, isTrue, or } from "../core/term";

export const attachPolicies = defineSetting({
  summary: "Attach the Agent's policies to `taskRoleArn` and `executionRoleArn` too",
  of: "daemon",
  schema: z.boolean().default(false),
  rules: [
    {
      at: "attachPolicies",
      holds: implies(isTrue("attachPolicies"), or(given("taskRoleArn"), given("executionRoleArn"))),
      must: "needs `taskRoleArn` or `executionRoleArn`: created roles always have their policies.",
    },
  ],
  inCode: "policies are resources",
  module: { none: "`task_role` and `execution_role` each have one" },
  notImported: "a task definition contains only the ARNs of its roles",
});
