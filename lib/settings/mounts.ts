import * as z from "zod";
import { anyText } from "../core/schema";
import { defineSetting } from "../core/setting";
import { each, from, item, itemPath } from "../core/term";
import { namedVolume, volumeAt, volumeRules } from "./volumes";

export const mounts = defineSetting({
  summary: "Additional mounts of the Agent's container: host directories, Docker volumes, EFS or empty volumes",
  of: "daemon",
  schema: z
    .array(
      z.strictObject({
        containerPath: anyText().describe("Path in the Agent's container"),
        readOnly: z.boolean().default(true).describe("Mount read-only"),
        volume: namedVolume.describe("Volume, as in the ECS API; with only a name, it is empty at every start"),
      }),
    )
    .default([]),
  rules: volumeRules("mounts", "volume."),
  contribution: {
    mounts: each(from("mounts"), {
      containerPath: item("containerPath"),
      readOnly: item("readOnly"),
      volume: volumeAt(itemPath("volume")),
    }),
  },
});
