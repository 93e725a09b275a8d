import * as z from "zod";
import { key, text } from "../core/schema";

const action = text("an IAM action such as ecr:BatchImportUpstreamImage", /^(?:\*|[a-z0-9-]+:[A-Za-z*?]+)$/);
const resource = text("an ARN, or *", /^(?:\*|arn:\S+)$/);

/** IAM policy statements with the effect Allow. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export const statements = z.array(
  z.strictObject({
    actions: z.array(action).min(1, { error: "must have at least one action" }).describe("Allowed IAM actions"),
    resources: z
      .array(resource)
      .min(1, { error: "must have at least one resource" })
      .describe("ARNs of the resources, or *"),
    conditions: z
      .record(
        key("a condition operator such as StringEquals", /^[A-Za-z]+(?::[A-Za-z]+)?$/),
        z.record(
          key("a condition key such as aws:SourceAccount", /^[A-Za-z0-9-]+:\S+$/),
          z.array(text("text", /^[\s\S]*$/)),
        ),
      )
      .optional()
      .describe("Conditions, by operator and condition key"),
  }),
);
