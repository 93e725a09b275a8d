import { defineSetting } from "../core/setting";
import { accountId as id } from "./provider";

export const accountId = defineSetting({
  summary: "AWS account that the stack may be deployed to; Terraform refuses any other",
  of: "stack",
  schema: id.optional(),
  inCode: "it configures the AWS provider",
  notImported: "a task definition doesn't contain Terraform settings",
});
