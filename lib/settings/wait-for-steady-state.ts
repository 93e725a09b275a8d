import * as z from "zod";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const waitForSteadyState = defineSetting({
  summary: "Wait for the service to reach a steady state during `deploy`",
  of: "daemon",
  schema: z.boolean().default(false),
  service: { waitForSteadyState: from("waitForSteadyState") },
  notImported: "a task definition doesn't contain service settings",
});
