import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../lib/configuration/check";
import { daemonSchema } from "../../lib/configuration/schema";
import { CLUSTER, ROLES, SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { writeModule } from "./support/modules";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/0";
const PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/key";
const GIVEN = { task_role: { arn: ROLES.taskRoleArn }, execution_role: { arn: ROLES.executionRoleArn } };
const SUBNETS = ["subnet-0123456789abcdef0"];

interface Refusal {
  /** Variables of the module. */
  readonly variables: object;
  /** The same in a configuration; left out where a configuration can't say it. */
  readonly props?: object;
  readonly message: string;
  readonly host?: string;
  readonly site?: string;
  /** Features of the module, with options that are fixed. */
  readonly features?: object;
}

/** What the module refuses and how it says so. */
const REFUSALS: Record<string, Refusal> = {
  "no-cluster": {
    variables: { cluster: null },
    message: "cluster must be given, got none. Only `create_service = false` does without it.",
  },
  "cluster-form": {
    variables: { cluster: "a b" },
    props: { cluster: "a b" },
    message: "cluster must be the name or the ARN of an ECS cluster.",
  },
  "no-key": {
    variables: { api_key: {} },
    props: { apiKey: {} },
    message: "api_key must have exactly one of secrets_manager_arn, ssm_parameter_arn and create_secret.",
  },
  "two-keys": {
    variables: { api_key: { secrets_manager_arn: SECRET, ssm_parameter_arn: PARAMETER } },
    props: { apiKey: { secretsManagerArn: SECRET, ssmParameterArn: PARAMETER } },
    message: "api_key must have exactly one of secrets_manager_arn, ssm_parameter_arn and create_secret.",
  },
  "secret-name": {
    variables: { api_key: { secrets_manager_arn: "datadog" } },
    props: { apiKey: { secretsManagerArn: "datadog" } },
    message: "api_key.secrets_manager_arn must be the full ARN of a Secrets Manager secret",
  },
  "created-secret-name": {
    variables: { api_key: { create_secret: { name: "a b" } } },
    props: { apiKey: { createSecret: { name: "a b" } } },
    message: "api_key.create_secret.name must be a secret's name",
  },
  "json-key-of-parameter": {
    variables: { api_key: { ssm_parameter_arn: PARAMETER, json_key: "key" } },
    props: { apiKey: { ssmParameterArn: PARAMETER, jsonKey: "key" } },
    message: "api_key.json_key must come with secrets_manager_arn or create_secret, got neither.",
  },
  "stage-of-parameter": {
    variables: { api_key: { ssm_parameter_arn: PARAMETER, version_stage: "AWSCURRENT" } },
    props: { apiKey: { ssmParameterArn: PARAMETER, versionStage: "AWSCURRENT" } },
    message: "api_key.version_stage must come with secrets_manager_arn or create_secret, got neither.",
  },
  "kms-key-of-created-secret": {
    variables: { api_key: { create_secret: { name: "a" }, kms_key_arn: KMS_KEY } },
    props: { apiKey: { createSecret: { name: "a" }, kmsKeyArn: KMS_KEY } },
    message: "api_key.kms_key_arn must come with secrets_manager_arn or ssm_parameter_arn, got neither.",
  },
  "kms-key-elsewhere": {
    variables: { api_key: { secrets_manager_arn: SECRET, kms_key_arn: KMS_KEY } },
    props: { apiKey: { secretsManagerArn: SECRET, kmsKeyArn: KMS_KEY } },
    message: "api_key.kms_key_arn must be of the region of the secret or the parameter",
  },
  "json-key-twice": {
    variables: { api_key: { secrets_manager_arn: `${SECRET}:key::`, json_key: "key" } },
    props: { apiKey: { secretsManagerArn: `${SECRET}:key::`, jsonKey: "key" } },
    message: "api_key.secrets_manager_arn must end with the secret's name when json_key or version_stage are given",
  },
  "feature-on-windows": {
    host: "windows",
    variables: { features: { network_performance_monitoring: true } },
    props: { host: "windows", features: { networkPerformanceMonitoring: true } },
    message:
      "features.network_performance_monitoring must be off on the host windows: it needs a host that lets a container trace its Linux kernel.",
  },
  "mode-on-windows": {
    host: "windows",
    variables: { network_mode: "bridge" },
    props: { host: "windows", networkMode: "bridge" },
    message: 'network_mode must be awsvpc, got "bridge".',
  },
  "feature-on-external": {
    variables: { launch_type: "EXTERNAL", features: { network_performance_monitoring: true } },
    props: { launchType: "EXTERNAL", features: { networkPerformanceMonitoring: true } },
    message:
      'features.network_performance_monitoring needs launch_type EC2, got "EXTERNAL": Datadog supports the system probe on EC2 instances only.',
  },
  "proxy-elsewhere": {
    variables: { features: { fips_proxy: true } },
    props: { features: { fipsProxy: true } },
    message: 'features.fips_proxy needs site ddog-gov.com or us2.ddog-gov.com, got "datadoghq.com"',
  },
  "proxy-by-default-in-bridge": {
    variables: { site: "ddog-gov.com", network_mode: "bridge" },
    props: { site: "ddog-gov.com", networkMode: "bridge" },
    message: 'features.fips_proxy needs network_mode host or awsvpc, got "bridge"',
  },
  "agent-too-old": {
    variables: { features: { network_path: true }, image: { tag: "7.58.2" } },
    props: { features: { networkPath: true }, image: { tag: "7.58.2" } },
    message: "features.network_path needs Agent 7.59 or later, got image.tag 7.58.2.",
  },
  "option-too-new": {
    features: { otlp: { logs: true }, logs: true },
    variables: { image: { tag: "7.47.0" } },
    props: { features: { otlp: { logs: true }, logs: true }, image: { tag: "7.47.0" } },
    message: "features.otlp's option logs needs Agent 7.48 or later, got image.tag 7.47.0.",
  },
  "option-alone": {
    features: { otlp: { logs: true }, logs: true },
    variables: { features: { logs: false } },
    props: { features: { otlp: { logs: true } } },
    message: "features.otlp needs features.logs, which is off, for its option logs.",
  },
  "options-missing": {
    variables: { features: { unified_service_tagging: true } },
    props: { features: { unifiedServiceTagging: true } },
    message: "features.unified_service_tagging must be off: it needs options, which are fixed in the module",
  },
  "two-proxies": {
    site: "ddog-gov.com",
    features: { proxy: { https: "http://proxy:3128" }, fipsProxy: false },
    variables: { features: { fips_proxy: true } },
    props: { site: "ddog-gov.com", features: { proxy: { https: "http://proxy:3128" } } },
    message:
      "features.proxy must be off beside features.fips_proxy: with a FIPS proxy the Agent ignores every other one.",
  },
  "fips-twice": {
    variables: { site: "ddog-gov.com", features: { fips_proxy: true, fips_agent: true } },
    props: { site: "ddog-gov.com", features: { fipsProxy: true, fipsAgent: true } },
    message: "features.fips_agent must be off beside features.fips_proxy",
  },
  "fips-flavor-elsewhere": {
    variables: { image: { flavor: "fips" } },
    props: { image: { flavor: "fips" } },
    message: 'features.fips_agent needs site ddog-gov.com or us2.ddog-gov.com, got "datadoghq.com"',
  },
  "fips-and-full": {
    variables: { site: "ddog-gov.com", features: { fips_agent: true }, image: { flavor: "full" } },
    props: { site: "ddog-gov.com", features: { fipsAgent: true }, image: { flavor: "full" } },
    message: "features.fips_agent must be off with image.flavor full: there is no fips image of it.",
  },
  "fips-and-flavored-tag": {
    variables: { site: "ddog-gov.com", features: { fips_agent: true }, image: { tag: "7-fips" } },
    props: { site: "ddog-gov.com", features: { fipsAgent: true }, image: { tag: "7-fips" } },
    message: 'image.tag must be a version without a flavor, since features.fips_agent adds one, got "7-fips".',
  },
  "flavor-twice": {
    variables: { image: { flavor: "jmx", tag: "7-jmx" } },
    props: { image: { flavor: "jmx", tag: "7-jmx" } },
    message: 'image.tag must be a version without a flavor, since image.flavor adds one, got "7-jmx".',
  },
  "flavor-of-digest": {
    variables: { image: { flavor: "jmx", digest: `sha256:${"a".repeat(64)}` } },
    props: { image: { flavor: "jmx", digest: `sha256:${"a".repeat(64)}` } },
    message: "image.flavor must be left out when image.digest is given",
  },
  "unknown-site": {
    variables: { site: "datadoghq.org" },
    props: { site: "datadoghq.org" },
    message: "site must be datadoghq.com, us3.",
  },
  "tag-key": {
    variables: { tags: { "1": "a" } },
    props: { tags: { "1": "a" } },
    message: "Every key of tags must be a tag key",
  },
  "tag-value": {
    variables: { tags: { a: "a b" } },
    props: { tags: { a: "a b" } },
    message: "Every value of tags must be a tag value",
  },
  "variable-name": {
    variables: { environment: { "A-B": "a" } },
    props: { environment: { "A-B": "a" } },
    message: "Every key of environment must be the name of a variable",
  },
  "empty-variable": {
    variables: { environment: { A: "" } },
    props: { environment: { A: "" } },
    message: "Every value of environment must be text that isn't empty",
  },
  "key-as-variable": {
    variables: { environment: { DD_API_KEY: "a" } },
    props: { environment: { DD_API_KEY: "a" } },
    message: "environment.DD_API_KEY must not be here",
  },
  hostname: {
    variables: { environment: { DD_HOSTNAME: "a" } },
    props: { environment: { DD_HOSTNAME: "a" } },
    message: "environment.DD_HOSTNAME must not be set",
  },
  fargate: {
    variables: { launch_type: "FARGATE" },
    props: { launchType: "FARGATE" },
    message: 'launch_type must be EC2 or EXTERNAL, got "FARGATE".',
  },
  "awsvpc-on-external": {
    variables: { launch_type: "EXTERNAL", network_mode: "awsvpc", subnets: SUBNETS },
    props: { launchType: "EXTERNAL", networkMode: "awsvpc", subnets: SUBNETS },
    message: "network_mode must not be awsvpc with launch_type EXTERNAL",
  },
  "awsvpc-alone": {
    variables: { network_mode: "awsvpc" },
    props: { networkMode: "awsvpc" },
    message: "network_mode must come with `subnets` when it is awsvpc, got none.",
  },
  "subnets-in-bridge": {
    variables: { subnets: SUBNETS },
    props: { subnets: SUBNETS },
    message: "subnets must be left out unless network_mode is awsvpc",
  },
  "groups-in-bridge": {
    variables: { security_groups: ["sg-01234567"] },
    props: { securityGroups: ["sg-01234567"] },
    message: "security_groups must be left out unless network_mode is awsvpc",
  },
  "group-form": {
    variables: { security_groups: ["web"] },
    props: { securityGroups: ["web"] },
    message: "security_groups[*] must be a security group ID.",
  },
  "unknown-capability": {
    variables: { capabilities: ["BPF"] },
    props: { capabilities: ["BPF"] },
    message: "capabilities[*] must be ALL, AUDIT_CONTROL,",
  },
  "health-check": {
    variables: { health_check: { retries: 11 } },
    props: { healthCheck: { retries: 11 } },
    message: "health_check.retries must be a whole number from 1 to 10.",
  },
  "image-tag": {
    variables: { image: { tag: "a b" } },
    props: { image: { tag: "a b" } },
    message: "image.tag must be an image tag",
  },
  "cpu-fraction": {
    variables: { cpu: 0.5 },
    props: { cpu: 0.5 },
    message: "cpu must be a whole number from 0 to 196608, got 0.5.",
  },
  memory: {
    variables: { memory_mib: 5 },
    props: { memoryMiB: 5 },
    message: "memory_mib must be a whole number from 6 to 25165824, got 5.",
  },
  family: {
    variables: { family: "a b" },
    props: { family: "a b" },
    message: "family must be a task definition family",
  },
  "healthy-percent": {
    variables: { minimum_healthy_percent: 100 },
    props: { minimumHealthyPercent: 100 },
    message: "minimum_healthy_percent must be a whole number from 0 to 99, got 100.",
  },
  "many-constraints": {
    variables: { placement_constraints: Array(10).fill({ type: "distinctInstance" }) },
    props: { placementConstraints: Array(10).fill({ type: "distinctInstance" }) },
    message: "placement_constraints must have at most 9 items.",
  },
  "constraint-type": {
    variables: { placement_constraints: [{ type: "spread" }] },
    props: { placementConstraints: [{ type: "spread" }] },
    message: "placement_constraints[*].type must be memberOf or distinctInstance.",
  },
  "constraint-query": {
    variables: { placement_constraints: [{ type: "memberOf" }] },
    props: { placementConstraints: [{ type: "memberOf" }] },
    message: "Every item of placement_constraints must have an `expression` when its type is memberOf",
  },
  "aws-tag": {
    variables: { resource_tags: { "aws:a": "b" } },
    props: { resourceTags: { "aws:a": "b" } },
    message: "Every key of resource_tags must be an AWS tag key",
  },
  "role-form": {
    variables: { task_role: { arn: "agent" } },
    props: { taskRoleArn: "agent" },
    message: "task_role.arn must be the ARN of an IAM role.",
  },
  "created-roles": {
    variables: { ...GIVEN, created_roles: { path: "/a/" } },
    props: { ...ROLES, createdRoles: { path: "/a/" } },
    message: "created_roles must be left out when task_role and execution_role are given: no role is created.",
  },
  "created-role-name": {
    variables: { task_role: GIVEN.task_role, created_roles: { task_role_name: "a" } },
    props: { taskRoleArn: ROLES.taskRoleArn, createdRoles: { taskRoleName: "a" } },
    message: "created_roles.task_role_name must be left out when task_role is given: that role is not created.",
  },
  partitions: {
    variables: { task_role: { arn: "arn:aws-cn:iam::123456789012:role/a" } },
    props: { taskRoleArn: "arn:aws-cn:iam::123456789012:role/a" },
    message: "All ARNs must be of one partition, got aws and aws-cn.",
  },
  size: {
    variables: { environment: { A: "x".repeat(65_536) } },
    message: "The task definition must have at most 65536 bytes (ECS's limit), got more.",
  },
};

describeEndToEnd("the module", () => {
  let emulator: Emulator;
  let project: Project;
  const said = new Map<string, readonly string[]>();

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    const root = new Root(join(project.folder, "root"), emulator.environment);
    mkdirSync(root.folder);
    // A folder for each: a diagnostic names the file that it comes from.
    for (const [id, { host = "linux", site, features = {} }] of Object.entries(REFUSALS)) {
      writeModule(join(root.folder, id), { name: id, host, site, features });
    }
    // Terraform looks at what is between variables only when each of them is right.
    await plan(root, Object.keys(REFUSALS));
    await plan(
      root,
      Object.keys(REFUSALS).filter((id) => !said.has(id)),
    );
  });

  async function plan(root: Root, ids: readonly string[]): Promise<void> {
    const calls = ids.map((id) => {
      const call = { cluster: CLUSTER, api_key: { secrets_manager_arn: SECRET }, ...REFUSALS[id]?.variables };
      return [id, { source: `./${id}`, ...call }];
    });
    const json = { provider: { aws: {} }, module: Object.fromEntries(calls) as unknown };
    writeFileSync(join(root.folder, "main.tf.json"), JSON.stringify(json));
    await root.init();
    const { stdout } = await root.terraform(["plan", "-json", "-input=false"], { accept: [1] });
    for (const line of stdout.split("\n").filter((text) => text.includes('"diagnostic"'))) {
      const { diagnostic } = JSON.parse(line) as { diagnostic: { detail: string; range?: { filename: string } } };
      const text = `${diagnostic.detail} ${diagnostic.range?.filename}`;
      const id = ids.find((each) => text.includes(` ${each}/`)) ?? "";
      said.set(id, [...(said.get(id) ?? []), diagnostic.detail]);
    }
  }

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it.each(Object.entries(REFUSALS))("refuses %s", (id, { message }) => {
    expect(said.get(id)).toEqual([expect.stringContaining(message)]);
  });

  it("has nothing else to say", () => {
    expect([...said.keys()].sort()).toEqual(Object.keys(REFUSALS).sort());
  });
});

describe("a configuration", () => {
  const withProps = Object.entries(REFUSALS).flatMap(([id, { props }]) => (props ? [[id, props] as const] : []));

  it.each(withProps)("refuses %s too", (_id, props) => {
    const all = { cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET }, ...props };
    expect(check(daemonSchema, all).problems).toHaveLength(1);
  });
});
