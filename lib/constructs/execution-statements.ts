import { conditional, Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { secretArn } from "../core/arn";
import type { Task } from "../core/assemble";
import { API_KEY } from "../core/agent";
import { isExpression } from "../core/expression";
import { functionArgument } from "./function-argument";
import type { Statement } from "./policy-document";

/** Terraform references for the parts of an ARN. */
export interface ArnContext {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

const READ_SECRET = "secretsmanager:GetSecretValue";
const READ_PARAMETER = "ssm:GetParameters";

/**
 * Permissions that ECS needs to start a task, in addition to the API key: the secrets of its containers, log drivers and
 * private registries, and its environment files.
 */
export function executionStatements(
  scope: Construct,
  { containerDefinitions }: Task,
  context: ArnContext,
): Statement[] {
  const secrets = containerDefinitions.flatMap(({ secrets: own = [], logConfiguration, repositoryCredentials }) => [
    ...own.filter(({ name }) => name !== API_KEY).map(({ valueFrom = "" }) => valueFrom),
    ...(logConfiguration?.secretOptions ?? []).map(({ valueFrom = "" }) => valueFrom),
    ...(repositoryCredentials?.credentialsParameter ? [repositoryCredentials.credentialsParameter] : []),
  ]);
  const files = containerDefinitions.flatMap(({ environmentFiles = [] }) =>
    environmentFiles.map(({ value = "" }) => value),
  );
  const groups = containerDefinitions.filter(
    ({ logConfiguration }) => logConfiguration?.options?.["awslogs-create-group"] === "true",
  );
  const unknown = unique(secrets.filter(isExpression)).map((reference, index) =>
    unknownArn(scope, `secret_${index}`, reference, context),
  );
  const known = unique(secrets.filter((reference) => !isExpression(reference)));
  return [
    ...allow([READ_SECRET], unique(known.filter(isSecret).map(secretArn))),
    ...allow(
      [READ_PARAMETER],
      known.filter((reference) => !isSecret(reference)).map((name) => parameterArn(name, context)),
    ),
    // Only Terraform knows whether it is a secret or a parameter. The ARN still limits the role to one of them.
    ...allow([READ_SECRET, READ_PARAMETER], unknown),
    ...allow(["s3:GetObject"], unique(files)),
    ...allow(["s3:GetBucketLocation"], unique(files.map(bucketArn))),
    ...(groups.length > 0 ? allow(["logs:CreateLogGroup"], [`arn:${context.partition}:logs:*:*:log-group:*`]) : []),
  ];
}

function allow(actions: readonly string[], resources: readonly string[]): Statement[] {
  return resources.length === 0 ? [] : [{ Effect: "Allow", Action: actions, Resource: resources }];
}

function isSecret(reference: string): boolean {
  return reference.split(":")[2] === "secretsmanager";
}

/** The ARN of a parameter. ECS looks up a parameter name in the task's region and account. */
export function parameterArn(reference: string, context: ArnContext): string {
  return reference.startsWith("arn:") ? reference : namedParameter(reference.replace(/^\//, ""), context);
}

function namedParameter(name: string, { partition, region, accountId }: ArnContext): string {
  return `arn:${partition}:ssm:${region}:${accountId}:parameter/${name}`;
}

function bucketArn(file: string): string {
  return file.replace(/\/.*$/s, "");
}

/** The ARN for IAM of a Terraform expression: a secret, a key of a JSON secret, or the ARN or name of a parameter. */
export function unknownArn(scope: Construct, id: string, reference: string, context: ArnContext): string {
  const argument = functionArgument(scope, id, reference);
  const parts = Fn.split(":", argument);
  const whole = Fn.join(":", Fn.slice(parts, 0, Fn.min([7, Fn.lengthOf(parts)])) as string[]);
  const named = namedParameter(Fn.trimprefix(argument, "/"), context);
  return Token.asString(conditional(Fn.startswith(argument, "arn:"), whole, named));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
