import * as z from "zod";
import { ecsList, ecsShape } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { and, equals, every, itemPath, matches, not } from "../core/term";

export const systemControls = defineSetting({
  summary: "Kernel parameters (sysctl) of the Agent's container",
  of: "daemon",
  schema: z.array(ecsShape("SystemControl")).default([]),
  requires: ["linux-containers"],
  rules: [
    // @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html
    {
      at: "systemControls",
      holds: every(
        "systemControls",
        not(and(equals("networkMode", "host"), matches(itemPath("namespace"), /^net[.]/))),
      ),
      must: "can't be a net.* parameter with `networkMode` host: the instance's network is shared.",
    },
    {
      at: "systemControls",
      holds: every(
        "systemControls",
        not(
          and(
            equals("ipcMode", "host"),
            matches(itemPath("namespace"), /^(?:kernel[.](?:msg|sem|shm)|fs[.]mqueue[.])/),
          ),
        ),
      ),
      must: "can't be an IPC parameter with `ipcMode` host: the instance's IPC namespace is shared.",
    },
  ],
  container: { systemControls: ecsList("SystemControl", "systemControls") },
});
