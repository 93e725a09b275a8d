import { catalog } from "../../../lib/catalog";
import { compatibilityOutputs } from "../../../lib/outputs/terraform-module/compatibility";
import { outputsOf } from "../../../lib/outputs/terraform-module/outputs";
import { moduleOf } from "../../support/module";

type Entry = Parameters<typeof moduleOf>[0];

const valuesOf = (outputs: Readonly<Record<string, { readonly value: string }>>) =>
  Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
const outputs = (entry: Entry = {}) => valuesOf(outputsOf(catalog, moduleOf(entry)));
const compatible = (entry: Entry = {}) => valuesOf(compatibilityOutputs(catalog, moduleOf(entry)));

/** The outputs of Datadog's module. */
// prettier-ignore
const DATADOG_OUTPUTS = [
  "container_definitions", "execution_role_arn", "family", "ipc_mode", "network_mode", "pid_mode",
  "placement_constraints", "proxy_configuration", "requires_compatibilities", "skip_destroy", "tags", "task_role_arn",
  "track_latest", "volume", "arn", "arn_without_revision", "revision", "tags_all", "service_id", "service_name",
  "service_cluster", "service_desired_count", "dogstatsd_env_vars", "apm_env_vars", "app_dd_sockets_mount",
  "app_dd_sockets_volume", "profiling_env_vars", "trace_inferred_proxy_env_vars", "data_streams_env_vars",
];

it.each(["linux", "amazon-linux-1", "windows"] as const)(
  "the outputs on %s are the features, the Agent and the applications",
  (host) => {
    expect(Object.keys(outputs({ host }))).toEqual(["enabled_features", "agent", "applications"]);
  },
);

it("the output agent has the resources and the next steps", () => {
  expect(outputs().enabled_features).toBe("${local.enabled}");
  for (const part of [
    "service_arn = one(aws_ecs_service.datadog_agent[*].id)",
    "api_key_secret_arn = one(aws_secretsmanager_secret.api_key[*].arn)",
    "security_group_id = one(aws_security_group.agent[*].id)",
    'container_instance_policy = length(local.instance_actions) == 0 ? null : jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = local.instance_actions, Resource = "*" }] })',
  ]) {
    expect(outputs().agent).toContain(part);
  }
});

describe("the outputs of Datadog's module", () => {
  it.each(["linux", "amazon-linux-1", "windows"] as const)("all exist on %s", (host) => {
    expect(Object.keys(compatible({ host })).sort()).toEqual([...DATADOG_OUTPUTS].sort());
  });

  it.each([
    ["arn_without_revision", "${aws_ecs_task_definition.datadog_agent.arn_without_revision}"],
    // The resource's attributes are null until a refresh, so that the next plan would have changes.
    ["pid_mode", "${local.pid_mode}"],
    ["ipc_mode", "${null}"],
    ["tags", "${var.resource_tags}"],
    ["service_id", "${one(aws_ecs_service.datadog_agent[*].id)}"],
    ["service_desired_count", "${one(aws_ecs_service.datadog_agent[*].desired_count)}"],
    ["profiling_env_vars", '${var.application.profiling ? [{ name = "DD_PROFILING_ENABLED", value = "true" }] : []}'],
    [
      "trace_inferred_proxy_env_vars",
      '${var.application.trace_inferred_proxy_services ? [{ name = "DD_TRACE_INFERRED_PROXY_SERVICES_ENABLED", value = "true" }] : []}',
    ],
    [
      "data_streams_env_vars",
      '${var.application.data_streams ? [{ name = "DD_DATA_STREAMS_ENABLED", value = "true" }] : []}',
    ],
  ])("%s has the value of Datadog's module", (name, expected) => {
    expect(compatible()[name]).toBe(expected);
  });
});

it("the outputs for the Agent's sockets depend on the caller's features and options", () => {
  const { apm_env_vars, dogstatsd_env_vars, app_dd_sockets_mount, app_dd_sockets_volume } = compatible();
  const apm = "local.on.apm && local.options.apm.socket";
  const dogstatsd = "local.on.dogstatsd && local.options.dogstatsd.socket";
  expect([apm_env_vars, dogstatsd_env_vars, app_dd_sockets_mount, app_dd_sockets_volume]).toEqual([
    `\${${apm} ? [{ name = "DD_TRACE_AGENT_URL", value = "unix:///var/run/datadog/apm.socket" }] : []}`,
    `\${${dogstatsd} ? [{ name = "DD_DOGSTATSD_URL", value = "unix:///var/run/datadog/dsd.socket" }] : []}`,
    `\${(${apm}) || (${dogstatsd}) ? [{ containerPath = "/var/run/datadog", readOnly = true, sourceVolume = "dd-sockets" }] : []}`,
    `\${(${apm}) || (${dogstatsd}) ? [{ name = "dd-sockets", host_path = "/var/run/datadog" }] : []}`,
  ]);
});
