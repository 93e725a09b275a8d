import * as z from "zod";
import { defineSetting } from "../core/setting";
import { stackName } from "./name";

export const dependsOn = defineSetting({
  summary: "Names of the clusters to deploy before this one; `cdktf deploy '*'` deploys in that order",
  of: "cluster",
  schema: z.array(stackName).optional(),
  inCode: "it decides the order of stacks",
  notImported: "a task definition has no stack",
});
