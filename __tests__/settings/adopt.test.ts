import { catalog } from "../../lib/catalog";
import { adoptedService } from "../../lib/settings/adopt";
import { check } from "../../lib/configuration/check";
import { formatPath } from "../../lib/core/problem";

const CLUSTER_ARN = "arn:aws:ecs:eu-west-1:123456789012:cluster/production";
const SERVICE_ARN = "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent";
const taskDefinition = (family: string) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/${family}:7`;

const ADOPTED = { name: "a", cluster: CLUSTER_ARN, adopt: { serviceArn: SERVICE_ARN } };

const problemsOf = (cluster: object) =>
  (check(catalog, catalog.schemas.cluster, { ...ADOPTED, ...cluster }).problems ?? []).map(
    ({ path, message }) => `${formatPath(path)} ${message}`,
  );

it("the cluster and the service are parsed from a GovCloud ARN", () => {
  expect(adoptedService("arn:aws-us-gov:ecs:us-gov-west-1:123456789012:service/a-b/c_d")).toEqual({
    cluster: "a-b",
    clusterArn: "arn:aws-us-gov:ecs:us-gov-west-1:123456789012:cluster/a-b",
    service: "c_d",
    importId: "a-b/c_d",
  });
});

describe("an adopted service", () => {
  it.each<[string, object]>([
    ["with the default names", {}],
    ["with a custom name", { serviceName: "agent", adopt: { serviceArn: SERVICE_ARN.replace("datadog-", "") } }],
    [
      "with its task definition",
      { adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: taskDefinition("datadog-agent-task") } },
    ],
    [
      "with a task definition of a custom family",
      { family: "agent", adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: taskDefinition("agent") } },
    ],
    ["with another family, without taskDefinitionArn", { family: "agent" }],
    ["in its region and account", { region: "eu-west-1", accountId: "123456789012" }],
  ])("is accepted %s", (_what, cluster) => expect(problemsOf(cluster)).toEqual([]));

  const anyOther = (got: string) =>
    `adopt.serviceArn needs \`cluster\` ${CLUSTER_ARN}, got ${got}: Terraform replaces the service if \`cluster\` is anything else, even the cluster's name. Set \`cluster\` to that ARN and keep it.`;

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
        'adopt.serviceArn needs `serviceName` datadog-agent, got "agent": Terraform replaces a service to rename it. Set `serviceName` to datadog-agent.',
      ],
    ],
    [
      "with a task definition of another family",
      { adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: taskDefinition("datadog") } },
      [
        'adopt.taskDefinitionArn needs `family` datadog, got "datadog-agent-task": the next revision would start another family. Set `family` to datadog, or remove taskDefinitionArn.',
      ],
    ],
    [
      "from another region, which is reported once",
      { region: "us-east-1" },
      [
        "cluster is in eu-west-1, but region is us-east-1. Use the same region in both.",
        "adopt.serviceArn is in eu-west-1, but region is us-east-1. Use the same region in both.",
      ],
    ],
    ["without its ARN", { adopt: {} }, ["adopt is missing the required key `serviceArn` (a string)."]],
  ])("is refused %s", (_what, cluster, expected) => expect(problemsOf(cluster)).toEqual(expected));

  it("is refused with a short ARN, with a link to the migration guide", () => {
    const serviceArn = "arn:aws:ecs:eu-west-1:123456789012:service/datadog-agent";
    expect(problemsOf({ adopt: { serviceArn } })).toEqual([
      `adopt.serviceArn must be the long ARN of an ECS service, \`arn:aws:ecs:<region>:<account>:service/<cluster>/<service>\` (to migrate a service with a short ARN, see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-arn-migration.html), got ${JSON.stringify(serviceArn)}.`,
    ]);
  });

  it("reports all problems at once", () => {
    const cluster = {
      cluster: "production",
      serviceName: "agent",
      adopt: { serviceArn: SERVICE_ARN, taskDefinitionArn: "datadog-agent-task:7" },
    };
    expect(problemsOf(cluster)).toEqual([
      expect.stringContaining("adopt.taskDefinitionArn must be the ARN of a task definition with its revision"),
      anyOther('"production"'),
      expect.stringContaining("adopt.serviceArn needs `serviceName` datadog-agent"),
    ]);
  });

  it("isn't compared with values that are refused themselves", () => {
    const adopt = { serviceArn: SERVICE_ARN.replace("datadog-", ""), taskDefinitionArn: taskDefinition("agent") };
    expect(problemsOf({ cluster: "my cluster", serviceName: "my agent", family: "my agent", adopt })).toEqual([
      expect.stringContaining("cluster must be the name or the ARN of an ECS cluster"),
      expect.stringContaining("family must be a task definition family"),
      expect.stringContaining("serviceName must be a service name"),
    ]);
  });
});

it.each([
  ["a module", catalog.schemas.module, { name: "a" }],
  ["the construct", catalog.schemas.daemon, { cluster: CLUSTER_ARN, apiKey: { sensitiveVariable: "${var.api_key}" } }],
])("%s can't adopt a service, and isn't checked for it", (_what, schema, given) => {
  expect(check(catalog, schema, given).problems).toBeUndefined();
  expect(check(catalog, schema, { ...given, adopt: ADOPTED.adopt }).problems).toMatchObject([{ path: ["adopt"] }]);
});
