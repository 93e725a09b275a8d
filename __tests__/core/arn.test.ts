import {
  CLUSTER,
  ECS_NAME,
  PARAMETER,
  REGION_NAME,
  ROLE,
  SECRET,
  secretArn,
  secretValueFrom,
  SERVICE,
  TASK_DEFINITION,
} from "../../lib/core/arn";

const secret = (rest: string, partition = "aws", region = "eu-west-1") =>
  `arn:${partition}:secretsmanager:${region}:123456789012:secret:${rest}`;

describe("the form of", () => {
  it.each([
    ["a secret", SECRET, secret("datadog-AbCdEf")],
    ["a secret in a folder", SECRET, secret("monitoring/datadog@eu+1.x=_-a1B2c3")],
    ["a key of a JSON secret", SECRET, secret("datadog-AbCdEf:api_key::")],
    ["a version of a secret", SECRET, secret("datadog-AbCdEf::AWSPREVIOUS:")],
    ["a secret in GovCloud", SECRET, secret("datadog-AbCdEf", "aws-us-gov", "us-gov-west-1")],
    ["a secret in China", SECRET, secret("datadog-AbCdEf", "aws-cn", "cn-north-1")],
    ["a parameter", PARAMETER, "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog/api-key"],
    ["a role", ROLE, "arn:aws:iam::123456789012:role/agent"],
    ["a role with a path", ROLE, "arn:aws-us-gov:iam::123456789012:role/team/agents/agent"],
    ["a cluster's name", CLUSTER, "production_1"],
    ["a cluster's ARN", CLUSTER, "arn:aws:ecs:eu-west-1:123456789012:cluster/production"],
    ["a service", SERVICE, "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent"],
    ["a task definition", TASK_DEFINITION, "arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/datadog_agent:12"],
    ["the longest name", ECS_NAME, "a".repeat(255)],
    ["a region", REGION_NAME, "us-gov-west-1"],
  ])("%s is accepted", (_what, form, value) => expect(value).toMatch(form));

  it.each([
    ["a secret's name", SECRET, "datadog"],
    ["a secret without the six characters", SECRET, secret("datadog")],
    ["a secret with half a JSON suffix", SECRET, secret("datadog-AbCdEf:api_key")],
    ["another service", SECRET, "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog"],
    ["an account of 11 digits", SECRET, secret("datadog-AbCdEf").replace("123456789012", "12345678901")],
    ["text after the ARN", SECRET, `${secret("datadog-AbCdEf")}\n`],
    ["a parameter's name", PARAMETER, "/datadog/api-key"],
    ["a role with a region", ROLE, "arn:aws:iam:eu-west-1:123456789012:role/agent"],
    ["a user", ROLE, "arn:aws:iam::123456789012:user/agent"],
    ["a name with a blank", CLUSTER, "my cluster"],
    ["an empty name", CLUSTER, ""],
    ["the ARN of a service", CLUSTER, "arn:aws:ecs:eu-west-1:123456789012:service/production"],
    ["the short ARN of a service", SERVICE, "arn:aws:ecs:eu-west-1:123456789012:service/datadog-agent"],
    ["a service with too many parts", SERVICE, "arn:aws:ecs:eu-west-1:123456789012:service/a/b/c"],
    ["a service's name", SERVICE, "production/datadog-agent"],
    ["a task definition without its revision", TASK_DEFINITION, "arn:aws:ecs:eu-west-1:123456789012:task-definition/a"],
    ["a family and a revision", TASK_DEFINITION, "datadog-agent-task:3"],
    ["a name that is too long", ECS_NAME, "a".repeat(256)],
    ["a zone", REGION_NAME, "eu-west-1a"],
  ])("%s is refused", (_what, form, value) => expect(value).not.toMatch(form));

  it.each([
    [secret("datadog-AbCdEf"), secret("datadog-AbCdEf")],
    [secret("datadog-AbCdEf:api_key::"), secret("datadog-AbCdEf")],
    [secret("datadog-AbCdEf::AWSPREVIOUS:"), secret("datadog-AbCdEf")],
  ])("IAM's resource for %s is the secret itself", (valueFrom, arn) => expect(secretArn(valueFrom)).toBe(arn));

  it.each([
    [{}, secret("datadog-AbCdEf")],
    [{ jsonKey: "api_key" }, secret("datadog-AbCdEf:api_key::")],
    [{ versionStage: "AWSPREVIOUS" }, secret("datadog-AbCdEf::AWSPREVIOUS:")],
    [{ jsonKey: "api_key", versionStage: "AWSPREVIOUS" }, secret("datadog-AbCdEf:api_key:AWSPREVIOUS:")],
  ])("ECS's name for the part %j of a secret is %s", (part, valueFrom) =>
    expect(secretValueFrom(secret("datadog-AbCdEf"), part)).toBe(valueFrom),
  );
});
