import { arnProblems } from "../../lib/configuration/arn-rules";
import { formatPath } from "../../lib/core/problem";

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

const problemsOf = (settings: Record<string, unknown>) =>
  arnProblems(settings).map(({ path, message }) => `${formatPath(path)} ${message}`);

describe("ARNs that can be meant together", () => {
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
      "a KMS key beside its secret",
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
      "a service that is taken over, with its task definition",
      { region: "eu-west-1", accountId: ACCOUNT, adopt: adopt("aws", "eu-west-1", "aws", "eu-west-1") },
    ],
    [
      "what a service that is taken over uses, where region and account are left open",
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

describe("ARNs that can't be meant together", () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      "a commercial secret in a GovCloud region",
      { region: "us-gov-west-1", apiKey: { secretsManagerArn: secret("aws", "us-east-1") } },
      "apiKey.secretsManagerArn must be of the partition aws-us-gov like region, got aws.",
    ],
    [
      "a parameter of China in a commercial region",
      { region: "eu-west-1", apiKey: { ssmParameterArn: "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a" } },
      "apiKey.ssmParameterArn must be of the partition aws like region, got aws-cn.",
    ],
    [
      "roles of two partitions",
      { taskRoleArn: role("aws"), executionRoleArn: role("aws-us-gov") },
      "executionRoleArn must be of the partition aws like taskRoleArn, got aws-us-gov.",
    ],
    [
      "a boundary of another partition",
      { region: "cn-north-1", createdRoles: { permissionsBoundaryArn: "arn:aws:iam::aws:policy/A" } },
      "createdRoles.permissionsBoundaryArn must be of the partition aws-cn like region, got aws.",
    ],
    [
      "a KMS key of another partition for the secret that is created",
      { region: "eu-west-1", apiKey: { createSecret: { name: "a", kmsKeyArn: kmsKey("aws-cn", "cn-north-1") } } },
      "apiKey.createSecret.kmsKeyArn must be of the partition aws like region, got aws-cn.",
    ],
    [
      "a cluster of another region",
      { region: "eu-west-1", cluster: cluster("aws", "us-east-1") },
      "cluster must be of the region eu-west-1 like region, got us-east-1.",
    ],
    [
      "a KMS key of another region than its secret",
      { apiKey: { secretsManagerArn: secret("aws", "eu-west-1"), kmsKeyArn: kmsKey("aws", "us-east-1") } },
      "apiKey.kmsKeyArn must be of the region eu-west-1 like apiKey.secretsManagerArn, got us-east-1.",
    ],
    [
      "a KMS key of another region than its parameter",
      {
        apiKey: {
          ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/a",
          kmsKeyArn: kmsKey("aws", "us-east-1"),
        },
      },
      "apiKey.kmsKeyArn must be of the region eu-west-1 like apiKey.ssmParameterArn, got us-east-1.",
    ],
    [
      "a service of another region that is taken over",
      { region: "eu-west-1", adopt: adopt("aws", "us-east-1") },
      "adopt.serviceArn must be of the region eu-west-1 like region, got us-east-1.",
    ],
    [
      "a service of another partition that is taken over",
      { taskRoleArn: role("aws-cn"), adopt: adopt("aws", "eu-west-1") },
      "taskRoleArn must be of the partition aws like adopt.serviceArn, got aws-cn.",
    ],
    [
      "a service of another account that is taken over",
      { accountId: OTHER, adopt: adopt("aws", "eu-west-1") },
      "adopt.serviceArn must be of the account 210987654321 like accountId, got 123456789012.",
    ],
    [
      "a task definition of another region than its service",
      { adopt: adopt("aws", "eu-west-1", "aws", "us-east-1") },
      "adopt.taskDefinitionArn must be of the region eu-west-1 like adopt.serviceArn, got us-east-1.",
    ],
    [
      "a task definition of another account than its service",
      {
        adopt: {
          ...adopt("aws", "eu-west-1"),
          taskDefinitionArn: `arn:aws:ecs:eu-west-1:${OTHER}:task-definition/datadog-agent-task:1`,
        },
      },
      "adopt.taskDefinitionArn must be of the account 123456789012 like adopt.serviceArn, got 210987654321.",
    ],
    [
      "a cluster of another region than the service that is taken over",
      { cluster: cluster("aws", "us-east-1"), adopt: adopt("aws", "eu-west-1") },
      "cluster must be of the region eu-west-1 like adopt.serviceArn, got us-east-1.",
    ],
    [
      "a role of another account than the service that is taken over",
      { taskRoleArn: ofOther(role("aws")), adopt: adopt("aws", "eu-west-1") },
      "taskRoleArn must be of the account 123456789012 like adopt.serviceArn, got 210987654321.",
    ],
    [
      "a cluster of another account",
      { accountId: ACCOUNT, cluster: ofOther(cluster("aws", "eu-west-1")) },
      "cluster must be of the account 123456789012 like accountId, got 210987654321.",
    ],
    [
      "a task role of another account",
      { accountId: ACCOUNT, taskRoleArn: ofOther(role("aws")) },
      "taskRoleArn must be of the account 123456789012 like accountId, got 210987654321.",
    ],
    [
      "an execution role of another account",
      { accountId: ACCOUNT, executionRoleArn: ofOther(role("aws")) },
      "executionRoleArn must be of the account 123456789012 like accountId, got 210987654321.",
    ],
    [
      "a role of another account that deploys",
      { accountId: ACCOUNT, provider: { assumeRole: { roleArn: ofOther(role("aws")) } } },
      "provider.assumeRole.roleArn must be of the account 123456789012 like accountId, got 210987654321.",
    ],
    [
      "a role of another partition that deploys",
      { region: "us-gov-west-1", provider: { assumeRole: { roleArn: role("aws") } } },
      "provider.assumeRole.roleArn must be of the partition aws-us-gov like region, got aws.",
    ],
  ])("%s", (_what, settings, problem) => expect(problemsOf(settings)).toEqual([problem]));
});
