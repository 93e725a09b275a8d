import { DescribeServicesCommand, DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { CLUSTER, SECRET } from "./support/daemons";
import { type Emulator, REGION, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project } from "./support/project";
import { describeEndToEnd } from "./support/tools";

describeEndToEnd("a cluster of Linux and Windows", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("has a daemon for each, has an empty second plan, and leaves nothing after destroy", async () => {
    await project.synth({
      clusters: [
        {
          name: "production",
          cluster: CLUSTER,
          region: REGION,
          hosts: ["linux", "windows"],
          site: "ddog-gov.com",
          apiKey: { secretsManagerArn: SECRET },
          features: {
            apm: { socket: true },
            dogstatsd: { port: false, socket: true },
            logs: true,
            processCollection: true,
            networkPerformanceMonitoring: true,
            fipsProxy: true,
          },
        },
      ],
    });
    const stack = project.stack("production");
    await stack.init();
    await stack.validate();
    await stack.apply();

    expect(await daemon("datadog-agent")).toEqual({
      strategy: "DAEMON",
      status: "ACTIVE",
      family: "datadog-agent-task",
      containers: ["datadog-agent", "fips-proxy"],
      instances: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
    });
    expect(await daemon("datadog-agent-windows")).toEqual({
      strategy: "DAEMON",
      status: "ACTIVE",
      family: "datadog-agent-task-windows",
      containers: ["datadog-agent"],
      instances: [{ type: "memberOf", expression: "attribute:ecs.os-type == windows" }],
    });
    expect(await stack.outputs()).toMatchObject({
      service_name: "datadog-agent",
      service_name_windows: "datadog-agent-windows",
    });
    expect(await stack.changes()).toBe("");

    await stack.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });

  async function daemon(service: string) {
    const { services } = await emulator.ecs.send(
      new DescribeServicesCommand({ cluster: CLUSTER, services: [service] }),
    );
    const [{ schedulingStrategy, status, taskDefinition } = {}] = services ?? [];
    const described = await emulator.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    const { family, containerDefinitions, placementConstraints } = described.taskDefinition ?? {};
    return {
      strategy: schedulingStrategy,
      status,
      family,
      containers: containerDefinitions?.map(({ name }) => name),
      instances: placementConstraints,
    };
  }
});
