import * as arn from "../core/arn";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const family = defineSetting({
  summary: "Family of the task definition",
  of: "daemon",
  schema: text("a task definition family: 1 to 255 letters, digits, _ and -", arn.ECS_NAME).default(
    "datadog-agent-task",
  ),
  suffixedByHost: true,
  task: { family: from("family") },
});
