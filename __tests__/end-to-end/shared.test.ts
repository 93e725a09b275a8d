import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

describeEndToEnd("a stack that is copied into another repository", () => {
  let emulator: Emulator;
  let project: Project;
  let repository: string;
  let copy: Root;

  /** Copies the output of `npm run synth` to another repository's folder. */
  const take = (kind: "stacks" | "shared") =>
    cpSync(join(project.folder, "cdktf.out", kind, "production"), copy.folder, { recursive: true });

  beforeAll(async () => {
    emulator = await startEmulator();
    await emulator.aws("ecs", "create-cluster", "--cluster-name", "production");
  });

  beforeEach(async () => {
    project = new Project(emulator.environment);
    await project.synth({
      clusters: [{ name: "production", cluster: "production", apiKey: { secretsManagerArn: SECRET } }],
    });
    repository = join(project.folder, "team/repository");
    copy = new Root(join(repository, "agent"), emulator.environment);
    mkdirSync(copy.folder, { recursive: true });
  });

  afterEach(async () => {
    await copy.destroy();
    project.remove();
  });

  afterAll(() => emulator.stop());

  it("has its state in its folder", async () => {
    take("shared");
    await copy.init();
    await copy.validate();
    await copy.apply();
    expect(existsSync(join(copy.folder, "terraform.tfstate"))).toBe(true);
    expect(existsSync(join(project.folder, "terraform.production.tfstate"))).toBe(false);
    expect(await copy.changes()).toBe("");
  });

  it("migrates the state of a copy that had it outside the folder", async () => {
    take("stacks");
    await copy.init();
    await copy.apply();
    expect(existsSync(join(project.folder, "terraform.production.tfstate"))).toBe(true);
    take("shared");
    await copy.terraform(["init", "-migrate-state", "-force-copy", "-input=false"]);
    expect(await copy.changes()).toBe("");
    rmSync(join(project.folder, "terraform.production.tfstate"));
    expect(await copy.changes()).toBe("");
  });

  it("adopts what was deployed from the output folder", async () => {
    const own = project.stack("production");
    await own.init();
    await own.apply();
    // The state is still found after the output was removed.
    rmSync(join(project.folder, "cdktf.out"), { recursive: true });
    await project.synth(readFileSync(join(project.folder, "clusters.yaml"), "utf8"));
    await own.init();
    expect(await own.changes()).toBe("");
    take("shared");
    cpSync(join(project.folder, "terraform.production.tfstate"), join(copy.folder, "terraform.tfstate"));
    await copy.init();
    expect(await copy.changes()).toBe("");
  });
});
