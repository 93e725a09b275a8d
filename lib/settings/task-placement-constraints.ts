import * as z from "zod";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const taskPlacementConstraints = defineSetting({
  summary:
    "Placement constraints of the task definition, in ECS's cluster query language, in addition to the operating system constraint",
  of: "daemon",
  schema: z
    .array(text("a cluster query of at most 2,000 characters", /^[\s\S]{1,1000}[\s\S]{0,1000}$/))
    .max(9, { error: "must have at most 9 constraints: ECS allows 10, and one is for the operating system" })
    .default([]),
  contribution: { placementConstraints: from("taskPlacementConstraints") },
});
