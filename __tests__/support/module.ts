import { catalog } from "../../lib/catalog";
import type { Module } from "../../lib/configuration/interfaces";
import { checkModule } from "../../lib/configuration/modules";

/** A checked entry of `modules`, with defaults. */
export function moduleOf(entry: Readonly<Record<string, unknown>> = {}): Module {
  const { value, problems } = checkModule(catalog, { name: "agent", ...entry });
  if (problems) throw new Error(JSON.stringify(problems));
  return value;
}
