import type { ApiKeySource } from "../agent";
import type { Daemon } from "./schema";

/** Where the API key is, as far as that is known before anything is created. */
export function apiKeySource(apiKey: Daemon["apiKey"]): ApiKeySource {
  const { secretsManagerArn, ssmParameterArn, sensitiveVariable } = apiKey;
  if (sensitiveVariable !== undefined) return { value: sensitiveVariable };
  if (ssmParameterArn !== undefined) return { arn: ssmParameterArn };
  return { arn: secretValueFrom(secretsManagerArn ?? "${aws_secretsmanager_secret.api_key.arn}", apiKey) };
}

/**
 * ECS's way to name a part of a secret: `arn:json-key:version-stage:version-id`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretValueFrom(arn: string, { jsonKey = "", versionStage = "" }: Daemon["apiKey"]): string {
  return jsonKey || versionStage ? `${arn}:${jsonKey}:${versionStage}:` : arn;
}
