import * as z from "zod";
import * as arn from "../core/arn";
import { oneOfNumbers } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, equals, given, has, implies, not } from "../core/term";

/** Retention periods of CloudWatch Logs. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
// prettier-ignore
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const createLogGroup = defineSetting({
  summary: "Create the CloudWatch log group of `logConfiguration` (log driver awslogs)",
  of: "daemon",
  schema: z
    .strictObject({
      retentionDays: oneOfNumbers(RETENTION_DAYS).default(30).describe("Retention of the log events in days"),
      kmsKeyArn: arn
        .arnText("the ARN of a KMS key", arn.KMS_KEY)
        .optional()
        .describe("ARN of the customer-managed KMS key that encrypts the log group"),
    })
    .optional(),
  rules: [
    {
      at: "createLogGroup",
      holds: implies(
        given("createLogGroup"),
        and(equals("logConfiguration.logDriver", "awslogs"), has("logConfiguration.options", "awslogs-group")),
      ),
      must: "needs `logConfiguration` with the log driver awslogs and the option awslogs-group, which names the log group.",
    },
    {
      at: "createLogGroup",
      holds: not(and(given("createLogGroup"), equals("logConfiguration.options.awslogs-create-group", "true"))),
      must: "can't be combined with the option awslogs-create-group of `logConfiguration`: only one of them can create the log group.",
    },
  ],
  inCode: "a log group is a resource",
  notImported: "a task definition doesn't say who created its log group",
});
