import * as z from "zod";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const initProcessEnabled = defineSetting({
  summary: "Run an init process in the Agent's container that forwards signals and reaps processes",
  of: "daemon",
  schema: z.boolean().optional(),
  requires: ["linux-containers"],
  container: { linuxParameters: { initProcessEnabled: from("initProcessEnabled") } },
});
