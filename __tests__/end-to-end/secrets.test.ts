import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CLUSTER } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { Project } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** The API key. */
const CANARY = "c0ffee00c0ffee00c0ffee00c0ffee00";

/** The files below a folder that have the key in them; the provider's own files aside. */
function filesWithKey(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !file.parentPath.includes(".terraform"))
    .filter((file) => readFileSync(join(file.parentPath, file.name), "utf8").includes(CANARY))
    .map(({ name }) => name);
}

describe("a key where it doesn't belong", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it.each<[string, string]>([
    ["in place of the source", `apiKey: ${CANARY}`],
    ["in place of a secret's ARN", `apiKey: { secretsManagerArn: ${CANARY} }`],
    ["in place of a parameter's ARN", `apiKey: { ssmParameterArn: ${CANARY} }`],
    ["in place of a variable", `apiKey: { sensitiveVariable: ${CANARY} }`],
    ["under an unknown key", `api_key: ${CANARY}`],
    ["in the environment", `environment: { DD_API_KEY: ${CANARY} }`],
    ["in a variable that is malformed", `environment: { "A B": ${CANARY} }`],
    ["in a tag", `tags: { "k k": ${CANARY} }`],
    ["as the cluster", `cluster: "${CANARY} "`],
    ["near an error of YAML", `apiKey: { secretsManagerArn: ${CANARY}`],
    ["as an alias", `apiKey: *${CANARY}`],
  ])("%s is refused without being shown or written", async (_place, line) => {
    const { stdout, stderr } = await project.synth(`clusters:\n  - name: production\n    ${line}\n`, { accept: [1] });
    expect(stderr).toMatch(/clusters\.yaml: \d problem/);
    expect(stdout + stderr).not.toContain(CANARY);
    expect(filesWithKey(project.folder)).toEqual(["clusters.yaml"]);
  });
});

describeEndToEnd("the API key", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
  });

  afterAll(() => emulator.stop());

  /** Everything that Terraform and the app print and write from nothing to destroyed. */
  async function lifeOf(apiKey: object, environment: Record<string, string> = {}) {
    const project = new Project({ ...emulator.environment, ...environment });
    const synth = await project.synth({ clusters: [{ name: "production", cluster: CLUSTER, apiKey }] });
    const synthesized = filesWithKey(project.folder);
    const stack = project.stack("production");
    await stack.init();
    const plan = await stack.changes();
    const apply = await stack.apply();
    const applied = filesWithKey(project.folder);
    const destroy = await stack.destroy();
    project.remove();
    const printed = [synth, apply, destroy].map(({ stdout, stderr }) => stdout + stderr).join("") + plan;
    return { notice: synth.stderr, synthesized, applied, printed };
  }

  it("of a secret never reaches anything of ours", async () => {
    const { ARN } = await emulator.aws<{ ARN: string }>(
      ...["secretsmanager", "create-secret", "--name", "datadog", "--secret-string", CANARY],
    );
    const life = await lifeOf({ secretsManagerArn: ARN });
    expect(life.printed).toContain(ARN);
    expect(life.printed).not.toContain(CANARY);
    expect(life).toMatchObject({ synthesized: [], applied: [], notice: "" });
  });

  it("of a parameter never reaches anything of ours", async () => {
    await emulator.aws("ssm", "put-parameter", "--name", "/datadog", "--type", "SecureString", "--value", CANARY);
    const ssmParameterArn = "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog";
    const life = await lifeOf({ ssmParameterArn });
    expect(life.printed).toContain(ssmParameterArn);
    expect(life.printed).not.toContain(CANARY);
    expect(life).toMatchObject({ synthesized: [], applied: [], notice: "" });
  });

  it("of a sensitive variable reaches the state alone, and synthesizing says so", async () => {
    const life = await lifeOf({ sensitiveVariable: true }, { TF_VAR_api_key: CANARY });
    expect(life.notice).toContain("the API key stands in Terraform's state and in the task definition");
    expect(life.printed).not.toContain(CANARY);
    expect(life).toMatchObject({ synthesized: [], applied: ["terraform.production.tfstate"] });
  });
});
