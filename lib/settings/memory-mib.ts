import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const memoryMiB = defineSetting({
  summary: "Hard memory limit of the Agent's container in MiB",
  of: "daemon",
  schema: integer(6, 25_165_824, "MiB").optional(),
  defaultOn: ({ memoryMiB }) => memoryMiB,
  defaultUnless: ["memoryReservationMiB", "taskDefinition.memory"],
  container: { memory: from("memoryMiB") },
});
