import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const cpu = defineSetting({
  summary: "CPU units of the Agent's container; 1,024 are one vCPU",
  of: "daemon",
  schema: integer(0, 196_608, "CPU units").optional(),
  defaultOn: ({ cpu }) => cpu,
  container: { cpu: from("cpu") },
});
