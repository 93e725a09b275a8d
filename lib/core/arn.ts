import * as z from "zod";
import { text } from "./schema";

/**
 * Patterns of ARNs and names. The Terraform module checks its variables with them too, so they must be valid in Go's
 * RE2 and have no backslashes.
 */

const PARTITION = "aws(?:-[a-z]+)*";
const REGION = "[a-z]{2,}(?:-[a-z]+)+-[0-9]+";
const ACCOUNT = "[0-9]{12}";

const arn = (service: string, rest: string, region = REGION) =>
  new RegExp(`^arn:${PARTITION}:${service}:${region}:${ACCOUNT}:${rest}$`);

/** Only the form, because AWS keeps adding regions. */
export const REGION_NAME = new RegExp(`^${REGION}$`);

/** Names of clusters, families and services. */
export const ECS_NAME = /^[A-Za-z0-9_-]{1,255}$/;

/** Only the long ARN format. Services created before 2021 can have the short one, without the cluster. */
export const SERVICE = arn("ecs", "service/[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}");

export const TASK_DEFINITION = arn("ecs", "task-definition/[A-Za-z0-9_-]{1,255}:[0-9]+");

export const CLUSTER = new RegExp(`${ECS_NAME.source}|${arn("ecs", "cluster/[A-Za-z0-9_-]{1,255}").source}`);

/**
 * The full ARN, with the six characters that Secrets Manager adds and optionally `:json-key:stage:version`. A policy
 * with an ARN without the six characters would match nothing.
 */
export const SECRET = arn("secretsmanager", "secret:[A-Za-z0-9_/+=.@-]+-[A-Za-z0-9]{6}(?::[^: ]*:[^: ]*:[^: ]*)?");

export const PARAMETER = arn("ssm", "parameter/[A-Za-z0-9_./-]+");

const inner = ({ source }: RegExp) => source.slice(1, -1);

/** Also the name of a parameter in the region and account of the task. Refuses an API or application key. */
const byName = (forms: readonly RegExp[]) =>
  new RegExp(
    `^(?![0-9a-f]{32}$|^[0-9a-f]{40}$)(?:${forms.map(inner).join("|")}|/?[A-Za-z0-9_.-][A-Za-z0-9_./-]{0,1000})$`,
  );

export const PARAMETER_REFERENCE = byName([PARAMETER]);

/** A `valueFrom` of ECS: the ARN of a secret, or the ARN or name of a parameter. */
export const SECRET_REFERENCE = byName([SECRET, PARAMETER]);

export const ROLE = arn("iam", "role/[A-Za-z0-9_+=,.@/-]+", "");

export const POLICY = new RegExp(`^arn:${PARTITION}:iam::(?:aws|${ACCOUNT}):policy/[A-Za-z0-9_+=,.@/-]+$`);

export const CLOUD_MAP_SERVICE = arn("servicediscovery", "service/[A-Za-z0-9-]+");

/** An environment file in S3. ARNs of buckets have no region and no account. */
export const ENVIRONMENT_FILE = new RegExp(`^arn:${PARTITION}:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+[.]env$`);

export const KMS_KEY = arn("kms", "key/(?:mrk-)?[0-9a-f-]+");

/** The ARN of the secret for IAM, without ECS's `:json-key:stage:version`. */
export function secretArn(valueFrom: string): string {
  return valueFrom.split(":").slice(0, 7).join(":");
}

/**
 * The `valueFrom` of a secret: `arn:json-key:version-stage:version-id`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretValueFrom(
  arn: string,
  { jsonKey = "", versionStage = "" }: { readonly jsonKey?: string; readonly versionStage?: string },
): string {
  return jsonKey || versionStage ? `${arn}:${jsonKey}:${versionStage}:` : arn;
}

/** Where the resource of an ARN must be. */
export interface ArnFacts {
  /** Whether it must be in the account of the stack. Secrets and KMS keys can be in another one. */
  readonly account: "own" | "any";
  /** Whether it must be in the region of the stack. */
  readonly region: "own" | "any";
}

const factsOfArns = z.registry<ArnFacts>();

/**
 * A string that is an ARN. The checks compare its partition, and its region and account if they must be the stack's
 * own.
 * @param form completes the error message `must be …`
 */
export function arnText(form: string, pattern: RegExp, { account = "any", region = "any" }: Partial<ArnFacts> = {}) {
  return text(form, pattern).register(factsOfArns, { account, region });
}

/** The paths of all ARNs in a schema. */
export function arnsIn(schema: z.ZodType, path: readonly string[] = []): readonly (ArnFacts & { path: string })[] {
  const facts = factsOfArns.get(schema);
  if (facts !== undefined) return [{ ...facts, path: path.join(".") }];
  const { innerType, shape = {} } = schema.def as { innerType?: z.ZodType; shape?: Record<string, z.ZodType> };
  if (innerType !== undefined) return arnsIn(innerType, path);
  return Object.entries(shape).flatMap(([key, inner]) => arnsIn(inner, [...path, key]));
}
