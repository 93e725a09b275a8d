import * as z from "zod";
import { withHints } from "../core/hints";
import * as arn from "../core/arn";
import { isExpression } from "../core/expression";
import { formatPath, type Path, type Problem, valueAt } from "../core/problem";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, exactlyOne, given, implies, matches, not, or, sameArnPart } from "../core/term";

const kmsKeyArn = arn.arnText("the ARN of a KMS key", arn.KMS_KEY).optional();

const createSecret = z.strictObject({
  name: text("a secret name: 1 to 512 letters, digits and / _ + = . @ -", /^[A-Za-z0-9/_+=.@-]{1,512}$/).describe(
    "Name of the secret",
  ),
  kmsKeyArn: kmsKeyArn.describe("ARN of the KMS key that encrypts the secret; by default the AWS managed key"),
});
const CREATE_SECRET = "Create an empty secret; the stack outputs the command that fills it";

/** API key sources that clusters.yaml and the construct share. */
const keys = {
  secretsManagerArn: arn
    .arnText(
      "the full ARN of a Secrets Manager secret, with the six-character suffix of its name, optionally followed by `:json-key:version-stage:version-id`",
      arn.SECRET,
    )
    .optional()
    .describe("Full ARN of a Secrets Manager secret; append `:json-key::` to read a key of a JSON secret"),
  ssmParameter: arn
    .arnText(
      "the ARN of an SSM parameter, or its name if it is in the task's region and account",
      arn.PARAMETER_REFERENCE,
    )
    .optional()
    .describe("ARN of an SSM parameter, or its name if it is in the task's region and account"),
  ssmParameterArn: arn
    .arnText("the ARN of an SSM parameter", arn.PARAMETER)
    .optional()
    .describe("Old name of `ssmParameter`"),
  createSecret: createSecret.optional().describe(CREATE_SECRET),
  jsonKey: text("a key of a JSON secret, without a colon", /^[^:\s]+$/)
    .optional()
    .describe("For a JSON secret: the key that holds the API key"),
  versionStage: text("a version stage of a secret, such as AWSCURRENT", /^[A-Za-z0-9/_+=.@-]{1,256}$/)
    .optional()
    .describe("For a rotated secret: the version stage to read; by default AWSCURRENT"),
  kmsKeyArn: kmsKeyArn.describe("ARN of the customer-managed KMS key that encrypts the secret or the parameter"),
};

const inFile = z.strictObject({
  ...keys,
  createSecret: createSecret
    .extend({
      ephemeralVariable: z
        .literal(true)
        .optional()
        .describe(
          "Fill the secret from the variable `var.api_key_value`, which Terraform never stores; increase `var.api_key_version` to fill it again. Needs Terraform 1.11 or later",
        ),
      ephemeralVersion: text("a whole number in quotes", /^[1-9][0-9]*$/)
        .optional()
        .describe("Replaces `var.api_key_version`: increase it to fill the secret again"),
    })
    .optional()
    .describe(CREATE_SECRET),
  sensitiveVariable: z
    .literal(true)
    .optional()
    .describe(
      "For testing only: read the key from `var.api_key`; it is stored in the state and in the task definition",
    ),
});

const inConstruct = z.strictObject({
  ...keys,
  createSecret: createSecret
    .extend({
      ephemeralVariable: z
        .string()
        .refine(isExpression, { error: "must be a reference to an ephemeral Terraform variable, never the key itself" })
        .optional()
        .describe(
          "Fill the secret from an ephemeral variable, which Terraform never stores; needs Terraform 1.11 or later",
        ),
      ephemeralVersion: z
        .string()
        .refine((version) => isExpression(version) || /^[1-9][0-9]*$/.test(version), {
          error: "must be a whole number in quotes, or a reference to a variable",
        })
        .optional()
        .describe("With `ephemeralVariable`: increase it to fill the secret again; by default 1"),
    })
    .optional()
    .describe(CREATE_SECRET),
  sensitiveVariable: z
    .string()
    .refine(isExpression, { error: "must be a reference to a sensitive Terraform variable, never the key itself" })
    .optional()
    .describe("For testing only: a sensitive variable; its value is stored in the state and in the task definition"),
});

/** Sources in AWS, of which one is set. */
const STORED = [
  given("apiKey.secretsManagerArn"),
  given("apiKey.ssmParameter"),
  given("apiKey.ssmParameterArn"),
  given("apiKey.createSecret"),
] as const;

const aSecret = or(given("apiKey.secretsManagerArn"), given("apiKey.createSecret"));

/** Settings with an ARN in the cluster's account, the most reliable first. */
const ACCOUNT_ARNS = [
  ["provider", "assumeRole", "roleArn"],
  ["adopt", "serviceArn"],
  ["cluster"],
  ["executionRoleArn"],
  ["taskRoleArn"],
] as const;

/** The cluster's account and the setting that it comes from; undefined if no setting has it. */
function accountOf(settings: Settings): { readonly account: string; readonly path: Path } | undefined {
  if (typeof settings.accountId === "string" && !isExpression(settings.accountId))
    return { account: settings.accountId, path: ["accountId"] };
  const allowed = valueAt(settings, ["provider", "allowedAccountIds"]);
  if (Array.isArray(allowed) && allowed.length === 1)
    return { account: String(allowed[0]), path: ["provider", "allowedAccountIds", 0] };
  for (const path of ACCOUNT_ARNS) {
    const account = accountOfArn(valueAt(settings, path));
    if (account !== undefined) return { account, path };
  }
  return undefined;
}

function accountOfArn(value: unknown): string | undefined {
  return typeof value === "string" ? /^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):/.exec(value)?.[1] : undefined;
}

/**
 * The AWS managed key `aws/secretsmanager` works in one account only.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
function crossAccountProblems(settings: Settings): readonly Problem[] {
  const path = ["apiKey", "secretsManagerArn"];
  const secret = accountOfArn(valueAt(settings, path));
  const cluster = accountOf(settings);
  if (secret === undefined || cluster === undefined || secret === cluster.account) return [];
  if (valueAt(settings, ["apiKey", "kmsKeyArn"]) !== undefined) return [];
  const message =
    `is in account ${secret}, but the cluster is in account ${cluster.account} (${formatPath(cluster.path)}). ` +
    "The default KMS key can't be used across accounts. Set apiKey.kmsKeyArn to the secret's customer-managed KMS key.";
  return [{ path, message }];
}

type Settings = Readonly<Record<string, unknown>>;

/** The map to write instead of a string. */
function suggestedSource(given: unknown): string | undefined {
  if (typeof given !== "string") return undefined;
  const [, service] = /^arn:[\w-]+:(secretsmanager|ssm):/.exec(given) ?? [];
  if (service === "secretsmanager") return "Write apiKey: { secretsManagerArn: <the ARN> }.";
  if (service === "ssm" || given.startsWith("/")) return "Write apiKey: { ssmParameter: <the ARN or the name> }.";
  return "Never write the key itself: store it in a Secrets Manager secret, and write apiKey: { secretsManagerArn: <its ARN> }. Revoke a key that was in a file.";
}

export const apiKey = defineSetting({
  summary: "Source of the Datadog API key, one of these; if not set, `var.api_key_secret_arn` is a required variable",
  of: "daemon",
  schema: withHints(inFile, { value: suggestedSource }).optional(),
  prop: inConstruct.describe("Source of the Datadog API key, one of these"),
  isChoice: true,
  shapesRoles: true,
  mayBeSecret: true,
  rules: [
    {
      at: "apiKey",
      holds: implies(given("apiKey"), or(given("apiKey.sensitiveVariable"), exactlyOne(...STORED))),
      must: "must have exactly one of `secretsManagerArn`, `ssmParameter` and `createSecret`.",
    },
    {
      at: "apiKey.sensitiveVariable",
      holds: not(and(given("apiKey.sensitiveVariable"), or(...STORED))),
      must: "can't be combined with `secretsManagerArn`, `ssmParameter` or `createSecret`.",
    },
    {
      at: "apiKey.createSecret",
      holds: not(and(given("apiKey.createSecret.ephemeralVariable"), given("apiKey.jsonKey"))),
      must: "can't combine `ephemeralVariable` with `jsonKey`: the secret is filled with the key itself.",
    },
    {
      at: "apiKey.createSecret.ephemeralVersion",
      holds: implies(given("apiKey.createSecret.ephemeralVersion"), given("apiKey.createSecret.ephemeralVariable")),
      must: "needs `ephemeralVariable`.",
    },
    {
      at: "apiKey.jsonKey",
      holds: implies(given("apiKey.jsonKey"), aSecret),
      must: "needs `secretsManagerArn` or `createSecret`.",
    },
    {
      at: "apiKey.versionStage",
      holds: implies(given("apiKey.versionStage"), aSecret),
      must: "needs `secretsManagerArn` or `createSecret`.",
    },
    {
      at: "apiKey.kmsKeyArn",
      holds: implies(
        given("apiKey.kmsKeyArn"),
        or(given("apiKey.secretsManagerArn"), given("apiKey.ssmParameter"), given("apiKey.ssmParameterArn")),
      ),
      must: "needs `secretsManagerArn` or `ssmParameter`.",
    },
    {
      at: "apiKey.secretsManagerArn",
      holds: implies(
        or(given("apiKey.jsonKey"), given("apiKey.versionStage")),
        not(matches("apiKey.secretsManagerArn", /^(?:[^:]*:){7}/)),
      ),
      must: "must end with the secret's name when `jsonKey` or `versionStage` is set. Remove what follows the name.",
    },
    ...["secretsManagerArn", "ssmParameter", "ssmParameterArn"].map((key) => ({
      at: "apiKey.kmsKeyArn",
      holds: sameArnPart("region", "apiKey.kmsKeyArn", `apiKey.${key}`),
      must: `must be in the same region as \`${key}\`.`,
    })),
  ],
  rulesInCode: [
    {
      reads: ["apiKey", "accountId", "provider", "cluster", "taskRoleArn", "executionRoleArn", "adopt"],
      problems: (settings) => crossAccountProblems(settings),
    },
  ],
  inCode: "it can create a secret and a policy",
  module: {
    differsByCluster: true,
    // Without variables for the key itself: the caller's own variables do the same, with the key in the state.
    schema: z.strictObject(keys),
    summary: "Source of the Datadog API key: exactly one of secrets_manager_arn, ssm_parameter and create_secret",
  },
});
