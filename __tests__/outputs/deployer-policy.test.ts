import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformJson } from "../../lib/constructs/terraform-json";
import { deployerPolicy } from "../../lib/outputs/deployer-policy";
import { DATA_SOURCES, RESOURCES } from "../../lib/outputs/deployer-policy/table";
import { configurationOf } from "../support/clusters";
import { ROOT } from "../support/documents";

const CLUSTER = {
  name: "production",
  cluster: "production",
  region: "eu-west-1",
  accountId: "123456789012",
  apiKey: { secretsManagerArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf" },
};

const policyOf = (...clusters: readonly object[]) => {
  const { stacks } = configurationOf(
    JSON.stringify({ clusters: clusters.map((cluster) => ({ ...CLUSTER, ...cluster })) }),
  );
  return deployerPolicy(terraformJson(stacks));
};

/** The resources of an action, and the condition under which it is allowed. */
const allowed = (action: string, ...clusters: readonly object[]) =>
  policyOf(...clusters)
    .Statement.filter(({ Action }) => Action.includes(action))
    .map(({ Resource, Condition }) => (Condition === undefined ? Resource : { Resource, Condition }));

describe("the table of permissions", () => {
  /** The types of the provider that constructs import. */
  const imported = readdirSync(join(ROOT, "lib/constructs")).flatMap((file) => {
    const text = readFileSync(join(ROOT, "lib/constructs", file), "utf8");
    return [...text.matchAll(/import \{[^}]*\} from "@cdktf\/provider-aws\/lib\/([a-z-]+)"/g)].map(
      ([, name = ""]) => name,
    );
  });
  const typeOf = (name: string) => `aws_${name.replace(/^data-aws-/, "").replaceAll("-", "_")}`;
  const isData = (name: string) => name.startsWith("data-aws-");

  it("has an entry for every resource that a stack can have, and no other", () => {
    const types = imported.filter((name) => name !== "provider" && !isData(name)).map(typeOf);
    expect([...new Set(types)].sort()).toEqual(Object.keys(RESOURCES).sort());
  });

  it("has an entry for every data source that a stack can have, and no other", () => {
    expect([...new Set(imported.filter(isData).map(typeOf))].sort()).toEqual(Object.keys(DATA_SOURCES).sort());
  });

  it("refuses a type that it doesn't have", () => {
    const stack = { resource: { aws_s3_bucket: { states: {} } } };
    expect(() => deployerPolicy([stack])).toThrow("aws_s3_bucket has no entry in the table of permissions.");
  });

  it("has no action with a wildcard", () => {
    const actions = Object.values({ ...RESOURCES, ...DATA_SOURCES }).flatMap((permissions) =>
      permissions.flatMap((permission) => permission.actions),
    );
    for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
  });
});

describe("the policy", () => {
  it("allows any resource only where AWS knows no resource of an action", () => {
    const [{ Action } = { Action: [] }, ...others] = policyOf({}).Statement.filter(({ Resource }) =>
      Resource.includes("*"),
    );
    expect(others).toEqual([]);
    expect(Action).toEqual(["ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition", "sts:GetCallerIdentity"]);
  });

  it("has the service and the revisions of the task definition by their names", () => {
    expect(allowed("ecs:UpdateService", {})).toEqual([
      ["arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent"],
    ]);
    expect(allowed("ecs:RegisterTaskDefinition", { family: "agent" })).toEqual([
      ["arn:aws:ecs:eu-west-1:123456789012:task-definition/agent:*"],
    ]);
  });

  it("passes exactly the roles of the task, and only to ECS tasks", () => {
    const Condition = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    expect(allowed("iam:PassRole", { taskRoleArn: role("task"), executionRoleArn: role("a/execution") })).toEqual([
      { Resource: [role("a/execution"), role("task")], Condition },
    ]);
    expect(allowed("iam:PassRole", {})).toEqual([
      { Resource: [role("datadog-agent-execution-*"), role("datadog-agent-task-*")], Condition },
    ]);
    const createdRoles = { path: "/team/", taskRoleName: "task", namePrefix: "x-" };
    expect(allowed("iam:PassRole", { createdRoles })).toEqual([
      { Resource: [role("team/task"), role("team/x-execution-*")], Condition },
    ]);
  });

  it("attaches only the managed policy, in the region's partition", () => {
    const at = (region: string) =>
      allowed("iam:AttachRolePolicy", { region, apiKey: { ssmParameter: "/key" }, accountId: undefined });
    const policy = "policy/service-role/AmazonECSTaskExecutionRolePolicy";
    expect(at("cn-north-1")).toEqual([
      {
        Resource: ["arn:aws-cn:iam::*:role/datadog-agent-execution-*"],
        Condition: { ArnEquals: { "iam:PolicyARN": `arn:aws-cn:iam::aws:${policy}` } },
      },
    ]);
  });

  it("creates roles only with their permissions boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    expect(allowed("iam:CreateRole", { createdRoles: { permissionsBoundaryArn } })).toMatchObject([
      { Condition: { ArnEquals: { "iam:PermissionsBoundary": permissionsBoundaryArn } } },
    ]);
    expect(allowed("iam:PutRolePermissionsBoundary", {})).toEqual([]);
  });

  it("finds the path of a given role that gets a policy", () => {
    const taskRoleArn = "arn:aws:iam::123456789012:role/agents/task";
    expect(allowed("iam:PutRolePolicy", { taskRoleArn, attachPolicies: true })).toEqual([
      [taskRoleArn, "arn:aws:iam::123456789012:role/datadog-agent-execution-*"],
    ]);
  });

  it("tags only if there are tags", () => {
    expect(allowed("ecs:TagResource", {})).toEqual([]);
    expect(allowed("ecs:TagResource", { resourceTags: { a: "b" } })).toHaveLength(1);
    expect(allowed("iam:TagRole", { provider: { defaultTags: { a: "b" } } })).toHaveLength(1);
  });

  it("uses a customer-managed key of a secret only through Secrets Manager", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/0123";
    const createSecret = { name: "datadog/key", kmsKeyArn };
    expect(allowed("kms:GenerateDataKey", { apiKey: { createSecret } })).toEqual([
      { Resource: [kmsKeyArn], Condition: { StringLike: { "kms:ViaService": "secretsmanager.eu-west-1.*" } } },
    ]);
    expect(allowed("secretsmanager:CreateSecret", { apiKey: { createSecret } })).toEqual([
      ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog/key-??????"],
    ]);
  });

  it("has the log group with and without the end that actions on streams need", () => {
    const logConfiguration = {
      logDriver: "awslogs",
      options: { "awslogs-group": "/a", "awslogs-region": "eu-west-1" },
    };
    const group = "arn:aws:logs:eu-west-1:123456789012:log-group:/a";
    expect(allowed("logs:CreateLogGroup", { logConfiguration, createLogGroup: {} })).toEqual([[group, `${group}:*`]]);
  });

  it("reads and locks the state, with the statements apart from those of the provider", () => {
    const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/0123";
    const roleArn = "arn:aws:iam::123456789012:role/state";
    const s3 = { bucket: "states", key: "{name}/*.tfstate", region: "us-gov-west-1", kmsKeyId, roleArn };
    const { Statement } = policyOf({ backend: { s3 }, provider: { assumeRole: { roleArn } } });
    const state = "arn:aws-us-gov:s3:::states/production/${*}.tfstate";
    expect(Statement.filter(({ Sid }) => Sid !== undefined).map(({ Sid, Action, Resource }) => [Sid, Action, Resource])) //
      .toEqual([
        ["AssumeRole1", ["sts:AssumeRole"], [roleArn]],
        ["TerraformState1", ["kms:Decrypt", "kms:GenerateDataKey"], [kmsKeyId]],
        ["TerraformState2", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [`${state}.tflock`]],
        ["TerraformState3", ["s3:GetObject", "s3:PutObject"], [state]],
        ["TerraformState4", ["s3:ListBucket"], ["arn:aws-us-gov:s3:::states"]],
        ["TerraformState5", ["sts:AssumeRole"], [roleArn]],
      ]);
    expect(allowed("s3:DeleteObject", { backend: { s3: { ...s3, useLockfile: false } } })).toEqual([]);
    expect(allowed("s3:GetObject", {})).toEqual([]);
  });

  it("takes what the configuration says of accounts and regions, and a wildcard for the rest", () => {
    const service = (cluster: object) =>
      allowed("ecs:CreateService", { accountId: undefined, apiKey: undefined, ...cluster });
    const name = "service/production/datadog-agent";
    expect(service({ region: undefined })).toEqual([[`arn:*:ecs:*:*:${name}`]]);
    expect(service({ provider: { allowedAccountIds: ["111111111111", "222222222222"] } })).toEqual([
      [`arn:aws:ecs:eu-west-1:111111111111:${name}`, `arn:aws:ecs:eu-west-1:222222222222:${name}`],
    ]);
    expect(service({ provider: { assumeRole: { roleArn: "arn:aws:iam::333333333333:role/deploy" } } })).toEqual([
      [`arn:aws:ecs:eu-west-1:333333333333:${name}`],
    ]);
    const cluster = "arn:aws:ecs:us-east-1:444444444444:cluster/production";
    expect(service({ cluster, region: undefined })).toEqual([[`arn:aws:ecs:us-east-1:444444444444:${name}`]]);
    expect(service({ cluster: undefined })).toEqual([["arn:aws:ecs:eu-west-1:*:service/*/datadog-agent"]]);
  });

  it("asks for the deployments of a service that Terraform waits for", () => {
    const service = "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent";
    expect(allowed("ecs:ListServiceDeployments", { waitForSteadyState: true })).toEqual([
      [service.replace("service/", "service-deployment/") + "/*", service],
    ]);
    expect(allowed("ecs:ListServiceDeployments", {})).toEqual([]);
  });

  it("is one for all stacks, without repeating a statement", () => {
    const { Statement } = policyOf({}, { name: "other", cluster: "other" });
    expect(Statement).toHaveLength(policyOf({}).Statement.length);
    expect(Statement.find(({ Action }) => Action.includes("ecs:UpdateService"))?.Resource).toEqual([
      "arn:aws:ecs:eu-west-1:123456789012:service/other/datadog-agent",
      "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent",
    ]);
  });

  it("has each action on a resource once", () => {
    const { Statement } = policyOf({});
    const listing = Statement.filter(({ Action }) => Action.includes("iam:ListAttachedRolePolicies"));
    expect(listing).toHaveLength(1);
  });
});
