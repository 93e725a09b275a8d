import type { Module } from "../../configuration/schema";
import { list } from "../../core/problem";
import type { Registry } from "../../core/toggles";
import * as registry from "../../features";
import { hosts } from "../../hosts";
import { table } from "../markdown";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";
import { availableFeatures } from "../../configuration/modules";
import { snakeCase } from "./hcl";
import type { Input } from "./validation";
import type { Output } from "./outputs";

/** The module's README, for people who have nothing but the module. */
export function readme(
  module: Module,
  inputs: Readonly<Record<string, Input>>,
  outputs: Readonly<Record<string, Output>>,
): string {
  const { name, host } = module;
  return `${`# ${name}

A Terraform module that runs the [Datadog Agent](https://docs.datadoghq.com/containers/amazon_ecs/) once on every
instance of an Amazon ECS cluster: a task definition, a service with the DAEMON strategy, and the IAM roles that you
don't bring. For container instances with ${hosts[host].summary}. It is generated; change its configuration instead of its
files.

${diagram(module)}

## Requirements

| Name | Version |
| --- | --- |
| Terraform | \`${TERRAFORM_VERSION}\` |
| ${AWS_PROVIDER.source} | \`${AWS_PROVIDER.version}\` |

The provider is yours: region, credentials and default tags are what the calling module's provider says.

## Usage

\`\`\`hcl
module "datadog_agent" {
  source = "./modules/${name}"

  cluster = "production"

  api_key = {
    secrets_manager_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf"
  }

  features = {
    apm  = true
    logs = true
  }
}
\`\`\`

[examples/basic](examples/basic) is a whole root module. For several clusters give the module a \`for_each\`, for several
accounts or regions \`providers\`.

Terraform drops attributes that an object's type doesn't have, without a word: a misspelt feature is off. The output
\`enabled_features\` says what is on.

## Features

Toggles of the variable \`features\`. The options are fixed in this module.

${featuresTable(module)}

## Inputs

${table(
  ["Name", "Description", "Type", "Default"],
  Object.entries(inputs).map(([input, { description, type, default: value }]) => [
    `\`${input}\``,
    description,
    `\`${type}\``,
    value === undefined ? "must be given" : `\`${JSON.stringify(value)}\``,
  ]),
)}

## Outputs

${table(
  ["Name", "Description"],
  Object.entries(outputs).map(([output, { description }]) => [`\`${output}\``, description]),
)}

${migration(module)}`.trimEnd()}
`;
}

/** What is deployed, with every feature that has a port or a container. */
function diagram(module: Module): string {
  const features = availableFeatures(module).map(({ feature, options }) => feature.on(options, hosts[module.host]));
  const ports = features
    .flatMap(({ ports: own = [] }) => own)
    .map(({ containerPort, protocol }) => `${containerPort}/${protocol}`);
  const sockets = availableFeatures(module).some(({ options }) => options.socket === true) ? ["UNIX sockets"] : [];
  const sidecars = features.flatMap(({ sidecars: own = [] }) => own).map((sidecar) => sidecar.name);
  return `\`\`\`mermaid
flowchart LR
  subgraph instance["every container instance"]
    direction LR
    apps["Applications"]
    agent["datadog-agent"]
    apps -- "${[...ports.sort(), ...sockets].join(", ")}, where they are on" --> agent
${sidecars.map((sidecar) => `    agent -. "where it is on" .-> ${sidecar}\n`).join("")}  end
  service["ECS service, DAEMON"] --> instance
  secret["API key in Secrets Manager or SSM"] -- "at the start" --> agent
  agent -- "HTTPS" --> site["Datadog"]
\`\`\``;
}

function featuresTable(module: Module): string {
  const available = availableFeatures(module);
  const rows = Object.entries(registry as Registry).map(([name, feature]) => {
    const { summary, documentation, launchTypes, sites, networkModes, since, requires } = feature;
    const inModule = available.find((each) => each.name === name);
    const lacking = requires.some((trait) => !hosts[module.host].traits.includes(trait));
    const needs = Object.entries({ launch_type: launchTypes, site: sites, network_mode: networkModes }).flatMap(
      ([key, limit]) => (limit ? [`\`${key}\` ${list(limit.only, "or")}`] : []),
    );
    if (since !== undefined) needs.push(`Agent ${since}`);
    const options = Object.entries(inModule?.options ?? {}).map(
      ([key, value]) => `\`${key}: ${JSON.stringify(value)}\``,
    );
    return [
      `\`${snakeCase(name)}\``,
      `[${summary}](${documentation})`,
      inModule ? needs.join("; ") : lacking ? `not on ${module.host}` : "options, which this module has none for",
      options.join(", "),
    ];
  });
  return table(
    ["Feature", "What it does", "Needs", "Options"],
    rows.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}

/** From the vendor's Terraform module, whose addresses this one keeps. */
function migration({ name, host }: Module): string {
  if (hosts[host].osType !== "linux") return "";
  return `## Coming from DataDog/ecs-datadog/aws//modules/ecs_ec2

The task definition and the service have the same addresses, and \`moved\` blocks carry the roles over. Keep the name of
the \`module\` block, change its \`source\`, translate its variables, and \`terraform plan\` shows a new revision of the task
definition, the service updated in place, and the roles updated in place; the policies of the roles become inline ones.
The outputs have the same names and forms.

\`\`\`hcl
module "datadog_agent" {
  source = "./modules/${name}"

  cluster      = "arn:aws:ecs:eu-west-1:123456789012:cluster/production"
  family       = "datadog-agent"
  service_name = "datadog-agent-datadog-agent"

  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"

  created_roles = {
    task_role_name      = "datadog-agent-ecs-task-role"
    execution_role_name = "datadog-agent-ecs-task-exec-role"
  }

  api_key = {
    secrets_manager_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf"
  }
}
\`\`\`

${table(
  ["Vendor's variable", "Here"],
  MIGRATION.map(([theirs, ours]) => [
    theirs
      .split(", ")
      .map((each) => `\`${each}\``)
      .join(", "),
    ours,
  ]),
)}
`;
}

const MIGRATION = [
  [
    "dd_api_key",
    "none: it puts the key into the state. Store it in Secrets Manager, or let `api_key.create_secret` make the secret",
  ],
  ["dd_api_key_secret", "`api_key = { secrets_manager_arn = … }`, the full ARN with its six characters"],
  ["dd_registry, dd_image_version", "`image = { repository = …, tag = … }`"],
  ["dd_cpu, dd_memory_limit_mib", "`cpu`, `memory_mib`; the vendor's defaults are 256 and 512"],
  ["dd_essential", "none: the Agent is always essential, so that ECS replaces one that stops"],
  ["dd_health_check", "`health_check`, without the command; null for none"],
  ["dd_site", "`site`"],
  ["dd_environment", "`environment`, a map"],
  ["dd_tags", "`tags`, a map"],
  ["dd_docker_labels", "none"],
  ["dd_cluster_name", "`environment = { DD_CLUSTER_NAME = … }`"],
  ["dd_log_level", "`environment = { DD_LOG_LEVEL = … }`, or the feature `log_level`"],
  ["dd_checks_cardinality", "the feature `tag_cardinality`; the vendor's module ignores it up to 1.0.7"],
  [
    "dd_dogstatsd",
    "`features.dogstatsd`; port and socket are options of the module's configuration, and the vendor's default is the socket; the rest are `environment`",
  ],
  [
    "dd_apm",
    "`features.apm`; port and socket are options of the module's configuration, and the vendor's default is the socket; the rest is `application`",
  ],
  ["dd_log_collection", "`features.logs`; the patterns are options of the module's configuration"],
  ["dd_orchestrator_explorer", "`features.ecs_explorer`; its URL is `environment`"],
  ["dd_process_collection", "`features.process_collection`"],
  [
    "dd_docker_socket_path, dd_proc_path, dd_cgroup_path",
    "none: they are facts of the host; `host: amazon-linux-1` for /cgroup/",
  ],
  ["operating_system, runtime_platform", "a module of its own for each host"],
  ["create_service", "`create_service`"],
  ["cluster_arn", "`cluster`; keep the ARN, since another form of the same cluster recreates the service"],
  ["service_name", "`service_name`; the vendor's default is `<family>-datadog-agent`"],
  ["service_placement_constraints", "`placement_constraints`"],
  [
    "enable_ecs_managed_tags, propagate_tags",
    "the same names; the vendor's defaults are true and SERVICE, and ECS keeps the latter until it is told NONE",
  ],
  ["service_registries", "none"],
  ["family", "`family`"],
  ["network_mode", "`network_mode`"],
  ["ipc_mode, proxy_configuration, skip_destroy, track_latest, volumes", "none"],
  ["pid_mode", "none: it is host where a feature needs it"],
  [
    "placement_constraints",
    "none on the task definition: it has the operating system's; `placement_constraints` of the service",
  ],
  ["tags", "`resource_tags`"],
  [
    "execution_role, task_role",
    "the same names, with `attach_policies` for `add_dd_ecs_permissions`; false by default",
  ],
] as const;
