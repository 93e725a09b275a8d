import { defineSetting } from "../core/setting";
import { stackName } from "./name";

export const stack = defineSetting({
  summary:
    "Name of a stack to share with other clusters; by default each cluster has its own stack. One plan is faster than many",
  of: "cluster",
  schema: stackName.optional(),
  inCode: "it determines which clusters share a stack",
  notImported: "a task definition has no stack",
});
