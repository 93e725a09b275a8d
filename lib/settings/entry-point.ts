import * as z from "zod";
import { anyText } from "../core/schema";
import { defineSetting } from "../core/setting";
import { unlessEmpty } from "../core/term";

export const entryPoint = defineSetting({
  summary: "Entry point of the Agent's container, instead of the image's",
  of: "daemon",
  schema: z.array(anyText()).default([]),
  container: { entryPoint: unlessEmpty("entryPoint") },
});
