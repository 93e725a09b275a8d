import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLUSTER, type DaemonProps, ROLES, synthesizeDaemons } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const EVERYWHERE = ["apm", "dogstatsd", "logs", "processCollection"] as const;
const ON_LINUX = [...EVERYWHERE, "networkPerformanceMonitoring", "fipsProxy"] as const;
type Name = (typeof ON_LINUX)[number];

const HOSTS = { linux: ON_LINUX, "amazon-linux-1": ON_LINUX, windows: EVERYWHERE } as const;
const SOCKETS = { apm: { socket: true }, dogstatsd: { port: false, socket: true } };

/** The FIPS proxy is for government sites; there it's on unless it is turned off. */
function withFeatures(names: readonly Name[]): DaemonProps {
  return {
    site: names.includes("fipsProxy") ? "ddog-gov.com" : "datadoghq.com",
    features: Object.fromEntries(names.map((name) => [name, true])),
  };
}

/** Every host with each feature alone, all together and none; every launch type; every network mode. */
function combinations(awsvpc: DaemonProps): Record<string, DaemonProps> {
  const daemons: Record<string, DaemonProps> = {};
  for (const [host, features] of Object.entries(HOSTS) as [keyof typeof HOSTS, readonly Name[]][]) {
    const add = (id: string, props: DaemonProps) => (daemons[`${host}-${id}`] = { host, ...ROLES, ...props });
    const onExternal = features.filter((name) => name !== "networkPerformanceMonitoring");
    add("none", withFeatures([]));
    for (const name of features) add(name, withFeatures([name]));
    add("all", withFeatures(features));
    add("all-roles-created", { ...withFeatures(features), taskRoleArn: undefined, executionRoleArn: undefined });
    add("external", { ...withFeatures(onExternal), launchType: "EXTERNAL" });
    add("awsvpc", { ...withFeatures(features), networkMode: "awsvpc", ...awsvpc });
    if (host === "windows") continue;
    add("sockets", { features: SOCKETS });
    add("bridge", { ...withFeatures(features.filter((name) => name !== "fipsProxy")), networkMode: "bridge" });
    add("host", { ...withFeatures(features), networkMode: "host" });
    add("external-host", { ...withFeatures(onExternal), launchType: "EXTERNAL", networkMode: "host" });
  }
  daemons["every-key"] = {
    ...ROLES,
    tags: { env: "production", team: "platform" },
    environment: { DD_LOG_LEVEL: "debug", DD_APM_ENABLED: "true" },
    healthCheck: false,
    image: { repository: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent", digest: `sha256:${"a".repeat(64)}` },
    cpu: 0,
    memoryMiB: 1024,
    minimumHealthyPercent: 50,
    placementConstraints: [
      { type: "memberOf", expression: "attribute:ecs.instance-type =~ m5.*" },
      { type: "distinctInstance" },
    ],
    enableExecuteCommand: true,
    resourceTags: { team: "platform" },
  };
  return daemons;
}

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
    const { Subnets } = await emulator.aws<{ Subnets: { SubnetId: string }[] }>("ec2", "describe-subnets");
    const { SecurityGroups } = await emulator.aws<{ SecurityGroups: { GroupId: string }[] }>(
      "ec2",
      "describe-security-groups",
    );
    daemons = combinations({
      subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId),
      securityGroups: SecurityGroups.map(({ GroupId }) => GroupId),
    });
    files = synthesizeDaemons(project.folder, daemons);
    root = project.stack("daemons");
    await root.init();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("is valid, is created, and needs no second change", async () => {
    await root.validate();
    await root.apply();
    expect(await root.changes()).toBe("");
  });

  it("is one service a daemon", async () => {
    const { serviceArns } = await emulator.aws<{ serviceArns: string[] }>("ecs", "list-services", "--cluster", CLUSTER);
    expect(serviceArns.map((arn) => arn.split("/").at(-1)).sort()).toEqual(Object.keys(daemons).sort());
  });

  it("is the same task definition through the AWS CLI", async () => {
    for (const [family, file] of files) {
      const path = join(project.folder, `${family}.json`);
      writeFileSync(path, file);
      const byTerraform = await describeTaskDefinition(family);
      await emulator.aws("ecs", "register-task-definition", "--cli-input-json", `file://${path}`);
      const byCli = await describeTaskDefinition(family);
      expect({ family, ...byCli }).toEqual({ family, ...byTerraform });
    }
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy();
    // What the AWS CLI has registered is not Terraform's to remove.
    for (const family of files.keys()) {
      await emulator.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: `${family}:2` }));
    }
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });

  /** The newest revision, without what differs between any two revisions and without the roles that Terraform made. */
  async function describeTaskDefinition(family: string): Promise<TaskDefinition> {
    const answer = await emulator.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
    const { taskDefinitionArn, revision, registeredAt, registeredBy, taskRoleArn, executionRoleArn, ...rest } =
      answer.taskDefinition ?? {};
    // Volumes are a set to Terraform. The provider writes out that they aren't configured at launch, which is what
    // leaving it out means.
    const volumes = rest.volumes?.map(({ configuredAtLaunch, ...volume }) => volume);
    rest.volumes = volumes?.sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
    const created = daemons[family]?.taskRoleArn === undefined;
    return created ? rest : { ...rest, taskRoleArn, executionRoleArn };
  }
});
