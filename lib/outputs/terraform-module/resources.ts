import type { Catalog } from "../../core/catalog";
import { osTypeConstraint } from "../../core/assemble";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import type { Module } from "../../configuration/modules";
import { argumentsOf } from "./arguments";
import { block, blocks, type Body, commented, named } from "./document";
import { expression, snakeCase } from "./hcl";
import { namesOf } from "./names";
import { preconditions } from "./rules";

type Resources = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** The Agent's task definition and service, at the same addresses as in Datadog's module. */
export function agentResources(catalog: Catalog, module: Module): Resources {
  const names = namesOf(catalog, module);
  const settings: readonly Setting[] = Object.values(catalog.settings);
  const task = argumentsOf(
    settings.map((setting) => setting.task ?? {}),
    names,
    true,
  );
  const definition = argumentsOf(
    settings.map((setting) => setting.definition ?? {}),
    names,
    true,
  );
  const service = argumentsOf(
    settings.map((setting) => setting.service ?? {}),
    names,
    false,
  );
  return {
    aws_ecs_task_definition: {
      datadog_agent: {
        ...task.attributes,
        network_mode: expression("local.network_mode"),
        pid_mode: expression("local.pid_mode"),
        task_role_arn: expression("local.task_role_arn"),
        execution_role_arn: expression("local.execution_role_arn"),
        container_definitions: expression("jsonencode(local.containers)"),
        tags: expression("local.resource_tags"),
        ...definition.attributes,
        placement_constraints: commented(
          "Linux and Windows images have the same name. In a mixed cluster, the wrong image would start.",
          block(osTypeConstraint(hostOf(catalog, module))),
        ),
        dynamic: named({
          ...task.dynamic,
          placement_constraints: {
            for_each: expression(
              "distinct(flatten([for contribution in local.contributions : try(contribution.placement_constraints, [])]))",
            ),
            content: block({ type: "memberOf", expression: expression("placement_constraints.value") }),
          },
          volume: VOLUMES,
        }),
        depends_on: commented(
          "With awslogs-create-group, a task that starts earlier would create the log group itself.",
          [expression("aws_cloudwatch_log_group.agent")],
        ),
        lifecycle: block({
          create_before_destroy: commented(
            "The service switches to the new revision before the old revision is deregistered.",
            true,
          ),
          precondition: blocks(
            preconditions(catalog, module).map(({ condition, message }) => ({
              condition: expression(condition),
              error_message: message,
            })),
          ),
        }),
      },
    },
    aws_ecs_service: {
      datadog_agent: {
        count: expression("var.create_service ? 1 : 0"),
        ...service.attributes,
        task_definition: expression("aws_ecs_task_definition.datadog_agent.arn"),
        scheduling_strategy: "DAEMON",
        tags: expression("local.resource_tags"),
        dynamic: named({
          ...service.dynamic,
          network_configuration: {
            for_each: expression('local.network_mode == "awsvpc" ? [local.security_groups] : []'),
            content: block({
              subnets: expression("var.subnets"),
              security_groups: expression(
                "length(network_configuration.value) > 0 ? network_configuration.value : null",
              ),
            }),
          },
        }),
        depends_on: commented(
          "A task that starts before its roles have their policies fails until ECS starts it again.",
          [
            expression("aws_iam_role_policy.task"),
            expression("aws_iam_role_policy.execution"),
            expression("aws_iam_role_policy_attachment.execution_managed"),
          ],
        ),
      },
    },
    aws_cloudwatch_log_group: {
      agent: {
        count: expression("var.create_log_group == null ? 0 : 1"),
        name: expression('var.log_configuration.options["awslogs-group"]'),
        retention_in_days: expression("var.create_log_group.retention_days"),
        kms_key_id: expression("var.create_log_group.kms_key_arn"),
        tags: expression("local.resource_tags"),
      },
    },
  };
}

/** The secret of `api_key.create_secret`. */
export const secretResources: Resources = {
  aws_secretsmanager_secret: {
    api_key: {
      count: expression("var.api_key.create_secret == null ? 0 : 1"),
      name: expression("var.api_key.create_secret.name"),
      kms_key_id: expression("var.api_key.create_secret.kms_key_arn"),
      description: "Datadog API key of the Agent",
      tags: expression("local.resource_tags"),
    },
  },
};

/** The arguments of each kind of volume. */
const KINDS = {
  docker_volume_configuration: ["autoprovision", "driver", "driverOpts", "labels", "scope"],
  efs_volume_configuration: ["fileSystemId", "rootDirectory", "transitEncryption", "transitEncryptionPort"],
  fsx_windows_file_server_volume_configuration: ["fileSystemId", "rootDirectory"],
} as const;

const AUTHORIZATION = {
  efs_volume_configuration: ["accessPointId", "iam"],
  fsx_windows_file_server_volume_configuration: ["credentialsParameter", "domain"],
} as const;

const VOLUMES: Body = {
  for_each: expression("local.volumes"),
  content: block({
    name: expression("volume.key"),
    host_path: expression("try(volume.value[0].host_path, null)"),
    dynamic: named(
      Object.fromEntries(
        Object.entries(KINDS).map(([kind, members]) => {
          const authorization = (AUTHORIZATION as Readonly<Record<string, readonly string[]>>)[kind];
          const inner = `${kind}.value.authorizationConfig`;
          return [
            kind,
            {
              for_each: expression(
                `[for each in slice(volume.value, 0, 1) : each.${kind} if try(each.${kind}, null) != null]`,
              ),
              content: block({
                ...membersOf(members, `${kind}.value`),
                ...(authorization && {
                  dynamic: named({
                    authorization_config: {
                      for_each: expression(`try(${inner}, null) == null ? [] : [${inner}]`),
                      content: block(membersOf(authorization, "authorization_config.value")),
                    },
                  }),
                }),
              }),
            },
          ];
        }),
      ),
    ),
  }),
};

function membersOf(members: readonly string[], value: string): Body {
  return Object.fromEntries(
    members.map((member) => [snakeCase(member), expression(`try(${value}.${member}, null)`)] as const),
  );
}

const group = "one(aws_security_group.agent[*].id)";
const tags = expression("local.resource_tags");

/** The VPC of the task's security group. */
export const securityGroupData: Resources = {
  aws_subnet: {
    agent: {
      count: expression("min(length(var.application_security_groups), length(var.subnets), 1)"),
      id: expression("var.subnets[0]"),
    },
  },
};

/** The task's security group in network mode awsvpc. Only the applications' security groups can reach the Agent's ports. */
export const securityGroupResources: Resources = {
  aws_security_group: {
    agent: {
      count: expression("length(var.application_security_groups) > 0 ? 1 : 0"),
      name_prefix: "datadog-agent-",
      description: "Datadog Agent",
      vpc_id: expression("one(data.aws_subnet.agent[*].vpc_id)"),
      tags,
    },
  },
  aws_vpc_security_group_ingress_rule: {
    from_applications: {
      for_each: expression(
        '{ for pair in setproduct(range(length(var.application_security_groups)), keys(local.ports)) : "${pair[0]}:${pair[1]}" => { group = tonumber(pair[0]), port = local.ports[pair[1]][0] } }',
      ),
      security_group_id: expression(group),
      referenced_security_group_id: expression("var.application_security_groups[each.value.group]"),
      ip_protocol: expression("each.value.port.protocol"),
      from_port: expression("each.value.port.containerPort"),
      to_port: expression("each.value.port.containerPort"),
      tags,
    },
  },
  aws_vpc_security_group_egress_rule: {
    to_datadog_ipv4: {
      count: expression("length(aws_security_group.agent)"),
      security_group_id: expression(group),
      ip_protocol: "-1",
      cidr_ipv4: commented("Datadog's IP addresses change.", "0.0.0.0/0"),
      tags,
    },
    to_datadog_ipv6: {
      count: expression("length(aws_security_group.agent)"),
      security_group_id: expression(group),
      ip_protocol: "-1",
      cidr_ipv6: "::/0",
      tags,
    },
  },
};
