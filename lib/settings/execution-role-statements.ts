import { defineSetting } from "../core/setting";
import { empty, given, isTrue, not, or } from "../core/term";
import { statements } from "./policy-statements";

export const executionRoleStatements = defineSetting({
  summary: "Additional policy statements of the created execution role, for example for an ECR pull-through cache",
  of: "daemon",
  schema: statements.default([]),
  shapesRoles: true,
  rules: [
    {
      at: "executionRoleStatements",
      holds: or(empty("executionRoleStatements"), not(given("executionRoleArn")), isTrue("attachPolicies")),
      must: "can't be combined with `executionRoleArn` unless `attachPolicies` is true: that role is not created.",
    },
  ],
  inCode: "policies are resources",
  notImported: "a task definition contains only the ARNs of its roles",
});
