import type { Catalog } from "../../core/catalog";
import { socketAccess } from "../../applications/connection";
import { hostOf } from "../../core/scope";
import { availableFeatures, type Module } from "../../configuration/modules";
import { expression, literal, mapCode } from "./hcl";

export interface Output {
  readonly description: string;
  readonly value: string;
}

/**
 * The outputs. There are only a few, because the time that Terraform spends on them grows with the square of the number of
 * module instances. An object costs as little as a string.
 */
export function outputsOf(catalog: Catalog, module: Module): Readonly<Record<string, Output>> {
  const { environment, mountPoints, volumes } = socketCode(catalog, module);
  return {
    enabled_features: { description: "Names of the features that are on", value: expression("local.enabled") },
    agent: {
      description:
        "The Agent's resources: ARNs of the task definition, the service, the roles and the secret, and the next steps. Attributes that don't apply are null",
      value: expression(mapCode(Object.entries(AGENT))),
    },
    applications: {
      description:
        "Environment variables, mount points and volumes for applications that use the Agent's sockets. Empty if the sockets are off",
      value: expression(
        mapCode([
          ["environment", `concat(${environment("dogstatsd")}, ${environment("apm")})`],
          ["mount_points", mountPoints],
          ["volumes", volumes],
        ]),
      ),
    },
  };
}

/** ARNs of resources that are created are known after apply. */
const AGENT = {
  task_definition_arn: "aws_ecs_task_definition.datadog_agent.arn",
  service_arn: "one(aws_ecs_service.datadog_agent[*].id)",
  service_name: "one(aws_ecs_service.datadog_agent[*].name)",
  family: "var.family",
  network_mode: "local.network_mode",
  task_role_arn: "local.task_role_arn",
  execution_role_arn: "local.execution_role_arn",
  security_group_id: "one(aws_security_group.agent[*].id)",
  api_key_secret_arn: "one(aws_secretsmanager_secret.api_key[*].arn)",
  fill_api_key_secret:
    'var.api_key.create_secret == null ? null : "aws secretsmanager put-secret-value --secret-id ${local.api_key_arn} --secret-string file:///dev/stdin"',
  container_instance_policy:
    'length(local.instance_actions) == 0 ? null : jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = local.instance_actions, Resource = "*" }] })',
} as const;

/** What applications need for the Agent's sockets, as code: lists that are empty if no socket is on. */
export function socketCode(catalog: Catalog, module: Module) {
  const host = hostOf(catalog, module);
  const names = availableFeatures(catalog, module).map(({ name }) => name);
  const receivers = (["apm", "dogstatsd"] as const).filter(
    (name) => names.includes(name) && host.socketMounts.length > 0,
  );
  const isOn = (name: string) => `local.on.${name} && local.options.${name}.socket`;
  const anySocket = receivers.map((name) => `(${isOn(name)})`).join(" || ");
  const { mountPoints, volumes } = socketAccess(host, {
    apm: receivers.includes("apm"),
    dogstatsd: receivers.includes("dogstatsd"),
  });
  const [mount] = mountPoints;
  const [volume] = volumes;
  return {
    environment: (name: "apm" | "dogstatsd") => {
      const { environment: variables } = socketAccess(host, { apm: false, dogstatsd: false, [name]: true });
      return receivers.includes(name) ? `${isOn(name)} ? ${literal(variables)} : []` : "[]";
    },
    mountPoints: mount === undefined ? "[]" : `${anySocket} ? ${literal([mount])} : []`,
    volumes:
      volume === undefined
        ? "[]"
        : `${anySocket} ? ${literal([{ name: volume.name, host_path: volume.host?.sourcePath }])} : []`,
  };
}
