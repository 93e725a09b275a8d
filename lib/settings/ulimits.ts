import * as z from "zod";
import { ecsList, ecsShape } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { atMost, every, itemPath } from "../core/term";

export const ulimits = defineSetting({
  summary: "Resource limits (ulimits) of the Agent's container",
  of: "daemon",
  schema: z.array(ecsShape("Ulimit")).default([]),
  requires: ["linux-containers"],
  rules: [
    {
      at: "ulimits",
      holds: every("ulimits", atMost(itemPath("softLimit"), itemPath("hardLimit"))),
      must: "must have a `softLimit` that is at most its `hardLimit`.",
    },
  ],
  container: { ulimits: ecsList("Ulimit", "ulimits") },
});
