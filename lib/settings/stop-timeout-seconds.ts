import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const stopTimeoutSeconds = defineSetting({
  summary: "Seconds that the Agent's container has to stop before it is killed",
  of: "daemon",
  schema: integer(2, 120, "seconds").optional(),
  container: { stopTimeout: from("stopTimeoutSeconds") },
});
