import fc from "fast-check";
import { NETWORK_MODES } from "../../lib/core/ecs";
import { contributionOf } from "../../lib/core/feature";
import { optionsAreValid } from "../../lib/core/feature-rules";
import { SITES } from "../../lib/core/sites";
import type { Features, Toggle } from "../../lib/core/toggles";
import * as registry from "../../lib/features";
import { HOST_NAMES, type HostName, hosts as allHosts } from "../../lib/hosts";
import { optionsArbitrary } from "./options";

const features: Features = registry;

/** A boolean or options. A feature with required options has no `true`. */
const toggle = (options: Features[string]["options"]) =>
  fc.oneof(fc.constantFrom(false, ...(options.safeParse({}).success ? [true] : [])), optionsArbitrary(options));

/** Text that is hard to quote in JSON, YAML and Terraform templates. */
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
/** Values of every key, each valid by itself. */
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
    Object.fromEntries(Object.entries(features).map(([key, { options }]) => [key, toggle(options)])),
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
    {
      tag: fc.constantFrom("7", "7.99.0"),
      flavor: fc.constant("jmx"),
      digest: fc.constant(`sha256:${"0".repeat(64)}`),
    },
    { requiredKeys: [] },
  ),
  capabilities: fc.constantFrom([], ["SYS_NICE"], ["NET_ADMIN", "ALL"]),
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
  enableEcsManagedTags: fc.boolean(),
  propagateTags: fc.constantFrom("SERVICE", "TASK_DEFINITION", "NONE"),
  waitForSteadyState: fc.boolean(),
  // No name of a secret, such as "key": `import` never copies its value.
  resourceTags: fc.dictionary(
    fc.stringMatching(/^[bcdfg][bcdfg +=@-]{0,20}$/),
    fc.stringMatching(/^[a-z +=@-]{0,20}$/),
    {
      maxKeys: 3,
    },
  ),
  taskRoleArn: fc.constant("arn:aws:iam::123456789012:role/a/task"),
  executionRoleArn: fc.constant("arn:aws:iam::123456789012:role/execution"),
  attachPolicies: fc.boolean(),
  createdRoles: fc.record({ namePrefix: fc.constant("x-"), path: fc.constant("/a/b/") }, { requiredKeys: [] }),
  applicationSecurityGroups: fc.constant(["sg-0123456789abcdef1"]),
};

/** A cluster whose values are valid one by one. Rules can still refuse it. */
export const cluster: fc.Arbitrary<Record<string, unknown>> = fc
  .record({ name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), ...rightValues }, { requiredKeys: ["name"] })
  .map((keys) => ({ ...keys }));

/** A cluster that ECS and the Agent accept: values that conflict are removed. */
export const acceptedCluster = cluster.map((keys): Record<string, unknown> => {
  const {
    host,
    hosts,
    networkMode,
    subnets: _subnets,
    features: toggles = {},
    region,
    image = {},
    ...others
  } = keys as Keys;
  const { securityGroups, applicationSecurityGroups, attachPolicies, createdRoles, capabilities, ...rest } = others;
  const roles = [rest.taskRoleArn, rest.executionRoleArn].filter(Boolean).length;
  // Windows can have unsupported settings if another host supports them.
  const names = hosts ?? [host ?? "linux"];
  const windows = names.every((name) => name === "windows");
  const external = rest.launchType === "EXTERNAL";
  const mode =
    windows && networkMode !== "awsvpc" ? undefined : external && networkMode === "awsvpc" ? undefined : networkMode;
  const { flavor, ...plainImage } = image;
  return {
    ...rest,
    ...(capabilities !== undefined && !windows && { capabilities }),
    ...(hosts ? { hosts } : host !== undefined && { host }),
    ...(mode && { networkMode: mode }),
    // All ARNs are in this region.
    ...(region !== undefined && { region: "eu-west-1" }),
    ...(roles > 0 && attachPolicies !== undefined && { attachPolicies }),
    ...(roles < 2 && createdRoles !== undefined && { createdRoles }),
    ...(mode === "awsvpc" && {
      subnets: ["subnet-0123456789abcdef0"],
      ...(securityGroups && { securityGroups }),
      ...(applicationSecurityGroups && { applicationSecurityGroups }),
    }),
    image: { ...plainImage, ...(flavor !== undefined && plainImage.digest === undefined && { flavor }) },
    features: acceptedToggles(toggles, {
      names,
      mode,
      site: rest.site ?? "datadoghq.com",
      launchType: rest.launchType ?? "EC2",
    }),
  };
});

interface Keys extends Record<string, unknown> {
  readonly host?: HostName;
  readonly hosts?: HostName[];
  readonly networkMode?: string;
  readonly region?: string;
  readonly site?: string;
  readonly launchType?: string;
  readonly securityGroups?: string[];
  readonly applicationSecurityGroups?: string[];
  readonly image?: Record<string, unknown>;
  readonly features?: Record<string, Toggle>;
}

interface Around {
  readonly names: readonly HostName[];
  readonly mode: string | undefined;
  readonly site: string;
  readonly launchType: string;
}

/** The toggles without features that the cluster doesn't support or that conflict with others. */
function acceptedToggles(toggles: Readonly<Record<string, Toggle>>, around: Around): Record<string, Toggle> {
  const accepted: Record<string, Toggle> = {};
  const variables = new Map<string, string>();
  for (const [name, feature] of Object.entries(features)) {
    const given = withoutLacking(feature, toggles[name], around.names);
    const on = given !== undefined && given !== false;
    const open = given === undefined && feature.onByDefault === true && isRight(feature.sites?.only, around.site);
    if (!on && !open) {
      if (given !== undefined) accepted[name] = given;
      continue;
    }
    const options = feature.options.parse(typeof given === "object" ? given : {});
    const rivals = Object.entries(features).flatMap(([other, { excludes, replaces }]) => {
      const declared = { ...excludes, ...replaces };
      return name in declared ? [other] : other === name ? Object.keys(declared) : [];
    });
    const needs = Object.entries(feature.optionNeeds ?? {}).filter(([option]) => options[option]);
    const environment = contributionOf(feature, options, allHosts[around.names[0] ?? "linux"]).environment ?? {};
    const right =
      around.names.some((host) => feature.requires.every((trait) => allHosts[host].traits.includes(trait))) &&
      isRight(feature.sites?.only, around.site) &&
      isRight(feature.launchTypes?.only, around.launchType) &&
      (around.mode === undefined || isRight(feature.networkModes?.only, around.mode)) &&
      optionsAreValid(feature, options) &&
      Object.keys(feature.needs ?? {}).every((other) => Boolean(accepted[other])) &&
      Object.keys(feature.through ?? {}).every((other) => accepted[other] !== false && toggles[other] !== false) &&
      Object.entries(feature.optionSites ?? {}).every(
        ([option, only]) => !options[option] || isRight(only?.only, around.site),
      ) &&
      rivals.every((rival) => !accepted[rival]) &&
      needs.every(([, other = ""]) => Boolean(accepted[other])) &&
      Object.entries(environment).every(([key, value]) => (variables.get(key) ?? value) === value);
    if (!right) {
      accepted[name] = false;
      continue;
    }
    for (const [key, value] of Object.entries(environment)) variables.set(key, value);
    if (given !== undefined) accepted[name] = given;
    // A feature that is on by default excludes its alternatives.
    else if (rivals.length > 0) accepted[name] = true;
  }
  return accepted;
}

/** Removes an option that no host supports. */
function withoutLacking({ optionRequires = {} }: Features[string], toggle: Toggle, names: readonly HostName[]): Toggle {
  if (typeof toggle !== "object") return toggle;
  const lacks = (option: string) =>
    names.every((host) => (optionRequires[option] ?? []).some((trait) => !allHosts[host].traits.includes(trait)));
  return Object.fromEntries(Object.entries(toggle).filter(([option]) => !(option in optionRequires && lacks(option))));
}

function isRight(only: readonly string[] | undefined, value: string): boolean {
  return only === undefined || only.includes(value);
}

const wrongValue = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 2 }),
  fc.constantFrom("", -1, 1e9, "FARGATE", [], {}, null),
);

/** A service that can differ from that of the cluster. */
const adopt = fc.record(
  {
    serviceArn: fc.constantFrom(
      "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent",
      "arn:aws-us-gov:ecs:us-gov-west-1:210987654321:service/production/agent",
      "arn:aws:ecs:eu-west-1:123456789012:service/datadog-agent",
    ),
    taskDefinitionArn: fc.constant("arn:aws:ecs:eu-west-1:123456789012:task-definition/datadog-agent-task:7"),
  },
  { requiredKeys: [] },
);

/** A cluster in which anything can be wrong: an unknown key, or a value of any type. */
export const anyCluster: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.oneof(
      cluster,
      fc.record({ adopt }).chain((own) => cluster.map((keys) => ({ ...keys, ...own }))),
    ),
    fc.dictionary(fc.oneof(fc.constantFrom("name", "adopt", ...Object.keys(rightValues)), fc.string()), wrongValue, {
      maxKeys: 3,
    }),
  )
  .map(([right, wrong]) => ({ ...right, ...wrong }));
