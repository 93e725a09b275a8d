import { DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { ClusterOnHost } from "../../lib/configuration/types";
import { clustersOf } from "../support/clusters";
import { combinedSettings } from "../support/combined-settings";
import { acceptedCluster, environmentValue } from "../support/configurations";
import { CLUSTER, SECRET, synthesizeDaemons } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { Project } from "./support/project";
import { run } from "./support/run";
import { describeEndToEnd } from "./support/tools";

/** The number of configurations to apply, and to check with the AWS CLI, which takes almost a second for each. */
const APPLIED = 100;
const CHECKED_BY_CLI = 30;

/** Their samples create a resource with a name, and the emulator refuses a soft limit without a hard one. */
const NOT_TWICE = ["createLogGroup", "memoryReservationMiB"];

type Given = Record<string, unknown> & { readonly environment: Record<string, string> };

/** Configurations and their checked values, for each host. Without awsvpc, which needs existing subnets. */
function sample(seed: number): readonly { given: Given; read: ClusterOnHost }[] {
  const hard = fc.record({ HARD: environmentValue, HARDER: environmentValue });
  const combined = combinedSettings.filter((keys) => NOT_TWICE.every((key) => !(key in keys)));
  const inAnyMode = fc.oneof(acceptedCluster, combined).filter(({ networkMode }) => networkMode !== "awsvpc");
  const samples = fc.sample(fc.tuple(inAnyMode, hard), { seed, numRuns: APPLIED }).flatMap(([keys, environment]) => {
    const given = { ...keys, environment, waitForSteadyState: false };
    return clustersOf(stringify({ clusters: [given] })).map((read) => ({ given, read }));
  });
  return samples.slice(0, APPLIED);
}

describeEndToEnd("any valid configuration", () => {
  const samples = sample(Number(process.env.FAST_CHECK_SEED ?? 1));
  let emulator: Emulator;
  let project: Project;
  let files: ReadonlyMap<string, string>;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    // The given roles, to which policies may be attached.
    for (const [name, path] of [
      ["task", "/a/"],
      ["execution", "/"],
    ] as const) {
      const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
      const role = ["--role-name", name, "--path", path, "--assume-role-policy-document", trust];
      await emulator.aws("iam", "create-role", ...role);
    }
    const daemons = samples.map(({ read }, index) => {
      const { name: _name, region: _region, apiKey: _apiKey, leftOut: _leftOut, ...settings } = read;
      const id = `sample-${index}`;
      return [
        id,
        { ...settings, apiKey: { secretsManagerArn: SECRET }, cluster: CLUSTER, family: id, serviceName: id },
      ] as const;
    });
    files = synthesizeDaemons(project.folder, Object.fromEntries(daemons));
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("is valid, is created, and has an empty second plan", async () => {
    expect(samples).toHaveLength(APPLIED);
    const root = project.stack("daemons");
    await root.init();
    await root.validate();
    await root.apply();
    expect(await root.changes()).toBe("");
  });

  it("has its text unchanged in the registered task definition", async () => {
    for (const [index, { given }] of samples.entries()) {
      const command = new DescribeTaskDefinitionCommand({ taskDefinition: `sample-${index}` });
      const { taskDefinition } = await emulator.ecs.send(command);
      const variables = taskDefinition?.containerDefinitions?.[0]?.environment ?? [];
      const environment = new Map(variables.map(({ name, value }) => [name, value]));
      for (const [name, value] of Object.entries(given.environment)) {
        expect([index, name, environment.get(name)]).toEqual([index, name, value]);
      }
    }
  });

  it("is valid for the AWS CLI's API model", async () => {
    const paths = [...files.values()].slice(0, CHECKED_BY_CLI).map((file, index) => {
      const path = join(project.folder, `${index}.json`);
      writeFileSync(path, file);
      return path;
    });
    for (const path of paths) {
      // Validates the input against the API model without calling AWS.
      const check = ["--cli-input-json", `file://${path}`, "--generate-cli-skeleton", "output"];
      await run("aws", ["ecs", "register-task-definition", ...check], { environment: emulator.environment });
    }
  });
});
