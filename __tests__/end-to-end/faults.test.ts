import { CLUSTER } from "./support/daemons";
import type { Refusal } from "./support/ecs-api";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** Stands for the API key wherever a run could show it. */
const CANARY = "c0ffee00c0ffee00c0ffee00c0ffee00";

/** A daemon and its two roles; one more would be double. */
const EVERYTHING = [
  /:service\/production\/datadog-agent$/,
  /:task-definition\/datadog-agent-task:\d+$/,
  /:role\//,
  /:role\//,
];

describeEndToEnd("an apply that goes wrong", () => {
  let emulator: Emulator;
  let project: Project;
  let stack: Root;

  beforeEach(async () => {
    emulator = await startEmulator();
    project = new Project({ ...emulator.environment, TF_VAR_api_key: CANARY });
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    await project.synth({
      clusters: [
        { name: "production", cluster: CLUSTER, apiKey: { sensitiveVariable: true }, features: { apm: true } },
      ],
    });
    stack = project.stack("production");
    // The provider would try for ten minutes.
    project.write("cdktf.out/stacks/production/retries_override.tf.json", { provider: { aws: { max_retries: 1 } } });
    await stack.init();
  });

  afterEach(async () => {
    project.remove();
    await emulator.stop();
  });

  /** The next apply brings everything about, and nothing is there twice. */
  async function converges(): Promise<void> {
    await stack.apply();
    expect(await stack.changes()).toBe("");
    const left = await leftovers(emulator, CLUSTER);
    expect(left).toEqual(EVERYTHING.map((form) => expect.stringMatching(form) as string));
  }

  it.each<[string, string, Refusal]>([
    ["throttles", "RegisterTaskDefinition", { status: 400, code: "ThrottlingException" }],
    ["finds the token expired", "CreateService", { status: 400, code: "ExpiredTokenException" }],
    ["breaks down", "CreateService", { status: 500, code: "ServerException" }],
  ])("converges after the API %s", async (_fault, operation, refusal) => {
    emulator.api.refuse = (called) => (called === operation ? refusal : undefined);
    const { stdout, stderr } = await stack.apply({ accept: [1] });
    expect(stderr).toContain(refusal.code);
    expect(stdout + stderr).not.toContain(CANARY);

    emulator.api.refuse = undefined;
    await converges();
  });

  it("converges after Terraform is killed between the task definition and the service", async () => {
    const kill = new AbortController();
    emulator.api.refuse = (operation) => {
      if (operation !== "CreateService") return undefined;
      kill.abort();
      return { status: 500, code: "ServerException" };
    };
    const { status, stdout, stderr } = await stack.apply({ signal: kill.signal });
    expect(status).toBeNull();
    expect(emulator.api.operations).toContain("RegisterTaskDefinition");
    expect(stdout + stderr).not.toContain(CANARY);

    emulator.api.refuse = undefined;
    await converges();
  });

  it("lets one of two applies win, and the other fail or wait", async () => {
    const results = await Promise.all([stack.apply({ accept: [0, 1] }), stack.apply({ accept: [0, 1] })]);
    expect(results.map(({ status }) => status)).toContain(0);
    for (const { status, stderr } of results) {
      if (status !== 0) expect(stderr).toContain("Error acquiring the state lock");
    }
    await converges();
  });
});
