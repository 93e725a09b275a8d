/**
 * The forms of the ARNs and names that a configuration takes. Terraform checks some of them too, where a value is left
 * open as a variable: they are regular expressions of Go as well, and free of backslashes.
 */

const PARTITION = "aws(?:-[a-z]+)*";
const REGION = "[a-z]{2,}(?:-[a-z]+)+-[0-9]+";
const ACCOUNT = "[0-9]{12}";

const arn = (service: string, rest: string, region = REGION) =>
  new RegExp(`^arn:${PARTITION}:${service}:${region}:${ACCOUNT}:${rest}$`);

/** The form only: AWS keeps opening regions. */
export const REGION_NAME = new RegExp(`^${REGION}$`);

/** Cluster, family and service names alike. */
export const ECS_NAME = /^[A-Za-z0-9_-]{1,255}$/;

/** The long form: services from before 2021 may have a short one, without the cluster. */
export const SERVICE = arn("ecs", "service/[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}");

export const TASK_DEFINITION = arn("ecs", "task-definition/[A-Za-z0-9_-]{1,255}:[0-9]+");

export const CLUSTER = new RegExp(`${ECS_NAME.source}|${arn("ecs", "cluster/[A-Za-z0-9_-]{1,255}").source}`);

/**
 * The full ARN, with the six characters that Secrets Manager adds, and where wanted ECS's `:json-key:stage:version`.
 * Without the six characters a policy that names the ARN would match nothing.
 */
export const SECRET = arn("secretsmanager", "secret:[A-Za-z0-9_/+=.@-]+-[A-Za-z0-9]{6}(?::[^: ]*:[^: ]*:[^: ]*)?");

export const PARAMETER = arn("ssm", "parameter/[A-Za-z0-9_./-]+");

export const ROLE = arn("iam", "role/[A-Za-z0-9_+=,.@/-]+", "");

export const POLICY = new RegExp(`^arn:${PARTITION}:iam::(?:aws|${ACCOUNT}):policy/[A-Za-z0-9_+=,.@/-]+$`);

export const KMS_KEY = arn("kms", "key/(?:mrk-)?[0-9a-f-]+");

/** The ARN of the secret itself, as IAM knows it: without ECS's `:json-key:stage:version`. */
export function secretArn(valueFrom: string): string {
  return valueFrom.split(":").slice(0, 7).join(":");
}

/**
 * ECS's way to name a part of a secret: `arn:json-key:version-stage:version-id`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretValueFrom(
  arn: string,
  { jsonKey = "", versionStage = "" }: { readonly jsonKey?: string; readonly versionStage?: string },
): string {
  return jsonKey || versionStage ? `${arn}:${jsonKey}:${versionStage}:` : arn;
}
