import type { Catalog } from "../core/catalog";
import { valueIn } from "../core/evaluate";
import { isExpression } from "../core/expression";
import { formatPath, type Path, type Problem } from "../core/problem";

/** Region prefixes of the partitions other than `aws`. */
const PARTITION_OF_REGION = [
  ["us-gov-", "aws-us-gov"],
  ["cn-", "aws-cn"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
] as const;

/** An ARN, `region` or `accountId` in a configuration: the path and the parts that are compared. */
interface Place {
  readonly path: Path;
  readonly account: string;
  readonly partition: string;
  /** Empty for services without regions. */
  readonly region: string;
}

/**
 * Problems of ARNs that don't match: of several partitions, or of another region or account than the stack's. The
 * stack's are `region` and `accountId`, else those of the adopted service.
 */
export function arnProblems({ arns: known }: Pick<Catalog, "arns">, settings: object): readonly Problem[] {
  const value = valueIn(settings);
  const arns = known.flatMap(({ path, ...facts }) => placeOf(path, value(path)).map((place) => ({ ...place, facts })));
  const { region, accountId } = settings as Readonly<Record<string, unknown>>;
  const adopted = arns.find(({ path }) => formatPath(path) === "adopt.serviceArn");
  const deployedTo = ownRegion(region) ?? adopted;
  const first = deployedTo ?? arns[0];
  return [
    ...arns.flatMap((place) => differing(place, "partition", first)),
    ...arns.filter(({ facts }) => facts.region === "own").flatMap((place) => differing(place, "region", deployedTo)),
    ...arns
      .filter(({ facts }) => facts.account === "own")
      .flatMap((place) => differing(place, "account", ownAccount(accountId) ?? adopted)),
  ];
}

function differing(place: Place, part: "partition" | "region" | "account", other: Place | undefined): Problem[] {
  if (other === undefined || !place[part] || place[part] === other[part]) return [];
  const key = formatPath(other.path);
  const isKeyItself = key === "accountId" || (key === "region" && part === "region");
  const named = (value: string) => (part === "region" ? value : `${part} ${value}`);
  const reference = isKeyItself ? `${key} is ${other[part]}` : `${key} is in ${named(other[part])}`;
  return [
    { path: place.path, message: `is in ${named(place[part])}, but ${reference}. Use the same ${part} in both.` },
  ];
}

function placeOf(path: string, value: unknown): Place[] {
  if (typeof value !== "string" || isExpression(value)) return [];
  const [arn, partition = "", _service, region = "", account = ""] = value.split(":");
  return arn === "arn" ? [{ path: path.split("."), partition, region, account }] : [];
}

function ownAccount(accountId: unknown): Place | undefined {
  if (typeof accountId !== "string" || isExpression(accountId)) return undefined;
  return { path: ["accountId"], partition: "", region: "", account: accountId };
}

function ownRegion(region: unknown): Place | undefined {
  if (typeof region !== "string" || isExpression(region)) return undefined;
  return { path: ["region"], partition: partitionOf(region), region, account: "" };
}

export function partitionOf(region: string): string {
  return PARTITION_OF_REGION.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
