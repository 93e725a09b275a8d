import { defineSetting } from "../core/setting";
import { empty, given, isTrue, not, or } from "../core/term";
import { statements } from "./policy-statements";

export const taskRoleStatements = defineSetting({
  summary: "Additional policy statements of the created task role, on top of those that the Agent's ECS check needs",
  of: "daemon",
  schema: statements.default([]),
  shapesRoles: true,
  rules: [
    {
      at: "taskRoleStatements",
      holds: or(empty("taskRoleStatements"), not(given("taskRoleArn")), isTrue("attachPolicies")),
      must: "can't be combined with `taskRoleArn` unless `attachPolicies` is true: that role is not created.",
    },
  ],
  inCode: "policies are resources",
  notImported: "a task definition contains only the ARNs of its roles",
});
