import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const pidMode = defineSetting({
  summary: "Process namespace of the task; features that inspect host processes set it to host",
  of: "daemon",
  schema: oneOf(["host", "task"]).optional(),
  requires: ["linux-containers"],
  contribution: { pidMode: from("pidMode") },
});
