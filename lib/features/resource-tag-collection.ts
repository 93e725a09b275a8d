import * as z from "zod";
import { defineFeature } from "../core/feature";

/**
 * AWS tags of tasks, services and container instances, added to the data that the Agent sends. The Agent calls ECS with
 * the container instance role, not with the task role.
 */
export const resourceTagCollection = defineFeature({
  summary: "Adds the AWS tags of ECS resources to all data",
  documentation: "https://docs.datadoghq.com/containers/amazon_ecs/tags/",
  requires: [],
  options: z.strictObject({}),
  instanceActions: ["ecs:ListTagsForResource"],
  on: () => ({ environment: { DD_ECS_COLLECT_RESOURCE_TAGS_EC2: "true" } }),
});
