import type { Module } from "../../configuration/schema";
import { osTypeConstraint } from "../../core/assemble";
import { hosts } from "../../hosts";
import { expression } from "./hcl";
import { roleResources } from "./roles";
import { preconditions } from "./rules";

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Everything that the module creates. The Agent's task definition and service have the addresses of the vendor's module. */
export function resourcesOf(module: Module): Blocks {
  return {
    aws_ecs_task_definition: {
      datadog_agent: {
        family: expression("var.family"),
        requires_compatibilities: [expression("var.launch_type")],
        network_mode: expression("local.network_mode"),
        pid_mode: expression("local.pid_mode"),
        task_role_arn: expression("local.task_role_arn"),
        execution_role_arn: expression("local.execution_role_arn"),
        placement_constraints: osTypeConstraint(hosts[module.host]),
        container_definitions: expression("jsonencode(local.containers)"),
        dynamic: { volume: volumes(module) },
        tags: expression("local.resource_tags"),
        lifecycle: {
          create_before_destroy: true,
          precondition: preconditions(module).map(({ condition, message }) => ({
            condition: expression(condition),
            error_message: message,
          })),
        },
      },
    },
    aws_ecs_service: {
      datadog_agent: {
        count: expression("var.create_service ? 1 : 0"),
        name: expression("var.service_name"),
        cluster: expression("var.cluster"),
        task_definition: expression("aws_ecs_task_definition.datadog_agent.arn"),
        scheduling_strategy: "DAEMON",
        launch_type: expression("var.launch_type"),
        deployment_minimum_healthy_percent: expression("var.minimum_healthy_percent"),
        enable_execute_command: expression("var.enable_execute_command"),
        wait_for_steady_state: expression("var.wait_for_steady_state"),
        dynamic: {
          placement_constraints: {
            for_each: expression("var.placement_constraints"),
            content: {
              type: expression("placement_constraints.value.type"),
              expression: expression("placement_constraints.value.expression"),
            },
          },
          network_configuration: {
            for_each: expression('local.network_mode == "awsvpc" ? [local.security_groups] : []'),
            content: {
              subnets: expression("var.subnets"),
              security_groups: expression(
                "length(network_configuration.value) > 0 ? network_configuration.value : null",
              ),
            },
          },
        },
        tags: expression("local.resource_tags"),
        enable_ecs_managed_tags: expression("var.enable_ecs_managed_tags"),
        propagate_tags: expression("var.propagate_tags"),
        depends_on: [
          "aws_iam_role_policy.task",
          "aws_iam_role_policy.execution",
          "aws_iam_role_policy_attachment.execution_managed",
        ],
      },
    },
    ...roleResources,
    aws_secretsmanager_secret: {
      api_key: {
        count: expression("var.api_key.create_secret == null ? 0 : 1"),
        name: expression("var.api_key.create_secret.name"),
        kms_key_id: expression("var.api_key.create_secret.kms_key_arn"),
        description: "Datadog API key of the Agent",
        tags: expression("local.resource_tags"),
      },
    },
    ...securityGroup,
  };
}

function volumes({ host }: Module) {
  const { agentMounts, logMounts, userMounts, socketMounts } = hosts[host];
  const all = [agentMounts, logMounts, userMounts, socketMounts].flat();
  const docker = all.some(({ volume }) => volume.dockerVolumeConfiguration);
  return {
    for_each: expression("local.volumes"),
    content: {
      name: expression("volume.key"),
      host_path: expression("try(volume.value[0].host_path, null)"),
      ...(docker && {
        dynamic: {
          docker_volume_configuration: {
            for_each: expression(
              "[for mount in volume.value : mount.docker_volume_configuration if can(mount.docker_volume_configuration)]",
            ),
            content: {
              autoprovision: expression("docker_volume_configuration.value.autoprovision"),
              driver: expression("docker_volume_configuration.value.driver"),
              scope: expression("docker_volume_configuration.value.scope"),
            },
          },
        },
      }),
    },
  };
}

const group = "one(aws_security_group.agent[*].id)";

/** Of an Agent with a network interface of its own: open to applications' groups on the Agent's ports, and to no address. */
const securityGroup: Blocks = {
  aws_security_group: {
    agent: {
      count: expression("length(var.application_security_groups) > 0 ? 1 : 0"),
      name_prefix: "datadog-agent-",
      description: "Datadog Agent",
      vpc_id: expression("one(data.aws_subnet.agent[*].vpc_id)"),
      tags: expression("local.resource_tags"),
    },
  },
  aws_vpc_security_group_ingress_rule: {
    from_applications: {
      for_each: expression(
        '{ for pair in setproduct(range(length(var.application_security_groups)), keys(local.ports)) : "${pair[0]}:${pair[1]}" => { group = tonumber(pair[0]), port = local.ports[pair[1]] } }',
      ),
      security_group_id: expression(group),
      referenced_security_group_id: expression("var.application_security_groups[each.value.group]"),
      ip_protocol: expression("each.value.port.protocol"),
      from_port: expression("each.value.port.containerPort"),
      to_port: expression("each.value.port.containerPort"),
      tags: expression("local.resource_tags"),
    },
  },
  aws_vpc_security_group_egress_rule: {
    // Datadog's addresses change.
    to_datadog_ipv4: {
      count: expression("length(aws_security_group.agent)"),
      security_group_id: expression(group),
      ip_protocol: "-1",
      cidr_ipv4: "0.0.0.0/0",
      tags: expression("local.resource_tags"),
    },
    to_datadog_ipv6: {
      count: expression("length(aws_security_group.agent)"),
      security_group_id: expression(group),
      ip_protocol: "-1",
      cidr_ipv6: "::/0",
      tags: expression("local.resource_tags"),
    },
  },
};
