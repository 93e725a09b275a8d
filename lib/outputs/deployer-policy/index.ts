import { targetOf } from "./arns";
import { s3Permissions } from "./s3-backend";
import { DATA_SOURCES, PROVIDER, RESOURCES } from "./table";
import type { Attributes, Blocks, Condition, PermissionTable, StackJson, Target } from "./types";

export type { StackJson } from "./types";

interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** An IAM policy. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Actions on resources, for credentials that a statement's ID tells apart from those of the provider. */
interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
  readonly sid?: "TerraformState" | "AssumeRole";
}

/** What the credentials need that plan, apply and destroy these stacks. */
export function deployerPolicy(stacks: readonly StackJson[]): Policy {
  return { Version: "2012-10-17", Statement: statements(stacks.flatMap(grantsOf)) };
}

function grantsOf(stack: StackJson): readonly Grant[] {
  const target = targetOf(stack);
  const { s3 } = stack.terraform?.backend ?? {};
  const [aws = {}] = stack.provider?.aws ?? [];
  return [
    PROVIDER,
    ...ofBlocks(RESOURCES, stack.resource, target),
    ...ofBlocks(DATA_SOURCES, stack.data, target),
    ...((aws.assume_role ?? []) as readonly Attributes[]).map(({ role_arn }): Grant => ({
      sid: "AssumeRole",
      actions: ["sts:AssumeRole"],
      resources: [String(role_arn)],
    })),
    ...(s3 === undefined ? [] : s3Permissions(s3).map((grant): Grant => ({ sid: "TerraformState", ...grant }))),
  ];
}

function ofBlocks(table: PermissionTable, blocks: Blocks = {}, target: Target): readonly Grant[] {
  return Object.entries(blocks).flatMap(([type, named]) => {
    const permissions = table[type];
    if (permissions === undefined) throw new Error(`${type} has no entry in the table of permissions.`);
    return Object.values(named).flatMap((attributes) =>
      permissions
        .filter(({ when }) => when?.(attributes, target) ?? true)
        .map(({ actions, on, condition }) => ({
          actions,
          resources: on === "*" ? [on] : on(attributes, target),
          ...(condition && { condition: condition(attributes, target) }),
        })),
    );
  });
}

/** One statement for all actions on the same resources, so that the policy of a fleet stays short. */
function statements(grants: readonly Grant[]): readonly Statement[] {
  const merged = joined(joined(grants, "actions", "resources"), "resources", "actions");
  const needed = merged
    .map((grant) => ({ ...grant, actions: grant.actions.filter((action) => !isAllowedBy(merged, grant, action)) }))
    .filter(({ actions }) => actions.length > 0)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return needed.map(({ sid, actions, resources, condition }, index) => ({
    // An ID is for one statement of a policy.
    ...(sid && { Sid: `${sid}${needed.slice(0, index + 1).filter((other) => other.sid === sid).length}` }),
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: condition }),
  }));
}

/** Joins the lists of grants that are equal otherwise. */
function joined(grants: readonly Grant[], equal: "actions" | "resources", list: "actions" | "resources") {
  const groups = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.sid, grant.condition, grant[equal]]);
    const merged = new Set([...(groups.get(key)?.[list] ?? []), ...grant[list]]);
    groups.set(key, { ...grant, [list]: [...merged].sort() });
  }
  return [...groups.values()];
}

/** Whether another grant allows an action on more than the same resources. */
function isAllowedBy(grants: readonly Grant[], grant: Grant, action: string): boolean {
  return grants.some(
    ({ sid, actions, resources, condition }) =>
      sid === grant.sid &&
      condition === undefined &&
      resources.length > grant.resources.length &&
      actions.includes(action) &&
      grant.resources.every((resource) => resources.includes(resource)),
  );
}

/** By service, with the statements for other credentials at the end. */
function orderOf({ sid, actions, resources }: Grant): string {
  return JSON.stringify([sid ?? "", actions, resources]);
}
