import { type AgentConnection, socketAccess } from "./connection";

/** A Terraform output. */
export interface ApplicationOutput {
  readonly value: unknown;
  readonly description: string;
}

/**
 * Outputs with what applications need to reach the Agent over its UNIX sockets, for task definitions in plain Terraform.
 * The lists are empty if the Agent has no socket. Docker labels aren't included, because they differ for each application.
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 */
export function applicationOutputs(connection: AgentConnection): Readonly<Record<string, ApplicationOutput>> {
  const { apm, dogstatsd } = connection;
  const access = socketAccess(connection, { apm: apm?.socket === true, dogstatsd: dogstatsd?.socket === true });
  return {
    application_environment: {
      value: access.environment,
      description:
        "Environment variables for applications' container definitions (`environment`): the paths of the Agent's UNIX sockets. Empty without sockets",
    },
    application_mount_points: {
      value: access.mountPoints,
      description:
        "Mount points for applications' container definitions (`mountPoints`): the folder of the Agent's UNIX sockets. Empty without sockets",
    },
    application_volumes: {
      value: access.volumes,
      description:
        "Volumes for applications' task definitions, in the format of the ECS API: in a `volume` block of aws_ecs_task_definition, host.sourcePath is `host_path`. Empty without sockets",
    },
  };
}
