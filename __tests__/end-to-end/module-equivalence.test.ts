import fc from "fast-check";
import { join } from "node:path";
import { stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import { parseConfiguration } from "../../lib/configuration/load";
import { acceptedCluster } from "../support/configurations";
import { combinations } from "./support/combinations";
import { CLUSTER, type DaemonProps, ROLES, SECRET, synthesizeDaemons } from "./support/daemons";
import { defaultNetwork, type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { writeCalls } from "./support/modules";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** The number of random configurations, in addition to the combinations. */
const SAMPLES = 12;

/** Daemons for all combinations and for random configurations. Only the combinations use awsvpc, because subnets must exist. */
function configurations(awsvpc: DaemonProps): Record<string, DaemonProps> {
  const seed = Number(process.env.FAST_CHECK_SEED ?? 1);
  const inAnyMode = acceptedCluster.filter(({ networkMode }) => networkMode !== "awsvpc");
  const samples = fc
    .sample(inAnyMode, { seed, numRuns: SAMPLES })
    .flatMap((keys) => {
      const text = stringify({ clusters: [{ ...keys, ...ROLES, attachPolicies: false, createdRoles: {} }] });
      return parseConfiguration(catalog, text, "").stacks.flatMap(({ clusters }) =>
        clusters.flatMap(({ onHosts }) => onHosts.map(({ values }) => values)),
      );
    })
    .map((values, index) => {
      // The construct and the module only have the settings of daemons.
      const settings = Object.entries(values).filter(([key]) => catalog.settings[key]?.of === "daemon");
      const { cluster: _cluster, apiKey: _apiKey, ...rest } = Object.fromEntries(settings);
      return [`sample-${index}`, { ...rest, waitForSteadyState: false }] as const;
    });
  return { ...combinations(awsvpc), ...Object.fromEntries(samples) };
}

interface Change {
  readonly type: string;
  readonly change: { readonly after: Record<string, unknown>; readonly after_unknown: Record<string, unknown> };
}

/** The planned task definitions and services by type and name. */
async function planned(root: Root): Promise<Map<string, unknown>> {
  await root.terraform(["plan", "-input=false", "-out=plan"]);
  const { stdout } = await root.terraform(["show", "-json", "plan"]);
  const { resource_changes } = JSON.parse(stdout) as { resource_changes: Change[] };
  const wanted = resource_changes.filter(
    ({ type }) => type === "aws_ecs_task_definition" || type === "aws_ecs_service",
  );
  return new Map(
    wanted.map(({ type, change: { after, after_unknown } }) => [
      `${type} ${String(after.family ?? after.name)}`,
      { ...after, after_unknown },
    ]),
  );
}

describeEndToEnd("the module and the construct", () => {
  let emulator: Emulator;
  let project: Project;
  let modules: Root;
  let applied: Root;
  let daemons: Record<string, DaemonProps>;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    daemons = configurations(await defaultNetwork(emulator));
    for (const id of Object.keys(daemons)) daemons[id] = { ...daemons[id], family: id, serviceName: id };
    synthesizeDaemons(project.folder, daemons);

    modules = new Root(join(project.folder, "plain"), emulator.environment);
    applied = new Root(join(project.folder, "applied"), emulator.environment);
    const all = Object.entries(daemons).map(([id, props]) => {
      return [id, { cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET }, ...props }] as const;
    });
    writeCalls(modules.folder, Object.fromEntries(all));
    // An apply of all modules would take too long: the modules with the most features stand for the others.
    writeCalls(applied.folder, Object.fromEntries(all.filter(([id]) => /-(all|awsvpc|sockets|key)/.test(id))));
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("plan the same task definitions and services", async () => {
    const stack = project.stack("daemons");
    await stack.init();
    await modules.init();
    const [byConstruct, byModule] = [await planned(stack), await planned(modules)];
    expect(byConstruct.size).toBe(2 * Object.keys(daemons).length);
    expect([...byModule.keys()].sort()).toEqual([...byConstruct.keys()].sort());
    for (const [name, change] of byConstruct) expect([name, byModule.get(name)]).toEqual([name, change]);
  });

  it("are valid without warnings, are created, and have an empty second plan", async () => {
    await applied.init();
    await applied.validate();
    await applied.apply();
    expect(await applied.changes()).toBe("");
  });

  it("leave nothing behind when they are destroyed", async () => {
    await applied.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });
});
