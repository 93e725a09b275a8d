import { join } from "node:path";
import { RESOURCES } from "../../lib/outputs/deployer-policy/table";
import type { StackJson } from "../support/synthesize";
import { CLUSTER } from "./support/daemons";
import { defaultNetwork, type Emulator, REGION, startEmulator } from "./support/emulator";
import { Authorization, isAllowed, type PolicyDocument } from "./support/iam";
import { Project, type Root } from "./support/project";
import { run } from "./support/run";
import { describeEndToEnd } from "./support/tools";

const ACCOUNT = "123456789012";
const COMMAND = join(__dirname, "../../scripts/start.cjs");
const KMS_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/01234567-89ab-4def-8123-456789abcdef`;
const OTHER_KMS_KEY = KMS_KEY.replace("01234567", "76543210");
const BUCKET = "terraform-states";

/** Nobody may assume the role. */
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const awslogs = { logDriver: "awslogs", options: { "awslogs-group": "/datadog/agent", "awslogs-region": REGION } };

/** Everything is created, has tags, and is encrypted with a customer-managed key. */
const created = (subnet: string, applications: string) => ({
  name: "production",
  cluster: CLUSTER,
  region: REGION,
  apiKey: { createSecret: { name: "datadog/key", kmsKeyArn: KMS_KEY, ephemeralVariable: true } },
  createdRoles: {
    namePrefix: "team-",
    path: "/team/",
    permissionsBoundaryArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  },
  enableExecuteCommand: true,
  networkMode: "awsvpc",
  subnets: [subnet],
  applicationSecurityGroups: [applications],
  features: { apm: true, dogstatsd: true },
  logConfiguration: awslogs,
  createLogGroup: { retentionDays: 14, kmsKeyArn: KMS_KEY },
  resourceTags: { team: "platform", env: "production" },
  provider: { assumeRole: { roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy` }, defaultTags: { managedBy: "terraform" } },
  backend: { s3: { bucket: BUCKET, region: REGION, kmsKeyId: KMS_KEY } },
});

/** The same after changes that Terraform makes in place. */
const changed = (subnet: string, applications: string) => ({
  ...created(subnet, applications),
  apiKey: { createSecret: { name: "datadog/key", kmsKeyArn: OTHER_KMS_KEY, ephemeralVariable: true } },
  memoryMiB: 1024,
  createLogGroup: { retentionDays: 30, kmsKeyArn: KMS_KEY },
  createdRoles: {
    namePrefix: "team-",
    path: "/team/",
    permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess",
  },
  resourceTags: { team: "agents" },
});

/** Only the service, its task definition and the policies are created, without tags. */
const GIVEN = {
  name: "given",
  cluster: CLUSTER,
  region: REGION,
  accountId: ACCOUNT,
  serviceName: "given",
  family: "given",
  apiKey: { ssmParameter: "/datadog/key" },
  taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/agents/task`,
  executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/execution`,
  attachPolicies: true,
};

/** What a policy allows although no run here needs it. */
const NOT_CALLED: Readonly<Record<string, string>> = {
  "logs:AssociateKmsKey": "the emulator doesn't have it; Terraform calls it when the key of a log group changes",
  "logs:DisassociateKmsKey": "the emulator doesn't have it; Terraform calls it when a log group has no key any more",
};

describeEndToEnd("the policy for who deploys", () => {
  let emulator: Emulator;
  let project: Project;
  const allowed = new Set<string>();
  const called = new Set<string>();
  const types = new Set<string>();

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project({ ...emulator.environment, TF_VAR_api_key_value: "0123456789abcdef".repeat(2) });
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    await emulator.aws("s3api", "create-bucket", "--bucket", BUCKET, "--region", "us-east-1");
    for (const [name, path] of [
      ["task", "/agents/"],
      ["execution", "/"],
    ] as const) {
      const args = ["--role-name", name, "--path", path, "--assume-role-policy-document", TRUST];
      await emulator.aws("iam", "create-role", ...args);
    }
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  /** Synthesizes a configuration and reads the policy that the command prints for it. */
  async function policyOf(cluster: { readonly name: string }): Promise<PolicyDocument> {
    await project.synth({ clusters: [cluster] });
    const { stdout, stderr } = await run(process.execPath, [COMMAND, "iam", cluster.name], { cwd: project.folder });
    expect(stderr).toBe("");
    const stack = JSON.parse(project.read("cdktf.out", "stacks", cluster.name, "cdk.tf.json")) as StackJson;
    for (const type of Object.keys(stack.resource ?? {})) types.add(type);
    const policy = JSON.parse(stdout) as PolicyDocument;
    for (const { Action } of policy.Statement) for (const action of Action) allowed.add(action);
    return policy;
  }

  const authorization = new Authorization([GIVEN.taskRoleArn, GIVEN.executionRoleArn]);

  /** The requests of a step that no policy allows. */
  async function refused(
    policies: readonly PolicyDocument[],
    step: () => Promise<unknown>,
  ): Promise<readonly object[]> {
    const before = emulator.api.requests.length;
    await step();
    const needs = emulator.api.requests.slice(before).flatMap((request) => authorization.needsOf(request));
    expect(needs.length).toBeGreaterThan(0);
    for (const { action } of needs) called.add(action);
    return needs.filter((need) => !policies.some((policy) => isAllowed(policy, need)));
  }

  /** Changes a role outside of Terraform, which repairs it. */
  async function changeTrust(): Promise<void> {
    const { Roles } = await emulator.aws<{ Roles: { RoleName: string }[] }>("iam", "list-roles");
    const name = Roles.find(({ RoleName }) => RoleName.startsWith("team-task-"))?.RoleName ?? "";
    await emulator.aws("iam", "update-assume-role-policy", "--role-name", name, "--policy-document", TRUST);
  }

  /** The state is in a bucket of the emulator, which has no host name for it. */
  const init = (stack: Root, ...args: readonly string[]) => stack.terraform(["init", "-input=false", ...args]);

  it("allows to create, plan, change and destroy everything, and the state", async () => {
    const { subnets, securityGroups } = await defaultNetwork(emulator);
    const [subnet = "", group = ""] = [subnets[0], securityGroups[0]];
    const args = ["--group-name", "applications", "--description", "applications"];
    const { GroupId: other } = await emulator.aws<{ GroupId: string }>("ec2", "create-security-group", ...args);
    const first = await policyOf(created(subnet, group));
    const stack = project.stack("production");
    expect(await refused([first], () => init(stack, "-backend-config=use_path_style=true"))).toEqual([]);
    expect(await refused([first], () => stack.apply())).toEqual([]);
    expect(await refused([first], () => stack.changes())).toEqual([]);
    const second = await policyOf(changed(subnet, other));
    await changeTrust();
    const key = { TF_VAR_api_key_value: "fedcba9876543210".repeat(2), TF_VAR_api_key_version: "2" };
    expect(await refused([first, second], () => stack.apply({ environment: key }))).toEqual([]);
    await policyOf(created(subnet, group));
    expect(await refused([first, second], () => stack.apply())).toEqual([]);
    expect(await refused([first], () => stack.destroy())).toEqual([]);
  });

  it("allows to create, plan and destroy with given roles and without tags", async () => {
    const policy = await policyOf(GIVEN);
    const stack = project.stack("given");
    await init(stack);
    expect(await refused([policy], () => stack.apply())).toEqual([]);
    expect(await refused([policy], () => stack.changes())).toEqual([]);
    expect(await refused([policy], () => stack.destroy())).toEqual([]);
  });

  it("was tried with every type of resource", () => {
    expect([...types].sort()).toEqual(Object.keys(RESOURCES).sort());
  });

  it("allows no action that nothing needs", () => {
    expect([...allowed].filter((action) => !called.has(action)).sort()).toEqual(Object.keys(NOT_CALLED).sort());
  });
});
