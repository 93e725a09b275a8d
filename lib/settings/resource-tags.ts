import { defineSetting } from "../core/setting";
import { awsTags } from "./provider";

export const resourceTags = defineSetting({
  summary: "AWS tags of all created resources",
  of: "daemon",
  schema: awsTags.default({}),
  shapesRoles: true,
  inCode: "every resource has them",
});
