import * as z from "zod";
import { ecsList, ecsShape } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { empty, equals, not, or } from "../core/term";

export const extraHosts = defineSetting({
  summary: "Additional /etc/hosts entries of the Agent's container",
  of: "daemon",
  schema: z.array(ecsShape("HostEntry")).default([]),
  requires: ["linux-containers"],
  rules: [
    {
      at: "extraHosts",
      holds: or(empty("extraHosts"), not(equals("networkMode", "awsvpc"))),
      must: "can't be combined with `networkMode` awsvpc: ECS doesn't support it there.",
    },
  ],
  container: { extraHosts: ecsList("HostEntry", "extraHosts") },
});
