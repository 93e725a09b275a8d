import { globalArns, isTagged, literal, pattern, referred } from "./arns";
import type { Attributes, PermissionTable, Target } from "./types";

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const iam: PermissionTable = {
  aws_iam_role: [
    {
      actions: [
        "iam:DeleteRole",
        "iam:GetRole",
        "iam:ListAttachedRolePolicies",
        // Terraform asks for them before it deletes a role.
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:UpdateAssumeRolePolicy",
      ],
      on: created,
    },
    {
      actions: ["iam:CreateRole"],
      on: created,
      when: ({ permissions_boundary }) => permissions_boundary === undefined,
    },
    {
      // No role without the boundary.
      actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      on: created,
      when: ({ permissions_boundary }) => permissions_boundary !== undefined,
      condition: ({ permissions_boundary }) => ({
        ArnEquals: { "iam:PermissionsBoundary": pattern(permissions_boundary) },
      }),
    },
    { actions: ["iam:TagRole", "iam:UntagRole"], on: created, when: isTagged },
  ],
  aws_iam_role_policy: [
    {
      actions: ["iam:DeleteRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy"],
      on: ({ role }, target) => rolesOf({ name: role }, target),
    },
  ],
  aws_iam_role_policy_attachment: [
    { actions: ["iam:ListAttachedRolePolicies"], on: ({ role }, target) => rolesOf({ name: role }, target) },
    {
      actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      on: ({ role }, target) => rolesOf({ name: role }, target),
      condition: ({ policy_arn }, { partition }) => ({
        ArnEquals: {
          "iam:PolicyARN": String(policy_arn).replace("${data.aws_partition.current.partition}", () => partition),
        },
      }),
    },
  ],
};

function created({ path = "/", name, name_prefix }: Attributes, target: Target): readonly string[] {
  return globalArns(
    target,
    "iam",
    `role${pattern(path)}${name === undefined ? `${pattern(name_prefix)}*` : pattern(name)}`,
  );
}

/** The ARNs of a role that is created or given, from an argument that has its ARN or its name. */
export function rolesOf(
  { arn, name }: { readonly arn?: unknown; readonly name?: unknown },
  target: Target,
): readonly string[] {
  const role = referred(arn ?? name, target);
  if (role !== undefined) return created(role, target);
  if (arn !== undefined) {
    const given = literal(arn);
    return given === undefined ? globalArns(target, "iam", "role/*") : [given];
  }
  // A policy has the role's name, which doesn't say the role's path.
  const passed = givenRoles(target).filter((each) => each.endsWith(`/${literal(name)}`));
  return passed.length > 0 ? passed : globalArns(target, "iam", `role/${pattern(name)}`);
}

function givenRoles({ resources }: Target): readonly string[] {
  const ofTasks = Object.values(resources.aws_ecs_task_definition ?? {}).flatMap(
    ({ task_role_arn, execution_role_arn }) => [literal(task_role_arn) ?? [], literal(execution_role_arn) ?? []].flat(),
  );
  return [...new Set(ofTasks)];
}
