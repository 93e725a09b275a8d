import { CLUSTER, ROLES, SECRET, synthesizeDaemons } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const BASE = { name: "production", cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET }, features: { apm: true } };

const CHANGES: Record<string, object> = {
  "a feature is turned on": { features: { apm: true, logs: true } },
  "a feature is turned off": { features: { apm: false } },
  "a tag is added": { tags: { team: "platform" } },
  "the image changes": { image: { tag: "7.60.0" } },
  "the memory changes": { memoryMiB: 1024 },
};

describeEndToEnd("a change of a deployed cluster", () => {
  let emulator: Emulator;
  let project: Project;
  let stack: Root;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    stack = project.stack("production");
    await project.synth({ clusters: [BASE] });
    await stack.init();
    await stack.apply();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it.each(Object.entries(CHANGES))(
    "creates a new revision and updates the service in place if %s",
    async (_name, change) => {
      await project.synth({ clusters: [{ ...BASE, ...change }] });
      expect(await plannedActions(stack)).toEqual({
        "aws_ecs_service.datadog_agent": ["update"],
        // The new revision is registered before the old one is deregistered.
        "aws_ecs_task_definition.datadog_agent": ["create", "delete"],
      });
    },
  );

  it("is reverted with the previous configuration", async () => {
    await project.synth({ clusters: [{ ...BASE, ...Object.assign({}, ...Object.values(CHANGES)) }] });
    await stack.apply();
    await project.synth({ clusters: [BASE] });
    await stack.apply();
    expect(await stack.changes()).toBe("");
  });

  it("isn't needed if the output folder was removed or rewritten", async () => {
    await project.synth({ clusters: [{ ...BASE, name: "another" }] });
    await project.synth({ clusters: [BASE] });
    await stack.init();
    expect(await stack.changes()).toBe("");
  });

  it("isn't needed if a stack and its state file are renamed", async () => {
    await project.synth({ clusters: [{ ...BASE, name: "renamed" }] });
    project.rename("terraform.production.tfstate", "terraform.renamed.tfstate");
    const renamed = project.stack("renamed");
    await renamed.init();
    expect(await renamed.changes()).toBe("");
  });
});

describeEndToEnd("a construct that is renamed", () => {
  it("keeps its state with moved blocks for its resources", async () => {
    const emulator = await startEmulator();
    const project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    const props = { ...ROLES, family: "agent", serviceName: "agent" };
    const addresses: string[] = [];
    synthesizeDaemons(project.folder, { previous: props }, ({ service, taskDefinition }) => {
      addresses.push(...[service, taskDefinition].map((it) => `${it.terraformResourceType}.${it.friendlyUniqueId}`));
    });
    const root = project.stack("daemons");
    await root.init();
    await root.apply();

    synthesizeDaemons(project.folder, { renamed: props }, ({ service, taskDefinition }) => {
      service.moveFromId(addresses[0] ?? "");
      taskDefinition.moveFromId(addresses[1] ?? "");
    });
    const { stdout } = await root.apply();
    expect(stdout).toContain("0 added, 0 changed, 0 destroyed");
    expect(await root.changes()).toBe("");
    project.remove();
    await emulator.stop();
  });
});

/** The planned actions of each changed resource. */
async function plannedActions(stack: Root): Promise<Record<string, string[]>> {
  await stack.terraform(["plan", "-out=plan", "-input=false"]);
  const { stdout } = await stack.terraform(["show", "-json", "plan"]);
  const plan = JSON.parse(stdout) as { resource_changes: { address: string; change: { actions: string[] } }[] };
  const changes = plan.resource_changes.filter(({ change }) => change.actions.join() !== "no-op");
  return Object.fromEntries(changes.map(({ address, change }) => [address, change.actions]));
}
