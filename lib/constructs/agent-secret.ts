import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { ApiKeySource } from "../core/agent";
import { apiKeySource, parameterOf } from "../configuration/api-key";
import { secretArn, secretValueFrom } from "../core/arn";
import type { Daemon } from "../configuration/types";
import { isExpression } from "../core/expression";
import { functionArgument } from "./function-argument";

/** The permissions that a role needs to read the API key. */
export interface ApiKeyPermission {
  /** The service that stores the key, as in the KMS condition `kms:ViaService`. */
  readonly service: "secretsmanager" | "ssm";
  readonly action: string;
  /** ARN of the secret, or ARN or name of the parameter. */
  readonly arn: string;
  /** Whether `arn` is known to be an ARN, even if it is a Terraform expression. */
  readonly isArn: boolean;
  /** The customer-managed KMS key that encrypts the API key. Undefined for the AWS managed key. */
  readonly kmsKeyArn: string | undefined;
}

/** Where the API key is, and the permissions to read it. */
export interface ApiKeyWiring {
  readonly source: ApiKeySource;
  /** Undefined if the key is a variable instead of a secret. */
  readonly permission: ApiKeyPermission | undefined;
  /** The secret, with `createSecret`. */
  readonly secret?: SecretsmanagerSecret;
  /** The secret's value, with `createSecret.ephemeralVariable`. */
  readonly secretVersion?: SecretsmanagerSecretVersion;
}

/** Finds the API key's source, and creates the secret with `createSecret`. */
export function wireApiKey(
  scope: Construct,
  apiKey: Daemon["apiKey"],
  tags: Record<string, string> | undefined,
): ApiKeyWiring {
  const { sensitiveVariable, createSecret, kmsKeyArn } = apiKey;
  const source = apiKeySource(apiKey);
  if (sensitiveVariable !== undefined) return { source, permission: undefined };
  const parameter = parameterOf(apiKey);
  if (parameter !== undefined) {
    const permission = {
      service: "ssm",
      action: "ssm:GetParameters",
      arn: parameter,
      isArn: apiKey.ssmParameter === undefined,
      kmsKeyArn,
    } as const;
    return { source, permission };
  }
  const reads = { service: "secretsmanager", action: "secretsmanager:GetSecretValue", isArn: true } as const;
  if (createSecret !== undefined) {
    const secret = new SecretsmanagerSecret(scope, "api_key", {
      name: createSecret.name,
      kmsKeyId: createSecret.kmsKeyArn,
      description: "Datadog API key of the Agent",
      tags,
    });
    const permission = { ...reads, arn: secret.arn, kmsKeyArn: createSecret.kmsKeyArn };
    const secretVersion = createSecretVersion(scope, secret, createSecret);
    return { source: { arn: secretValueFrom(secret.arn, apiKey) }, permission, secret, secretVersion };
  }
  return { source, permission: { ...reads, arn: arnOfSecret(scope, apiKey.secretsManagerArn ?? ""), kmsKeyArn } };
}

/** Write-only arguments are never stored in the state or plan. Terraform sends the value again if its version changes. */
function createSecretVersion(
  scope: Construct,
  { id: secretId }: SecretsmanagerSecret,
  { ephemeralVariable, ephemeralVersion = "1" }: NonNullable<Daemon["apiKey"]["createSecret"]>,
): SecretsmanagerSecretVersion | undefined {
  if (ephemeralVariable === undefined) return undefined;
  const version = new SecretsmanagerSecretVersion(scope, "api_key_value", { secretId });
  version.addOverride("secret_string_wo", ephemeralVariable);
  version.addOverride("secret_string_wo_version", ephemeralVersion);
  return version;
}

/** The secret's ARN for IAM, without ECS's suffix `:json-key:version-stage:version-id`. */
function arnOfSecret(scope: Construct, arn: string): string {
  if (!isExpression(arn)) return secretArn(arn);
  const whole = functionArgument(scope, "api_key_secret", arn);
  return Fn.join(":", Fn.slice(Fn.split(":", whole), 0, 7) as string[]);
}
