import { socketAccess } from "../../applications/connection";
import type { Module } from "../../configuration/schema";
import { availableFeatures } from "../../configuration/modules";
import { expression, literal } from "./hcl";

export interface Output {
  readonly description: string;
  readonly value: string;
}

const DEFINITION = "aws_ecs_task_definition.datadog_agent";

/** Attributes of the task definition that the vendor's module puts out, under the same names. */
const DEFINITION_OUTPUTS = {
  arn: "ARN of the task definition, with its revision",
  arn_without_revision: "ARN of the task definition without its revision",
  revision: "Revision of the task definition",
  family: "Family of the task definition",
  container_definitions: "The container definitions, as JSON",
  task_role_arn: "ARN of the Agent's role",
  execution_role_arn: "ARN of the role with which ECS starts the Agent",
  network_mode: "Network mode of the task",
  requires_compatibilities: "Launch types of the task",
  placement_constraints: "Placement constraints of the task definition",
  proxy_configuration: "App Mesh proxy of the task; there is none",
  volume: "Volumes of the task",
  skip_destroy: "Whether a revision stays when it is replaced",
  track_latest: "Whether the newest revision is followed",
  tags_all: "AWS tags of the task definition, the provider's default tags included",
} as const;

const SERVICE_OUTPUTS = {
  service_id: ["id", "ARN of the service"],
  service_name: ["name", "Name of the service"],
  service_cluster: ["cluster", "ECS cluster of the service"],
  service_desired_count: [
    "desired_count",
    "Number of Agents that ECS wants to run; it changes with the instances, and so would an output of yours",
  ],
} as const;

/** What applications set to turn something on. */
const APPLICATION_VARIABLES = {
  profiling: ["profiling", "DD_PROFILING_ENABLED", "the continuous profiler"],
  trace_inferred_proxy: [
    "trace_inferred_proxy_services",
    "DD_TRACE_INFERRED_PROXY_SERVICES_ENABLED",
    "spans of API gateways",
  ],
  data_streams: ["data_streams", "DD_DATA_STREAMS_ENABLED", "Data Streams Monitoring"],
} as const;

/** The outputs: all of the vendor's module by its names, and what only this module knows. */
export function outputsOf(module: Module): Readonly<Record<string, Output>> {
  const output = (description: string, code: string): Output => ({ description, value: expression(code) });
  const sockets = (name: string) =>
    availableFeatures(module).some((feature) => feature.name === name && feature.options.socket === true);
  const receivers = ["apm", "dogstatsd"].filter(sockets);
  const anySocket = receivers.map((name) => `local.toggles.${name}`).join(" || ") || "false";
  const { mountPoints, volumes } = socketAccess(module.host, { apm: sockets("apm"), dogstatsd: sockets("dogstatsd") });
  const environment = (name: "apm" | "dogstatsd") => {
    const variables = socketAccess(module.host, { apm: false, dogstatsd: false, [name]: sockets(name) }).environment;
    return variables.length === 0 ? "[]" : `local.toggles.${name} ? ${literal(variables)} : []`;
  };
  const [mount] = mountPoints;
  const [volume] = volumes;
  return {
    enabled_features: output("Names of the features that are on", "local.enabled"),
    ...Object.fromEntries(
      Object.entries(DEFINITION_OUTPUTS).map(([name, description]) => [
        name,
        output(description, `${DEFINITION}.${name}`),
      ]),
    ),
    // Not the attributes: they are null until they are refreshed, and then they aren't. No second plan would be empty.
    pid_mode: output("Process namespace of the task; null is its own", "local.pid_mode"),
    ipc_mode: output("IPC namespace of the task; null is its own", "null"),
    tags: output("AWS tags of the task definition", "var.resource_tags"),
    ...Object.fromEntries(
      Object.entries(SERVICE_OUTPUTS).map(([name, [attribute, description]]) => [
        name,
        output(`${description}; null without a service`, `one(aws_ecs_service.datadog_agent[*].${attribute})`),
      ]),
    ),
    api_key_secret_arn: output(
      "ARN of the secret that was created for the API key; null where one was given",
      "one(aws_secretsmanager_secret.api_key[*].arn)",
    ),
    fill_api_key_secret: output(
      "Command that fills the created secret with the key that is typed into it; end with Ctrl-D",
      'var.api_key.create_secret == null ? null : "aws secretsmanager put-secret-value --secret-id ${local.api_key_arn} --secret-string file:///dev/stdin"',
    ),
    container_instance_policy: output(
      "IAM policy that the role of the container instances needs for the features that are on; null for none",
      'length(local.instance_actions) == 0 ? null : jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = local.instance_actions, Resource = "*" }] })',
    ),
    security_group_id: output(
      "ID of the security group that was created for the Agent, in network mode awsvpc",
      "one(aws_security_group.agent[*].id)",
    ),
    dogstatsd_env_vars: output(
      "For `environment` of applications: the Agent's socket for metrics; empty without one",
      environment("dogstatsd"),
    ),
    apm_env_vars: output(
      "For `environment` of applications: the Agent's socket for traces; empty without one",
      environment("apm"),
    ),
    app_dd_sockets_mount: output(
      "For `mountPoints` of applications: the folder of the Agent's sockets; empty without one",
      mount === undefined ? "[]" : `${anySocket} ? ${literal([mount])} : []`,
    ),
    app_dd_sockets_volume: output(
      "For `volume` of applications' task definitions: the folder of the Agent's sockets; empty without one",
      volume === undefined
        ? "[]"
        : `${anySocket} ? ${literal([{ name: volume.name, host_path: volume.host?.sourcePath }])} : []`,
    ),
    ...Object.fromEntries(
      Object.entries(APPLICATION_VARIABLES).map(([name, [attribute, variable, what]]) => [
        `${name}_env_vars`,
        output(
          `For \`environment\` of applications: turns on ${what} where application.${attribute} is true`,
          `var.application.${attribute} ? [{ name = "${variable}", value = "true" }] : []`,
        ),
      ]),
    ),
  };
}
