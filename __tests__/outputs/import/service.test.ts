import { parse } from "yaml";
import { catalog } from "../../../lib/catalog";
import { importServices } from "../../../lib/outputs/import";
import type { RunningService } from "../../../lib/outputs/import/service";
import { configurationOf } from "../../support/clusters";
import { definitionJson, type Given } from "../../support/definitions";

const arnOf = (kind: string, name: string) => `arn:aws:ecs:eu-west-1:123456789012:${kind}/${name}`;

function running(service: Partial<RunningService> = {}, given: Given = {}) {
  const serviceName = service.serviceName ?? "datadog-agent";
  const taskDefinitionArn = arnOf("task-definition", "datadog-agent-task:3");
  return {
    service: {
      serviceName,
      serviceArn: arnOf("service", `production/${serviceName}`),
      clusterArn: arnOf("cluster", "production"),
      launchType: "EC2",
      schedulingStrategy: "DAEMON",
      ...service,
    } as RunningService,
    definition: JSON.stringify({ taskDefinition: { ...definitionJson(given), taskDefinitionArn } }),
  };
}

function imported(...all: readonly ReturnType<typeof running>[]) {
  const yaml = importServices(catalog, all, { onlyAgents: all.length > 1 });
  // The output is valid without changes.
  expect(configurationOf(yaml).stacks.length).toBeGreaterThan(0);
  const { clusters } = parse(yaml) as { clusters: Record<string, unknown>[] };
  return { yaml, clusters };
}

describe("importServices", () => {
  it("imports the settings of the service, with adopt", () => {
    const { yaml, clusters } = imported(
      running(
        {
          serviceName: "agents",
          launchType: "EXTERNAL",
          enableECSManagedTags: true,
          enableExecuteCommand: true,
          propagateTags: "TASK_DEFINITION",
          deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 },
          placementConstraints: [{ type: "memberOf", expression: "attribute:team == a" }],
        },
        { task: { requiresCompatibilities: ["EXTERNAL"] } },
      ),
    );
    expect(clusters).toMatchObject([
      {
        name: "production",
        cluster: arnOf("cluster", "production"),
        region: "eu-west-1",
        adopt: { serviceArn: arnOf("service", "production/agents") },
        launchType: "EXTERNAL",
        serviceName: "agents",
        minimumHealthyPercent: 50,
        placementConstraints: [{ type: "memberOf", expression: "attribute:team == a" }],
        enableExecuteCommand: true,
        enableEcsManagedTags: true,
        propagateTags: "TASK_DEFINITION",
      },
    ]);
    expect(yaml).toContain("# No differences: this configuration reproduces the task definition.\n");
    expect(yaml).not.toContain("# cluster:");
  });

  it("imports subnets and security groups", () => {
    const network = { subnets: ["subnet-0123456789abcdef0"], securityGroups: ["sg-0123456789abcdef0"] };
    const { clusters } = imported(
      running({ networkConfiguration: { awsvpcConfiguration: network } }, { task: { networkMode: "awsvpc" } }),
    );
    expect(clusters).toMatchObject([{ networkMode: "awsvpc", ...network }]);
  });

  it("lists settings of the service that can't be imported", () => {
    const { yaml, clusters } = imported(
      running({
        deploymentConfiguration: {
          minimumHealthyPercent: 100,
          deploymentCircuitBreaker: { enable: true, rollback: true },
        },
        capacityProviderStrategy: [{ capacityProvider: "a" }],
      }),
    );
    expect(clusters[0]).not.toHaveProperty("minimumHealthyPercent");
    expect(yaml).toContain(`# Only in the original service:
#   minimumHealthyPercent (must be a whole number of percent from 0 to 99, got the number 100)
#   capacityProviderStrategy (not supported by clusters.yaml)
#   deploymentConfiguration.deploymentCircuitBreaker (not supported by clusters.yaml)
`);
  });

  it("has an entry for each service with an Agent, and names the others", () => {
    const web = {
      ...running({ serviceName: "web" }),
      definition: JSON.stringify({ containerDefinitions: [{ name: "web", image: "nginx" }] }),
    };
    const elsewhere = running({
      clusterArn: arnOf("cluster", "_staging"),
      serviceArn: arnOf("service", "_staging/datadog-agent"),
    });
    const { yaml, clusters } = imported(running(), running({ serviceName: "agent-gpu" }), web, elsewhere);
    expect(clusters.map(({ name }) => name)).toEqual(["production-datadog-agent", "production-agent-gpu", "staging"]);
    expect(yaml).toContain("# Daemon services that aren't imported:\n#   web (has no Agent container: ");
  });

  it("refuses a replica service, and a cluster without an Agent", () => {
    expect(() => imported(running({ schedulingStrategy: "REPLICA" }))).toThrow("has the scheduling strategy REPLICA");
    expect(() => importServices(catalog, [], { onlyAgents: true })).toThrow("has no daemon service that runs an Agent");
  });
});
