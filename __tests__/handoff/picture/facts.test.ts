import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { parseConfiguration } from "../../../lib/configuration/load";
import { type Daemon, daemonOf, type Facts, factsOf } from "../../../lib/handoff/picture/facts";
import { API_KEY_ARN } from "../../support/task";

function daemon(keys: string): Daemon {
  const [cluster] = parseConfiguration(`clusters: [{ name: shop-1, ${keys} }]`, "clusters.yaml").clusters;
  if (cluster === undefined) throw new Error("There must be a cluster.");
  return daemonOf(cluster);
}

const facts = (keys: string): Facts => factsOf(daemon(keys));

/** A daemon whose task has a container of nothing but what is given. */
function withContainer(container: ContainerDefinition): Facts {
  const { cluster, task } = daemon("cluster: a");
  return factsOf({ cluster, task: { ...task, containerDefinitions: [container] } });
}

describe("what is drawn of a daemon", () => {
  it("is nothing but the base where no feature is on", () => {
    expect(facts("cluster: shop")).toEqual({
      cluster: "shop",
      service: "datadog-agent",
      instance: "EC2 instance",
      operatingSystem: "Linux",
      family: "datadog-agent-task",
      agent: {
        name: "datadog-agent",
        image: "public.ecr.aws/datadog/agent:latest",
        notes: ["100 CPU units, 512 MiB", "network mode bridge", "health check every 30 s"],
      },
      sidecars: [],
      receivers: [],
      mounts: { readOnly: ["/proc/", "/sys/fs/cgroup/", "/var/run/docker.sock"], readWrite: [] },
      apiKey: ["Secrets Manager", "var.api_key_secret_arn"],
      roles: { task: "sees ECS and EC2", execution: "reads the API key" },
      site: "datadoghq.com",
      viaProxy: false,
      bySidecar: false,
    });
  });

  it.each<[string, string, Partial<Facts>]>([
    ["an ECS cluster by its ARN", 'cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop"', { cluster: "shop" }],
    ["an ECS cluster that is asked for", "features: {}", { cluster: "var.cluster" }],
    ["one that a shared stack asks for", "stack: all", { cluster: "var.cluster_shop_1" }],
    ["ECS Anywhere", "launchType: EXTERNAL", { instance: "ECS Anywhere instance" }],
    ["Windows", "host: windows", { operatingSystem: "Windows" }],
    ["the first Amazon Linux", "host: amazon-linux-1", { operatingSystem: "Amazon Linux 1" }],
    ["names", "serviceName: agents, family: agent-task", { service: "agents", family: "agent-task" }],
    ["the site", "site: us5.datadoghq.com", { site: "us5.datadoghq.com" }],
    ["a proxy for HTTP", 'features: { proxy: { http: "http://p:1" } }', { viaProxy: true }],
    ["a proxy for HTTPS", 'features: { proxy: { https: "http://p:1" } }', { viaProxy: true }],
    [
      "roles that are given",
      'taskRoleArn: "arn:aws:iam::123456789012:role/a", executionRoleArn: "arn:aws:iam::123456789012:role/b"',
      { roles: { task: "yours", execution: "yours" } },
    ],
    ["a secret", `apiKey: { secretsManagerArn: "${API_KEY_ARN}" }`, { apiKey: ["Secrets Manager"] }],
    [
      "a parameter",
      'apiKey: { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" }',
      { apiKey: ["SSM parameter"] },
    ],
    [
      "a secret that is created",
      "apiKey: { createSecret: { name: datadog } }",
      { apiKey: ["Secrets Manager", "aws_secretsmanager_secret.api_key.arn"] },
    ],
    [
      "a key that is no secret of AWS",
      "apiKey: { sensitiveVariable: true }",
      { apiKey: ["Terraform variable"], roles: { task: "sees ECS and EC2", execution: "starts the task" } },
    ],
  ])("shows %s", (_what, keys, expected) => {
    expect(facts(keys)).toMatchObject(expected);
  });

  it.each<[string, string, Facts["receivers"]]>([
    [
      "ports",
      "apm: true, dogstatsd: true, otlp: true",
      [
        { what: "OTLP", where: "4317/tcp" },
        { what: "OTLP", where: "4318/tcp" },
        { what: "metrics", where: "8125/udp" },
        { what: "traces", where: "8126/tcp" },
      ],
    ],
    [
      "sockets",
      "apm: { port: false, socket: true }, dogstatsd: { port: false, socket: true }",
      [
        { what: "metrics", where: "dsd.socket" },
        { what: "traces", where: "apm.socket" },
      ],
    ],
  ])("shows %s", (_what, features, receivers) => {
    expect(facts(`features: { ${features} }`).receivers).toEqual(receivers);
  });

  it("shows a port of which it knows nothing", () => {
    expect(withContainer({ portMappings: [{ containerPort: 80 }] }).receivers).toEqual([
      { what: "data", where: "80/tcp" },
    ]);
  });

  it("shows folders by the paths of the host, in order", () => {
    const features = "apm: { socket: true }, logs: true, processCollection: true, sbom: { host: true }";
    expect(facts(`features: { ${features} }`).mounts).toEqual({
      readOnly: [
        "/",
        "/etc/passwd",
        "/proc/",
        "/sys/fs/cgroup/",
        "/var/lib/docker/containers/",
        "/var/run/docker.sock",
      ],
      readWrite: ["/opt/datadog-agent/run", "/var/run/datadog"],
    });
  });

  it("shows a volume that is no folder of the host", () => {
    expect(facts("host: windows, features: { logs: true }").mounts).toEqual({
      readOnly: ["\\\\.\\pipe\\docker_engine", "c:/programdata/docker/containers"],
      readWrite: ["pointdir, a Docker volume"],
    });
  });

  it("shows the proxy beside the Agent, through which everything leaves", () => {
    expect(facts("site: ddog-gov.com")).toMatchObject({
      agent: { notes: ["100 CPU units, 512 MiB", "network mode host", "health check every 30 s"] },
      sidecars: [
        {
          name: "fips-proxy",
          image: "datadog/fips-proxy:1.1.29",
          notes: ["10 CPU units, 256 MiB", "9803-9818/tcp"],
        },
      ],
      bySidecar: true,
    });
    expect(facts("site: ddog-gov.com, features: { fipsProxy: false }")).toMatchObject({
      sidecars: [],
      bySidecar: false,
    });
  });

  it("shows what the Agent may do on the host", () => {
    expect(
      facts("features: { workloadProtection: true }, healthCheck: false, capabilities: [SYS_NICE]").agent.notes,
    ).toEqual([
      "100 CPU units, 512 MiB",
      "network mode bridge",
      "sees the host's processes",
      "capabilities CHOWN, IPC_LOCK, NET_ADMIN, NET_BROADCAST, NET_RAW, SYS_ADMIN, SYS_NICE, SYS_PTRACE, SYS_RESOURCE",
    ]);
  });

  it("shows ECS's network mode of Windows, which has no name of its own", () => {
    expect(facts("host: windows").agent.notes).toContain("network mode default");
  });

  it("shows text as it reaches ECS, and expressions by their names", () => {
    expect(withContainer({ image: "$${a}" }).agent.image).toBe("${a}");
    expect(withContainer({ image: "${var.image}" }).agent.image).toBe("var.image");
  });
});
