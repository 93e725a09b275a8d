import { catalog } from "../../../lib/catalog";
import type { Host } from "../../../lib/core/host";
import { factsOf } from "../../../lib/outputs/import/facts";
import { entryOf, recognizeSettings } from "../../../lib/outputs/import/settings";
import { sourceOf } from "../../../lib/outputs/import/source";
import { definitionOf, type Given } from "../../support/definitions";

/** The settings that are recognized without features. */
function entryOfGiven(given: Given): Record<string, unknown> {
  const definition = definitionOf(given);
  const original = factsOf(definition, catalog.hosts.linux as Host);
  const source = sourceOf({ catalog, definition, hostName: "linux", original, name: "datadog-agent" }, []);
  return entryOf(source, recognizeSettings(source));
}

/** The recognized settings except the name, roles, key and features. */
function settingsOf(given: Given): Record<string, unknown> {
  const { name, taskRoleArn, executionRoleArn, apiKey, features, ...rest } = entryOfGiven(given);
  expect({ name, features }).toEqual({ name: "datadog-agent", features: expect.anything() as unknown });
  return rest;
}

const agent = (keys: Record<string, unknown>): Given => ({ agent: keys });
const image = (reference: string) => agent({ image: reference });
const DIGEST = `sha256:${"0".repeat(64)}`;

describe("recognizeSettings", () => {
  it.each<[string, Given, Record<string, unknown>]>([
    ["no default values", {}, {}],
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
    ["EC2 if both are possible", { task: { requiresCompatibilities: ["EC2", "EXTERNAL"] } }, {}],
    ["the site", { environment: { DD_SITE: "datadoghq.eu" } }, { site: "datadoghq.eu" }],
    ["an invalid site, which the loader rejects", { environment: { DD_SITE: "example.com" } }, { site: "example.com" }],
    ["tags", { environment: { DD_TAGS: "team:a  url:b:c" } }, { tags: { team: "a", url: "b:c" } }],
    ["no tags without keys", { environment: { DD_TAGS: "team:a b" } }, {}],
    ["no duplicate tags", { environment: { DD_TAGS: "team:a team:b" } }, {}],
    ["a repository without a tag", image("datadog/agent"), { image: { repository: "datadog/agent" } }],
    ["a repository with a port", image("a:5000/agent"), { image: { repository: "a:5000/agent" } }],
    ["a tag", image("public.ecr.aws/datadog/agent:7.60.0"), { image: { tag: "7.60.0" } }],
    ["a flavor", image("public.ecr.aws/datadog/agent:7-fips-jmx"), { image: { tag: "7", flavor: "fips-jmx" } }],
    ["a flavor of latest", image("public.ecr.aws/datadog/agent:latest-jmx"), { image: { flavor: "jmx" } }],
    [
      "a tag that only looks like a flavor",
      image("public.ecr.aws/datadog/agent:7-full-jmx"),
      { image: { tag: "7-full-jmx" } },
    ],
    [
      "a flavor that latest doesn't have",
      image("public.ecr.aws/datadog/agent:latest-fips"),
      { image: { tag: "latest-fips" } },
    ],
    ["a digest", image(`datadog/agent:7@${DIGEST}`), { image: { repository: "datadog/agent", digest: DIGEST } }],
    ["the container's limits", agent({ cpu: 10, memory: 256 }), { cpu: 10, memoryMiB: 256 }],
    [
      "the task's limits",
      { task: { cpu: "1 vCPU", memory: "1GB" }, agent: { cpu: null, memory: null } },
      { cpu: 0, taskDefinition: { cpu: "1 vCPU", memory: "1GB" } },
    ],
    [
      "the container's in addition to the task's",
      { task: { cpu: "1024" }, agent: { cpu: 10 } },
      { cpu: 10, taskDefinition: { cpu: "1024" } },
    ],
    ["no limit of CPU", agent({ cpu: null }), { cpu: 0 }],
    ["no health check", agent({ healthCheck: null }), { healthCheck: false }],
    [
      "a health check",
      agent({ healthCheck: { command: ["CMD", "x"], interval: 60, timeout: 6, retries: 4 } }),
      {
        healthCheck: {
          command: ["CMD", "x"],
          intervalSeconds: 60,
          timeoutSeconds: 6,
          retries: 4,
          startPeriodSeconds: 0,
        },
      },
    ],
    [
      "constraints in addition to the operating system",
      { task: { placementConstraints: [{ type: "memberOf", expression: "attribute:a==b" }] } },
      { taskPlacementConstraints: ["attribute:a==b"] },
    ],
    ["AWS tags", { task: { tags: [{ key: "team", value: "a" }] } }, { resourceTags: { team: "a" } }],
    [
      "nothing that may be a secret",
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
      { ssmParameter: "arn:aws:ssm:eu-west-1:123456789012:parameter/a" },
    ],
    ["<REPLACE var.api_key_secret_arn>", undefined],
    ["0123456789abcdef0123456789abcdef", undefined],
  ])("finds the API key in %s", (valueFrom, apiKey) => {
    expect(entryOfGiven(agent({ secrets: [{ name: "DD_API_KEY", valueFrom }] })).apiKey).toEqual(apiKey);
  });

  it("turns off features that would be on by default or that the definition turns off", () => {
    const { features } = entryOfGiven({ environment: { DD_REMOTE_CONFIGURATION_ENABLED: "false" } });
    expect(features).toEqual({ fipsProxy: false, fipsAgent: false, remoteConfiguration: false });
  });
});
