import { isExpression } from "../core/expression";
import { formatPath, type Path, type Problem, valueAt } from "../core/problem";

/** The paths of a configuration at which an ARN may stand. */
const ARN_PATHS: readonly Path[] = [
  ["cluster"],
  ["apiKey", "secretsManagerArn"],
  ["apiKey", "ssmParameterArn"],
  ["apiKey", "kmsKeyArn"],
  ["apiKey", "createSecret", "kmsKeyArn"],
  ["taskRoleArn"],
  ["executionRoleArn"],
  ["createdRoles", "permissionsBoundaryArn"],
  ["provider", "assumeRole", "roleArn"],
  ["adopt", "serviceArn"],
  ["adopt", "taskDefinitionArn"],
];

/** The partitions whose regions have a prefix of their own; all others are in `aws`. */
const PARTITION_OF_REGION = [
  ["us-gov-", "aws-us-gov"],
  ["cn-", "aws-cn"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
] as const;

/** Those that must be of the account that a stack is deployed to; secrets and keys may be shared between accounts. */
const OWN_ACCOUNT = [
  "cluster",
  "taskRoleArn",
  "executionRoleArn",
  "provider.assumeRole.roleArn",
  "adopt.serviceArn",
  "adopt.taskDefinitionArn",
];

interface Place {
  readonly path: Path;
  readonly account: string;
  readonly partition: string;
  /** Empty for services without regions. */
  readonly region: string;
}

/** ARNs that can't be meant together: of several partitions, or of another region than the one that uses them. */
export function arnProblems(settings: Readonly<Record<string, unknown>>): readonly Problem[] {
  const arns = ARN_PATHS.flatMap((path) => placeOf(path, valueAt(settings, path)));
  const at = (...path: string[]) => arns.find((place) => formatPath(place.path) === path.join("."));
  // A service that is taken over says where the stack is deployed to, as far as nothing else does.
  const service = at("adopt", "serviceArn");
  const own = ownRegion(settings.region) ?? service;

  const [first = own] = own ? [] : arns;
  const partitions = arns
    .filter(({ partition }) => partition !== first?.partition)
    .map(({ path, partition }) => ({
      path,
      message: `must be of the partition ${first?.partition} like ${formatPath(first?.path ?? [])}, got ${partition}.`,
    }));

  const deployed = [at("cluster"), service, at("adopt", "taskDefinitionArn")].filter((place) => place !== undefined);
  const key = at("apiKey", "secretsManagerArn") ?? at("apiKey", "ssmParameterArn");
  const kmsKey = at("apiKey", "kmsKeyArn");
  return [
    ...partitions,
    ...(own ? deployed.flatMap((place) => regionProblems(place, own)) : []),
    ...(key && kmsKey ? regionProblems(kmsKey, key) : []),
    ...accountProblems(arns, ownAccount(settings.accountId) ?? service),
  ];
}

function accountProblems(arns: readonly Place[], own: Pick<Place, "path" | "account"> | undefined): Problem[] {
  if (own === undefined) return [];
  return arns
    .filter(({ path, account }) => OWN_ACCOUNT.includes(formatPath(path)) && account !== own.account)
    .map(({ path, account }) => ({
      path,
      message: `must be of the account ${own.account} like ${formatPath(own.path)}, got ${account}.`,
    }));
}

function regionProblems({ path, region }: Place, other: Place): Problem[] {
  if (region === other.region) return [];
  return [{ path, message: `must be of the region ${other.region} like ${formatPath(other.path)}, got ${region}.` }];
}

function placeOf(path: Path, value: unknown): Place[] {
  if (typeof value !== "string" || isExpression(value)) return [];
  const [arn, partition = "", _service, region = "", account = ""] = value.split(":");
  return arn === "arn" ? [{ path, partition, region, account }] : [];
}

function ownAccount(accountId: unknown) {
  if (typeof accountId !== "string" || isExpression(accountId)) return undefined;
  return { path: ["accountId"], account: accountId };
}

function ownRegion(region: unknown): Place | undefined {
  if (typeof region !== "string" || isExpression(region)) return undefined;
  const partition = PARTITION_OF_REGION.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
  return { path: ["region"], partition, region, account: "" };
}
