import { LAUNCH_TYPES } from "../core/ecs";
import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const launchType = defineSetting({
  summary: "Launch type: EC2, or EXTERNAL for ECS Anywhere",
  of: "daemon",
  schema: oneOf(LAUNCH_TYPES).default("EC2"),
  task: { requiresCompatibilities: [from("launchType")] },
  // Without it, ECS uses the cluster's default capacity provider strategy, which DAEMON services don't support.
  service: { launchType: from("launchType") },
});
