import * as z from "zod";
import { CAPABILITIES } from "../core/ecs";
import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const dropCapabilities = defineSetting({
  summary: "Linux capabilities that the Agent's container drops from Docker's default set",
  of: "daemon",
  schema: z.array(oneOf(CAPABILITIES)).default([]),
  requires: ["linux-containers"],
  contribution: { droppedCapabilities: from("dropCapabilities") },
});
