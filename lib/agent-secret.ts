import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { ApiKeySource } from "./agent";
import { apiKeySource } from "./configuration/api-key";
import { secretArn, secretValueFrom } from "./configuration/arn";
import type { Daemon } from "./configuration/schema";
import { isExpression } from "./core/expression";
import { functionArgument } from "./function-argument";

/** What reading the API key takes, for the role that reads it. */
export interface ApiKeyPermission {
  /** The service that holds the key, as KMS's condition `kms:ViaService` names it. */
  readonly service: "secretsmanager" | "ssm";
  readonly action: string;
  readonly arn: string;
  /** The KMS key that the service decrypts it with; undefined for AWS's own key. */
  readonly kmsKeyArn: string | undefined;
}

/** Where the API key is, and what may read it. */
export interface ApiKeyWiring {
  readonly source: ApiKeySource;
  /** Undefined where the key is no secret but a variable. */
  readonly permission: ApiKeyPermission | undefined;
  /** The secret that was created for the key. */
  readonly secret?: SecretsmanagerSecret;
}

/** Finds the API key's source, and makes the secret where that is wanted. */
export function wireApiKey(
  scope: Construct,
  apiKey: Daemon["apiKey"],
  tags: Record<string, string> | undefined,
): ApiKeyWiring {
  const { ssmParameterArn, sensitiveVariable, createSecret, kmsKeyArn } = apiKey;
  const source = apiKeySource(apiKey);
  if (sensitiveVariable !== undefined) return { source, permission: undefined };
  if (ssmParameterArn !== undefined) {
    const permission = { service: "ssm", action: "ssm:GetParameters", arn: ssmParameterArn, kmsKeyArn } as const;
    return { source, permission };
  }
  const reads = { service: "secretsmanager", action: "secretsmanager:GetSecretValue" } as const;
  if (createSecret !== undefined) {
    const secret = new SecretsmanagerSecret(scope, "api_key", {
      name: createSecret.name,
      kmsKeyId: createSecret.kmsKeyArn,
      description: "Datadog API key of the Agent",
      tags,
    });
    const permission = { ...reads, arn: secret.arn, kmsKeyArn: createSecret.kmsKeyArn };
    return { source: { arn: secretValueFrom(secret.arn, apiKey) }, permission, secret };
  }
  return { source, permission: { ...reads, arn: arnOfSecret(scope, apiKey.secretsManagerArn ?? ""), kmsKeyArn } };
}

/** The secret's own ARN, as IAM knows it, where what is given may go on with ECS's suffix. */
function arnOfSecret(scope: Construct, arn: string): string {
  if (!isExpression(arn)) return secretArn(arn);
  const whole = functionArgument(scope, "api_key_secret", arn);
  return Fn.join(":", Fn.slice(Fn.split(":", whole), 0, 7) as string[]);
}
