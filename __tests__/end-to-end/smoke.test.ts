import { CreateClusterCommand, DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { CLUSTER, SECRET } from "./support/daemons";
import { type Emulator, REGION, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** The one end-to-end test that `npm test` runs. It doesn't need the AWS CLI. */
describeEndToEnd(
  "a cluster of clusters.yaml with plain Terraform",
  () => {
    let emulator: Emulator;
    let project: Project;

    beforeAll(async () => {
      emulator = await startEmulator();
      project = new Project(emulator.environment);
      await emulator.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
    });

    afterAll(async () => {
      project.remove();
      await emulator.stop();
    });

    it("is created, has an empty second plan, and leaves nothing after destroy", async () => {
      await project.synth({
        clusters: [
          {
            name: "production",
            cluster: CLUSTER,
            region: REGION,
            apiKey: { secretsManagerArn: SECRET },
            features: { apm: true, dogstatsd: true, logs: true, processCollection: true },
          },
        ],
      });
      const stack = project.stack("production");
      await stack.init();
      await stack.validate();
      await stack.apply();

      const query = new DescribeServicesCommand({ cluster: CLUSTER, services: ["datadog-agent"] });
      const { services = [] } = await emulator.ecs.send(query);
      expect(services).toMatchObject([{ schedulingStrategy: "DAEMON", launchType: "EC2", status: "ACTIVE" }]);
      expect(await stack.outputs()).toEqual({
        service_arn: services[0]?.serviceArn,
        service_name: "datadog-agent",
        task_definition_arn: services[0]?.taskDefinition,
        task_definition_family: "datadog-agent-task",
        task_definition_revision: 1,
      });
      expect(await stack.changes()).toBe("");

      await stack.destroy();
      expect(await leftovers(emulator, CLUSTER)).toEqual([]);
    });
  },
  ["terraform", "hashicorp/aws", "moto_server"],
);
