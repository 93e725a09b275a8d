import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const minimumHealthyPercent = defineSetting({
  summary:
    "Minimum percentage of Agents that keep running during a deployment; above 0, a cluster with one instance can't deploy, because the old Agent keeps the host ports",
  of: "daemon",
  schema: integer(0, 99, "percent").default(0),
  service: { deploymentMinimumHealthyPercent: from("minimumHealthyPercent") },
  notImported: "a task definition doesn't contain service settings",
});
