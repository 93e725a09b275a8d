import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLUSTER, SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const BUCKET = "states";

/** Backend arguments for the emulator's S3. */
const S3_OF_THE_EMULATOR = { use_path_style: true };

const OTHER_KEY = { ssmParameterArn: "arn:aws:ssm:eu-west-1:210987654321:parameter/datadog" };

describeEndToEnd("a fleet", () => {
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
  });

  afterEach(async () => {
    project.remove();
    await emulator.stop();
  });

  const cluster = { name: "production", cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET } };
  const inS3 = { ...cluster, backend: { s3: { bucket: BUCKET, region: "eu-west-1" } } };

  /** The emulator's S3 has no host name for each bucket. */
  function pathStyle(stack: string): void {
    project.write(`cdktf.out/stacks/${stack}/emulator_override.tf.json`, {
      terraform: {
        backend: {
          s3: {
            bucket: BUCKET,
            region: "eu-west-1",
            key: `datadog-agent/${stack}.tfstate`,
            use_lockfile: true,
            encrypt: true,
            ...S3_OF_THE_EMULATOR,
          },
        },
      },
    });
  }

  it("stores the state in S3 with a lock, and migrates a local state", async () => {
    await emulator.aws(
      "s3api",
      "create-bucket",
      "--bucket",
      BUCKET,
      "--create-bucket-configuration",
      "LocationConstraint=eu-west-1",
    );
    await project.synth({ clusters: [cluster] });
    const stack = project.stack("production");
    await stack.init();
    await stack.apply();
    expect(existsSync(join(project.folder, "terraform.production.tfstate"))).toBe(true);

    await project.synth({ clusters: [inS3] });
    pathStyle("production");
    await stack.terraform(["init", "-migrate-state", "-force-copy", "-input=false"]);
    expect(await stack.changes()).toBe("");
    const { Contents } = await emulator.aws<{ Contents: { Key: string }[] }>(
      "s3api",
      "list-objects-v2",
      "--bucket",
      BUCKET,
    );
    expect(Contents.map(({ Key }) => Key)).toEqual(["datadog-agent/production.tfstate"]);

    // Another run holds the lock.
    const lock = join(project.folder, "lock");
    writeFileSync(
      lock,
      JSON.stringify({ ID: "0", Operation: "OperationTypeApply", Who: "somebody@else", Version: "1.11.4" }),
    );
    const key = "datadog-agent/production.tfstate.tflock";
    await emulator.aws("s3api", "put-object", "--bucket", BUCKET, "--key", key, "--body", lock);
    const refused = await stack.terraform(["apply", "-destroy", "-auto-approve", "-input=false"], { accept: [1] });
    expect(refused.stderr).toContain("Error acquiring the state lock");
    expect(refused.stderr).toContain("somebody@else");
    await emulator.aws("s3api", "delete-object", "--bucket", BUCKET, "--key", key);

    // The resources are still in the state, and can be destroyed.
    expect(await stack.changes()).toBe("");
    await stack.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });

  it("makes one of two simultaneous applies wait for the other", async () => {
    await emulator.aws(
      "s3api",
      "create-bucket",
      "--bucket",
      BUCKET,
      "--create-bucket-configuration",
      "LocationConstraint=eu-west-1",
    );
    await project.synth({ clusters: [inS3] });
    pathStyle("production");
    const stack = project.stack("production");
    await stack.init();
    const apply = () => stack.terraform(["apply", "-auto-approve", "-input=false", "-lock-timeout=2m"]);
    await Promise.all([apply(), apply()]);
    expect(emulator.api.operations.filter((operation) => operation === "CreateService")).toHaveLength(1);
    expect(await stack.changes()).toBe("");
  });

  it("is not deployed to another account", async () => {
    await project.synth({ clusters: [{ ...cluster, apiKey: OTHER_KEY, accountId: "210987654321" }] });
    const stack = project.stack("production");
    await stack.init();
    const { stderr } = await stack.terraform(["plan", "-input=false"], { accept: [1] });
    expect(stderr).toContain("AWS account ID not allowed: 123456789012");
    expect(emulator.api.operations).not.toContain("CreateService");
  });

  it("shares a stack between clusters, which is applied and destroyed as a whole", async () => {
    await emulator.aws("ecs", "create-cluster", "--cluster-name", "other");
    const shared = { stack: "eu", accountId: "123456789012", provider: { defaultTags: { team: "platform" } } };
    const sharing = { ...shared, shareRoles: true };
    await project.synth({
      clusters: [
        { ...cluster, ...sharing },
        { ...cluster, ...sharing, name: "other", cluster: "other" },
      ],
    });
    const stack = project.stack("eu");
    await stack.init();
    await stack.validate();
    await stack.apply();
    const { tags } = await emulator.aws<{ tags: object[] }>(
      ...[
        "ecs",
        "list-tags-for-resource",
        "--resource-arn",
        "arn:aws:ecs:eu-west-1:123456789012:service/other/datadog-agent",
      ],
    );
    expect(tags).toEqual([{ key: "team", value: "platform" }]);
    expect((await emulator.aws<{ Roles: object[] }>("iam", "list-roles")).Roles).toHaveLength(2);
    const service = (cluster: string) => `arn:aws:ecs:eu-west-1:123456789012:service/${cluster}/datadog-agent`;
    expect((await stack.outputs()).service_arn).toEqual({ production: service("production"), other: service("other") });
    expect(await stack.changes()).toBe("");
    await stack.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
    expect(await leftovers(emulator, "other")).toEqual([]);
  });

  it.each([
    ["cloud", { cloud: { organization: "acme", project: "agents", hostname: "terraform.example" } }],
    ["remote", { remote: { organization: "acme" } }],
    ["gcs", { gcs: { bucket: "acme-states" } }],
    [
      "azurerm",
      { azurerm: { resourceGroupName: "states", storageAccountName: "acmestates", containerName: "states" } },
    ],
    ["http", { http: { address: "https://states.example/{name}", lockAddress: "https://states.example/{name}/lock" } }],
  ])("has a backend %s whose arguments Terraform accepts", async (_kind, backend) => {
    await project.synth({ clusters: [{ ...cluster, backend }] });
    const stack = project.stack("production");
    await stack.terraform(["init", "-backend=false", "-input=false"]);
    await stack.validate();
    // Terraform validates all arguments before it connects to the backend, which doesn't exist.
    const { stderr } = await stack.terraform(["init", "-input=false"], { accept: [0, 1] });
    expect(stderr).not.toMatch(/Extraneous|Unsupported argument|Missing required|Invalid backend/);
  });
});
