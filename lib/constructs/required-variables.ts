import type { TerraformVariableConfig } from "cdktf";
import * as arn from "../core/arn";

/** The variables for values that a cluster doesn't set. */
const variables = {
  cluster: {
    description: "Name or ARN of the ECS cluster to run the Agent on.",
    pattern: arn.CLUSTER,
    must: "must be the name or the ARN of an ECS cluster.",
  },
  api_key_secret_arn: {
    description:
      "Full ARN of the Secrets Manager secret with the Datadog API key. For a JSON secret, append :json-key::.",
    pattern: arn.SECRET,
    must: "must be the full ARN of a Secrets Manager secret, with the six-character suffix of its name.",
  },
  api_key: {
    sensitive: true,
    description: "The Datadog API key, for trials only: it is stored in Terraform's state and in the task definition.",
    pattern: /^[0-9a-fA-F]{32}$/,
    must: "must be a Datadog API key: 32 hexadecimal digits.",
  },
  api_key_value: {
    sensitive: true,
    description: "The Datadog API key to store in the secret. Terraform doesn't store it in the state or in plans.",
    pattern: /^[0-9a-fA-F]{32}$/,
    must: "must be a Datadog API key: 32 hexadecimal digits.",
  },
} as const;

export type RequiredVariable = keyof typeof variables;

/** The configuration of a required variable with the given name. */
export function requiredVariable(id: RequiredVariable, variable: string): TerraformVariableConfig {
  const { pattern, must, ...config } = variables[id];
  // JavaScript escapes a slash as `\\/`, which Terraform's strings don't support.
  const source = pattern.source.replaceAll("\\/", "/");
  return {
    ...config,
    type: "string",
    nullable: false,
    validation: [
      {
        condition: `\${can(regex("${source}", var.${variable}))}`,
        errorMessage: `The value of ${variable} ${must}`,
      },
    ],
  };
}
