import type { ApiKeySource } from "../core/agent";
import { secretValueFrom } from "../core/arn";
import type { Daemon } from "./types";

type ApiKey = Pick<Daemon["apiKey"], "ssmParameter" | "ssmParameterArn">;

/** The SSM parameter with the API key. `ssmParameterArn` is the previous name of `ssmParameter`. */
export function parameterOf({ ssmParameter, ssmParameterArn }: ApiKey): string | undefined {
  return ssmParameter ?? ssmParameterArn;
}

/** The source of the API key. For a created secret it is a Terraform expression. */
export function apiKeySource(apiKey: Omit<Daemon["apiKey"], "createSecret">): ApiKeySource {
  const { secretsManagerArn, sensitiveVariable } = apiKey;
  const parameter = parameterOf(apiKey);
  if (sensitiveVariable !== undefined) return { value: sensitiveVariable };
  if (parameter !== undefined) return { arn: parameter };
  return { arn: secretValueFrom(secretsManagerArn ?? "${aws_secretsmanager_secret.api_key.arn}", apiKey) };
}
