import * as z from "zod";
import type { Catalog } from "../../core/catalog";
import type { Module } from "../../configuration/modules";
import { jsonSchema } from "../../documentation/json-schema";
import { expression } from "./hcl";
import { inputOf } from "./input";
import { type Output, socketCode } from "./outputs";
import type { Input } from "./validation";

/** The outputs of Datadog's Terraform module, for callers who migrate from it and use them. */

const DEFINITION = "aws_ecs_task_definition.datadog_agent";

/** Attributes of the task definition that are outputs of Datadog's module, under the same names. */
const DEFINITION_OUTPUTS = {
  arn: "ARN of the task definition, including its revision",
  arn_without_revision: "ARN of the task definition without its revision",
  revision: "Revision of the task definition",
  family: "Family of the task definition",
  task_role_arn: "ARN of the task role",
  execution_role_arn: "ARN of the execution role",
  network_mode: "Network mode of the task",
  requires_compatibilities: "Launch types of the task",
  placement_constraints: "Placement constraints of the task definition",
  proxy_configuration: "App Mesh proxy of the task; always empty",
  volume: "Volumes of the task",
  skip_destroy: "Whether old revisions stay active when they are replaced",
  track_latest: "Whether Terraform tracks the latest revision",
  tags_all: "AWS tags of the task definition, including the provider's default tags",
} as const;

const SERVICE_OUTPUTS = {
  service_id: ["id", "ARN of the service"],
  service_name: ["name", "Name of the service"],
  service_cluster: ["cluster", "ECS cluster of the service"],
  service_desired_count: [
    "desired_count",
    "Number of Agents that ECS should run; it changes with the number of container instances",
  ],
} as const;

/** Environment variables with which applications turn a product on. */
const APPLICATION_VARIABLES = {
  profiling: ["profiling", "DD_PROFILING_ENABLED", "the continuous profiler"],
  trace_inferred_proxy: [
    "trace_inferred_proxy_services",
    "DD_TRACE_INFERRED_PROXY_SERVICES_ENABLED",
    "spans of API gateways",
  ],
  data_streams: ["data_streams", "DD_DATA_STREAMS_ENABLED", "Data Streams Monitoring"],
} as const;

/** The variable for the products that applications turn on. Only outputs depend on it. */
export function compatibilityInputs(): Readonly<Record<string, Input>> {
  const application = z.strictObject({
    profiling: z.boolean().default(false),
    traceInferredProxyServices: z.boolean().default(false),
    dataStreams: z.boolean().default(false),
  });
  const description = "Products that applications turn on. Only the outputs for applications depend on it";
  return { application: inputOf("application", jsonSchema(application), { fallback: {}, description }) };
}

/** The outputs of Datadog's module, with its names and types. */
export function compatibilityOutputs(catalog: Catalog, module: Module): Readonly<Record<string, Output>> {
  const output = (description: string, code: string): Output => ({ description, value: expression(code) });
  const { environment, mountPoints, volumes } = socketCode(catalog, module);
  return {
    ...Object.fromEntries(
      Object.entries(DEFINITION_OUTPUTS).map(([name, description]) => [
        name,
        output(description, `${DEFINITION}.${name}`),
      ]),
    ),
    // Not the attributes of the resource: they change on a refresh, so that the next plan would have changes.
    container_definitions: output("The container definitions, as JSON", "jsonencode(local.containers)"),
    pid_mode: output("Process namespace (PID mode) of the task; null for the default", "local.pid_mode"),
    ipc_mode: output("IPC mode of the task; null for the default", "null"),
    tags: output("AWS tags of the task definition", "var.resource_tags"),
    ...Object.fromEntries(
      Object.entries(SERVICE_OUTPUTS).map(([name, [attribute, description]]) => [
        name,
        output(`${description}; null without a service`, `one(aws_ecs_service.datadog_agent[*].${attribute})`),
      ]),
    ),
    dogstatsd_env_vars: output(
      "Environment variables for applications: the DogStatsD socket of the Agent; empty if the socket is off",
      environment("dogstatsd"),
    ),
    apm_env_vars: output(
      "Environment variables for applications: the APM socket of the Agent; empty if the socket is off",
      environment("apm"),
    ),
    app_dd_sockets_mount: output(
      "Mount points for applications: the folder of the Agent's sockets; empty if the sockets are off",
      mountPoints,
    ),
    app_dd_sockets_volume: output(
      "Volumes for the task definitions of applications: the folder of the Agent's sockets; empty if the sockets are off",
      volumes,
    ),
    ...Object.fromEntries(
      Object.entries(APPLICATION_VARIABLES).map(([name, [attribute, variable, what]]) => [
        `${name}_env_vars`,
        output(
          `Environment variables for applications: turns on ${what} if application.${attribute} is true`,
          `var.application.${attribute} ? [{ name = "${variable}", value = "true" }] : []`,
        ),
      ]),
    ),
  };
}
