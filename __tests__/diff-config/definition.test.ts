import { readDefinition } from "../../lib/diff-config/definition";
import { definitionJson } from "../support/definitions";

const KEY = "0123456789abcdef0123456789abcdef";

function refusalOf(text: string): string {
  try {
    readDefinition(text, "task.json");
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const problem = (message: string, place = "") => `task.json: 1 problem\n\n  ${place && `${place}\n    `}${message}`;

const NO_TASK_DEFINITION =
  "must be a task definition: what `aws ecs describe-task-definition` prints, or a file for " +
  "`aws ecs register-task-definition`. It has neither `taskDefinition` nor `containerDefinitions`.";
const NO_AGENT = "must have the Agent's container: one named datadog-agent, or one with an image of Datadog's Agent.";

describe("readDefinition", () => {
  it("reads what ECS describes and what it is given, tags and all", () => {
    const given = { ...definitionJson(), tags: [{ key: "team", value: "a" }] };
    const { tags, ...taskDefinition } = given;
    const read = readDefinition(JSON.stringify(given), "");
    expect(read).toMatchObject({ family: "datadog-agent-task", tags: [{ key: "team", value: "a" }] });
    expect(readDefinition(JSON.stringify({ taskDefinition, tags }), "")).toEqual(read);
  });

  it("takes null for nothing, and what ECS has by default for said", () => {
    const container = { name: "datadog-agent", image: "agent", environment: null, cpu: null, mountPoints: [null] };
    const { containerDefinitions, volumes } = readDefinition(
      JSON.stringify({ containerDefinitions: [container], volumes: null }),
      "",
    );
    expect(volumes).toEqual([]);
    expect(containerDefinitions[0]).toMatchObject({ environment: [], cpu: 0, essential: true, mountPoints: [] });
  });

  it("reads text that Windows has marked as UTF-8", () => {
    expect(readDefinition(`\uFEFF${JSON.stringify(definitionJson())}`, "").family).toBe("datadog-agent-task");
  });

  it.each<[string, string, string]>([
    ["nothing", "", problem("must be JSON, got nothing. The AWS CLI prints it with --output json.")],
    [
      "what isn't JSON",
      `{\n  "a": 1,\n  ${KEY}\n}`,
      problem("must be JSON, but isn't from line 3, column 3 on. The AWS CLI prints it with --output json."),
    ],
    ["a key alone", KEY, expect.stringContaining("must be JSON") as string],
    ["a list", "[1]", problem(NO_TASK_DEFINITION)],
    ["a text", `"${KEY}"`, problem(NO_TASK_DEFINITION)],
    ["a map of something else", `{"services":["${KEY}"]}`, problem(NO_TASK_DEFINITION)],
    ["what has no containers", `{"taskDefinition":{"family":"${KEY}"}}`, problem(NO_TASK_DEFINITION)],
    [
      "an empty list of containers",
      `{"containerDefinitions":[]}`,
      problem("must not be an empty list.", "containerDefinitions"),
    ],
    [
      "containers without an Agent",
      `{"containerDefinitions":[{"name":"${KEY}","image":"nginx"}]}`,
      problem(NO_AGENT, "containerDefinitions"),
    ],
    [
      "a number for a name",
      `{"taskDefinition":{"containerDefinitions":[{"name":1}]}}`,
      problem("must be text.", "taskDefinition.containerDefinitions[0].name"),
    ],
    [
      "a limit that is a list",
      `{"cpu":["${KEY}"],"containerDefinitions":[{"name":"datadog-agent"}]}`,
      problem("must be text or a number.", "cpu"),
    ],
    [
      "a scope that isn't one",
      `{"volumes":[{"dockerVolumeConfiguration":{"scope":"${KEY}"}}],"containerDefinitions":[{"name":"datadog-agent"}]}`,
      problem("must be task or shared.", "volumes[0].dockerVolumeConfiguration.scope"),
    ],
  ])("refuses %s, without its text", (_what, text, message) => {
    const refusal = refusalOf(text);
    expect(refusal).toEqual(message);
    expect(refusal).not.toContain(KEY);
  });

  it("tells all problems at once", () => {
    const refusal = refusalOf(
      `{"family":1,"containerDefinitions":[{"name":"datadog-agent","memory":"512","environment":{}}]}`,
    );
    expect(refusal).toMatch(/^task\.json: 3 problems/);
    for (const place of [
      "family\n    must be text.",
      "[0].memory\n    must be a number.",
      "[0].environment\n    must be a list.",
    ]) {
      expect(refusal).toContain(place);
    }
  });
});

describe("the Agent's container", () => {
  it.each([
    "datadog/agent",
    "datadog/agent:7",
    "gcr.io/datadoghq/agent:7.60.0-jmx",
    "public.ecr.aws/datadog/agent@sha256:0",
    "registry.datadoghq.com/agent:7",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mirror/datadog-agent:7",
  ])("is known by its image: %s", (image) => {
    const text = JSON.stringify({
      containerDefinitions: [
        { name: "a", image: "nginx" },
        { name: "b", image },
      ],
    });
    expect(refusalOf(text)).toBe("");
  });

  it.each(["datadog/agent-extra:7", "datadog/fips-proxy:1", "datadog/cluster-agent:7", "agent:7", "mydatadog/agent"])(
    "isn't one of another image: %s",
    (image) => {
      expect(refusalOf(JSON.stringify({ containerDefinitions: [{ name: "b", image }] }))).toContain(NO_AGENT);
    },
  );
});
