import { z } from "zod";
import { defineFeature } from "../core/feature";

/**
 * AWS tags of tasks, services and container instances, as tags of what the Agent sends. The Agent asks with the role of
 * the container instance, not with its own.
 */
export const resourceTagCollection = defineFeature({
  summary: "Adds the AWS tags of ECS resources to what is sent",
  documentation: "https://docs.datadoghq.com/containers/amazon_ecs/tags/",
  requires: [],
  options: z.strictObject({}),
  instanceActions: ["ecs:ListTagsForResource"],
  on: () => ({ environment: { DD_ECS_COLLECT_RESOURCE_TAGS_EC2: "true" } }),
});
