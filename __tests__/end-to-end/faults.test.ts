import { CLUSTER } from "./support/daemons";
import type { Refusal } from "./support/ecs-api";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** The API key, which must not appear in the output. */
const CANARY = "c0ffee00c0ffee00c0ffee00c0ffee00";

/** A daemon and its two roles. More would be duplicates. */
const EVERYTHING = [
  /:service\/production\/datadog-agent$/,
  /:task-definition\/datadog-agent-task:\d+$/,
  /:role\//,
  /:role\//,
];

describeEndToEnd("a failed apply", () => {
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
    // The provider would retry for ten minutes.
    project.write("cdktf.out/stacks/production/retries_override.tf.json", { provider: { aws: { max_retries: 1 } } });
    await stack.init();
  });

  afterEach(async () => {
    project.remove();
    await emulator.stop();
  });

  /** The next apply creates everything, without duplicates. */
  async function converges(): Promise<void> {
    await stack.apply();
    expect(await stack.changes()).toBe("");
    const left = await leftovers(emulator, CLUSTER);
    expect(left).toEqual(EVERYTHING.map((form) => expect.stringMatching(form) as string));
  }

  it.each<[string, string, Refusal]>([
    ["throttles", "RegisterTaskDefinition", { status: 400, code: "ThrottlingException" }],
    ["finds the token expired", "CreateService", { status: 400, code: "ExpiredTokenException" }],
    ["returns an error", "CreateService", { status: 500, code: "ServerException" }],
  ])("converges if the API %s", async (_fault, operation, refusal) => {
    emulator.api.refuse = (called) => (called === operation ? refusal : undefined);
    const { stdout, stderr } = await stack.apply({ accept: [1] });
    expect(stderr).toContain(refusal.code);
    expect(stdout + stderr).not.toContain(CANARY);

    emulator.api.refuse = undefined;
    await converges();
  });

  it("converges if Terraform is killed between the task definition and the service", async () => {
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

  it("completes one of two simultaneous applies, and the other fails or waits", async () => {
    const results = await Promise.all([stack.apply({ accept: [0, 1] }), stack.apply({ accept: [0, 1] })]);
    expect(results.map(({ status }) => status)).toContain(0);
    for (const { status, stderr } of results) {
      if (status !== 0) expect(stderr).toContain("Error acquiring the state lock");
    }
    await converges();
  });
});
