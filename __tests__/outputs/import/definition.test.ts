import { readDefinition } from "../../../lib/outputs/import/definition";
import { definitionJson } from "../../support/definitions";

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

const HOW = "Use the output of `aws ecs describe-task-definition --task-definition <family> --output json`.";
const NO_TASK_DEFINITION =
  "must be a task definition: the output of `aws ecs describe-task-definition`, a file for `aws ecs " +
  "register-task-definition`, a list of container definitions, a CloudFormation template in JSON, or the output of " +
  "`terraform show -json`.";
const NO_AGENT =
  "has no Agent container: none is named datadog-agent, has an image of the Datadog Agent, or has DD_API_KEY and " +
  "the Docker socket. Choose the Agent's container with --container.";

describe("readDefinition", () => {
  it("reads the formats of describe-task-definition and register-task-definition, with tags", () => {
    const given = { ...definitionJson(), tags: [{ key: "team", value: "a" }] };
    const { tags, ...taskDefinition } = given;
    const read = readDefinition(JSON.stringify(given), "");
    expect(read).toMatchObject({ family: "datadog-agent-task", tags: [{ key: "team", value: "a" }] });
    expect(readDefinition(JSON.stringify({ taskDefinition, tags }), "")).toEqual(read);
  });

  it("treats null as missing, and fills in ECS's defaults", () => {
    const container = { name: "datadog-agent", image: "agent", environment: null, cpu: null, mountPoints: [null] };
    const { containerDefinitions, volumes } = readDefinition(
      JSON.stringify({ containerDefinitions: [container], volumes: null }),
      "",
    );
    expect(volumes).toEqual([]);
    expect(containerDefinitions[0]).toMatchObject({ environment: [], cpu: 0, essential: true, mountPoints: [] });
  });

  it("reads text with a byte order mark", () => {
    expect(readDefinition(`\uFEFF${JSON.stringify(definitionJson())}`, "").family).toBe("datadog-agent-task");
  });

  it.each<[string, string, string]>([
    ["nothing", "", problem(`isn't valid JSON: it is empty. ${HOW}`)],
    [
      "what isn't JSON",
      `{\n  "a": 1,\n  ${KEY}\n}`,
      problem(`isn't valid JSON: there is an error at line 3, column 3. ${HOW}`),
    ],
    ["only a key", KEY, expect.stringContaining("isn't valid JSON") as string],
    ["a list", "[1]", problem(NO_TASK_DEFINITION)],
    ["a text", `"${KEY}"`, problem(NO_TASK_DEFINITION)],
    ["a map of something else", `{"services":["${KEY}"]}`, problem(NO_TASK_DEFINITION)],
    ["a definition without containers", `{"taskDefinition":{"family":"${KEY}"}}`, problem(NO_TASK_DEFINITION)],
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
      problem("must be a string.", "taskDefinition.containerDefinitions[0].name"),
    ],
    [
      "a limit that is a list",
      `{"cpu":["${KEY}"],"containerDefinitions":[{"name":"datadog-agent"}]}`,
      problem("must be text or a number.", "cpu"),
    ],
    [
      "an invalid scope",
      `{"volumes":[{"dockerVolumeConfiguration":{"scope":"${KEY}"}}],"containerDefinitions":[{"name":"datadog-agent"}]}`,
      problem("must be task or shared.", "volumes[0].dockerVolumeConfiguration.scope"),
    ],
  ])("refuses %s, without quoting it", (_what, text, message) => {
    const refusal = refusalOf(text);
    expect(refusal).toEqual(message);
    expect(refusal).not.toContain(KEY);
  });

  it("reports all problems at once", () => {
    const refusal = refusalOf(
      `{"family":1,"containerDefinitions":[{"name":"datadog-agent","memory":"512","environment":{}}]}`,
    );
    expect(refusal).toMatch(/^task\.json: 3 problems/);
    for (const place of [
      "family\n    must be a string.",
      "[0].memory\n    must be a number.",
      "[0].environment\n    must be a list.",
    ]) {
      expect(refusal).toContain(place);
    }
  });
});

describe("other file formats", () => {
  const agent = {
    name: "datadog-agent",
    image: "datadog/agent:7",
    environment: [{ name: "DD_SITE", value: "datadoghq.eu" }],
  };
  const web = { name: "web", image: "nginx" };

  it("reads a list of container definitions", () => {
    expect(readDefinition(JSON.stringify([web, agent]), "")).toMatchObject({
      agent: 1,
      containerDefinitions: [web, agent],
    });
  });

  const template = (environment: unknown) => ({
    Resources: {
      Cluster: { Type: "AWS::ECS::Cluster" },
      Web: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: { ContainerDefinitions: [{ Name: "web", Image: "nginx" }] },
      },
      Agent: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: {
          Family: "agent",
          NetworkMode: "host",
          ContainerDefinitions: [
            {
              Name: "datadog-agent",
              Image: "datadog/agent:7",
              Environment: environment,
              LinuxParameters: { Capabilities: { Add: ["KILL"] } },
              LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-group": "a", Upper: "b" } },
            },
          ],
          Volumes: [{ Name: "v", Host: { SourcePath: "/v" } }],
        },
      },
    },
  });

  it("reads the Agent's task definition of a CloudFormation template", () => {
    expect(readDefinition(JSON.stringify(template([{ Name: "DD_SITE", Value: "datadoghq.eu" }])), "")).toMatchObject({
      family: "agent",
      networkMode: "host",
      containerDefinitions: [
        {
          ...agent,
          linuxParameters: { capabilities: { add: ["KILL"] } },
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "a", Upper: "b" } },
        },
      ],
      volumes: [{ name: "v", host: { sourcePath: "/v" } }],
    });
  });

  it("refuses values that only CloudFormation knows", () => {
    const text = JSON.stringify(template([{ Name: "DD_SITE", Value: { "Fn::Sub": KEY } }]));
    expect(refusalOf(text)).toEqual(
      problem(
        `is a CloudFormation function, whose value isn't known. ${HOW}`,
        "Resources.Agent.Properties.containerDefinitions[0].environment[0].value",
      ),
    );
  });

  const efs = { file_system_id: "fs-1", root_directory: "/", transit_encryption: "", transit_encryption_port: 0 };
  const attributes = {
    family: "agent",
    network_mode: "host",
    cpu: "",
    container_definitions: JSON.stringify([agent]),
    placement_constraints: [{ type: "memberOf", expression: "attribute:a == b" }],
    volume: [
      { name: "v", host_path: "/v", docker_volume_configuration: [], efs_volume_configuration: [] },
      {
        name: "d",
        host_path: "",
        docker_volume_configuration: [{ scope: "shared", driver: "local", autoprovision: true }],
      },
      { name: "e", efs_volume_configuration: [{ ...efs, authorization_config: [] }] },
      {
        name: "f",
        efs_volume_configuration: [
          {
            ...efs,
            transit_encryption: "ENABLED",
            authorization_config: [{ access_point_id: "fsap-1", iam: "" }],
          },
        ],
      },
    ],
    runtime_platform: [{ operating_system_family: "LINUX", cpu_architecture: "ARM64" }],
    tags: { team: "a" },
    arn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/agent:3",
  };
  const resource = { type: "aws_ecs_task_definition", address: "aws_ecs_task_definition.agent", values: attributes };
  const other = { ...resource, values: { ...attributes, container_definitions: JSON.stringify([web]) } };

  it.each<[string, object]>([
    ["a state", { values: { root_module: { child_modules: [{ resources: [other, resource] }] } } }],
    ["a plan", { planned_values: { root_module: { resources: [resource] } } }],
    [
      "a state's file",
      { version: 4, resources: [{ type: resource.type, name: "agent", instances: [{ attributes }] }] },
    ],
  ])("reads %s from Terraform", (_what, json) => {
    expect(readDefinition(JSON.stringify(json), "")).toMatchObject({
      family: "agent",
      networkMode: "host",
      taskDefinitionArn: attributes.arn,
      containerDefinitions: [agent],
      placementConstraints: attributes.placement_constraints,
      volumes: [
        { name: "v", host: { sourcePath: "/v" } },
        { name: "d", dockerVolumeConfiguration: { scope: "shared", driver: "local", autoprovision: true } },
        { name: "e", efsVolumeConfiguration: { fileSystemId: "fs-1", rootDirectory: "/" } },
        {
          name: "f",
          efsVolumeConfiguration: {
            fileSystemId: "fs-1",
            rootDirectory: "/",
            transitEncryption: "ENABLED",
            authorizationConfig: { accessPointId: "fsap-1" },
          },
        },
      ],
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" },
      tags: [{ key: "team", value: "a" }],
    });
  });

  it("refuses a plan that doesn't know the containers yet, and several Agents", () => {
    const { container_definitions: _unknown, ...values } = attributes;
    const planned = (...resources: object[]) => JSON.stringify({ planned_values: { root_module: { resources } } });
    expect(refusalOf(planned({ ...resource, values }))).toContain("has container definitions that aren't known yet");
    expect(refusalOf(planned(resource, { ...resource, address: "b" }))).toContain(
      "must have one task definition with an Agent, got several: aws_ecs_task_definition.agent and b.",
    );
  });
});

describe("the Agent's container", () => {
  const socket = { volumes: [{ name: "s", host: { sourcePath: "/var/run/docker.sock" } }] };
  const own = (name: string) => ({
    name,
    image: "mirror/monitoring:42",
    secrets: [{ name: "DD_API_KEY", valueFrom: "arn:a" }],
    mountPoints: [{ sourceVolume: "s", containerPath: "/var/run/docker.sock" }],
  });

  it("is recognized by its API key and socket", () => {
    const containerDefinitions = [{ name: "web", image: "nginx" }, own("dd-agent")];
    expect(readDefinition(JSON.stringify({ ...socket, containerDefinitions }), "").agent).toBe(1);
  });

  it("must be named if several containers may be the Agent", () => {
    const text = JSON.stringify({ ...socket, containerDefinitions: [own("a"), own("b")] });
    expect(refusalOf(text)).toContain(
      "has several containers that may be the Agent: a and b. Choose one with --container.",
    );
    expect(readDefinition(text, "", "b").agent).toBe(1);
    expect(() => readDefinition(text, "", "c")).toThrow("has no container with the name that --container gives");
  });

  it("isn't one of Agent 5", () => {
    const containerDefinitions = [{ ...own("datadog-agent"), image: "datadog/docker-dd-agent:latest" }];
    expect(refusalOf(JSON.stringify({ ...socket, containerDefinitions }))).toContain("has Agent 5 (docker-dd-agent)");
  });

  it.each([
    "datadog/agent",
    "datadog/agent:7",
    "gcr.io/datadoghq/agent:7.60.0-jmx",
    "public.ecr.aws/datadog/agent@sha256:0",
    "registry.datadoghq.com/agent:7",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mirror/datadog-agent:7",
  ])("is recognized by its image: %s", (image) => {
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
