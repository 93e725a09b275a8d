import { join, resolve } from "node:path";
import { CLUSTER, SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project } from "./support/project";
import { run } from "./support/run";
import { describeEndToEnd } from "./support/tools";

const REPOSITORY = resolve(__dirname, "../..");

describeEndToEnd("the example of an application with the Agent", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    const variables = { TF_VAR_cluster: CLUSTER, TF_VAR_api_key_secret_arn: SECRET };
    project = new Project({ ...emulator.environment, ...variables });
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("is deployed with its connection to the Agent, has an empty second plan, and is destroyed", async () => {
    const bundle = join(project.folder, "application.js");
    const example = join(REPOSITORY, "examples/application/main.ts");
    const esbuild = join(REPOSITORY, "node_modules/.bin/esbuild");
    await run(esbuild, [example, "--bundle", "--platform=node", `--outfile=${bundle}`, "--log-level=warning"]);
    await run(process.execPath, [bundle], { cwd: project.folder, environment: { CDKTF_OUTDIR: "cdktf.out" } });

    const stack = project.stack("shop");
    await stack.init();
    await stack.validate();
    await stack.apply();
    expect(await stack.changes()).toBe("");

    const { taskDefinition } = await emulator.aws<{
      taskDefinition: { containerDefinitions: Record<string, unknown>[]; volumes: object[] };
    }>("ecs", "describe-task-definition", "--task-definition", "shop");
    const [web] = taskDefinition.containerDefinitions;
    expect(web?.environment).toEqual(
      expect.arrayContaining([
        { name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" },
        { name: "DD_DOGSTATSD_URL", value: "unix:///var/run/datadog/dsd.socket" },
        { name: "DD_SERVICE", value: "shop" },
      ]),
    );
    expect(web?.mountPoints).toEqual([
      { containerPath: "/var/run/datadog", readOnly: true, sourceVolume: "dd-sockets" },
    ]);
    expect(taskDefinition.volumes).toMatchObject([{ name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } }]);

    await stack.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });
});
