import * as z from "zod";
import { isExpression } from "../core/expression";
import { anyText, integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from, given, when } from "../core/term";

/** The first item of a command: whether ECS runs it directly or in a shell. */
const FORMS: readonly string[] = ["CMD", "CMD-SHELL"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const healthCheck = defineSetting({
  summary: "Health check of the Agent's container; false turns it off",
  of: "daemon",
  schema: z
    .union([
      z.literal(false),
      z.strictObject({
        command: z
          .array(anyText())
          .min(2, { error: "must have a command after CMD or CMD-SHELL" })
          .refine(([form = ""]) => isExpression(form) || FORMS.includes(form), {
            error: "must start with CMD or CMD-SHELL",
          })
          .meta({ examples: [["CMD", "agent", "health"]], firstItems: FORMS })
          // `agent` is on the PATH of the Linux and Windows images.
          .default(["CMD-SHELL", "agent health"])
          .describe("Command, after CMD or CMD-SHELL; exit code 0 means healthy"),
        intervalSeconds: integer(5, 300, "seconds").default(30).describe("Seconds between health checks"),
        timeoutSeconds: integer(2, 60, "seconds").default(5).describe("Seconds before a health check counts as failed"),
        retries: integer(1, 10).default(3).describe("Consecutive failures before the container counts as unhealthy"),
        startPeriodSeconds: integer(0, 300, "seconds")
          .default(15)
          .describe("Seconds after startup during which failures don't count"),
      }),
    ])
    .prefault({}),
  container: {
    healthCheck: when(given("healthCheck"), {
      command: from("healthCheck.command"),
      interval: from("healthCheck.intervalSeconds"),
      timeout: from("healthCheck.timeoutSeconds"),
      retries: from("healthCheck.retries"),
      startPeriod: from("healthCheck.startPeriodSeconds"),
    }),
  },
  module: { nullable: true, summary: "Health check of the Agent's container; null turns it off" },
});
