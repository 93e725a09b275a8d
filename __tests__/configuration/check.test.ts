import { catalog } from "../../lib/catalog";
import * as z from "zod";
import { check, checkShape } from "../../lib/configuration/check";
import { formatPath } from "../../lib/core/problem";
import { key } from "../../lib/core/schema";

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const ROLE = "arn:aws:iam::123456789012:role/path/agent";
const KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const DIGEST = `sha256:${"0".repeat(64)}`;
const GOVERNMENT = { site: "ddog-gov.com" };
const PROXY = { https: "http://proxy.example:3128" };
const AWSVPC = { networkMode: "awsvpc", subnets: ["subnet-01234567"] };

/** The problems of a cluster, as users see them. */
function problemsOf(cluster: object): string[] {
  const { problems = [] } = check(catalog, catalog.schemas.cluster, { name: "a", ...cluster });
  return problems.map(({ path, message }) => `${formatPath(path)} ${message}`);
}

describe("a configuration that ECS and the Agent accept", () => {
  it.each([
    ["the least", {}],
    [
      "every feature of Linux",
      {
        site: "ddog-gov.com",
        features: {
          apm: true,
          dogstatsd: true,
          logs: true,
          processCollection: true,
          networkPerformanceMonitoring: true,
          fipsProxy: true,
        },
      },
    ],
    [
      "every feature of Windows",
      { host: "windows", features: { apm: true, dogstatsd: true, logs: true, processCollection: true } },
    ],
    ["Windows on a government site", { host: "windows", site: "ddog-gov.com" }],
    [
      "a Linux feature, turned off on Windows",
      { host: "windows", features: { networkPerformanceMonitoring: false, fipsProxy: false } },
    ],
    ["awsvpc with subnets", AWSVPC],
    ["awsvpc with security groups", { ...AWSVPC, securityGroups: ["sg-0123456789abcdef0"] }],
    [
      "bridge on a government site without the proxy",
      { site: "ddog-gov.com", networkMode: "bridge", features: { fipsProxy: false } },
    ],
    ["ECS Anywhere in host mode", { launchType: "EXTERNAL", networkMode: "host" }],
    ["an ARN as the cluster", { cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/production" }],
    ["hosts of two operating systems", { hosts: ["windows", "amazon-linux-1"] }],
    ["a list of one host", { hosts: ["windows"] }],
    ["each source of the API key", { apiKey: { secretsManagerArn: `${ARN}:api_key::` } }],
    ["a parameter", { apiKey: { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" } }],
    ["a sensitive variable", { apiKey: { sensitiveVariable: true } }],
    [
      "the limits of numbers",
      {
        memoryMiB: 6,
        cpu: 0,
        minimumHealthyPercent: 99,
        healthCheck: { intervalSeconds: 5, timeoutSeconds: 60, retries: 10, startPeriodSeconds: 300 },
      },
    ],
    ["no health check", { healthCheck: false }],
    [
      "a secret to create",
      {
        apiKey: {
          createSecret: { name: "datadog", kmsKeyArn: KMS_KEY },
          jsonKey: "api_key",
          versionStage: "AWSPREVIOUS",
        },
      },
    ],
    ["a secret with a customer-managed KMS key", { apiKey: { secretsManagerArn: ARN, kmsKeyArn: KMS_KEY } }],
    [
      "options of roles",
      {
        createdRoles: {
          namePrefix: "x",
          path: "/a/b/",
          permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess",
        },
      },
    ],
    ["options of the one role that is created", { taskRoleArn: ROLE, createdRoles: { path: "/" } }],
    ["policies for a given role", { taskRoleArn: ROLE, attachPolicies: true }],
    ["applications' groups in awsvpc mode", { ...AWSVPC, applicationSecurityGroups: ["sg-01234567"] }],
    ["nine placement constraints", { placementConstraints: Array(9).fill({ type: "distinctInstance" }) }],
    ["a flavor of the image", { image: { tag: "7.60.0", flavor: "jmx" } }],
    ["a digest whose tag has a flavor", { image: { tag: "7-jmx", digest: DIGEST } }],
    ["a custom tag with a flavor", { image: { tag: "7.60.0-jmx" } }],
    ["the FIPS Agent, to which the proxy yields", { ...GOVERNMENT, features: { fipsAgent: true } }],
    // In bridge mode the proxy would be refused.
    [
      "the FIPS Agent by the image's flavor, to which the proxy yields",
      { ...GOVERNMENT, networkMode: "bridge", image: { flavor: "fips-jmx" } },
    ],
    [
      "the image's flavor without the FIPS Agent, elsewhere",
      { image: { flavor: "fips" }, features: { fipsAgent: false } },
    ],
    ["the first FIPS Agent", { ...GOVERNMENT, image: { tag: "7.65.0" }, features: { fipsAgent: true } }],
    ["an HTTP proxy where no FIPS proxy is", { features: { proxy: PROXY } }],
    ["an HTTP proxy with the FIPS Agent", { ...GOVERNMENT, features: { proxy: PROXY, fipsAgent: true } }],
    ["an option that needs another feature, which is on", { features: { otlp: { logs: true }, logs: {} } }],
    ["no option that needs another feature", { features: { otlp: { logs: false } } }],
    ["an old Agent without what it lacks", { image: { tag: "7.40.0" }, features: { apm: true, sbom: false } }],
    ["what must have options, off", { features: { unifiedServiceTagging: false } }],
    ["what must have options, with them", { features: { unifiedServiceTagging: { env: "production" } } }],
    ["tags in any script", { tags: { équipe: "plateforme/été:1" }, resourceTags: { "cost center": "a+b=c@d" } }],
  ])("%s", (_what, cluster) => expect(problemsOf(cluster)).toEqual([]));
});

describe("a configuration that ECS or the Agent would refuse", () => {
  it.each<[string, object, string]>([
    ["an unknown key", { netwrokMode: "host" }, 'netwrokMode unknown key "netwrokMode". Did you mean "networkMode"?'],
    [
      "an unknown key without a neighbour",
      { healthCheck: { xyz: 1 } },
      'healthCheck.xyz unknown key "xyz". The known keys are command, intervalSeconds, timeoutSeconds, retries and startPeriodSeconds.',
    ],
    ...["circuitBreaker", "deploymentCircuitBreaker", "deployment_circuit_breaker"].map(
      (key): [string, object, string] => [
        `${key}, which daemons don't have`,
        { [key]: { enable: true, rollback: true } },
        `${key} doesn't apply to daemons: ECS computes the circuit breaker's threshold from the desired count, which a daemon service doesn't have. Use \`minimumHealthyPercent\``,
      ],
    ),
    [
      "alarms, whose rollback Terraform would undo",
      { alarms: { enable: true, alarmNames: ["a"] } },
      "alarms aren't supported: after a rollback by ECS the service would differ from Terraform's state",
    ],
    ["an unknown feature", { features: { trace: true } }, 'features.trace unknown key "trace". The closest of'],
    [
      "an option of a feature without options",
      { features: { processCollection: { a: 1 } } },
      'features.processCollection.a unknown key "a". Nothing can be set here.',
    ],
    ["an unknown site", { site: "datadoghq.org" }, 'got "datadoghq.org". Did you mean "datadoghq.com"?'],
    ["an unknown host", { host: "ubuntu" }, 'host must be linux, amazon-linux-1 or windows, got "ubuntu".'],
    [
      "an unknown host in a list",
      { hosts: ["ubuntu"] },
      'hosts[0] must be linux, amazon-linux-1 or windows, got "ubuntu".',
    ],
    ["a host where a list is expected", { hosts: "linux" }, 'hosts must be a list, got "linux".'],
    ["an empty list of hosts", { hosts: [] }, "hosts must name at least one host, got an empty list."],
    ["a host twice", { hosts: ["linux", "windows", "linux"] }, 'hosts[2] must be listed only once, got "linux".'],
    [
      "two hosts of one operating system",
      { hosts: ["amazon-linux-1", "windows", "linux"] },
      'hosts[2] must have another operating system than amazon-linux-1, because two daemons would need the same ports on every instance (add an entry for each, with its own serviceName and placementConstraints), got "linux".',
    ],
    [
      "Fargate",
      { launchType: "FARGATE" },
      'launchType must be EC2 or EXTERNAL, got "FARGATE". Fargate has no instances',
    ],
    [
      "a toggle of the wrong type",
      { features: { apm: "yes" } },
      'features.apm must be true, false or a map of options, got "yes".',
    ],
    [
      "options of the wrong type",
      { features: { apm: { port: "yes" } } },
      'features.apm.port must be true or false, got "yes".',
    ],
    [
      "a list as a toggle",
      { features: { apm: [] } },
      "features.apm must be true, false or a map of options, got an empty list.",
    ],
    [
      "network monitoring on Windows",
      { host: "windows", features: { networkPerformanceMonitoring: true } },
      "features.networkPerformanceMonitoring must be off on the host windows: it needs a host that lets containers trace the Linux kernel.",
    ],
    [
      "network monitoring on ECS Anywhere",
      { launchType: "EXTERNAL", features: { networkPerformanceMonitoring: true } },
      "features.networkPerformanceMonitoring needs `launchType` EC2, got EXTERNAL: ",
    ],
    [
      "the FIPS proxy on Windows",
      { host: "windows", site: "ddog-gov.com", features: { fipsProxy: true } },
      "features.fipsProxy must be off on the host windows: it needs a host that runs Linux containers.",
    ],
    [
      "the FIPS proxy on a commercial site",
      { features: { fipsProxy: true } },
      "features.fipsProxy needs `site` ddog-gov.com or us2.ddog-gov.com, got datadoghq.com: ",
    ],
    [
      "the FIPS proxy in bridge mode",
      { site: "ddog-gov.com", networkMode: "bridge", features: { fipsProxy: {} } },
      "features.fipsProxy needs `networkMode` host or awsvpc, got bridge: the Agent accepts a FIPS proxy on localhost only",
    ],
    [
      "the FIPS proxy, on by default, in bridge mode",
      { site: "us2.ddog-gov.com", networkMode: "bridge" },
      "networkMode conflicts with features.fipsProxy, which is on by default on this site and needs `networkMode` host or awsvpc, got bridge: ",
    ],
    [
      "sockets on Windows",
      { host: "windows", features: { dogstatsd: { socket: true } } },
      "features.dogstatsd.socket must be off on the host windows: it needs a host that shares UNIX sockets between containers.",
    ],
    [
      "a receiver that nothing reaches",
      { features: { apm: { port: false } } },
      "features.apm needs `port`, `socket` or both, got neither.",
    ],
    [
      "awsvpc without subnets",
      { networkMode: "awsvpc" },
      "networkMode needs `subnets` when it is awsvpc. Add the subnet IDs, or use another network mode.",
    ],
    ["awsvpc with an empty list of subnets", { networkMode: "awsvpc", subnets: [] }, "networkMode needs `subnets`"],
    [
      "awsvpc on ECS Anywhere",
      { ...AWSVPC, launchType: "EXTERNAL" },
      "networkMode can't be awsvpc with `launchType` EXTERNAL",
    ],
    [
      "bridge on Windows",
      { host: "windows", networkMode: "bridge" },
      "networkMode must be awsvpc on the host windows, got bridge.",
    ],
    [
      "subnets in bridge mode",
      { subnets: ["subnet-01234567"] },
      "subnets needs `networkMode` awsvpc, got none: in other modes the task uses the instance's network.",
    ],
    [
      "security groups in host mode",
      { networkMode: "host", securityGroups: ["sg-01234567"] },
      "securityGroups needs `networkMode` awsvpc, got host",
    ],
    ["a malformed subnet", { ...AWSVPC, subnets: ["subnet-1"] }, 'subnets[0] must be a subnet ID, got "subnet-1".'],
    [
      "a malformed security group",
      { ...AWSVPC, securityGroups: ["sg"] },
      'securityGroups[0] must be a security group ID, got "sg".',
    ],
    [
      "too small a percentage",
      { minimumHealthyPercent: -1 },
      "minimumHealthyPercent must be a whole number of percent from 0 to 99, got the number -1.",
    ],
    [
      "too large a percentage",
      { minimumHealthyPercent: 100 },
      "minimumHealthyPercent must be a whole number of percent from 0 to 99, got the number 100.",
    ],
    ["half a percent", { minimumHealthyPercent: 0.5 }, "minimumHealthyPercent must be a whole number"],
    ["too little memory", { memoryMiB: 5 }, "memoryMiB must be a whole number of MiB from 6"],
    ["negative CPU units", { cpu: -1 }, "cpu must be a whole number of CPU units from 0"],
    ["one name for all hosts", { environment: { DD_HOSTNAME: "x" } }, "environment.DD_HOSTNAME can't be set"],
    [
      "the API key in the environment",
      { environment: { DD_API_KEY: "x" } },
      "environment.DD_API_KEY can't be set here: `apiKey` passes it to the Agent as a secret",
    ],
    [
      "a number in the environment",
      { environment: { A: 1 } },
      "environment.A must be a string, got the number 1. Put it in quotes",
    ],
    ["an empty variable", { environment: { A: "" } }, "environment.A must be text that isn't empty"],
    ["a NUL character", { environment: { A: "a\0" } }, "environment.A must be text that isn't empty"],
    [
      "text that Terraform would compose",
      { environment: { A: "e\u0301" } },
      "environment.A must be in Unicode normalization form C",
    ],
    [
      "half of a surrogate pair",
      { environment: { A: "\ud83d" } },
      "environment.A must be valid Unicode, without half of a surrogate pair",
    ],
    [
      "a malformed variable",
      { environment: { "A-B": "x" } },
      'environment.A-B must be a variable name: letters, digits and _, not starting with a digit, got "A-B".',
    ],
    [
      "an expression as a variable's name",
      { environment: { "${var.x}": "x" } },
      "environment.${var.x} must be a variable name",
    ],
    ["a tag with whitespace", { tags: { env: "a b" } }, "tags.env must be a tag value"],
    ["a tag key with a colon", { tags: { "a:b": "c" } }, "tags.a:b must be a tag key"],
    ["an AWS tag of AWS's own", { resourceTags: { "AWS:x": "y" } }, "resourceTags.AWS:x must be an AWS tag key"],
    [
      "an AWS tag value that is too long",
      { resourceTags: { a: "b".repeat(257) } },
      "resourceTags.a must be an AWS tag value of up to 256 characters",
    ],
    ["a malformed family", { family: "my family" }, "family must be a task definition family"],
    ["a malformed service name", { serviceName: "" }, "serviceName must be a service name"],
    ["a malformed stack name", { name: "../x" }, "name must be a stack name"],
    ["a malformed cluster", { cluster: "a b" }, "cluster must be the name or the ARN of an ECS cluster"],
    ["a malformed region", { region: "eu-west-1a" }, "region must be an AWS region"],
    [
      "a malformed repository",
      { image: { repository: "agent:7" } },
      "image.repository must be an image repository without tag or digest",
    ],
    ["a malformed tag of the image", { image: { tag: "a b" } }, "image.tag must be an image tag"],
    ["a malformed digest", { image: { digest: "sha256:1" } }, "image.digest must be an image digest"],
    [
      "a malformed image of the proxy",
      { site: "ddog-gov.com", features: { fipsProxy: { image: "A B" } } },
      "features.fipsProxy.image must be a container image",
    ],
    [
      "ports beyond the last",
      { site: "ddog-gov.com", features: { fipsProxy: { portRangeStart: 65_521 } } },
      "features.fipsProxy.portRangeStart must be a whole number from 1024 to 65520",
    ],
    [
      "a malformed pattern of logs",
      { features: { logs: { include: ["web"] } } },
      "features.logs.include[0] must be a pattern",
    ],
    ["a malformed role", { taskRoleArn: "agent" }, "taskRoleArn must be the ARN of an IAM role"],
    ["a malformed execution role", { executionRoleArn: "agent" }, "executionRoleArn must be the ARN of an IAM role"],
    [
      "a malformed parameter",
      { apiKey: { ssmParameterArn: "/datadog" } },
      "apiKey.ssmParameterArn must be the ARN of an SSM parameter",
    ],
    [
      "no source of the API key",
      { apiKey: {} },
      "apiKey must have exactly one of `secretsManagerArn`, `ssmParameter` and `createSecret`.",
    ],
    [
      "two sources of the API key",
      { apiKey: { secretsManagerArn: ARN, sensitiveVariable: true } },
      "apiKey.sensitiveVariable can't be combined with `secretsManagerArn`, `ssmParameter` or `createSecret`.",
    ],
    [
      "a JSON key of a parameter",
      { apiKey: { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog", jsonKey: "a" } },
      "apiKey.jsonKey needs `secretsManagerArn` or `createSecret`.",
    ],
    [
      "a version stage of a variable",
      { apiKey: { sensitiveVariable: true, versionStage: "AWSPREVIOUS" } },
      "apiKey.versionStage needs `secretsManagerArn` or `createSecret`.",
    ],
    [
      "a KMS key of a variable",
      { apiKey: { sensitiveVariable: true, kmsKeyArn: KMS_KEY } },
      "apiKey.kmsKeyArn needs `secretsManagerArn` or `ssmParameter`.",
    ],
    [
      "a version stage given twice",
      { apiKey: { secretsManagerArn: `${ARN}::AWSPREVIOUS:`, versionStage: "AWSCURRENT" } },
      "apiKey.secretsManagerArn must end with the secret's name when `jsonKey` or `versionStage` is set. Remove what follows the name.",
    ],
    [
      "a malformed KMS key",
      { apiKey: { secretsManagerArn: ARN, kmsKeyArn: "alias/x" } },
      "apiKey.kmsKeyArn must be the ARN of a KMS key",
    ],
    [
      "a malformed name of a secret",
      { apiKey: { createSecret: { name: "a b" } } },
      "apiKey.createSecret.name must be a secret name",
    ],
    [
      "a secret without a name",
      { apiKey: { createSecret: {} } },
      "apiKey.createSecret is missing the required key `name` (a string).",
    ],
    [
      "a malformed JSON key",
      { apiKey: { secretsManagerArn: ARN, jsonKey: "a:b" } },
      "apiKey.jsonKey must be a key of a JSON secret",
    ],
    [
      "a malformed version stage",
      { apiKey: { secretsManagerArn: ARN, versionStage: "a b" } },
      "apiKey.versionStage must be a version stage",
    ],
    [
      "a prefix that leaves no room for a role's name",
      { createdRoles: { namePrefix: "x".repeat(29) } },
      "createdRoles.namePrefix must be a role name prefix",
    ],
    ["a malformed path of roles", { createdRoles: { path: "team" } }, "createdRoles.path must be an IAM path"],
    [
      "a malformed permissions boundary",
      { createdRoles: { permissionsBoundaryArn: ROLE } },
      "createdRoles.permissionsBoundaryArn must be the ARN of an IAM policy",
    ],
    [
      "options of roles that are given",
      { taskRoleArn: ROLE, executionRoleArn: ROLE, createdRoles: { path: "/team/" } },
      "createdRoles can't be combined with both `taskRoleArn` and `executionRoleArn`: no role is created.",
    ],
    [
      "policies for no given role",
      { attachPolicies: true },
      "attachPolicies needs `taskRoleArn` or `executionRoleArn`: created roles always have their policies.",
    ],
    [
      "applications' groups in bridge mode",
      { applicationSecurityGroups: ["sg-01234567"] },
      "applicationSecurityGroups needs `networkMode` awsvpc",
    ],
    [
      "no group of applications",
      { ...AWSVPC, applicationSecurityGroups: [] },
      "applicationSecurityGroups must name at least one security group",
    ],
    [
      "a malformed group of applications",
      { ...AWSVPC, applicationSecurityGroups: ["web"] },
      "applicationSecurityGroups[0] must be a security group ID",
    ],
    [
      "a sensitive variable that is none",
      { apiKey: { sensitiveVariable: false } },
      "apiKey.sensitiveVariable must be true, got the boolean false.",
    ],
    [
      "a health check that is no switch",
      { healthCheck: true },
      "healthCheck must be false or a map of options, got the boolean true.",
    ],
    [
      "checks too close together",
      { healthCheck: { intervalSeconds: 4 } },
      "healthCheck.intervalSeconds must be a whole number of seconds from 5 to 300",
    ],
    [
      "too short a timeout",
      { healthCheck: { timeoutSeconds: 1 } },
      "healthCheck.timeoutSeconds must be a whole number of seconds from 2 to 60",
    ],
    ["too many retries", { healthCheck: { retries: 11 } }, "healthCheck.retries must be a whole number from 1 to 10"],
    [
      "too long a start",
      { healthCheck: { startPeriodSeconds: 301 } },
      "healthCheck.startPeriodSeconds must be a whole number of seconds from 0 to 300",
    ],
    [
      "nothing of a feature whose stand-in is refused",
      { site: "ddog-gov.com", networkMode: "bridge", features: { fipsAgent: "yes" } },
      "features.fipsAgent must be true, false or a map of options",
    ],
    ["a capability that ECS doesn't have", { capabilities: ["BPF"] }, "capabilities[0] must be ALL, AUDIT_CONTROL,"],
    [
      "capabilities on Windows",
      { host: "windows", capabilities: ["NET_ADMIN"] },
      "capabilities can't be set on the host windows: it needs a host that runs Linux containers.",
    ],
    [
      "a name for a task role that is given",
      { taskRoleArn: "arn:aws:iam::123456789012:role/task", createdRoles: { taskRoleName: "task" } },
      "createdRoles.taskRoleName can't be combined with `taskRoleArn`: that role is not created.",
    ],
    [
      "a name for an execution role that is given",
      { executionRoleArn: "arn:aws:iam::123456789012:role/task", createdRoles: { executionRoleName: "execution" } },
      "createdRoles.executionRoleName can't be combined with `executionRoleArn`: that role is not created.",
    ],
    [
      "too long a name of a role",
      { createdRoles: { taskRoleName: "x".repeat(65) } },
      "createdRoles.taskRoleName must be a role name",
    ],
    [
      "ten placement constraints",
      { placementConstraints: Array(10).fill({ type: "distinctInstance" }) },
      "placementConstraints must have at most 9 constraints",
    ],
    [
      "memberOf without a query",
      { placementConstraints: [{ type: "memberOf" }] },
      "placementConstraints[0] must have an `expression` if its type is memberOf, and none if it is distinctInstance.",
    ],
    [
      "distinctInstance with a query",
      { placementConstraints: [{ type: "distinctInstance", expression: "x" }] },
      "placementConstraints[0] must have an `expression` if its type is memberOf, and none if it is distinctInstance.",
    ],
    [
      "an empty query",
      { placementConstraints: [{ type: "memberOf", expression: "" }] },
      "placementConstraints[0].expression must be a cluster query",
    ],
    [
      "a constraint without a type",
      { placementConstraints: [{}] },
      "placementConstraints[0] is missing the required key `type` (memberOf or distinctInstance).",
    ],
    [
      "a constraint of an unknown type",
      { placementConstraints: [{ type: "spread" }] },
      'placementConstraints[0].type must be memberOf or distinctInstance, got "spread".',
    ],
  ])("%s", (_what, cluster, problem) => {
    expect(problemsOf(cluster)).toEqual([expect.stringContaining(problem) as string]);
  });

  it.each<[string, object, string]>([
    ["text as a number", { cpu: "x" }, 'cpu must be a number, got "x".'],
    ["a list as text", { family: [] }, "family must be a string, got an empty list."],
    ["a number as a map", { image: 5 }, "image must be a map, got the number 5."],
    ["a number as a list", { subnets: 5 }, "subnets must be a list, got the number 5."],
    ["text as a switch", { waitForSteadyState: "yes" }, 'waitForSteadyState must be true or false, got "yes".'],
    ["a boolean as text", { family: true }, "family must be a string, got the boolean true. Put it in quotes."],
    ["a number as text", { family: 5 }, "family must be a string, got the number 5. Put it in quotes."],
    ["no text as text", { family: null }, "family must be a string, got an empty value."],
    ["a number as a word", { launchType: 5 }, "launchType must be EC2 or EXTERNAL, got the number 5."],
    [
      "a toggle without a value",
      { features: { apm: null } },
      "features.apm must be true, false or a map of options, got an empty value.",
    ],
    [
      "options of the health check of the wrong type",
      { healthCheck: { retries: "x" } },
      'healthCheck.retries must be a number, got "x".',
    ],
    [
      "too much memory of the proxy",
      { site: "ddog-gov.com", features: { fipsProxy: { memoryMiB: 5 } } },
      "features.fipsProxy.memoryMiB must be a whole number of MiB from 6 to 25165824, got the number 5.",
    ],
    [
      "negative CPU units of the proxy",
      { site: "ddog-gov.com", features: { fipsProxy: { cpu: -1 } } },
      "features.fipsProxy.cpu must be a whole number of CPU units from 0 to 196608, got the number -1.",
    ],
  ])("%s, in so many words", (_what, cluster, problem) => {
    expect(problemsOf(cluster)).toEqual([problem]);
  });

  const TWO_FIPS =
    "features.fipsAgent can't be combined with `features.fipsProxy`: the FIPS Agent replaces the proxy. Set one of them to false.";
  const TWO_PROXIES =
    "features.proxy can't be combined with `features.fipsProxy`: with a FIPS proxy, the Agent ignores any other proxy. Set one of them to false.";

  it.each<[string, object, string]>([
    ["a feature and what it replaces", { ...GOVERNMENT, features: { fipsAgent: true, fipsProxy: true } }, TWO_FIPS],
    [
      "options of what is replaced",
      { ...GOVERNMENT, features: { fipsAgent: {}, fipsProxy: { portRangeStart: 10_000 } } },
      TWO_FIPS,
    ],
    [
      "what is replaced by the image's flavor",
      { ...GOVERNMENT, image: { flavor: "fips" }, features: { fipsProxy: true } },
      TWO_FIPS,
    ],
    ["features that exclude each other", { ...GOVERNMENT, features: { proxy: PROXY, fipsProxy: true } }, TWO_PROXIES],
    ["what a feature that is on by default excludes", { ...GOVERNMENT, features: { proxy: PROXY } }, TWO_PROXIES],
    [
      "an option that needs another feature, which isn't set",
      { features: { otlp: { logs: true } } },
      "features.otlp.logs needs `features.logs`, which is off. Turn it on, or remove this option.",
    ],
    [
      "an option that needs another feature, which is off",
      { features: { networkPath: { monitorConnections: true }, networkPerformanceMonitoring: false } },
      "features.networkPath.monitorConnections needs `features.networkPerformanceMonitoring`, which is off. Turn it on, or remove this option.",
    ],
    [
      "a flavor with a digest",
      { image: { flavor: "jmx", digest: DIGEST } },
      "image.flavor can't be combined with `image.digest`: the digest replaces the tag and its flavor.",
    ],
    [
      "a flavor with a tag that has one",
      { image: { flavor: "jmx", tag: "7.60.0-jmx" } },
      "image.tag must be a version without a flavor, since `image.flavor` adds one, got 7.60.0-jmx.",
    ],
    [
      "an unknown flavor",
      { image: { flavor: "ubi" } },
      'image.flavor must be jmx, full, fips, fips-jmx or fips-full, got "ubi".',
    ],
    [
      "the FIPS Agent with a tag that has a flavor",
      { ...GOVERNMENT, image: { tag: "7-jmx" }, features: { fipsAgent: true } },
      "image.tag must not include a flavor, because `features.fipsAgent` adds one, got 7-jmx.",
    ],
    [
      "the FIPS Agent of an old image with everything",
      { ...GOVERNMENT, image: { tag: "7.77.0", flavor: "full" }, features: { fipsAgent: true } },
      "features.fipsAgent needs Agent 7.78 or later with `image.flavor` full, got `image.tag` 7.77.0: older versions have no full fips image. Use a newer tag, or remove `image.flavor`.",
    ],
    [
      "the FIPS Agent on a commercial site",
      { features: { fipsAgent: true } },
      "features.fipsAgent needs `site` ddog-gov.com or us2.ddog-gov.com, got datadoghq.com: Datadog supports it only on its government sites. Set `features.fipsAgent` to false or change `site`.",
    ],
    [
      "the FIPS Agent, on by the image's flavor, on a commercial site",
      { image: { flavor: "fips" } },
      "site conflicts with features.fipsAgent, which is on by default with this image flavor and needs `site` ddog-gov.com or us2.ddog-gov.com, got datadoghq.com: Datadog supports it only on its government sites. Set `features.fipsAgent` to false or change `site`.",
    ],
    [
      "the FIPS Agent, on by the image's flavor, on Windows",
      { ...GOVERNMENT, host: "windows", image: { flavor: "fips" } },
      "host conflicts with features.fipsAgent, which is on by default with this image flavor and must be off on the host windows: it needs a host that runs Linux containers.",
    ],
    [
      "a tag from before the FIPS Agent",
      { ...GOVERNMENT, image: { tag: "7.64.3" }, features: { fipsAgent: true } },
      "features.fipsAgent needs Agent 7.65 or later, got `image.tag` 7.64.3. Use a newer tag, or turn it off.",
    ],
    [
      "a tag from before the FIPS Agent, which is on by the image's flavor",
      { ...GOVERNMENT, image: { tag: "7.64.3", flavor: "fips" } },
      "image conflicts with features.fipsAgent, which is on by default with this image flavor and needs Agent 7.65 or later, got `image.tag` 7.64.3. Use a newer tag, or turn it off.",
    ],
    [
      "a tag from before an option that is on",
      { image: { tag: "7.47.0" }, features: { otlp: { logs: true }, logs: true } },
      "features.otlp.logs needs Agent 7.48 or later, got `image.tag` 7.47.0. Use a newer tag, or turn it off.",
    ],
    [
      "a switch for what must have options",
      { features: { unifiedServiceTagging: true } },
      "features.unifiedServiceTagging must be false or a map of options, got the boolean true.",
    ],
    [
      "what must have options without them",
      { features: { unifiedServiceTagging: {} } },
      "features.unifiedServiceTagging is missing the required key `env` (a string).",
    ],
    [
      "a switch for what refuses its defaults",
      { features: { proxy: true } },
      "features.proxy needs `http`, `https` or both, got neither. Add one, or set the feature to false.",
    ],
  ])("%s, between features, image and options", (_what, cluster, problem) => {
    expect(problemsOf(cluster)).toEqual([problem]);
  });

  it("shows every problem of a feature's options, unknown ones included", () => {
    expect(problemsOf({ features: { apm: { port: "yes", prot: true } } })).toEqual([
      'features.apm.port must be true or false, got "yes".',
      'features.apm.prot unknown key "prot". Did you mean "port"?',
    ]);
  });

  const ofPrototypes = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");

  it.each(ofPrototypes)("reads %s as an ordinary key", (word) => {
    expect(problemsOf({ launchType: word })).toEqual([`launchType must be EC2 or EXTERNAL, got "${word}".`]);
    expect(problemsOf({ features: { [word]: true } })).toEqual([
      expect.stringMatching(`^features.${word} unknown key "${word}"`) as string,
    ]);
    expect(problemsOf({ image: { tag: { [word]: "x" } } })).toEqual(["image.tag must be a string, got a map."]);
    expect(problemsOf({ launchType: { [word]: "x" } })).toEqual(["launchType must be EC2 or EXTERNAL, got a map."]);
  });

  it.each<[where: string, cluster: string]>([
    ["tags.__proto__", '{ "tags": { "__proto__": "x" } }'],
    ["environment.__proto__", '{ "environment": { "__proto__": { "A": "x" } } }'],
    ["resourceTags.__proto__", '{ "resourceTags": { "__proto__": "x" } }'],
    ["features.apm.__proto__", '{ "features": { "apm": { "__proto__": { "port": false } } } }'],
    ["provider.endpoints.__proto__", '{ "provider": { "endpoints": { "__proto__": "https://ecs.example" } } }'],
    [
      "placementConstraints[0].__proto__",
      '{ "placementConstraints": [{ "type": "distinctInstance", "__proto__": 1 }] }',
    ],
    ["__proto__", '{ "__proto__": { "cpu": 1 } }'],
  ])("refuses the key %s instead of leaving it out", (path, cluster) => {
    expect(problemsOf(JSON.parse(cluster) as object)).toEqual([`${path} unknown key "__proto__". Remove it.`]);
  });

  it("looks for refused keys only in plain maps, because props can have cycles", () => {
    const construct = new (class {
      readonly self = this;
    })();
    const map: Record<string, unknown> = { construct };
    map.map = map;
    expect(
      check(catalog, catalog.schemas.daemon, { cluster: "a", apiKey: { secretsManagerArn: ARN }, tags: map }).problems,
    ).toHaveLength(2);
  });

  it("names a refused key at any depth", () => {
    const deep = z.strictObject({
      one: z.strictObject({ two: z.record(key("a small letter", /^[a-z]$/), z.string()) }),
    });
    expect(checkShape(deep, { one: { two: { A: "x" } } }, new Set()).problems).toMatchObject([
      { path: ["one", "two", "A"], message: 'must be a small letter, got "A".' },
    ]);
  });

  it("shows the problems of several keys", () => {
    expect(
      problemsOf({
        host: "windows",
        cpu: -1,
        features: { apm: { socket: 1 }, dogstatsd: { socket: true }, fipsProxy: true },
      }),
    ).toEqual([
      expect.stringContaining("features.apm.socket must be true or false") as string,
      expect.stringContaining("cpu must be") as string,
      expect.stringContaining("features.dogstatsd.socket must be off on the host windows") as string,
      expect.stringContaining("features.fipsProxy must be off on the host windows") as string,
      expect.stringContaining("features.fipsProxy needs `site`") as string,
    ]);
  });

  it("skips rules that read a refused value", () => {
    expect(problemsOf({ networkMode: "awsvpc", subnets: ["x"] })).toEqual([
      expect.stringContaining("subnets[0]") as string,
    ]);
    expect(problemsOf({ launchType: "FARGATE", features: { networkPerformanceMonitoring: true } })).toHaveLength(1);
    expect(problemsOf({ features: { otlp: { logs: true }, logs: "yes" } })).toEqual([
      expect.stringContaining("features.logs must be true, false") as string,
    ]);
    expect(problemsOf({ image: { tag: "7.1.0", flavor: "ubi" }, features: { sbom: true } })).toHaveLength(1);
  });
});

describe("props", () => {
  it("may hold tokens and expressions wherever text has a form", () => {
    const token = "${TfToken[TOKEN.7]}";
    const { problems } = check(catalog, catalog.schemas.daemon, {
      cluster: token,
      apiKey: { secretsManagerArn: `${token}:api_key::` },
      taskRoleArn: "${aws_iam_role.agent.arn}",
      networkMode: "awsvpc",
      subnets: ["#{TfToken[TOKEN.8]}"],
      memoryMiB: -1.8881545897087626e289,
      tags: { env: "${var.env}" },
    });
    expect(problems).toBeUndefined();
  });

  it("take a sensitive variable by reference only", () => {
    const check_ = (sensitiveVariable: string) =>
      check(catalog, catalog.schemas.daemon, { cluster: "a", apiKey: { sensitiveVariable } }).problems;
    expect(check_("${var.api_key}")).toBeUndefined();
    expect(check_("0123456789abcdef0123456789abcdef")).toMatchObject([
      {
        path: ["apiKey", "sensitiveVariable"],
        message:
          "must be a reference to a sensitive Terraform variable, never the key itself, got a string of length 32 (not shown: it may be a secret).",
      },
    ]);
  });

  it("need a cluster and an API key", () => {
    expect(check(catalog, catalog.schemas.daemon, {}).problems).toMatchObject([
      { path: [], message: "is missing the required key `cluster` (a string).", refused: ["cluster"] },
      { path: [], message: "is missing the required key `apiKey` (a map).", refused: ["apiKey"] },
    ]);
  });

  it.each([[undefined], [null], ["x"], [[]]])("of the wrong shape are refused: %p", (props) => {
    expect(check(catalog, catalog.schemas.daemon, props).problems).toHaveLength(1);
  });
});
