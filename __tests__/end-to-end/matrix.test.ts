import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { combinations } from "./support/combinations";
import { CLUSTER, type DaemonProps, synthesizeDaemons } from "./support/daemons";
import { defaultNetwork, type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

describeEndToEnd("every host, launch type, network mode and feature", () => {
  let daemons: Record<string, DaemonProps>;
  let emulator: Emulator;
  let project: Project;
  let root: Root;
  let files: ReadonlyMap<string, string>;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    daemons = combinations(await defaultNetwork(emulator));
    files = synthesizeDaemons(project.folder, daemons);
    root = project.stack("daemons");
    await root.init();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("is valid, is created, and has an empty second plan", async () => {
    await root.validate();
    await root.apply();
    expect(await root.changes()).toBe("");
  });

  it("has one service for each daemon", async () => {
    const { serviceArns } = await emulator.aws<{ serviceArns: string[] }>("ecs", "list-services", "--cluster", CLUSTER);
    expect(serviceArns.map((arn) => arn.split("/").at(-1)).sort()).toEqual(Object.keys(daemons).sort());
  });

  it("registers the same task definition with the AWS CLI", async () => {
    for (const [family, file] of files) {
      const path = join(project.folder, `${family}.json`);
      writeFileSync(path, file);
      const byTerraform = await describeTaskDefinition(family);
      await emulator.aws("ecs", "register-task-definition", "--cli-input-json", `file://${path}`);
      const byCli = await describeTaskDefinition(family);
      expect({ family, ...byCli }).toEqual({ family, ...byTerraform });
    }
  });

  it("leaves nothing after destroy", async () => {
    await root.destroy();
    // Terraform doesn't remove what the AWS CLI has registered.
    for (const family of files.keys()) {
      await emulator.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: `${family}:2` }));
    }
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });

  /** The latest revision, without fields that differ between any two revisions and without the created roles. */
  async function describeTaskDefinition(family: string): Promise<TaskDefinition> {
    const answer = await emulator.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
    const { taskDefinitionArn, revision, registeredAt, registeredBy, taskRoleArn, executionRoleArn, ...rest } =
      answer.taskDefinition ?? {};
    // Volumes are a set in Terraform. The provider sets configuredAtLaunch to false, which is the
    // default.
    const volumes = rest.volumes?.map(({ configuredAtLaunch, ...volume }) => volume);
    rest.volumes = volumes?.sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
    const created = daemons[family]?.taskRoleArn === undefined;
    return created ? rest : { ...rest, taskRoleArn, executionRoleArn };
  }
});
