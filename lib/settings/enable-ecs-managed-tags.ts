import * as z from "zod";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const enableEcsManagedTags = defineSetting({
  summary: "Enable ECS managed tags, which tag tasks with the cluster and the service",
  of: "daemon",
  schema: z.boolean().default(false),
  service: { enableEcsManagedTags: from("enableEcsManagedTags") },
  notImported: "a task definition doesn't contain service settings",
});
