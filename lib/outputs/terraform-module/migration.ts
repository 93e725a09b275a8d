import type { Catalog } from "../../core/catalog";
import { hostOf } from "../../core/scope";
import type { Module } from "../../configuration/modules";
import { table } from "../../documentation/markdown";
import { snakeCase } from "./hcl";

/** The version of Datadog's module whose variables are in the table. */
const VENDORS_VERSION = "1.1.1";

/** How to migrate from Datadog's Terraform module. The addresses of the resources are the same. */
export function migration(catalog: Catalog, module: Module): string {
  if (hostOf(catalog, module).osType !== "linux") return "";
  const outputs =
    module.vendorOutputs === true
      ? "The outputs have the same names and types. They are in `compatibility.tf`."
      : "The outputs have other names. To get the outputs of Datadog's module as well, set `vendorOutputs: true` in the module's\nentry in clusters.yaml and generate the module again.";
  return `## Migrating from DataDog/ecs-datadog/aws//modules/ecs_ec2

The task definition and the service have the same addresses, and \`moved\` blocks keep the roles. Keep the name of the
\`module\` block, change its \`source\`, and replace its variables as the table shows. \`terraform plan\` then shows a new
revision of the task definition, and in-place updates of the service and the roles. The policies of the roles become
inline policies.
${outputs}

Datadog's module turns APM and DogStatsD on by default, each with its port and its socket. This call keeps both, and keeps
the names and limits of Datadog's module:

\`\`\`hcl
module "datadog_agent" {
  source = "./modules/${module.name}"

  cluster      = "arn:aws:ecs:eu-west-1:123456789012:cluster/production"
  family       = "datadog-agent"
  service_name = "datadog-agent-datadog-agent"
  cpu          = 256
  memory_mib   = 512

  features = {
    apm          = { port = true, socket = true }
    dogstatsd    = { port = true, socket = true }
    ecs_explorer = true
  }

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

All ${rowsOf(catalog).length} variables of version ${VENDORS_VERSION} and their replacements:

${table(
  ["Variable of Datadog's module", "Replacement"],
  rowsOf(catalog).map(([theirs, ours]) => [`\`${theirs}\``, ours]),
)}
`;
}

/** Each variable of Datadog's module and its replacement. */
function rowsOf({ settings }: Catalog): readonly (readonly [theirs: string, ours: string])[] {
  const variable = (key: string, note = "") =>
    key in settings ? `\`${snakeCase(key)}\`${note && `, ${note}`}` : "none";
  return [
    ["dd_api_key", "none: it stores the key in the state. Store the key in Secrets Manager, and set `api_key`"],
    ["dd_api_key_secret", "`api_key = { secrets_manager_arn = … }`, the full ARN including the six random characters"],
    ["dd_registry", "`image = { repository = … }`"],
    ["dd_image_version", "`image = { tag = … }`"],
    ["dd_cpu", "`cpu`; Datadog's default is 256"],
    ["dd_memory_limit_mib", "`memory_mib`; Datadog's default is 512"],
    ["dd_essential", "none: the Agent's container is always essential, so ECS restarts the task when it stops"],
    ["dd_health_check", "`health_check`; null turns it off"],
    ["dd_site", "`site`"],
    ["dd_environment", "`environment`, a map"],
    ["dd_docker_labels", variable("dockerLabels")],
    ["dd_tags", "`tags`, a map"],
    ["dd_checks_cardinality", "`features = { tag_cardinality = { checks = … } }`"],
    ["dd_log_level", "`features = { log_level = … }`"],
    [
      "dd_dogstatsd",
      "`features = { dogstatsd = { port = …, socket = … } }`, and `tag_cardinality = { dogstatsd = … }`; Datadog's defaults are port, socket, origin detection and orchestrator",
    ],
    [
      "dd_apm",
      "`features = { apm = { port = …, socket = … } }`; Datadog's defaults are port and socket. For options of applications, use their `environment`, or `application` in `compatibility.tf`",
    ],
    ["dd_log_collection", "`features = { logs = { collect_all = …, include = […], exclude = […] } }`"],
    ["dd_orchestrator_explorer", "`features = { ecs_explorer = true }`; set its URL in `environment`"],
    ["dd_docker_socket_path", "none: the path depends on the host only"],
    ["dd_proc_path", "none: the path depends on the host only"],
    ["dd_cgroup_path", "none: the path depends on the host only; a module for `amazon-linux-1` has /cgroup/"],
    ["dd_process_collection", "`features = { process_collection = true }`"],
    [
      "runtime_platform",
      `a module for each operating system${"runtimePlatform" in settings ? "; `runtime_platform` for the CPU architecture" : ""}`,
    ],
    ["create_service", "`create_service`"],
    ["cluster_arn", "`cluster`; keep the ARN: changing it to the cluster's name would recreate the service"],
    ["service_name", "`service_name`; Datadog's default is `<family>-datadog-agent`"],
    ["service_placement_constraints", "`placement_constraints`"],
    ["service_registries", variable("serviceRegistries")],
    ["enable_ecs_managed_tags", "`enable_ecs_managed_tags`; Datadog's default is true"],
    ["propagate_tags", "`propagate_tags`; Datadog's default is SERVICE, which ECS keeps until you set NONE"],
    ["family", "`family`"],
    ["network_mode", "`network_mode`"],
    ["ipc_mode", variable("ipcMode")],
    ["pid_mode", variable("pidMode", "set to host by the features that need it")],
    [
      "placement_constraints",
      variable("taskPlacementConstraints", "in addition to the constraint on the operating system"),
    ],
    ["proxy_configuration", "none: AWS App Mesh ended in September 2026"],
    ["skip_destroy", variable("skipDestroy")],
    ["track_latest", "none"],
    ["tags", "`resource_tags`"],
    ["execution_role", "`execution_role = { arn = …, attach_policies = … }`, instead of `add_dd_ecs_permissions`"],
    ["task_role", "`task_role = { arn = …, attach_policies = … }`, instead of `add_dd_ecs_permissions`"],
    ["volumes", variable("volumes", "or `mounts`")],
  ];
}
