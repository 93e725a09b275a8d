import * as z from "zod";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { awsvpcOnly } from "./network-interface";

export const applicationSecurityGroups = defineSetting({
  summary:
    "Create a security group for the task that allows these security groups in on the Agent's ports; network mode awsvpc only",
  of: "daemon",
  schema: z
    .array(text("a security group ID", /^sg-[0-9a-f]{8,17}$/))
    .min(1, { error: "must name at least one security group" })
    .optional(),
  rules: [awsvpcOnly("applicationSecurityGroups")],
  inCode: "security groups are resources",
  module: { differsByCluster: true },
  notImported: "it is a setting of the service",
});
