import { type z } from "zod";
import { checkModule } from "../../lib/configuration/modules";
import { type Module, type moduleSchema } from "../../lib/configuration/schema";

/** A checked entry of `modules`, whose open keys have their defaults. */
export function moduleOf(entry: Partial<z.input<typeof moduleSchema>> = {}): Module {
  const { value, problems } = checkModule({ name: "agent", ...entry });
  if (problems) throw new Error(JSON.stringify(problems));
  return value;
}
