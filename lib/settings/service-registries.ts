import * as z from "zod";
import * as arn from "../core/arn";
import { integer, text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from, given, when } from "../core/term";

export const serviceRegistries = defineSetting({
  summary: "Service discovery: the Cloud Map service in which ECS registers the Agents",
  of: "daemon",
  schema: z
    .strictObject({
      registryArn: arn
        .arnText("the ARN of a Cloud Map service", arn.CLOUD_MAP_SERVICE, { account: "own", region: "own" })
        .describe("ARN of the Cloud Map service"),
      containerName: text("a container name", /^[A-Za-z0-9_-]{1,255}$/)
        .optional()
        .describe("Name of the container, for an SRV record"),
      containerPort: integer(1, 65_535).optional().describe("Port of the container, for an SRV record"),
      port: integer(1, 65_535).optional().describe("Port for an SRV record in network mode awsvpc"),
    })
    .optional(),
  service: {
    serviceRegistries: when(given("serviceRegistries"), {
      registryArn: from("serviceRegistries.registryArn"),
      containerName: from("serviceRegistries.containerName"),
      containerPort: from("serviceRegistries.containerPort"),
      port: from("serviceRegistries.port"),
    }),
  },
  notImported: "a task definition doesn't contain service settings",
});
