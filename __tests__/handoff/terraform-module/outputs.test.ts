import { outputsOf } from "../../../lib/handoff/terraform-module/outputs";
import { moduleOf } from "../../support/module";

type Entry = Parameters<typeof moduleOf>[0];

const outputs = (entry: Entry = {}) =>
  Object.fromEntries(Object.entries(outputsOf(moduleOf(entry))).map(([name, { value }]) => [name, value]));

/** Those of the vendor's module, in which modules that call this one may have them already. */
// prettier-ignore
const OF_THE_VENDOR = [
  "container_definitions", "execution_role_arn", "family", "ipc_mode", "network_mode", "pid_mode",
  "placement_constraints", "proxy_configuration", "requires_compatibilities", "skip_destroy", "tags", "task_role_arn",
  "track_latest", "volume", "arn", "arn_without_revision", "revision", "tags_all", "service_id", "service_name",
  "service_cluster", "service_desired_count", "dogstatsd_env_vars", "apm_env_vars", "app_dd_sockets_mount",
  "app_dd_sockets_volume", "profiling_env_vars", "trace_inferred_proxy_env_vars", "data_streams_env_vars",
];

describe("outputsOf", () => {
  it.each(["linux", "amazon-linux-1", "windows"] as const)(
    "has all of the vendor's names, and its own, on %s",
    (host) => {
      // prettier-ignore
      const own = [
        "enabled_features", "api_key_secret_arn", "fill_api_key_secret", "container_instance_policy",
        "security_group_id",
      ];
      expect(Object.keys(outputs({ host })).sort()).toEqual([...OF_THE_VENDOR, ...own].sort());
    },
  );

  it.each([
    ["enabled_features", "${local.enabled}"],
    ["arn_without_revision", "${aws_ecs_task_definition.datadog_agent.arn_without_revision}"],
    // The attributes would be null until they are refreshed: a second plan would have changes.
    ["pid_mode", "${local.pid_mode}"],
    ["ipc_mode", "${null}"],
    ["tags", "${var.resource_tags}"],
    ["service_id", "${one(aws_ecs_service.datadog_agent[*].id)}"],
    ["service_desired_count", "${one(aws_ecs_service.datadog_agent[*].desired_count)}"],
    ["api_key_secret_arn", "${one(aws_secretsmanager_secret.api_key[*].arn)}"],
    ["security_group_id", "${one(aws_security_group.agent[*].id)}"],
    [
      "container_instance_policy",
      '${length(local.instance_actions) == 0 ? null : jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = local.instance_actions, Resource = "*" }] })}',
    ],
    ["profiling_env_vars", '${var.application.profiling ? [{ name = "DD_PROFILING_ENABLED", value = "true" }] : []}'],
    [
      "trace_inferred_proxy_env_vars",
      '${var.application.trace_inferred_proxy_services ? [{ name = "DD_TRACE_INFERRED_PROXY_SERVICES_ENABLED", value = "true" }] : []}',
    ],
    [
      "data_streams_env_vars",
      '${var.application.data_streams ? [{ name = "DD_DATA_STREAMS_ENABLED", value = "true" }] : []}',
    ],
  ])("has in %s what its name says", (name, expected) => {
    expect(outputs()[name]).toBe(expected);
  });
});

describe("the outputs for the Agent's sockets", () => {
  const NONE = ["${[]}", "${[]}", "${[]}", "${[]}"];
  const APM =
    '${local.toggles.apm ? [{ name = "DD_TRACE_AGENT_URL", value = "unix:///var/run/datadog/apm.socket" }] : []}';
  const DOGSTATSD =
    '${local.toggles.dogstatsd ? [{ name = "DD_DOGSTATSD_URL", value = "unix:///var/run/datadog/dsd.socket" }] : []}';
  const mount = (when: string) =>
    `\${${when} ? [{ containerPath = "/var/run/datadog", readOnly = true, sourceVolume = "dd-sockets" }] : []}`;
  const volume = (when: string) => `\${${when} ? [{ name = "dd-sockets", host_path = "/var/run/datadog" }] : []}`;
  const [apm, dogstatsd, both] = [
    "local.toggles.apm",
    "local.toggles.dogstatsd",
    "local.toggles.apm || local.toggles.dogstatsd",
  ];

  it.each<[string, Entry, string[]]>([
    ["nothing without an option", { features: { apm: true, dogstatsd: true } }, NONE],
    ["nothing where there are none", { host: "windows" }, NONE],
    ["APM's", { features: { apm: { socket: true } } }, [APM, "${[]}", mount(apm), volume(apm)]],
    [
      "DogStatsD's",
      { features: { dogstatsd: { socket: true } } },
      ["${[]}", DOGSTATSD, mount(dogstatsd), volume(dogstatsd)],
    ],
    [
      "both",
      { features: { apm: { socket: true }, dogstatsd: { socket: true, port: false } } },
      [APM, DOGSTATSD, mount(both), volume(both)],
    ],
  ])("have %s", (_what, entry, expected) => {
    const { apm_env_vars, dogstatsd_env_vars, app_dd_sockets_mount, app_dd_sockets_volume } = outputs(entry);
    expect([apm_env_vars, dogstatsd_env_vars, app_dd_sockets_mount, app_dd_sockets_volume]).toEqual(expected);
  });
});
