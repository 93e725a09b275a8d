import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const ROLE = "arn:aws:iam::123456789012:role/agent";
const SUBNETS = ["subnet-01234567"];
const GROUPS = ["sg-01234567"];
const BRIDGE_WITH_PROXY = { site: "ddog-gov.com", networkMode: "bridge" };

/** The paths of the problems of a cluster. */
function problemsAt(cluster: object): string[] {
  const { problems = [] } = check(catalog, catalog.schemas.cluster, { name: "a", ...cluster });
  return problems.map(({ path }) => path.join("."));
}

describe("a value that the schema refuses", () => {
  it.each<[string, object, string]>([
    ["features on another site", { site: "x", features: { fipsProxy: true } }, "site"],
    [
      "a feature's network mode",
      { ...BRIDGE_WITH_PROXY, features: { fipsProxy: { cpu: "x" } } },
      "features.fipsProxy.cpu",
    ],
    ["features that are on by default", { ...BRIDGE_WITH_PROXY, features: 5 }, "features"],
    ["a feature's options", { features: { apm: { port: false, socket: "x" } } }, "features.apm.socket"],
    ["subnets", { networkMode: "x", subnets: SUBNETS }, "networkMode"],
    ["security groups", { networkMode: "x", securityGroups: GROUPS }, "networkMode"],
    ["groups of applications", { networkMode: "x", applicationSecurityGroups: GROUPS }, "networkMode"],
    ["the network mode", { networkMode: "awsvpc", subnets: "x" }, "subnets"],
    ["sources of the API key", { apiKey: { secretsManagerArn: "x" } }, "apiKey.secretsManagerArn"],
    ["details of the API key", { apiKey: { sensitiveVariable: true, jsonKey: 1 } }, "apiKey.jsonKey"],
    ["details of its secret", { apiKey: { secretsManagerArn: "x", jsonKey: "a" } }, "apiKey.secretsManagerArn"],
    [
      "the need of roles' options",
      { taskRoleArn: ROLE, executionRoleArn: ROLE, createdRoles: { x: 1 } },
      "createdRoles.x",
    ],
    ["policies for the Agent's role", { attachPolicies: true, taskRoleArn: "x" }, "taskRoleArn"],
    ["policies for the execution role", { attachPolicies: true, executionRoleArn: "x" }, "executionRoleArn"],
    [
      "queries of constraints",
      { placementConstraints: [{ type: "memberOf", expression: 1 }] },
      "placementConstraints.0.expression",
    ],
  ])("tells nothing about %s", (_what, cluster, refused) => {
    expect(problemsAt(cluster)).toEqual([refused]);
  });

  it.each<[string, object, string]>([
    ["the network mode of a host", { host: "windows", networkMode: "bridge" }, "networkMode"],
    [
      "the network mode of ECS Anywhere",
      { launchType: "EXTERNAL", networkMode: "awsvpc", subnets: SUBNETS },
      "networkMode",
    ],
    ["missing subnets", { networkMode: "awsvpc" }, "networkMode"],
    ["subnets", { subnets: SUBNETS }, "subnets"],
    ["security groups", { securityGroups: GROUPS }, "securityGroups"],
    ["groups of applications", { applicationSecurityGroups: GROUPS }, "applicationSecurityGroups"],
    ["sources of the API key", { apiKey: {} }, "apiKey"],
    ["details of the API key", { apiKey: { sensitiveVariable: true, jsonKey: "a" } }, "apiKey.jsonKey"],
    [
      "the end of a secret's ARN",
      { apiKey: { secretsManagerArn: `${ARN}:a::`, jsonKey: "a" } },
      "apiKey.secretsManagerArn",
    ],
    ["options of roles", { taskRoleArn: ROLE, executionRoleArn: ROLE, createdRoles: { path: "/a/" } }, "createdRoles"],
    ["policies for given roles", { attachPolicies: true }, "attachPolicies"],
    ["variables", { environment: { DD_HOSTNAME: "a" } }, "environment.DD_HOSTNAME"],
    ["constraints", { placementConstraints: [{ type: "memberOf" }] }, "placementConstraints.0"],
    [
      "a feature",
      { launchType: "EXTERNAL", features: { networkPerformanceMonitoring: true } },
      "features.networkPerformanceMonitoring",
    ],
  ])("hides no problem about %s", (_what, cluster, path) => {
    expect(problemsAt({ ...cluster, cpu: -1 })).toEqual(["cpu", path]);
  });

  it.each<[string, object, string]>([
    ["an item of a list", { networkMode: "host", securityGroups: ["x"] }, "securityGroups.0"],
    ["one of several items", { networkMode: "host", securityGroups: [...GROUPS, "x"] }, "securityGroups.1"],
    ["a variable", { networkMode: "host", environment: { A: 1, B: "b" } }, "environment.A"],
    [
      "an option of a feature",
      { networkMode: "host", features: { logs: { include: ["x"] } } },
      "features.logs.include.0",
    ],
  ])("hides no problem elsewhere where it is %s", (_what, cluster, refused) => {
    expect(problemsAt({ ...cluster, subnets: SUBNETS })).toEqual([refused, "subnets"]);
  });
});

it("a variable that is refused hides no problem of another one", () => {
  expect(problemsAt({ environment: { A: 1, DD_HOSTNAME: "a" } })).toEqual(["environment.A", "environment.DD_HOSTNAME"]);
  expect(problemsAt({ environment: 5 })).toEqual(["environment"]);
});

describe("roles that are given", () => {
  it.each<[string, object]>([
    ["both, without options of roles", { taskRoleArn: ROLE, executionRoleArn: ROLE }],
    ["the Agent's, with options for the other", { taskRoleArn: ROLE, createdRoles: { path: "/a/" } }],
    ["the execution role, with options for the other", { executionRoleArn: ROLE, createdRoles: { path: "/a/" } }],
    ["the Agent's, with policies to attach", { taskRoleArn: ROLE, attachPolicies: true }],
    ["the execution role, with policies to attach", { executionRoleArn: ROLE, attachPolicies: true }],
  ])("may be %s", (_what, cluster) => {
    expect(problemsAt(cluster)).toEqual([]);
  });
});

describe("props that are undefined", () => {
  it("are not set, and give no source of the API key", () => {
    expect(problemsAt({ apiKey: { secretsManagerArn: ARN, ssmParameterArn: undefined } })).toEqual([]);
    expect(problemsAt({ apiKey: { secretsManagerArn: undefined } })).toEqual(["apiKey"]);
  });
});
