import * as z from "zod";
import { key, text } from "../core/schema";
import { defineSetting } from "../core/setting";
import * as arn from "../core/arn";

/** The AWS provider's arguments. Credentials come from the environment, never from the file. */

export const accountId = text("an AWS account ID: 12 digits, in quotes", /^[0-9]{12}$/);

export const awsTags = z.record(
  key(
    "an AWS tag key of 1 to 128 characters that doesn't start with aws:",
    /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
  ),
  text("an AWS tag value of up to 256 characters", /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u),
);

export const providerSchema = z.strictObject({
  assumeRole: z
    .strictObject({
      roleArn: arn.arnText("the ARN of an IAM role", arn.ROLE, { account: "own" }).describe("ARN of the role"),
      externalId: text(
        "an external ID of 2 to 1,224 letters, digits and + = , . @ : / -",
        /^[\w+=,.@:/-]{2,1000}[\w+=,.@:/-]{0,224}$/,
      )
        .optional()
        .describe("External ID that the role requires"),
      sessionName: text("a session name of 2 to 64 letters, digits and + = , . @ -", /^[\w+=,.@-]{2,64}$/)
        .optional()
        .describe("Session name in CloudTrail"),
    })
    .optional()
    .describe("IAM role to assume with the environment's credentials"),
  profile: text("the name of an AWS CLI profile", /^[\w.@/+-]+$/)
    .optional()
    .describe("AWS CLI profile"),
  allowedAccountIds: z
    .array(accountId)
    .min(1, { error: "must name at least one account" })
    .optional()
    .describe("AWS accounts that the stack may be deployed to"),
  defaultTags: awsTags.optional().describe("AWS tags of all resources (`default_tags` of the provider)"),
  endpoints: z
    .record(key("a service, such as ecs", /^[a-z0-9]+$/), text("the URL of an endpoint", /^https?:\/\/\S+$/))
    .optional()
    .describe("Custom endpoints of AWS services, such as `ecs: https://…`"),
  useFipsEndpoint: z.boolean().default(false).describe("Use the FIPS endpoints of AWS"),
});
export type Provider = z.output<typeof providerSchema>;

export const provider = defineSetting({
  summary: "Settings of Terraform's AWS provider: credentials, allowed accounts, default tags and endpoints",
  of: "stack",
  schema: providerSchema.optional(),
  inCode: "it configures the AWS provider",
  notImported: "a task definition doesn't contain Terraform settings",
});
