import { PROPAGATE_TAGS } from "../core/ecs";
import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const propagateTags = defineSetting({
  summary:
    "Source of the AWS tags on the tasks; set NONE to turn it off again, because ECS keeps the old value if it isn't set",
  of: "daemon",
  schema: oneOf(PROPAGATE_TAGS).optional(),
  service: { propagateTags: from("propagateTags") },
  module: { nullable: true },
  notImported: "a task definition doesn't contain service settings",
});
