import * as arn from "../core/arn";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";

export const region = defineSetting({
  summary: "AWS region; by default that of the environment",
  of: "stack",
  schema: text("an AWS region such as eu-west-1", arn.REGION_NAME).optional(),
  inCode: "it configures the AWS provider",
});
