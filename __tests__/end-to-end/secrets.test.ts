import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CLUSTER } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { Project } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** The API key. */
const CANARY = "c0ffee00c0ffee00c0ffee00c0ffee00";

/** The files in a folder that contain the key, except the provider's files. */
function filesWithKey(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !file.parentPath.includes(".terraform"))
    .filter((file) => readFileSync(join(file.parentPath, file.name), "utf8").includes(CANARY))
    .map(({ name }) => name);
}

describe("an API key in the wrong place", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it.each<[string, string]>([
    ["instead of the source", `apiKey: ${CANARY}`],
    ["instead of a secret's ARN", `apiKey: { secretsManagerArn: ${CANARY} }`],
    ["instead of a parameter's ARN", `apiKey: { ssmParameterArn: ${CANARY} }`],
    ["instead of a variable", `apiKey: { sensitiveVariable: ${CANARY} }`],
    ["under an unknown key", `api_key: ${CANARY}`],
    ["in the environment", `environment: { DD_API_KEY: ${CANARY} }`],
    ["in a variable that is malformed", `environment: { "A B": ${CANARY} }`],
    ["in a tag", `tags: { "k k": ${CANARY} }`],
    ["as the cluster", `cluster: "${CANARY} "`],
    ["near an error of YAML", `apiKey: { secretsManagerArn: ${CANARY}`],
    ["as an alias", `apiKey: *${CANARY}`],
  ])("%s is refused, and the key isn't printed or written", async (_place, line) => {
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

  /** Everything that Terraform and the app print and write, from synth to destroy. */
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

  it("in a secret never reaches the output, plan or state", async () => {
    const { ARN } = await emulator.aws<{ ARN: string }>(
      ...["secretsmanager", "create-secret", "--name", "datadog", "--secret-string", CANARY],
    );
    const life = await lifeOf({ secretsManagerArn: ARN });
    expect(life.printed).toContain(ARN);
    expect(life.printed).not.toContain(CANARY);
    expect(life).toMatchObject({ synthesized: [], applied: [], notice: "" });
  });

  it("in a parameter never reaches the output, plan or state", async () => {
    await emulator.aws("ssm", "put-parameter", "--name", "/datadog", "--type", "SecureString", "--value", CANARY);
    const ssmParameterArn = "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog";
    const life = await lifeOf({ ssmParameterArn });
    expect(life.printed).toContain(ssmParameterArn);
    expect(life.printed).not.toContain(CANARY);
    expect(life).toMatchObject({ synthesized: [], applied: [], notice: "" });
  });

  it("in an ephemeral variable reaches the secret, but not the state or plan", async () => {
    const project = new Project({ ...emulator.environment, TF_VAR_api_key_value: CANARY });
    const apiKey = { createSecret: { name: "filled", ephemeralVariable: true } };
    const { stderr } = await project.synth({ clusters: [{ name: "production", cluster: CLUSTER, apiKey }] });
    expect(stderr).toBe("");
    const stack = project.stack("production");
    await stack.init();
    await stack.validate();
    await stack.terraform(["plan", "-input=false", "-out=saved"]);
    // A saved plan is a zip file.
    const { stdout } = await stack.terraform(["show", "-json", "saved"]);
    expect(stdout).toContain("secret_string_wo_version");
    expect(stdout).not.toContain(CANARY);
    await stack.apply();
    expect(filesWithKey(project.folder)).toEqual([]);
    expect(project.read("terraform.production.tfstate")).toContain("aws_secretsmanager_secret_version");
    expect(await stack.changes()).toBe("");
    const value = () =>
      emulator.aws<{ SecretString: string }>("secretsmanager", "get-secret-value", "--secret-id", "filled");
    expect(await value()).toMatchObject({ SecretString: CANARY });

    // A new key is only sent if its version is increased.
    const other = { environment: { TF_VAR_api_key_value: CANARY.replaceAll("c", "d") } };
    await stack.apply(other);
    expect(await value()).toMatchObject({ SecretString: CANARY });
    await stack.apply({ environment: { ...other.environment, TF_VAR_api_key_version: "2" } });
    expect(await value()).toMatchObject({ SecretString: other.environment.TF_VAR_api_key_value });
    await stack.destroy();
    project.remove();
  });

  it("in a sensitive variable reaches only the state, with a warning from synth", async () => {
    const life = await lifeOf({ sensitiveVariable: true }, { TF_VAR_api_key: CANARY });
    expect(life.notice).toContain("the API key is stored in Terraform's state and in the task definition");
    expect(life.printed).not.toContain(CANARY);
    expect(life).toMatchObject({ synthesized: [], applied: ["terraform.production.tfstate"] });
  });
});
