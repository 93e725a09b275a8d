import * as z from "zod";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const enableExecuteCommand = defineSetting({
  summary: "Enable ECS Exec (`aws ecs execute-command`) in the Agent's container",
  of: "daemon",
  schema: z.boolean().default(false),
  shapesRoles: true,
  service: { enableExecuteCommand: from("enableExecuteCommand") },
  notImported: "a task definition doesn't contain service settings",
});
