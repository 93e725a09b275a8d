import fc from "fast-check";
import { NETWORK_MODES } from "../../lib/core/ecs";
import { SITES } from "../../lib/core/sites";
import type * as registry from "../../lib/features";
import { HOST_NAMES } from "../../lib/hosts";

/** Text that is hard on quoting: in JSON, in YAML, in Terraform's templates, in anybody's idea of a character. */
const hardText = fc.oneof(
  fc.constantFrom(
    '"',
    "\\",
    "\n",
    "a\r\nb",
    "\t",
    "${x}",
    "$${x}",
    "$$${",
    "%{ if true }",
    "%%{",
    "${",
    "$",
    "%",
    "{}",
  ),
  fc.constantFrom(
    "\u2028",
    "é",
    "日本",
    "👩‍💻",
    "\u0007",
    "a: b",
    "# c",
    "'",
    "<REPLACE x>",
    "- 1",
    "true",
    "null",
    "~",
    "x".repeat(4096),
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
);
export const environmentValue = fc
  .array(hardText, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("").normalize("NFC"));

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const tagText = fc.stringMatching(/^[a-zé][a-z0-9_./-]{0,20}$/);

const sources = [
  { secretsManagerArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf" },
  { secretsManagerArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a/b-AbCdEf:api_key::" },
  { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog/key" },
  { createSecret: { name: "datadog/key" }, jsonKey: "api_key", versionStage: "AWSPREVIOUS" },
  { sensitiveVariable: true },
];
const patterns = fc.array(fc.constantFrom("name:^web$", "image:.*", "name:a|b"), { maxLength: 3 });
const toggle = (options: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(fc.boolean(), fc.record(options, { requiredKeys: [] }));

/** Values of every key, each of them right by itself. */
const rightValues = {
  cluster: fc.constantFrom("production", "arn:aws:ecs:eu-west-1:123456789012:cluster/production"),
  region: fc.constantFrom("eu-west-1", "us-gov-west-1"),
  host: fc.constantFrom(...HOST_NAMES),
  hosts: fc.constantFrom(["linux", "windows"], ["windows", "amazon-linux-1"], ["windows"]),
  launchType: fc.constantFrom("EC2", "EXTERNAL"),
  networkMode: fc.constantFrom(...NETWORK_MODES),
  subnets: fc.constant(["subnet-0123456789abcdef0"]),
  securityGroups: fc.constant(["sg-0123456789abcdef0"]),
  site: fc.constantFrom(...SITES),
  apiKey: fc.constantFrom(...sources),
  tags: fc.dictionary(tagText, tagText, { maxKeys: 4 }),
  environment: fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,15}$/), environmentValue, { maxKeys: 4 }),
  features: fc.record(
    {
      apm: toggle({ port: fc.boolean(), socket: fc.boolean() }),
      dogstatsd: toggle({ port: fc.boolean(), socket: fc.boolean(), statistics: fc.boolean() }),
      logs: toggle({ collectAll: fc.boolean(), include: patterns, exclude: patterns }),
      processCollection: toggle({}),
      networkPerformanceMonitoring: toggle({}),
      fipsProxy: toggle({ portRangeStart: fc.integer({ min: 9000, max: 50_000 }), memoryMiB: fc.constant(64) }),
    } satisfies Record<keyof typeof registry, fc.Arbitrary<unknown>>,
    { requiredKeys: [] },
  ),
  healthCheck: fc.oneof(
    fc.constant(false),
    fc.record(
      { intervalSeconds: fc.integer({ min: 5, max: 300 }), retries: fc.integer({ min: 1, max: 10 }) },
      { requiredKeys: [] },
    ),
  ),
  image: fc.record(
    { tag: fc.constantFrom("7", "7.60.0-jmx"), digest: fc.constant(`sha256:${"0".repeat(64)}`) },
    { requiredKeys: [] },
  ),
  cpu: fc.integer({ min: 0, max: 4096 }),
  memoryMiB: fc.integer({ min: 6, max: 8192 }),
  family: name,
  serviceName: name,
  minimumHealthyPercent: fc.integer({ min: 0, max: 99 }),
  placementConstraints: fc.array(
    fc.constantFrom({ type: "distinctInstance" }, { type: "memberOf", expression: "attribute:a == b" }),
    { maxLength: 9 },
  ),
  enableExecuteCommand: fc.boolean(),
  waitForSteadyState: fc.boolean(),
  resourceTags: fc.dictionary(fc.stringMatching(/^[b-z][a-z +=@-]{0,20}$/), fc.stringMatching(/^[a-z +=@-]{0,20}$/), {
    maxKeys: 3,
  }),
  taskRoleArn: fc.constant("arn:aws:iam::123456789012:role/a/task"),
  executionRoleArn: fc.constant("arn:aws:iam::123456789012:role/execution"),
  attachPolicies: fc.boolean(),
  createdRoles: fc.record({ namePrefix: fc.constant("x-"), path: fc.constant("/a/b/") }, { requiredKeys: [] }),
  applicationSecurityGroups: fc.constant(["sg-0123456789abcdef1"]),
};

/** A cluster whose values are right one by one; together they may still be refused. */
export const cluster: fc.Arbitrary<Record<string, unknown>> = fc
  .record({ name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), ...rightValues }, { requiredKeys: ["name"] })
  .map((keys) => ({ ...keys }));

/** A cluster that ECS and the Agent accept: what can't stand together is taken out. */
export const acceptedCluster = cluster.map((keys): Record<string, unknown> => {
  const { host, hosts, networkMode, subnets: _subnets, features = {}, region, ...others } = keys as Keys;
  const { securityGroups, applicationSecurityGroups, attachPolicies, createdRoles, ...rest } = others;
  const roles = [rest.taskRoleArn, rest.executionRoleArn].filter(Boolean).length;
  // What Windows lacks may be asked for where another host has it.
  const windows = (hosts ?? [host]).every((name) => name === "windows");
  const external = rest.launchType === "EXTERNAL";
  const government = rest.site === "ddog-gov.com" || rest.site === "us2.ddog-gov.com";
  const mode =
    windows && networkMode !== "awsvpc" ? undefined : external && networkMode === "awsvpc" ? undefined : networkMode;
  const { fipsProxy, networkPerformanceMonitoring, ...toggles } = features;
  const proxy =
    government && !windows ? (mode === "bridge" ? false : fipsProxy) : fipsProxy === undefined ? undefined : false;
  return {
    ...rest,
    ...(hosts ? { hosts } : host !== undefined && { host }),
    ...(mode && { networkMode: mode }),
    // The region of every ARN.
    ...(region !== undefined && { region: "eu-west-1" }),
    ...(roles > 0 && attachPolicies !== undefined && { attachPolicies }),
    ...(roles < 2 && createdRoles !== undefined && { createdRoles }),
    ...(mode === "awsvpc" && {
      subnets: ["subnet-0123456789abcdef0"],
      ...(securityGroups && { securityGroups }),
      ...(applicationSecurityGroups && { applicationSecurityGroups }),
    }),
    features: {
      ...Object.fromEntries(Object.entries(toggles).map(([name, toggle]) => [name, reachable(toggle, windows)])),
      ...(!windows && !external && networkPerformanceMonitoring !== undefined && { networkPerformanceMonitoring }),
      ...(proxy !== undefined && { fipsProxy: proxy }),
    },
  };
});

interface Keys extends Record<string, unknown> {
  readonly host?: string;
  readonly hosts?: string[];
  readonly networkMode?: string;
  readonly region?: string;
  readonly securityGroups?: string[];
  readonly applicationSecurityGroups?: string[];
  readonly features?: Record<string, unknown>;
}

/** A receiver that something can reach: on Windows over its port, elsewhere over the socket at least. */
function reachable(toggle: unknown, windows: boolean): unknown {
  if (typeof toggle !== "object" || toggle === null) return toggle;
  const { port, socket, ...options } = toggle as { port?: boolean; socket?: boolean };
  if (windows) return options;
  return {
    ...options,
    ...(port !== undefined && { port }),
    ...(port === false ? { socket: true } : socket !== undefined && { socket }),
  };
}

const wrongValue = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 2 }),
  fc.constantFrom("", -1, 1e9, "FARGATE", [], {}, null),
);

/** A cluster in which anything may be wrong: a key that isn't known, or a value of any type at any key. */
export const anyCluster: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    cluster,
    fc.dictionary(fc.oneof(fc.constantFrom("name", ...Object.keys(rightValues)), fc.string()), wrongValue, {
      maxKeys: 3,
    }),
  )
  .map(([right, wrong]) => ({ ...right, ...wrong }));
