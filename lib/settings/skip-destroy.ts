import * as z from "zod";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const skipDestroy = defineSetting({
  summary: "Keep old task definition revisions active when Terraform replaces or destroys them",
  of: "daemon",
  schema: z.boolean().optional(),
  definition: { skipDestroy: from("skipDestroy") },
  notImported: "it is a Terraform argument",
});
