import { ecsMember } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const ipcMode = defineSetting({
  summary: "IPC namespace of the task",
  of: "daemon",
  schema: ecsMember("RegisterTaskDefinitionRequest", "ipcMode").optional(),
  requires: ["linux-containers"],
  task: { ipcMode: from("ipcMode") },
});
