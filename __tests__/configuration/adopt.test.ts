import { adoptedService } from "../../lib/configuration/adopt";
import { check } from "../../lib/configuration/check";
import { clusterSchema, daemonSchema, moduleSchema } from "../../lib/configuration/schema";
import { formatPath } from "../../lib/core/problem";

const CLUSTER_ARN = "arn:aws:ecs:eu-west-1:123456789012:cluster/production";
const SERVICE_ARN = "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent";
const taskDefinition = (family: string) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/${family}:7`;

const ADOPTED = { name: "a", cluster: CLUSTER_ARN, adopt: { serviceArn: SERVICE_ARN } };

const problemsOf = (cluster: object) =>
  (check(clusterSchema, { ...ADOPTED, ...cluster }).problems ?? []).map(
    ({ path, message }) => `${formatPath(path)} ${message}`,
  );

it("an ARN of GovCloud says which cluster and which service it is", () => {
  expect(adoptedService("arn:aws-us-gov:ecs:us-gov-west-1:123456789012:service/a-b/c_d")).toEqual({
    cluster: "a-b",
    clusterArn: "arn:aws-us-gov:ecs:us-gov-west-1:123456789012:cluster/a-b",
    service: "c_d",
    importId: "a-b/c_d",
  });
});

describe("a service that is taken over", () => {
  it.each<[string, object]>([
    ["with the names that are the default", {}],
    ["with a name of its own", { serviceName: "agent", adopt: { serviceArn: SERVICE_ARN.replace("datadog-", "") } }],
    [
      "with its task definition",
      { adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: taskDefinition("datadog-agent-task") } },
    ],
    [
      "with a task definition of its own family",
      { family: "agent", adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: taskDefinition("agent") } },
    ],
    ["with another family, whose revisions it will have", { family: "agent" }],
    ["in its region and account", { region: "eu-west-1", accountId: "123456789012" }],
  ])("is accepted %s", (_what, cluster) => expect(problemsOf(cluster)).toEqual([]));

  const anyOther = (got: string) =>
    `adopt.serviceArn must come with the cluster ${CLUSTER_ARN}, got ${got}: Terraform imports the service with the ARN of its cluster and replaces it where \`cluster\` is any other text, the cluster's name included. Set \`cluster\` to that ARN, and leave it so.`;

  it.each<[string, object, readonly string[]]>([
    ["without its cluster", { cluster: undefined }, [anyOther("none")]],
    ["with the name of its cluster", { cluster: "production" }, [anyOther('"production"')]],
    [
      "with another cluster",
      { cluster: CLUSTER_ARN.replace("production", "reproduction") },
      [anyOther('"arn:aws:ecs:eu-west-1:123456789012:cluster/reproduction"')],
    ],
    [
      "with another name",
      { serviceName: "agent" },
      [
        'adopt.serviceArn must come with the serviceName datadog-agent, got "agent": Terraform replaces a service to rename it. Set `serviceName` to datadog-agent.',
      ],
    ],
    [
      "with a task definition of another family",
      { adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: taskDefinition("datadog") } },
      [
        'adopt.taskDefinitionArn must come with the family datadog, got "datadog-agent-task": the next revision would be the first of another family. Set `family` to datadog, or leave taskDefinitionArn out.',
      ],
    ],
    [
      "from another region, which is told once",
      { region: "us-east-1" },
      [
        "cluster must be of the region us-east-1 like region, got eu-west-1.",
        "adopt.serviceArn must be of the region us-east-1 like region, got eu-west-1.",
      ],
    ],
    ["without its ARN", { adopt: {} }, ["adopt must have `serviceArn` (text), got none."]],
  ])("is refused %s", (_what, cluster, expected) => expect(problemsOf(cluster)).toEqual(expected));

  it("is refused with its short ARN, and told how to come to the long one", () => {
    const serviceArn = "arn:aws:ecs:eu-west-1:123456789012:service/datadog-agent";
    expect(problemsOf({ adopt: { serviceArn } })).toEqual([
      `adopt.serviceArn must be the long ARN of an ECS service, \`arn:aws:ecs:<region>:<account>:service/<cluster>/<service>\` (migrate a service with a short one, without the cluster, as https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-arn-migration.html says), got ${JSON.stringify(serviceArn)}.`,
    ]);
  });

  it("is told all that is wrong with it at once", () => {
    const cluster = {
      cluster: "production",
      serviceName: "agent",
      adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: "datadog-agent-task:7" },
    };
    expect(problemsOf(cluster)).toEqual([
      expect.stringContaining("adopt.taskDefinitionArn must be the ARN of a task definition with its revision"),
      anyOther('"production"'),
      expect.stringContaining("adopt.serviceArn must come with the serviceName datadog-agent"),
    ]);
  });

  it("isn't judged by what is refused itself", () => {
    const adopt = { serviceArn: SERVICE_ARN.replace("datadog-", ""), taskDefinitionArn: taskDefinition("agent") };
    expect(problemsOf({ cluster: "my cluster", serviceName: "my agent", family: "my agent", adopt })).toEqual([
      expect.stringContaining("cluster must be the name or the ARN of an ECS cluster"),
      expect.stringContaining("family must be a task definition family"),
      expect.stringContaining("serviceName must be a service name"),
    ]);
  });
});

it.each([
  ["a module", moduleSchema, { name: "a" }],
  ["the construct", daemonSchema, { cluster: CLUSTER_ARN, apiKey: { sensitiveVariable: "${var.api_key}" } }],
])("%s takes over nothing", (_what, schema, given) => {
  expect(check(schema, given).problems).toBeUndefined();
  expect(check(schema, { ...given, adopt: ADOPTED.adopt }).problems).toMatchObject([{ path: ["adopt"] }]);
});
