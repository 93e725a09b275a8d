import { catalog } from "../../../lib/catalog";
import { differencesBetween, factsOfCluster } from "../../../lib/outputs/import/differences";
import { factsOf } from "../../../lib/outputs/import/facts";
import { linux } from "../../../lib/hosts/linux";
import { clusterOf } from "../../support/clusters";
import { definitionOf, type Given } from "../../support/definitions";

/** Between a definition and the generated one without features. */
function differences(given: Given, base: Given = {}) {
  const [original, generated] = [given, base].map((each) => factsOf(definitionOf(each), linux));
  return differencesBetween(original as typeof generated & object, generated as typeof generated & object);
}

const AGENT = "containerDefinitions[datadog-agent]";

describe("what isn't a difference", () => {
  it.each<[string, Given, Given?]>([
    ["nothing at all", {}],
    [
      "fields that ECS adds to its description",
      {
        task: {
          revision: 3,
          status: "ACTIVE",
          compatibilities: ["EC2"],
          registeredAt: "now",
          requiresAttributes: [{}],
          taskDefinitionArn: "arn",
        },
      },
    ],
    [
      "lists and maps that are empty",
      {
        task: { ipcMode: null, inferenceAccelerators: [] },
        agent: { portMappings: [], systemControls: [], dockerLabels: {}, user: "" },
      },
    ],
    [
      "ECS's defaults",
      {
        task: { networkMode: "bridge", enableFaultInjection: false },
        agent: { essential: true, privileged: false, stopTimeout: 0, versionConsistency: "enabled" },
      },
    ],
    [
      "a health check's times that ECS sets",
      {
        agent: {
          healthCheck: {
            command: ["CMD-SHELL", "agent health"],
            interval: 30,
            timeout: 5,
            retries: 3,
            startPeriod: 15,
          },
        },
      },
    ],
    ["the tag latest", { agent: { image: "a:5000/agent" } }, { agent: { image: "a:5000/agent:latest" } }],
    ["the order of tags", { environment: { DD_TAGS: "b:1  a:2" } }, { environment: { DD_TAGS: "a:2 b:1" } }],
    ["a boolean in upper case", { environment: { DD_A: "True" } }, { environment: { DD_A: "true" } }],
    ["a digit for a boolean", { environment: { DD_A: "0" } }, { environment: { DD_A: "false" } }],
    [
      "a volume's name",
      {
        task: { volumes: [{ name: "x", host: { sourcePath: "/a" } }] },
        agent: { mountPoints: [{ sourceVolume: "x", containerPath: "/b/" }] },
      },
      { base: { "/b": ["/a/", "read-write"] } },
    ],
    [
      "the host port in network mode host",
      { task: { networkMode: "host" }, agent: { portMappings: [{ containerPort: 1 }] } },
      { task: { networkMode: "host" }, agent: { portMappings: [{ containerPort: 1, hostPort: 1, protocol: "tcp" }] } },
    ],
    [
      "units of the task's limits",
      { task: { cpu: "1 vCPU", memory: "0.5GB" } },
      { task: { cpu: "1024", memory: 512 } },
    ],
    [
      "an ARN with empty parts at the end",
      { agent: { secrets: [{ name: "A", valueFrom: "arn:a:::" }] } },
      { agent: { secrets: [{ name: "A", valueFrom: "arn:a" }] } },
    ],
    [
      "a constraint's spaces",
      { task: { placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type==linux" }] } },
    ],
    [
      "the order of launch types",
      { task: { requiresCompatibilities: ["EXTERNAL", "EC2"] } },
      { task: { requiresCompatibilities: ["EC2", "EXTERNAL"] } },
    ],
  ])("%s", (_what, given, base = {}) => {
    expect(differences(given, base)).toEqual([]);
    expect(differences(base, given).filter(({ path }) => !path.endsWith("DD_A"))).toEqual([]);
  });
});

describe("what is a difference", () => {
  it.each<[string, string | undefined, string | undefined, Given, Given]>([
    ["family", '"a"', '"datadog-agent-task"', { task: { family: "a" } }, {}],
    ["networkMode", '"host"', '"bridge"', { task: { networkMode: "host" } }, {}],
    ["pidMode", '"host"', undefined, { task: { pidMode: "host" } }, {}],
    ["cpu", "1024", undefined, { task: { cpu: "1 vCPU" } }, {}],
    [
      "requiresCompatibilities",
      '"EC2, EXTERNAL"',
      '"EC2"',
      { task: { requiresCompatibilities: ["EXTERNAL", "EC2"] } },
      {},
    ],
    ["runtimePlatform", "a map", undefined, { task: { runtimePlatform: { operatingSystemFamily: "LINUX" } } }, {}],
    [
      "tags.team",
      '"a"',
      '"b"',
      { task: { tags: [{ key: "team", value: "a" }] } },
      { task: { tags: [{ key: "team", value: "b" }] } },
    ],
    [`${AGENT}.name`, '"agent"', '"datadog-agent"', { agent: { name: "agent" } }, {}],
    [
      `${AGENT}.image`,
      '"datadog/agent"',
      '"public.ecr.aws/datadog/agent:latest"',
      { agent: { image: "datadog/agent" } },
      {},
    ],
    [`${AGENT}.essential`, "false", undefined, { agent: { essential: false } }, {}],
    [`${AGENT}.cpu`, undefined, "100", { agent: { cpu: 0 } }, {}],
    [`${AGENT}.memory`, "256", "512", { agent: { memory: 256 } }, {}],
    [`${AGENT}.environment.DD_A`, '"2"', '"true"', { environment: { DD_A: "2" } }, { environment: { DD_A: "true" } }],
    [
      `${AGENT}.secrets.A`,
      '"arn:a"',
      '"arn:b"',
      { agent: { secrets: [{ name: "A", valueFrom: "arn:a" }] } },
      { agent: { secrets: [{ name: "A", valueFrom: "arn:b" }] } },
    ],
    [
      `${AGENT}.mountPoints[/a]`,
      '"/b, read-write"',
      '"/b, read-only"',
      { mounts: { "/a": ["/b", "read-write"] } },
      { mounts: { "/a": "/b" } },
    ],
    [
      `${AGENT}.portMappings[1/udp]`,
      "dynamic host port",
      "host port 1",
      { agent: { portMappings: [{ containerPort: 1, protocol: "udp" }] } },
      { agent: { portMappings: [{ containerPort: 1, hostPort: 1, protocol: "udp" }] } },
    ],
    [
      `${AGENT}.portMappings[1/tcp].appProtocol`,
      '"grpc"',
      undefined,
      { agent: { portMappings: [{ containerPort: 1, appProtocol: "grpc" }] } },
      { agent: { portMappings: [{ containerPort: 1 }] } },
    ],
    [
      `${AGENT}.linuxParameters.capabilities.add.CHOWN`,
      '"CHOWN"',
      undefined,
      { agent: { linuxParameters: { capabilities: { add: ["CHOWN"] } } } },
      {},
    ],
    [
      `${AGENT}.linuxParameters.capabilities.drop.CHOWN`,
      '"CHOWN"',
      undefined,
      { agent: { linuxParameters: { capabilities: { drop: ["CHOWN"] } } } },
      {},
    ],
    [
      `${AGENT}.linuxParameters.initProcessEnabled`,
      "true",
      undefined,
      { agent: { linuxParameters: { initProcessEnabled: true } } },
      {},
    ],
    [
      `${AGENT}.healthCheck.interval`,
      "60",
      "30",
      { agent: { healthCheck: { command: ["CMD-SHELL", "agent health"], interval: 60, startPeriod: 15 } } },
      {},
    ],
    [`${AGENT}.logConfiguration`, "a map", undefined, { agent: { logConfiguration: { logDriver: "awslogs" } } }, {}],
    [`${AGENT}.user`, '"root"', undefined, { agent: { user: "root" } }, {}],
    [
      "containerDefinitions[sidecar]",
      "a container",
      undefined,
      { containers: [{ name: "sidecar", image: "a", environment: [{ name: "A", value: "b" }] }] },
      {},
    ],
    [
      "volumes[unused]",
      "a volume",
      undefined,
      { task: { volumes: [{ name: "unused" }] }, agent: { mountPoints: [] } },
      { agent: { mountPoints: [] }, task: { volumes: [] } },
    ],
  ])("%s: original %s, generated %s", (path, original, generated, given, base) => {
    expect(differences(given, base)).toEqual([{ path, original, generated }]);
  });

  it("quotes unusual names, on one line", () => {
    const [{ path } = { path: "" }] = differences({ environment: { "A\nB": "c" } });
    expect(path).toBe(`${AGENT}.environment."A\\nB"`);
  });

  it("hides a secret's value, and a name that may be a secret", () => {
    const key = "0123456789abcdef0123456789abcdef";
    expect(differences({ environment: { DD_API_KEY: "hunter2", [key]: "a" } })).toEqual([
      { path: `${AGENT}.environment.DD_API_KEY`, original: "hidden value", generated: undefined },
      { path: `${AGENT}.environment.(hidden 1)`, original: "hidden value", generated: undefined },
    ]);
  });
});

describe("factsOfCluster", () => {
  it("has values for what is created or required", () => {
    const facts = factsOfCluster(catalog, clusterOf("clusters: [{ name: a, resourceTags: { team: b } }]"));
    expect(facts.get("taskRoleArn")?.shown).toBe("a new role");
    expect(facts.get(`${AGENT}.secrets.DD_API_KEY`)?.shown).toBe("var.api_key_secret_arn");
    expect(facts.get("tags.team")?.text).toBe("b");
  });

  it("has text in ECS's format, and the secret with its suffix", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
    const yaml = `clusters: [{ name: a, environment: { A: "\${x}" }, apiKey: { secretsManagerArn: "${arn}", versionStage: S } }]`;
    const facts = factsOfCluster(catalog, clusterOf(yaml));
    expect(facts.get(`${AGENT}.environment.A`)?.text).toBe("${x}");
    expect(facts.get(`${AGENT}.secrets.DD_API_KEY`)?.text).toBe(`${arn}::S:`);
  });
});
