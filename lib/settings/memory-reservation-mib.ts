import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { atMost, from } from "../core/term";

export const memoryReservationMiB = defineSetting({
  summary: "Soft memory limit of the Agent's container in MiB; without `memoryMiB`, there is no hard limit",
  of: "daemon",
  schema: integer(6, 25_165_824, "MiB").optional(),
  rules: [
    {
      at: "memoryReservationMiB",
      holds: atMost("memoryReservationMiB", "memoryMiB"),
      must: "must be at most `memoryMiB`, which is {memoryMiB}, got {memoryReservationMiB}.",
    },
  ],
  container: { memoryReservation: from("memoryReservationMiB") },
});
