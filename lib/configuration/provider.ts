import { z } from "zod";
import { key, text } from "../core/schema";
import * as arn from "./arn";

/** Who Terraform is at AWS, and with what it marks what it makes. Credentials are the environment's, never the file's. */

export const accountId = text("an AWS account ID: 12 digits, in quotes", /^[0-9]{12}$/);

export const resourceTags = z.record(
  key(
    "an AWS tag key of 1 to 128 characters that doesn't begin with aws:",
    /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
  ),
  text("an AWS tag value of up to 256 characters", /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u),
);

export const providerSchema = z.strictObject({
  assumeRole: z
    .strictObject({
      roleArn: text("the ARN of an IAM role", arn.ROLE).describe("Role that deploys"),
      externalId: text(
        "an external ID of 2 to 1,224 letters, digits and + = , . @ : / -",
        /^[\w+=,.@:/-]{2,1000}[\w+=,.@:/-]{0,224}$/,
      )
        .optional()
        .describe("External ID that the role asks for"),
      sessionName: text("a session name of 2 to 64 letters, digits and + = , . @ -", /^[\w+=,.@-]{2,64}$/)
        .optional()
        .describe("Name of the session in CloudTrail"),
    })
    .optional()
    .describe("Take a role, from the environment's credentials"),
  profile: text("the name of a profile of the AWS CLI", /^[\w.@/+-]+$/)
    .optional()
    .describe("Profile of the AWS CLI"),
  allowedAccountIds: z
    .array(accountId)
    .min(1, { error: "must name at least one account" })
    .optional()
    .describe("The only accounts that this may be deployed to"),
  defaultTags: resourceTags.optional().describe("AWS tags of everything that the provider makes"),
  endpoints: z
    .record(key("a service, such as ecs", /^[a-z0-9]+$/), text("the URL of an endpoint", /^https?:\/\/\S+$/))
    .optional()
    .describe("Endpoints of AWS's services other than their own, such as `ecs: https://…`"),
  useFipsEndpoint: z.boolean().default(false).describe("Use AWS's FIPS endpoints"),
});
export type Provider = z.output<typeof providerSchema>;
