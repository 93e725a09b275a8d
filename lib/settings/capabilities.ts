import * as z from "zod";
import { CAPABILITIES } from "../core/ecs";
import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const capabilities = defineSetting({
  summary: "Additional Linux capabilities of the Agent's container, on top of those that features add; not on Windows",
  of: "daemon",
  schema: z.array(oneOf(CAPABILITIES)).default([]),
  requires: ["linux-containers"],
  contribution: { capabilities: from("capabilities") },
});
