import * as z from "zod";
import { defineFeature } from "../core/feature";

/** ECS clusters, services and tasks in Datadog's ECS Explorer. On by default in recent Agents. */
export const ecsExplorer = defineFeature({
  summary: "Collects ECS tasks and services (ECS Explorer)",
  documentation: "https://docs.datadoghq.com/infrastructure/containers/amazon_elastic_container_explorer/",
  requires: [],
  since: "7.58",
  options: z.strictObject({}),
  leftToAgent: true,
  off: { DD_ECS_TASK_COLLECTION_ENABLED: "false" },
  on: () => ({ environment: { DD_ECS_TASK_COLLECTION_ENABLED: "true" } }),
});
