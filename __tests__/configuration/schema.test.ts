import { catalog } from "../../lib/catalog";
import { check, checkShape } from "../../lib/configuration/check";

const AWSVPC = { networkMode: "awsvpc", subnets: ["subnet-01234567"] };
const APPLICATIONS = { ...AWSVPC, applicationSecurityGroups: ["sg-01234567"] };
const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

const createSecret = (name: string) => ({ apiKey: { createSecret: { name } } });
const jsonKey = (key: string) => ({ apiKey: { secretsManagerArn: ARN, jsonKey: key } });
const versionStage = (stage: string) => ({ apiKey: { secretsManagerArn: ARN, versionStage: stage } });
const memberOf = (expression: string) => ({ placementConstraints: [{ type: "memberOf", expression }] });

/** The paths at which a cluster is refused. */
function refusedAt(cluster: object): string[] {
  const { problems = [] } = check(catalog, catalog.schemas.cluster, { name: "a", ...cluster });
  return problems.map(({ path }) => path.join("."));
}

it("fills in defaults", () => {
  expect(catalog.schemas.settings.parse({})).toEqual({
    host: "linux",
    launchType: "EC2",
    site: "datadoghq.com",
    tags: {},
    environment: {},
    environmentOverrides: {},
    checks: {},
    features: {},
    capabilities: [],
    command: [],
    containerDefinition: {},
    dockerLabels: {},
    dockerSecurityOptions: [],
    dropCapabilities: [],
    entryPoint: [],
    environmentFiles: [],
    executionRoleStatements: [],
    extraHosts: [],
    kmsKeyArns: [],
    mounts: [],
    ports: [],
    readonlyRootFilesystem: false,
    secrets: {},
    sidecars: [],
    systemControls: [],
    taskDefinition: {},
    taskPlacementConstraints: [],
    taskRoleStatements: [],
    ulimits: [],
    volumes: [],
    healthCheck: {
      command: ["CMD-SHELL", "agent health"],
      intervalSeconds: 30,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 15,
    },
    image: { repository: "public.ecr.aws/datadog/agent", tag: "latest" },
    family: "datadog-agent-task",
    serviceName: "datadog-agent",
    minimumHealthyPercent: 0,
    placementConstraints: [],
    enableEcsManagedTags: false,
    enableExecuteCommand: false,
    waitForSteadyState: false,
    resourceTags: {},
    attachPolicies: false,
    createdRoles: {},
  });
});

describe("the form of a value", () => {
  it.each<[string, object]>([
    ["the longest name of a stack", { name: "a".repeat(64) }],
    ["a repository of one word", { image: { repository: "agent" } }],
    ["a repository of two words", { image: { repository: "datadog/agent" } }],
    ["a registry without a port", { image: { repository: "public.ecr.aws/datadog/agent" } }],
    ["a registry with a port", { image: { repository: "registry.example:5000/mirror/datadog/agent" } }],
    ["the longest tag of an image", { image: { tag: `7${"-".repeat(127)}` } }],
    ["a digest", { image: { digest: DIGEST } }],
    ["the longest tag key", { tags: { [`a${"1".repeat(199)}`]: "x" } }],
    ["the longest tag value", { tags: { a: "1".repeat(200) } }],
    ["the longest AWS tag key", { resourceTags: { ["1".repeat(128)]: "x" } }],
    ["the longest AWS tag value", { resourceTags: { a: "1 ".repeat(128) } }],
    ["an empty AWS tag value", { resourceTags: { a: "" } }],
    ["a variable of several lines", { environment: { _A1: "a b\n\tc" } }],
    ["the shortest ID of a subnet", { ...AWSVPC, subnets: ["subnet-01234567"] }],
    ["the longest ID of a subnet", { ...AWSVPC, subnets: [`subnet-${"0".repeat(17)}`] }],
    ["the longest ID of a security group", { ...AWSVPC, securityGroups: [`sg-${"0".repeat(17)}`] }],
    ["the longest ID of an applications' group", { ...AWSVPC, applicationSecurityGroups: [`sg-${"0".repeat(17)}`] }],
    ["the longest query", memberOf("a b\nc ".repeat(333) + "xy")],
    ["the longest name of a secret", createSecret("a/".repeat(256))],
    ["the longest version stage", versionStage("A".repeat(256))],
    ["a JSON key with a dash", jsonKey("api-key")],
    ["the longest prefix of roles", { createdRoles: { namePrefix: "x".repeat(28) } }],
    ["the root as path of roles", { createdRoles: { path: "/" } }],
    ["a deep path of roles", { createdRoles: { path: "/division/team/agents/" } }],
  ])("may be %s", (_what, cluster) => {
    expect(refusedAt(cluster)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["a name of a stack that is too long", { name: "a".repeat(65) }, "name"],
    ["a name of a stack that begins with a dash", { name: "-a" }, "name"],
    ["a repository after a blank", { image: { repository: " agent" } }, "image.repository"],
    ["a repository with an empty word", { image: { repository: "datadog//agent" } }, "image.repository"],
    ["a repository with a slash at its end", { image: { repository: "datadog/agent/" } }, "image.repository"],
    ["a tag of an image that is too long", { image: { tag: "7".repeat(129) } }, "image.tag"],
    ["text before a digest", { image: { digest: `x${DIGEST}` } }, "image.digest"],
    ["text after a digest", { image: { digest: `${DIGEST}0` } }, "image.digest"],
    ["a tag key that begins with a digit", { tags: { "1a": "x" } }, "tags.1a"],
    ["an AWS tag key with another sign", { resourceTags: { "a!": "x" } }, "resourceTags.a!"],
    ["an AWS tag key after another sign", { resourceTags: { "!a": "x" } }, "resourceTags.!a"],
    [
      "an AWS tag key that is too long",
      { resourceTags: { ["a".repeat(129)]: "x" } },
      `resourceTags.${"a".repeat(129)}`,
    ],
    ["an AWS tag value with another sign", { resourceTags: { a: "!" } }, "resourceTags.a"],
    ["a variable with a NUL character at its start", { environment: { A: "\0a" } }, "environment.A"],
    ["text before a subnet", { ...AWSVPC, subnets: ["xsubnet-01234567"] }, "subnets.0"],
    ["text after a subnet", { ...AWSVPC, subnets: ["subnet-01234567x"] }, "subnets.0"],
    ["text before a security group", { ...AWSVPC, securityGroups: ["xsg-01234567"] }, "securityGroups.0"],
    ["text after a security group", { ...AWSVPC, securityGroups: ["sg-01234567x"] }, "securityGroups.0"],
    [
      "text before an applications' group",
      { ...APPLICATIONS, applicationSecurityGroups: ["xsg-01234567"] },
      "applicationSecurityGroups.0",
    ],
    [
      "text after an applications' group",
      { ...APPLICATIONS, applicationSecurityGroups: ["sg-01234567x"] },
      "applicationSecurityGroups.0",
    ],
    ["a query that is too long", memberOf("x".repeat(2001)), "placementConstraints.0.expression"],
    ["a name of a secret that is too long", createSecret("a".repeat(513)), "apiKey.createSecret.name"],
    ["a name of a secret with a blank at its start", createSecret(" a"), "apiKey.createSecret.name"],
    ["a JSON key with a colon at its start", jsonKey(":a"), "apiKey.jsonKey"],
    ["a JSON key with a colon at its end", jsonKey("a:"), "apiKey.jsonKey"],
    ["a JSON key with a blank", jsonKey("a b"), "apiKey.jsonKey"],
    ["a version stage that is too long", versionStage("A".repeat(257)), "apiKey.versionStage"],
    ["a version stage with a blank at its start", versionStage(" A"), "apiKey.versionStage"],
    ["a prefix of roles with a blank at its start", { createdRoles: { namePrefix: " a" } }, "createdRoles.namePrefix"],
    ["a path of roles without a slash at its end", { createdRoles: { path: "/team" } }, "createdRoles.path"],
    ["a path of roles without a slash at its start", { createdRoles: { path: "team/" } }, "createdRoles.path"],
    ["a path of roles with a blank", { createdRoles: { path: "/a b/" } }, "createdRoles.path"],
    ["a path of roles with an empty part", { createdRoles: { path: "//" } }, "createdRoles.path"],
  ])("can't be %s", (_what, cluster, path) => {
    expect(refusedAt(cluster)).toEqual([path]);
  });
});

it("the secret of the API key is refused without the six characters, and the error says what is missing", () => {
  const secretsManagerArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog";
  expect(
    checkShape(catalog.schemas.cluster, { name: "a", apiKey: { secretsManagerArn } }, catalog.secretKeys).problems,
  ).toMatchObject([
    {
      path: ["apiKey", "secretsManagerArn"],
      message:
        "must be the full ARN of a Secrets Manager secret, with the six-character suffix of its name, " +
        "optionally followed by `:json-key:version-stage:version-id`, got a string of length 60 (not shown: it may be a secret).",
    },
  ]);
});
