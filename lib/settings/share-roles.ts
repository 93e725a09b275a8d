import * as z from "zod";
import { defineSetting } from "../core/setting";
import { and, given, implies, isTrue, not } from "../core/term";

export const shareRoles = defineSetting({
  summary:
    "Share the roles of all clusters in the `stack` that set this, for a smaller plan and fewer IAM roles; by default each cluster has its own roles",
  of: "cluster",
  schema: z.boolean().optional(),
  rules: [
    {
      at: "shareRoles",
      holds: implies(isTrue("shareRoles"), given("stack")),
      must: "needs `stack`: the clusters of one stack share roles.",
    },
    {
      at: "shareRoles",
      holds: implies(isTrue("shareRoles"), and(not(given("taskRoleArn")), not(given("executionRoleArn")))),
      must: "can't be combined with `taskRoleArn` or `executionRoleArn`: an existing role is already shared.",
    },
    {
      at: "shareRoles",
      holds: implies(isTrue("shareRoles"), not(given("apiKey.createSecret"))),
      must: "can't be combined with `apiKey.createSecret`: each cluster has its own secret.",
    },
  ],
  inCode: "it determines which daemons share roles",
  notImported: "a task definition has no stack",
});
