import { parse } from "yaml";
import { catalog } from "../../lib/catalog";
import { importDefinition } from "../../lib/outputs/import";
import { CLUSTER, SECRET, synthesizeDaemons } from "./support/daemons";
import { type Emulator, REGION, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const API_KEY = "0123456789abcdef0123456789abcdef";

/** Datadog's sample task definition for the AWS CLI, with the key in plain text. */
const VENDORS = {
  family: "datadog-agent-task",
  containerDefinitions: [
    {
      name: "datadog-agent",
      image: "public.ecr.aws/datadog/agent:latest",
      cpu: 100,
      memory: 512,
      essential: true,
      mountPoints: [
        { containerPath: "/var/run/docker.sock", sourceVolume: "docker_sock", readOnly: true },
        { containerPath: "/host/sys/fs/cgroup", sourceVolume: "cgroup", readOnly: true },
        { containerPath: "/host/proc", sourceVolume: "proc", readOnly: true },
      ],
      environment: [
        { name: "DD_API_KEY", value: API_KEY },
        { name: "DD_SITE", value: "datadoghq.com" },
      ],
      healthCheck: { command: ["CMD-SHELL", "agent health"], retries: 3, timeout: 5, interval: 30, startPeriod: 15 },
    },
  ],
  volumes: [
    { host: { sourcePath: "/var/run/docker.sock" }, name: "docker_sock" },
    { host: { sourcePath: "/proc/" }, name: "proc" },
    { host: { sourcePath: "/sys/fs/cgroup/" }, name: "cgroup" },
  ],
  requiresCompatibilities: ["EC2"],
};

const arnOf = (kind: string, name: string) => `arn:aws:ecs:${REGION}:123456789012:${kind}/${name}`;
const TASK_DEFINITION_ARN = arnOf("task-definition", "datadog-agent-task:1");

/** A cluster of clusters.yaml for an ECS cluster. */
const entry = (name: string) => ({
  name,
  cluster: arnOf("cluster", name),
  region: REGION,
  apiKey: { secretsManagerArn: SECRET },
  features: { apm: true, dogstatsd: true },
});
const serviceArn = (cluster: string) => arnOf("service", `${cluster}/datadog-agent`);

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: { readonly id: string } };
}

const APPLY_PLAN = ["apply", "-input=false", "plan"];

/** The changes in the saved plan `plan` to ECS resources, with the IDs of imports. */
async function plannedInEcs(root: Root): Promise<Record<string, string>> {
  await root.terraform(["plan", "-input=false", "-out=plan"]);
  const { stdout } = await root.terraform(["show", "-json", "plan"]);
  const { resource_changes } = JSON.parse(stdout) as { resource_changes: readonly ResourceChange[] };
  const ecs = resource_changes.filter(({ type }) => type.startsWith("aws_ecs_"));
  return Object.fromEntries(
    ecs.map(({ address, change: { actions, importing } }) => [
      address,
      [...actions, ...(importing ? [`import ${importing.id}`] : [])].join(", "),
    ]),
  );
}

describeEndToEnd("an existing service", () => {
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "register-task-definition", "--cli-input-json", JSON.stringify(VENDORS));
    await create(CLUSTER, "--scheduling-strategy", "DAEMON");
    emulator.api.operations.length = 0;
  });

  afterEach(async () => {
    project.remove();
    await emulator.stop();
  });

  /** The service at the end of Datadog's guide, in a separate cluster. */
  async function create(cluster: string, ...strategy: readonly string[]): Promise<void> {
    await emulator.aws("ecs", "create-cluster", "--cluster-name", cluster);
    await emulator.aws(
      ...["ecs", "create-service", "--cluster", cluster, "--service-name", "datadog-agent"],
      ...["--task-definition", VENDORS.family, "--launch-type", "EC2", ...strategy],
    );
  }

  async function service(cluster = CLUSTER) {
    const { services } = await emulator.aws<{ services: Record<string, unknown>[] }>(
      ...["ecs", "describe-services", "--cluster", cluster, "--services", "datadog-agent"],
    );
    return services[0];
  }

  async function synthesized(stack: string, ...clusters: readonly object[]): Promise<Root> {
    await project.synth({ clusters });
    const root = project.stack(stack);
    await root.init();
    return root;
  }

  const operations = (...names: readonly string[]) =>
    emulator.api.operations.filter((operation) => names.includes(operation));

  it("is updated in place, stays after adopt is removed, and is destroyed", async () => {
    const before = await service();
    const adopted = await synthesized(CLUSTER, { ...entry(CLUSTER), adopt: { serviceArn: serviceArn(CLUSTER) } });
    await adopted.validate();
    expect(await plannedInEcs(adopted)).toEqual({
      "aws_ecs_service.datadog_agent": "update, import production/datadog-agent",
      "aws_ecs_task_definition.datadog_agent": "create",
    });
    await adopted.terraform(APPLY_PLAN);
    expect(await adopted.changes()).toBe("");

    // The service has the next revision. The previous one stays for a rollback, and its key isn't in the state.
    const after = await service();
    expect(after).toMatchObject({
      serviceArn: before?.serviceArn,
      taskDefinition: arnOf("task-definition", "datadog-agent-task:2"),
    });
    expect(operations("CreateService", "DeleteService", "DeregisterTaskDefinition")).toEqual([]);
    expect(project.read("terraform.production.tfstate")).not.toContain(API_KEY);

    // It can't be destroyed while adopt is set.
    const refused = await adopted.terraform(["plan", "-destroy", "-input=false"], { accept: [1] });
    expect(refused.stderr).toContain("Instance cannot be destroyed");
    const own = await synthesized(CLUSTER, entry(CLUSTER));
    expect(await own.changes()).toBe("");
    await own.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([TASK_DEFINITION_ARN]);
  });

  it("is refused if it would have to be replaced, and the plan shows why", async () => {
    await create("replicas", "--scheduling-strategy", "REPLICA", "--desired-count", "1");
    emulator.api.operations.length = 0;
    const root = await synthesized("replicas", { ...entry("replicas"), adopt: { serviceArn: serviceArn("replicas") } });
    const { stdout, stderr } = await root.terraform(["apply", "-auto-approve", "-input=false"], { accept: [1] });
    expect(stdout).toMatch(/~ scheduling_strategy +=.*"REPLICA" -> "DAEMON" # forces replacement/);
    expect(stderr).toMatch(/Resource aws_ecs_service.datadog_agent has lifecycle.prevent_destroy set/);
    expect(operations("CreateService", "UpdateService", "DeleteService")).toEqual([]);
  });

  it("is one of several in a stack, and its task definition is replaced", async () => {
    await emulator.aws("ecs", "create-cluster", "--cluster-name", "new");
    await create("two-b", "--scheduling-strategy", "DAEMON");
    emulator.api.operations.length = 0;
    const clusters = [
      {
        ...entry(CLUSTER),
        stack: "all",
        adopt: { serviceArn: serviceArn(CLUSTER), taskDefinitionArn: TASK_DEFINITION_ARN },
      },
      { ...entry("new"), stack: "all" },
      { ...entry("two-b"), stack: "all", hosts: ["linux", "windows"], adopt: { serviceArn: serviceArn("two-b") } },
    ];
    const root = await synthesized("all", ...clusters);
    await root.validate();
    expect(await plannedInEcs(root)).toEqual({
      "aws_ecs_service.datadog_agent_production": "update, import production/datadog-agent",
      // The next revision exists before the previous one is deregistered.
      "aws_ecs_task_definition.datadog_agent_production": `create, delete, import ${TASK_DEFINITION_ARN}`,
      "aws_ecs_service.datadog_agent_new": "create",
      "aws_ecs_task_definition.datadog_agent_new": "create",
      "aws_ecs_service.datadog_agent_two-b": "update, import two-b/datadog-agent",
      "aws_ecs_task_definition.datadog_agent_two-b": "create",
      "aws_ecs_service.datadog_agent_two-b_windows": "create",
      "aws_ecs_task_definition.datadog_agent_two-b_windows": "create",
    });
    await root.terraform(APPLY_PLAN);
    expect(operations("CreateService", "DeleteService", "DeregisterTaskDefinition").sort()).toEqual([
      "CreateService",
      "CreateService",
      "DeregisterTaskDefinition",
    ]);
    expect(await root.changes()).toBe("");

    const own = await synthesized("all", ...clusters.map((cluster) => ({ ...cluster, adopt: undefined })));
    expect(await own.changes()).toBe("");
    await own.destroy();
    for (const cluster of [CLUSTER, "new", "two-b"]) expect(await leftovers(emulator, cluster)).toEqual([]);
  });

  it("is adopted with the imported configuration of its task definition", async () => {
    const described = await emulator.aws<object>(
      ...["ecs", "describe-task-definition", "--task-definition", VENDORS.family, "--include", "TAGS"],
    );
    const printed = importDefinition(catalog, JSON.stringify(described), "task.json");
    expect(printed).not.toContain(API_KEY);
    const { clusters } = parse(printed) as { clusters: [{ name: string }] };
    const [{ name, ...recognized }] = clusters;
    const root = await synthesized(CLUSTER, {
      ...{ ...recognized, name: CLUSTER, cluster: arnOf("cluster", CLUSTER), region: REGION },
      ...{ apiKey: { secretsManagerArn: SECRET }, adopt: { serviceArn: serviceArn(CLUSTER) } },
    });
    expect(name).toBe("datadog-agent");
    expect(await plannedInEcs(root)).toMatchObject({
      "aws_ecs_service.datadog_agent": "update, import production/datadog-agent",
    });
    await root.terraform(APPLY_PLAN);
    expect(operations("CreateService", "DeleteService")).toEqual([]);
    expect(await root.changes()).toBe("");
  });

  it("is adopted by the construct in a custom app", async () => {
    const props = { cluster: arnOf("cluster", CLUSTER), family: VENDORS.family, serviceName: "datadog-agent" };
    synthesizeDaemons(project.folder, { agent: props }, ({ service: ours }) =>
      ours.importFrom("production/datadog-agent"),
    );
    const root = project.stack("daemons");
    await root.init();
    expect(Object.values(await plannedInEcs(root)).sort()).toEqual([
      "create",
      "update, import production/datadog-agent",
    ]);
    await root.terraform(APPLY_PLAN);
    expect(operations("CreateService", "DeleteService")).toEqual([]);
    expect(await root.changes()).toBe("");
  });
});
