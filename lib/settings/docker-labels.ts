import * as z from "zod";
import { anyText } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const dockerLabels = defineSetting({
  summary: "Docker labels of the Agent's container",
  of: "daemon",
  schema: z.record(anyText(), anyText()).default({}),
  container: { dockerLabels: from("dockerLabels") },
});
