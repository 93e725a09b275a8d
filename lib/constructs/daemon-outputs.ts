import type { TerraformOutputConfig } from "cdktf";
import { applicationOutputs } from "../applications/outputs";
import type { DatadogAgentDaemon } from "./datadog-agent-daemon";

/** The outputs of a daemon, by name. */
export function outputsOf({
  taskDefinition,
  service,
  apiKeySecret,
  apiKeySecretVersion,
  connection,
  instanceActions,
}: DatadogAgentDaemon): Record<string, TerraformOutputConfig> {
  return {
    task_definition_arn: { value: taskDefinition.arn, description: "ARN of the task definition, with its revision" },
    task_definition_family: { value: taskDefinition.family, description: "Family of the task definition" },
    task_definition_revision: { value: taskDefinition.revision, description: "Revision of the task definition" },
    service_name: { value: service.name, description: "Name of the service" },
    // The attribute `arn` needs provider 6. The ID is the ARN in provider 5, too.
    service_arn: { value: service.id, description: "ARN of the service" },
    ...(instanceActions.length > 0 && {
      container_instance_policy: {
        value: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: instanceActions, Resource: "*" }],
        }),
        description: "IAM policy that the container instance role needs for the enabled features",
      },
    }),
    ...((connection.apm?.socket || connection.dogstatsd?.socket) && applicationOutputs(connection)),
    ...(apiKeySecret && {
      api_key_secret_arn: {
        value: apiKeySecret.arn,
        description: "ARN of the secret that holds the Datadog API key",
      },
    }),
    ...(apiKeySecret &&
      !apiKeySecretVersion && {
        fill_api_key_secret: {
          value: `aws secretsmanager put-secret-value --secret-id ${apiKeySecret.arn} --secret-string file:///dev/stdin`,
          description: "Command that stores the API key in the secret: type the key, then press Ctrl-D",
        },
      }),
  };
}
