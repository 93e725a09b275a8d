import { join, resolve } from "node:path";
import { CLUSTER, SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project } from "./support/project";
import { run } from "./support/run";
import { describeEndToEnd } from "./support/tools";

const REPOSITORY = resolve(__dirname, "../..");

describeEndToEnd("cdktf", () => {
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

  let clusters = "clusters.yaml";

  const cdktf = (...args: string[]) =>
    run(join(REPOSITORY, "node_modules/.bin/cdktf"), [...args, "--output", join(project.folder, "cdktf.out")], {
      cwd: REPOSITORY,
      environment: {
        ...emulator.environment,
        CLUSTERS_FILE: clusters,
        TF_VAR_cluster: CLUSTER,
        TF_VAR_api_key_secret_arn: SECRET,
        // Terraform can't cache providers from a mirror.
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      },
    });

  it("deploys the included clusters.yaml, has an empty second plan, and leaves nothing after destroy", async () => {
    await cdktf("deploy", "datadog-agent", "--auto-approve", "--skip-provider-lock");
    const { services } = await emulator.aws<{ services: Record<string, unknown>[] }>(
      ...["ecs", "describe-services", "--cluster", CLUSTER, "--services", "datadog-agent"],
    );
    expect(services).toMatchObject([{ schedulingStrategy: "DAEMON", launchType: "EC2", status: "ACTIVE" }]);

    const { stdout } = await cdktf("diff", "datadog-agent", "--skip-provider-lock");
    expect(stdout).toContain("No changes.");

    await cdktf("destroy", "datadog-agent", "--auto-approve", "--skip-provider-lock");
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });

  it("deploys in waves: dependencies come first, in any order of the file", async () => {
    clusters = join(project.folder, "waves.yaml");
    const daemon = { cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET } };
    const entries = [
      { ...daemon, name: "a-last", serviceName: "last", dependsOn: ["b-first"] },
      { ...daemon, name: "b-first", serviceName: "first" },
    ];
    project.write("waves.yaml", { clusters: entries });
    await cdktf("deploy", "*", "--auto-approve", "--skip-provider-lock");
    const { services } = await emulator.aws<{ services: { serviceName: string; createdAt: string }[] }>(
      ...["ecs", "describe-services", "--cluster", CLUSTER, "--services", "first", "last"],
    );
    const inOrder = services.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
    expect(inOrder.map(({ serviceName }) => serviceName)).toEqual(["first", "last"]);
    await cdktf("destroy", "*", "--auto-approve", "--skip-provider-lock");
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });
});
