import * as z from "zod";
import { ecsShape, ecsValue } from "../core/ecs-model";
import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";

export const restartPolicy = defineSetting({
  summary: "Restart policy of the Agent's container: ECS restarts it in place when it exits",
  of: "daemon",
  schema: ecsShape("ContainerRestartPolicy")
    .extend({
      restartAttemptPeriod: integer(60, 1800, "seconds")
        .optional()
        .describe("Seconds that the container must run before it can be restarted"),
      ignoredExitCodes: z
        .array(integer(0, 255))
        .max(50, { error: "must have at most 50 exit codes (ECS's limit)" })
        .optional()
        .describe("Exit codes that don't cause a restart"),
    })
    .optional(),
  container: { restartPolicy: ecsValue("ContainerRestartPolicy", "restartPolicy") },
});
