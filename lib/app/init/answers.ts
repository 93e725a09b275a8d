import type { Site } from "../../core/sites";

/** Values of a new configuration. Without `cluster` or `secretArn`, Terraform asks for it as a required variable. */
export interface Answers {
  /** Name of the entry in `clusters` and of its stack. */
  readonly name: string;
  /** Name or ARN of the ECS cluster. */
  readonly cluster?: string | undefined;
  readonly region?: string | undefined;
  readonly site: Site;
  /** Full ARN of the Secrets Manager secret with the API key. */
  readonly secretArn?: string | undefined;
  /** Names of the features to turn on. */
  readonly features: readonly string[];
}

/** A common starting point. */
export const DEFAULTS: Answers = {
  name: "datadog-agent",
  site: "datadoghq.com",
  features: ["apm", "dogstatsd", "logs", "processCollection"],
};
