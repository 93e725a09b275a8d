import * as z from "zod";
import * as arn from "../core/arn";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, given, not, or } from "../core/term";

const roleName = text("a role name: 1 to 64 letters, digits and + = , . @ _ -", /^[\w+=,.@-]{1,64}$/).optional();

const KEYS = ["namePrefix", "taskRoleName", "executionRoleName", "path", "permissionsBoundaryArn"] as const;

export const createdRoles = defineSetting({
  summary: "Names, path and permissions boundary of the created roles",
  of: "daemon",
  schema: z
    .strictObject({
      namePrefix: text("a role name prefix: 1 to 28 letters, digits and + = , . @ _ -", /^[\w+=,.@-]{1,28}$/)
        .optional()
        .describe("Prefix of the role names; by default datadog-agent-"),
      taskRoleName: roleName.describe("Name of the task role, instead of a prefix; must be unique in the account"),
      executionRoleName: roleName.describe("Name of the execution role, instead of a prefix"),
      path: text("an IAM path, such as /team/agents/", /^\/(?:[\x21-\x2e\x30-\x7e]+\/)*$/)
        .optional()
        .describe("IAM path of the roles; by default /"),
      permissionsBoundaryArn: arn
        .arnText("the ARN of an IAM policy", arn.POLICY)
        .optional()
        .describe("ARN of the roles' permissions boundary"),
    })
    .prefault({}),
  shapesRoles: true,
  rules: [
    {
      at: "createdRoles",
      holds: not(
        and(given("taskRoleArn"), given("executionRoleArn"), or(...KEYS.map((key) => given(`createdRoles.${key}`)))),
      ),
      must: "can't be combined with both `taskRoleArn` and `executionRoleArn`: no role is created.",
    },
    ...(["task", "execution"] as const).map((id) => ({
      at: `createdRoles.${id}RoleName`,
      holds: not(and(given(`${id}RoleArn`), given(`createdRoles.${id}RoleName`))),
      must: `can't be combined with \`${id}RoleArn\`: that role is not created.`,
    })),
  ],
  inCode: "roles are resources",
  module: { differsByCluster: true },
  notImported: "a task definition contains only the ARNs of its roles",
});
