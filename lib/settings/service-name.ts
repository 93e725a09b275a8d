import * as arn from "../core/arn";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const serviceName = defineSetting({
  summary: "Name of the ECS service, unique in its cluster",
  of: "daemon",
  schema: text("a service name: 1 to 255 letters, digits, _ and -", arn.ECS_NAME).default("datadog-agent"),
  suffixedByHost: true,
  service: { name: from("serviceName") },
  notImported: "a task definition doesn't contain service settings",
});
