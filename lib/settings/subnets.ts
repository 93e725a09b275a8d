import * as z from "zod";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { awsvpcOnly } from "./network-interface";

export const subnets = defineSetting({
  summary: "Subnets of the task; network mode awsvpc only",
  of: "daemon",
  schema: z.array(text("a subnet ID", /^subnet-[0-9a-f]{8,17}$/)).optional(),
  rules: [awsvpcOnly("subnets")],
  inCode: "it is part of the service's network configuration, with the created security group",
  module: { differsByCluster: true },
  notImported: "it is a setting of the service",
});
