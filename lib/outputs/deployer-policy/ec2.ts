import { arns, isTagged } from "./arns";
import type { Attributes, Permission, PermissionTable, Target } from "./types";

/** Their IDs are known when they are created. */
const of =
  (...types: readonly string[]) =>
  (_attributes: Attributes, target: Target) =>
    types.flatMap((type) => arns(target, "ec2", `${type}/*`));

const tags = (type: string): Permission => ({
  actions: ["ec2:CreateTags", "ec2:DeleteTags"],
  on: of(type),
  when: isTagged,
});

const rule = (direction: "Ingress" | "Egress"): readonly Permission[] => [
  { actions: ["ec2:DescribeSecurityGroupRules"], on: "*" },
  {
    actions: [
      `ec2:AuthorizeSecurityGroup${direction}`,
      "ec2:ModifySecurityGroupRules",
      `ec2:RevokeSecurityGroup${direction}`,
    ],
    on: of("security-group", "security-group-rule"),
  },
  tags("security-group-rule"),
];

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const ec2: PermissionTable = {
  aws_security_group: [
    // Terraform looks for network interfaces before it deletes a group.
    { actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups"], on: "*" },
    { actions: ["ec2:CreateSecurityGroup"], on: of("security-group", "vpc") },
    {
      // A new group allows all outbound traffic; Terraform revokes that rule.
      actions: ["ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupEgress"],
      on: of("security-group"),
    },
    tags("security-group"),
  ],
  aws_vpc_security_group_egress_rule: rule("Egress"),
  aws_vpc_security_group_ingress_rule: rule("Ingress"),
};

export const ec2Data: PermissionTable = {
  aws_subnet: [{ actions: ["ec2:DescribeSubnets"], on: "*" }],
};
