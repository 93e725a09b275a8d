import type { ApiKeySource } from "../agent";
import { secretValueFrom } from "./arn";
import type { Daemon } from "./schema";

/** Where the API key is, as far as that is known before anything is created. */
export function apiKeySource(apiKey: Daemon["apiKey"]): ApiKeySource {
  const { secretsManagerArn, ssmParameterArn, sensitiveVariable } = apiKey;
  if (sensitiveVariable !== undefined) return { value: sensitiveVariable };
  if (ssmParameterArn !== undefined) return { arn: ssmParameterArn };
  return { arn: secretValueFrom(secretsManagerArn ?? "${aws_secretsmanager_secret.api_key.arn}", apiKey) };
}
