import type { DatadogAgentDaemonProps } from "../../lib/configuration/interfaces";
import { DatadogAgentDaemon } from "../../lib/constructs/datadog-agent-daemon";
import { only, synthesize } from "../support/synthesize";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";

function synthesized(props: Partial<DatadogAgentDaemonProps>) {
  const awsvpc: Partial<DatadogAgentDaemonProps> = {
    networkMode: "awsvpc",
    subnets: ["subnet-01234567", "subnet-89abcdef"],
  };
  const { resource, data } = synthesize(
    (stack) =>
      new DatadogAgentDaemon(stack, "agent", {
        cluster: "c",
        apiKey: { secretsManagerArn: SECRET },
        ...awsvpc,
        ...props,
      }),
  );
  const rules = (kind: string) =>
    Object.values(resource?.[`aws_vpc_security_group_${kind}_rule`] ?? {}).map(({ "//": _metadata, ...rule }) => rule);
  return { resource, data, ingress: rules("ingress"), egress: rules("egress") };
}

const BOTH = { apm: true, dogstatsd: true };

describe("the Agent's security group", () => {
  it("is only open to the applications' groups, on the ports of enabled features", () => {
    const { ingress } = synthesized({ applicationSecurityGroups: ["sg-00000001", "sg-00000002"], features: BOTH });
    const rule = (group: string, port: number, protocol: string) => ({
      security_group_id: expect.stringMatching(/^\$\{aws_security_group\.\w+\.id\}$/) as string,
      referenced_security_group_id: group,
      ip_protocol: protocol,
      from_port: port,
      to_port: port,
    });
    expect(ingress).toHaveLength(4);
    expect(ingress).toEqual(
      expect.arrayContaining([
        rule("sg-00000001", 8125, "udp"),
        rule("sg-00000001", 8126, "tcp"),
        rule("sg-00000002", 8125, "udp"),
        rule("sg-00000002", 8126, "tcp"),
      ]),
    );
  });

  it("has no rules for disabled features, and none for the FIPS proxy", () => {
    const props = { site: "ddog-gov.com", features: { apm: true } } as const;
    expect(
      synthesized({ ...props, applicationSecurityGroups: ["sg-00000001"] }).ingress.map(({ from_port }) => from_port),
    ).toEqual([8126]);
  });

  it("lets the Agent reach Datadog", () => {
    const { egress } = synthesized({ applicationSecurityGroups: ["sg-00000001"] });
    expect(egress).toMatchObject([
      { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" },
      { cidr_ipv6: "::/0", ip_protocol: "-1" },
    ]);
  });

  it("is in the VPC of the subnets, and the service has it in addition to the given groups", () => {
    const { resource, data } = synthesized({
      applicationSecurityGroups: ["sg-00000001"],
      securityGroups: ["sg-00000009"],
    });
    expect(only(data?.aws_subnet)).toMatchObject({ id: "subnet-01234567" });
    expect(only(resource?.aws_security_group).vpc_id).toMatch(/^\$\{data\.aws_subnet\.\w+\.vpc_id\}$/);
    expect(only(resource?.aws_ecs_service).network_configuration).toEqual({
      subnets: ["subnet-01234567", "subnet-89abcdef"],
      security_groups: ["sg-00000009", expect.stringMatching(/^\$\{aws_security_group\.\w+\.id\}$/)],
    });
  });

  it("isn't created without applicationSecurityGroups", () => {
    const { resource } = synthesized({ securityGroups: ["sg-00000009"], features: BOTH });
    expect(resource).not.toHaveProperty("aws_security_group");
  });
});
