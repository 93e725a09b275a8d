import { factsOf } from "../../lib/diff-config/facts";
import { recognizeSettings } from "../../lib/diff-config/settings";
import { hosts } from "../../lib/hosts";
import { definitionOf, type Given } from "../support/definitions";

/** What is said of a definition beside its name, its roles, its key and its features. */
function settingsOf(given: Given): Record<string, unknown> {
  const definition = definitionOf(given);
  const { name, taskRoleArn, executionRoleArn, apiKey, features, ...rest } = recognizeSettings(
    definition,
    factsOf(definition, hosts.linux),
    "linux",
    [],
  );
  expect({ name, features }).toEqual({ name: "datadog-agent", features: expect.anything() as unknown });
  return rest;
}

const agent = (keys: Record<string, unknown>): Given => ({ agent: keys });
const image = (reference: string) => agent({ image: reference });
const DIGEST = `sha256:${"0".repeat(64)}`;

describe("recognizeSettings", () => {
  it.each<[string, Given, Record<string, unknown>]>([
    ["nothing of what is as by default", {}, {}],
    [
      "the region of its ARN",
      { task: { taskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/a:1" } },
      { region: "eu-west-1" },
    ],
    [
      "no region that may be a secret",
      { task: { taskDefinitionArn: `arn:aws:ecs:eu-west-${"1".repeat(32)}:1:a` } },
      {},
    ],
    ["the family", { task: { family: "a" } }, { family: "a" }],
    ["ECS Anywhere", { task: { requiresCompatibilities: ["EXTERNAL"] } }, { launchType: "EXTERNAL" }],
    ["EC2 where both are possible", { task: { requiresCompatibilities: ["EC2", "EXTERNAL"] } }, {}],
    ["the site", { environment: { DD_SITE: "datadoghq.eu" } }, { site: "datadoghq.eu" }],
    ["no site that isn't one", { environment: { DD_SITE: "example.com" } }, {}],
    ["tags", { environment: { DD_TAGS: "team:a  url:b:c" } }, { tags: { team: "a", url: "b:c" } }],
    ["no tags without keys", { environment: { DD_TAGS: "team:a b" } }, {}],
    ["no tags twice", { environment: { DD_TAGS: "team:a team:b" } }, {}],
    ["a repository without a tag", image("datadog/agent"), { image: { repository: "datadog/agent" } }],
    ["a repository with a port", image("a:5000/agent"), { image: { repository: "a:5000/agent" } }],
    ["a tag", image("public.ecr.aws/datadog/agent:7.60.0"), { image: { tag: "7.60.0" } }],
    ["a flavor", image("public.ecr.aws/datadog/agent:7-fips-jmx"), { image: { tag: "7", flavor: "fips-jmx" } }],
    ["a flavor of the latest", image("public.ecr.aws/datadog/agent:latest-jmx"), { image: { flavor: "jmx" } }],
    [
      "a tag that only looks like a flavor",
      image("public.ecr.aws/datadog/agent:7-full-jmx"),
      { image: { tag: "7-full-jmx" } },
    ],
    [
      "a flavor that the vendor hasn't of the latest",
      image("public.ecr.aws/datadog/agent:latest-fips"),
      { image: { tag: "latest-fips" } },
    ],
    ["a digest", image(`datadog/agent:7@${DIGEST}`), { image: { repository: "datadog/agent", digest: DIGEST } }],
    ["the container's limits", agent({ cpu: 10, memory: 256 }), { cpu: 10, memoryMiB: 256 }],
    [
      "the task's limits",
      { task: { cpu: "1 vCPU", memory: "1GB" }, agent: { cpu: null, memory: null } },
      { cpu: 1024, memoryMiB: 1024 },
    ],
    ["the container's before the task's", { task: { cpu: "1024" }, agent: { cpu: 10 } }, { cpu: 10 }],
    ["no limit of CPU", agent({ cpu: null }), { cpu: 0 }],
    ["no health check", agent({ healthCheck: null }), { healthCheck: false }],
    [
      "times of a health check",
      agent({ healthCheck: { command: ["CMD", "x"], interval: 60, timeout: 6, retries: 4 } }),
      { healthCheck: { intervalSeconds: 60, timeoutSeconds: 6, retries: 4, startPeriodSeconds: 0 } },
    ],
    [
      "constraints beside that of the system",
      { task: { placementConstraints: [{ type: "memberOf", expression: "attribute:a==b" }] } },
      { placementConstraints: [{ type: "memberOf", expression: "attribute:a == b" }] },
    ],
    ["AWS tags", { task: { tags: [{ key: "team", value: "a" }] } }, { resourceTags: { team: "a" } }],
    [
      "nothing of what may be a secret",
      {
        task: {
          family: "0123456789abcdef0123456789abcdef",
          tags: [{ key: "0123456789abcdef0123456789abcdef", value: "a" }],
        },
      },
      {},
    ],
  ])("has %s", (_what, given, settings) => {
    expect(settingsOf(given)).toEqual(settings);
  });

  const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";

  it.each<[string, Record<string, string> | undefined]>([
    [ARN, { secretsManagerArn: ARN }],
    [`${ARN}:::`, { secretsManagerArn: ARN }],
    [`${ARN}:api_key::`, { secretsManagerArn: ARN, jsonKey: "api_key" }],
    [`${ARN}::AWSPREVIOUS:`, { secretsManagerArn: ARN, versionStage: "AWSPREVIOUS" }],
    [`${ARN}:a:b:`, { secretsManagerArn: ARN, jsonKey: "a", versionStage: "b" }],
    [`${ARN}:a::c`, { secretsManagerArn: `${ARN}:a::c` }],
    [
      "arn:aws:ssm:eu-west-1:123456789012:parameter/a",
      { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/a" },
    ],
    ["<REPLACE var.api_key_secret_arn>", undefined],
    ["0123456789abcdef0123456789abcdef", undefined],
  ])("finds the API key at %s", (valueFrom, apiKey) => {
    const definition = definitionOf(agent({ secrets: [{ name: "DD_API_KEY", valueFrom }] }));
    const settings = recognizeSettings(definition, factsOf(definition, hosts.linux), "linux", []);
    expect(settings.apiKey).toEqual(apiKey);
  });

  it("turns off what would be on by itself, and what is named to be off", () => {
    const definition = definitionOf({ environment: { DD_REMOTE_CONFIGURATION_ENABLED: "false" } });
    const { features } = recognizeSettings(definition, factsOf(definition, hosts.linux), "linux", []);
    expect(features).toEqual({ fipsProxy: false, fipsAgent: false, remoteConfiguration: false });
  });
});
