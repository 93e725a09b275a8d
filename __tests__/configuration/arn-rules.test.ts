import { catalog } from "../../lib/catalog";
import { arnProblems } from "../../lib/configuration/arn-rules";
import { scopeOfOptions } from "../../lib/core/evaluate";
import { formatPath } from "../../lib/core/problem";
import { problemsOfRule } from "../../lib/core/rule";

const cluster = (partition: string, region: string) => `arn:${partition}:ecs:${region}:123456789012:cluster/production`;
const secret = (partition: string, region: string) =>
  `arn:${partition}:secretsmanager:${region}:123456789012:secret:datadog-AbCdEf`;
const kmsKey = (partition: string, region: string) => `arn:${partition}:kms:${region}:123456789012:key/01234567`;
const role = (partition: string) => `arn:${partition}:iam::123456789012:role/agent`;

const adopt = (partition: string, region: string, ...[taskPartition, taskRegion]: string[]) => ({
  serviceArn: `arn:${partition}:ecs:${region}:123456789012:service/production/datadog-agent`,
  ...(taskPartition && {
    taskDefinitionArn: `arn:${taskPartition}:ecs:${taskRegion}:123456789012:task-definition/datadog-agent-task:1`,
  }),
});

const ACCOUNT = "123456789012";
const OTHER = "210987654321";
const ofOther = (arn: string) => arn.replace(ACCOUNT, OTHER);

const betweenTwo = catalog.rules.filter(({ holds }) => holds.$ === "sameArnPart");
const problemsOf = (settings: Record<string, unknown>) =>
  [
    ...arnProblems(catalog, settings),
    ...betweenTwo.flatMap((rule) => problemsOfRule(rule, scopeOfOptions(settings))),
  ].map(({ path, message }) => `${formatPath(path)} ${message}`);

describe("ARNs that match", () => {
  it.each<[string, Record<string, unknown>]>([
    ["none", { region: "eu-west-1", cluster: "production" }],
    ["of the region", { region: "eu-west-1", cluster: cluster("aws", "eu-west-1"), taskRoleArn: role("aws") }],
    ["of GovCloud", { region: "us-gov-west-1", apiKey: { secretsManagerArn: secret("aws-us-gov", "us-gov-west-1") } }],
    ["of China", { region: "cn-north-1", executionRoleArn: role("aws-cn") }],
    ["of one partition without a region", { cluster: cluster("aws-cn", "cn-north-1"), taskRoleArn: role("aws-cn") }],
    [
      "a secret of another region, which ECS can read",
      { region: "eu-west-1", apiKey: { secretsManagerArn: secret("aws", "us-east-1") } },
    ],
    [
      "a KMS key with its secret",
      { apiKey: { secretsManagerArn: secret("aws", "us-east-1"), kmsKeyArn: kmsKey("aws", "us-east-1") } },
    ],
    [
      "of the account",
      {
        accountId: ACCOUNT,
        cluster: cluster("aws", "eu-west-1"),
        taskRoleArn: role("aws"),
        executionRoleArn: role("aws"),
        provider: { assumeRole: { roleArn: role("aws") } },
      },
    ],
    [
      "a secret and its key of another account, which may share them",
      {
        accountId: ACCOUNT,
        apiKey: {
          secretsManagerArn: ofOther(secret("aws", "eu-west-1")),
          kmsKeyArn: ofOther(kmsKey("aws", "eu-west-1")),
        },
      },
    ],
    [
      "an adopted service with its task definition",
      { region: "eu-west-1", accountId: ACCOUNT, adopt: adopt("aws", "eu-west-1", "aws", "eu-west-1") },
    ],
    [
      "resources of an adopted service, without region and account",
      {
        adopt: adopt("aws-cn", "cn-north-1", "aws-cn", "cn-north-1"),
        cluster: cluster("aws-cn", "cn-north-1"),
        taskRoleArn: role("aws-cn"),
      },
    ],
    ["a name, which is of the account", { accountId: ACCOUNT, cluster: "production" }],
    ["an account that only Terraform knows", { accountId: "${var.account}", taskRoleArn: ofOther(role("aws")) }],
    ["of another account, where none is given", { taskRoleArn: role("aws"), executionRoleArn: ofOther(role("aws")) }],
    ["what only Terraform knows", { region: "${var.region}", cluster: "${var.cluster}", taskRoleArn: role("aws-cn") }],
  ])("%s", (_what, settings) => expect(problemsOf(settings)).toEqual([]));
});

describe("ARNs that don't match", () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      "a commercial secret in a GovCloud region",
      { region: "us-gov-west-1", apiKey: { secretsManagerArn: secret("aws", "us-east-1") } },
      "apiKey.secretsManagerArn is in partition aws, but region is in partition aws-us-gov. Use the same partition in both.",
    ],
    [
      "a parameter of China in a commercial region",
      { region: "eu-west-1", apiKey: { ssmParameterArn: "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a" } },
      "apiKey.ssmParameterArn is in partition aws-cn, but region is in partition aws. Use the same partition in both.",
    ],
    [
      "roles of two partitions",
      { taskRoleArn: role("aws"), executionRoleArn: role("aws-us-gov") },
      "executionRoleArn is in partition aws-us-gov, but taskRoleArn is in partition aws. Use the same partition in both.",
    ],
    [
      "a boundary of another partition",
      { region: "cn-north-1", createdRoles: { permissionsBoundaryArn: "arn:aws:iam::aws:policy/A" } },
      "createdRoles.permissionsBoundaryArn is in partition aws, but region is in partition aws-cn. Use the same partition in both.",
    ],
    [
      "a KMS key of another partition for the secret that is created",
      { region: "eu-west-1", apiKey: { createSecret: { name: "a", kmsKeyArn: kmsKey("aws-cn", "cn-north-1") } } },
      "apiKey.createSecret.kmsKeyArn is in partition aws-cn, but region is in partition aws. Use the same partition in both.",
    ],
    [
      "a cluster of another region",
      { region: "eu-west-1", cluster: cluster("aws", "us-east-1") },
      "cluster is in us-east-1, but region is eu-west-1. Use the same region in both.",
    ],
    [
      "a KMS key of another region than its secret",
      { apiKey: { secretsManagerArn: secret("aws", "eu-west-1"), kmsKeyArn: kmsKey("aws", "us-east-1") } },
      "apiKey.kmsKeyArn must be in the same region as `secretsManagerArn`.",
    ],
    [
      "a KMS key of another region than its parameter",
      {
        apiKey: {
          ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/a",
          kmsKeyArn: kmsKey("aws", "us-east-1"),
        },
      },
      "apiKey.kmsKeyArn must be in the same region as `ssmParameterArn`.",
    ],
    [
      "an adopted service in another region",
      { region: "eu-west-1", adopt: adopt("aws", "us-east-1") },
      "adopt.serviceArn is in us-east-1, but region is eu-west-1. Use the same region in both.",
    ],
    [
      "an adopted service in another partition",
      { taskRoleArn: role("aws-cn"), adopt: adopt("aws", "eu-west-1") },
      "taskRoleArn is in partition aws-cn, but adopt.serviceArn is in partition aws. Use the same partition in both.",
    ],
    [
      "an adopted service in another account",
      { accountId: OTHER, adopt: adopt("aws", "eu-west-1") },
      "adopt.serviceArn is in account 123456789012, but accountId is 210987654321. Use the same account in both.",
    ],
    [
      "a task definition of another region than its service",
      { adopt: adopt("aws", "eu-west-1", "aws", "us-east-1") },
      "adopt.taskDefinitionArn is in us-east-1, but adopt.serviceArn is in eu-west-1. Use the same region in both.",
    ],
    [
      "a task definition of another account than its service",
      {
        adopt: {
          ...adopt("aws", "eu-west-1"),
          taskDefinitionArn: `arn:aws:ecs:eu-west-1:${OTHER}:task-definition/datadog-agent-task:1`,
        },
      },
      "adopt.taskDefinitionArn is in account 210987654321, but adopt.serviceArn is in account 123456789012. Use the same account in both.",
    ],
    [
      "a cluster of another region than the adopted service",
      { cluster: cluster("aws", "us-east-1"), adopt: adopt("aws", "eu-west-1") },
      "cluster is in us-east-1, but adopt.serviceArn is in eu-west-1. Use the same region in both.",
    ],
    [
      "a role of another account than the adopted service",
      { taskRoleArn: ofOther(role("aws")), adopt: adopt("aws", "eu-west-1") },
      "taskRoleArn is in account 210987654321, but adopt.serviceArn is in account 123456789012. Use the same account in both.",
    ],
    [
      "a cluster of another account",
      { accountId: ACCOUNT, cluster: ofOther(cluster("aws", "eu-west-1")) },
      "cluster is in account 210987654321, but accountId is 123456789012. Use the same account in both.",
    ],
    [
      "a task role of another account",
      { accountId: ACCOUNT, taskRoleArn: ofOther(role("aws")) },
      "taskRoleArn is in account 210987654321, but accountId is 123456789012. Use the same account in both.",
    ],
    [
      "an execution role of another account",
      { accountId: ACCOUNT, executionRoleArn: ofOther(role("aws")) },
      "executionRoleArn is in account 210987654321, but accountId is 123456789012. Use the same account in both.",
    ],
    [
      "a role of another account that deploys",
      { accountId: ACCOUNT, provider: { assumeRole: { roleArn: ofOther(role("aws")) } } },
      "provider.assumeRole.roleArn is in account 210987654321, but accountId is 123456789012. Use the same account in both.",
    ],
    [
      "a role of another partition that deploys",
      { region: "us-gov-west-1", provider: { assumeRole: { roleArn: role("aws") } } },
      "provider.assumeRole.roleArn is in partition aws, but region is in partition aws-us-gov. Use the same partition in both.",
    ],
  ])("%s", (_what, settings, problem) => expect(problemsOf(settings)).toEqual([problem]));
});
