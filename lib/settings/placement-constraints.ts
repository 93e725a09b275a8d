import * as z from "zod";
import { SERVICE_PLACEMENT_CONSTRAINTS } from "../core/ecs";
import { oneOf, text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, each, empty, equals, every, from, given, item, itemPath, not, or, when } from "../core/term";

const isMemberOf = equals(itemPath("type"), "memberOf");

export const placementConstraints = defineSetting({
  summary:
    "Placement constraints of the service, in addition to the operating system constraint of the task definition",
  of: "daemon",
  schema: z
    .array(
      z.strictObject({
        type: oneOf(["memberOf", "distinctInstance"]).describe("Type of the constraint"),
        // In two parts, because Terraform's regular expressions repeat at most 1,000 times.
        expression: text("a cluster query of at most 2,000 characters", /^[\s\S]{1,1000}[\s\S]{0,1000}$/)
          .optional()
          .describe("For memberOf: an expression in ECS's cluster query language"),
      }),
    )
    .max(SERVICE_PLACEMENT_CONSTRAINTS, {
      error: `must have at most ${SERVICE_PLACEMENT_CONSTRAINTS} constraints: ECS allows 10, and the task definition has one for the operating system`,
    })
    .default([]),
  rules: [
    {
      at: "placementConstraints",
      holds: every(
        "placementConstraints",
        or(and(isMemberOf, given(itemPath("expression"))), and(not(isMemberOf), not(given(itemPath("expression"))))),
      ),
      must: "must have an `expression` if its type is memberOf, and none if it is distinctInstance.",
    },
  ],
  service: {
    placementConstraints: when(
      not(empty("placementConstraints")),
      each(from("placementConstraints"), { type: item("type"), expression: item("expression") }),
    ),
  },
});
