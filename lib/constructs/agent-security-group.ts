import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { AGENT_CONTAINER, type Task } from "../core/assemble";

/**
 * Creates the security group of an Agent in network mode awsvpc. Ingress is limited to the Agent's ports and the
 * applications' security groups. Egress is open to all addresses, because Datadog's IP addresses change.
 */
export function createSecurityGroup(
  scope: Construct,
  settings: {
    readonly subnet: string;
    readonly applicationSecurityGroups: readonly string[];
    readonly task: Task;
    readonly tags: Record<string, string> | undefined;
  },
): SecurityGroup {
  const { tags } = settings;
  const { vpcId } = new DataAwsSubnet(scope, "subnet", { id: settings.subnet });
  const description = "Datadog Agent";
  const group = new SecurityGroup(scope, "security_group", { namePrefix: "datadog-agent-", description, vpcId, tags });
  const agent = settings.task.containerDefinitions.find(({ name }) => name === AGENT_CONTAINER);
  for (const { containerPort, protocol } of agent?.portMappings ?? []) {
    for (const [index, referencedSecurityGroupId] of settings.applicationSecurityGroups.entries()) {
      new VpcSecurityGroupIngressRule(scope, `from_applications_${index}_${containerPort}_${protocol}`, {
        securityGroupId: group.id,
        referencedSecurityGroupId,
        ipProtocol: protocol ?? "tcp",
        fromPort: containerPort,
        toPort: containerPort,
        tags,
      });
    }
  }
  for (const [version, range] of [
    ["ipv4", { cidrIpv4: "0.0.0.0/0" }],
    ["ipv6", { cidrIpv6: "::/0" }],
  ] as const) {
    new VpcSecurityGroupEgressRule(scope, `to_datadog_${version}`, {
      securityGroupId: group.id,
      ipProtocol: "-1",
      ...range,
      tags,
    });
  }
  return group;
}
