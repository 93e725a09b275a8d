import { join } from "node:path";
import { catalog } from "../../lib/catalog";
import type { Setting } from "../../lib/core/setting";
import { CLUSTER, SECRET, synthesizeDaemons } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { writeCalls } from "./support/modules";
import { Project, Root } from "./support/project";
import { SETTING_SAMPLES } from "../support/setting-samples";
import { describeEndToEnd } from "./support/tools";

const daemons = Object.fromEntries(
  Object.entries(SETTING_SAMPLES).map(([id, props]) => [
    id,
    { cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET }, family: id, serviceName: id, ...props },
  ]),
);

interface Change {
  readonly type: string;
  readonly change: { readonly after: Record<string, unknown> };
}

/** The task definitions, services and policies of a plan. */
async function planned(root: Root): Promise<ReadonlyMap<string, unknown>> {
  await root.terraform(["plan", "-input=false", "-out=plan"]);
  const { stdout } = await root.terraform(["show", "-json", "plan"]);
  const { resource_changes } = JSON.parse(stdout) as { resource_changes: Change[] };
  return new Map(
    resource_changes
      .filter(({ type }) => ["aws_ecs_task_definition", "aws_ecs_service"].includes(type))
      .map(({ type, change: { after } }) => [`${type} ${String(after.family ?? after.name)}`, after]),
  );
}

interface Module {
  readonly resources?: readonly { readonly type: string; readonly values: Record<string, unknown> }[];
  readonly child_modules?: readonly Module[];
}

/** The permissions of all roles. */
async function policies(root: Root): Promise<readonly string[]> {
  const { stdout } = await root.terraform(["show", "-json"]);
  const { values } = JSON.parse(stdout) as { values: { root_module: Module } };
  return resourcesOf(values.root_module)
    .filter(({ type }) => type === "aws_iam_role_policy")
    .map(({ values: { policy } }) => statementsOf(String(policy)))
    .sort();
}

function resourcesOf({ resources = [], child_modules = [] }: Module): NonNullable<Module["resources"]> {
  return [...resources, ...child_modules.flatMap(resourcesOf)];
}

/** Normalizes the order and grouping of statements. */
function statementsOf(policy: string): string {
  const { Statement } = JSON.parse(policy) as { Statement: Record<string, unknown>[] };
  const each = Statement.flatMap(({ Action, Resource, Condition }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => JSON.stringify([action, resource, Condition]))),
  );
  return [...new Set(each)].sort().join("\n");
}

describeEndToEnd("every setting of the task", () => {
  let emulator: Emulator;
  let project: Project;
  let stack: Root;
  let modules: Root;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    synthesizeDaemons(project.folder, daemons);
    stack = project.stack("daemons");
    modules = new Root(join(project.folder, "modules-root"), emulator.environment);
    writeCalls(modules.folder, daemons);
    await stack.init();
    await modules.init();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("has a sample", () => {
    const given = new Set(Object.values(daemons).flatMap((props) => Object.keys(props)));
    const isOfTask = ({ of, container, task, definition, contribution }: Setting) =>
      of === "daemon" && [container, task, definition, contribution].some((part) => part !== undefined);
    const elsewhere = ["launchType", "site", "tags", "features", "cpu"];
    const missing = Object.entries<Setting>(catalog.settings)
      .filter(([key, setting]) => isOfTask(setting) && !given.has(key) && !elsewhere.includes(key))
      .map(([key]) => key);
    expect(missing).toEqual([]);
  });

  it("is planned equally by the construct and the module", async () => {
    const [byConstruct, byModule] = [await planned(stack), await planned(modules)];
    expect([...byModule.keys()].sort()).toEqual([...byConstruct.keys()].sort());
    for (const [name, after] of byConstruct) expect([name, byModule.get(name)]).toEqual([name, after]);
  });

  it("is created by the construct, and has an empty second plan", async () => {
    await stack.apply();
    expect(await stack.changes()).toBe("");
  });

  it("is created by the module with the same permissions, and has an empty second plan", async () => {
    const byConstruct = await policies(stack);
    expect(byConstruct.length).toBeGreaterThan(0);
    await stack.destroy();
    await modules.apply();
    expect(await modules.changes()).toBe("");
    expect(await policies(modules)).toEqual(byConstruct);
    await modules.destroy();
  });
});
