import { type AgentConnection, socketAccess } from "./connection";

/** A value and its description, as Terraform's outputs have them. */
export interface ApplicationOutput {
  readonly value: unknown;
  readonly description: string;
}

/**
 * What the container definitions of applications need to reach the Agent over its UNIX sockets, for people who write
 * them in plain Terraform. Lists are empty where the Agent has no socket. Docker labels are not among them: all of them
 * say something about one application.
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 */
export function applicationOutputs({
  hostName,
  apm,
  dogstatsd,
}: AgentConnection): Readonly<Record<string, ApplicationOutput>> {
  const access = socketAccess(hostName, { apm: apm?.socket === true, dogstatsd: dogstatsd?.socket === true });
  return {
    application_environment: {
      value: access.environment,
      description:
        "For `environment` of the container definitions of applications: where the Agent's UNIX sockets are. Empty without sockets",
    },
    application_mount_points: {
      value: access.mountPoints,
      description:
        "For `mountPoints` of the container definitions of applications: the folder of the Agent's UNIX sockets. Empty without sockets",
    },
    application_volumes: {
      value: access.volumes,
      description:
        "For the volumes of the task definitions of applications, as ECS's API has them: in a `volume` block of aws_ecs_task_definition, host.sourcePath is `host_path`. Empty without sockets",
    },
  };
}
