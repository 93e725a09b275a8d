import { partitionOf } from "../../configuration/arn-rules";
import { isExpression, unescapeTemplate } from "../../core/expression";
import type { Attributes, StackJson, Target } from "./types";

/** The target of a stack, from its provider and from the ARN of its ECS cluster. */
export function targetOf({ provider, resource = {} }: StackJson): Target {
  const [aws = {}] = provider?.aws ?? [];
  const [assumed] = (aws.assume_role ?? []) as readonly Attributes[];
  const clusters = Object.values(resource.aws_ecs_service ?? {}).map(({ cluster }) => partsOf(cluster));
  const cluster = clusters.find((parts) => parts !== undefined);
  const region = literal(aws.region) ?? cluster?.region;
  const allowed = aws.allowed_account_ids as readonly string[] | undefined;
  return {
    partition: region === undefined ? (partsOf(assumed?.role_arn)?.partition ?? "*") : partitionOf(region),
    region: region ?? "*",
    accounts: allowed ?? [partsOf(assumed?.role_arn)?.account ?? cluster?.account ?? "*"],
    hasDefaultTags: aws.default_tags !== undefined,
    resources: resource,
  };
}

/** ARNs of a regional resource, one for each account that may be deployed to. */
export function arns({ partition, region, accounts }: Target, service: string, resource: string): readonly string[] {
  return accounts.map((account) => `arn:${partition}:${service}:${region}:${account}:${resource}`);
}

/** ARNs of a resource of IAM, which has no regions. */
export function globalArns({ partition, accounts }: Target, service: string, resource: string): readonly string[] {
  return accounts.map((account) => `arn:${partition}:${service}::${account}:${resource}`);
}

/** The text of an argument; undefined if only Terraform knows it. */
export function literal(value: unknown): string | undefined {
  return typeof value === "string" && !isExpression(value) ? unescapeTemplate(value) : undefined;
}

/**
 * The text as a part of an ARN in a policy; a wildcard if only Terraform knows it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function pattern(value: unknown): string {
  return literal(value)?.replace(/[*?$]/g, (special) => `\${${special}}`) ?? "*";
}

/** The arguments of the resource that an expression refers to, such as `${aws_iam_role.datadog_agent_task_role.arn}`. */
export function referred(value: unknown, { resources }: Target): Attributes | undefined {
  const [, type = "", name = ""] = /^\$\{(\w+)\.([\w-]+)\.\w+\}$/.exec(String(value)) ?? [];
  return resources[type]?.[name];
}

export function isTagged({ tags }: Attributes, { hasDefaultTags }: Target): boolean {
  return tags !== undefined || hasDefaultTags;
}

/** The parts of an ARN that say where something is. */
export function partsOf(value: unknown) {
  const [arn, partition = "", , region = "", account = ""] = literal(value)?.split(":") ?? [];
  return arn === "arn" ? { partition, region, account } : undefined;
}
