import { readFileSync } from "node:fs";
import { join } from "node:path";
import { agentTask } from "../lib/agent-task";
import { settingsSchema } from "../lib/configuration/schema";
import { awsCliJson } from "../lib/handoff/aws-cli";
import { agentTaskOf, API_KEY_ARN } from "./support/task";

const everyLinuxFeature = {
  apm: true,
  dogstatsd: true,
  logs: true,
  processCollection: true,
  networkPerformanceMonitoring: true,
  fipsProxy: true,
};

function agentOf(settings: Parameters<typeof agentTaskOf>[0]) {
  return agentTaskOf(settings).task.containerDefinitions[0];
}

function variablesOf(settings: Parameters<typeof agentTaskOf>[0]) {
  return Object.fromEntries(
    (agentOf(settings).environment ?? []).map(({ name = "", value }) => [name, value] as const),
  );
}

describe("the task with everything on that the host supports", () => {
  it.each<[string, Parameters<typeof agentTaskOf>[0]]>([
    [
      "linux",
      {
        site: "ddog-gov.com",
        tags: { team: "platform", env: "production" },
        environment: { DD_LOG_LEVEL: "warn" },
        features: {
          ...everyLinuxFeature,
          apm: { socket: true },
          dogstatsd: { socket: true },
          logs: { exclude: ["name:^fips-proxy$"] },
        },
      },
    ],
    ["amazon-linux-1", { host: "amazon-linux-1", site: "us2.ddog-gov.com", features: everyLinuxFeature }],
    [
      "windows",
      {
        host: "windows",
        site: "datadoghq.eu",
        features: { apm: true, dogstatsd: true, logs: true, processCollection: true },
      },
    ],
  ])("is the golden one on %s", (host, settings) => {
    const golden = readFileSync(join(__dirname, "golden", `${host}.json`), "utf8");
    const { task, problems } = agentTaskOf(settings);
    expect(problems).toEqual([]);
    expect(JSON.parse(awsCliJson(task))).toEqual(JSON.parse(golden));
  });
});

describe("the task with nothing on", () => {
  it("is the Agent alone, and turns off what its image has on", () => {
    const { task, features, problems } = agentTaskOf({});
    expect({ features, problems, networkMode: task.networkMode }).toEqual({
      features: [],
      problems: [],
      networkMode: "bridge",
    });
    expect(task.containerDefinitions).toEqual([
      {
        name: "datadog-agent",
        image: "public.ecr.aws/datadog/agent:latest",
        essential: true,
        cpu: 100,
        memory: 512,
        environment: [
          { name: "DD_APM_ENABLED", value: "false" },
          { name: "DD_SITE", value: "datadoghq.com" },
        ],
        secrets: [{ name: "DD_API_KEY", valueFrom: API_KEY_ARN }],
        mountPoints: [
          { containerPath: "/host/proc", readOnly: true, sourceVolume: "proc" },
          { containerPath: "/host/sys/fs/cgroup", readOnly: true, sourceVolume: "cgroup" },
          { containerPath: "/var/run/docker.sock", readOnly: true, sourceVolume: "docker_sock" },
        ],
        healthCheck: {
          command: ["CMD-SHELL", "agent health"],
          interval: 30,
          timeout: 5,
          retries: 3,
          startPeriod: 15,
        },
      },
    ]);
  });
});

describe("the settings of the task", () => {
  it("decide over family, launch type and network mode", () => {
    const { task } = agentTaskOf({ family: "observability", launchType: "EXTERNAL", networkMode: "host" });
    expect(task).toMatchObject({
      family: "observability",
      requiresCompatibilities: ["EXTERNAL"],
      networkMode: "host",
    });
  });

  it("decide over CPU and memory, nothing included", () => {
    expect(agentOf({ cpu: 0, memoryMiB: 1024 })).toMatchObject({ cpu: 0, memory: 1024 });
    expect(agentOf({ host: "windows", cpu: 256 })).toMatchObject({ cpu: 256, memory: 512 });
  });

  it("leave the health check out where it is turned off", () => {
    expect(agentOf({ healthCheck: false })).not.toHaveProperty("healthCheck");
    expect(agentOf({ healthCheck: { retries: 5 } }).healthCheck).toMatchObject({ retries: 5 });
  });

  it.each([
    [{ tag: "7.60.0" }, "public.ecr.aws/datadog/agent:7.60.0"],
    [{ repository: "registry.example:5000/agent" }, "registry.example:5000/agent:latest"],
    [{ tag: "7", digest: `sha256:${"0".repeat(64)}` }, `public.ecr.aws/datadog/agent@sha256:${"0".repeat(64)}`],
  ])("name the image %j as ECS wants it", (image, reference) => {
    expect(agentOf({ image }).image).toBe(reference);
  });

  it("pass an API key of which only a variable is known on as a variable", () => {
    const { task } = agentTask(settingsSchema.parse({}), { value: "${var.api_key}" });
    const [{ environment, secrets }] = task.containerDefinitions;
    expect(environment).toContainEqual({ name: "DD_API_KEY", value: "${var.api_key}" });
    expect(secrets).toBeUndefined();
  });

  it("let the user's environment win over features that are on or off, and over the base", () => {
    const environment = { DD_APM_ENABLED: "maybe", DD_LOGS_ENABLED: "maybe", DD_SITE: "proxy.example" };
    expect(variablesOf({ features: { logs: true }, environment })).toMatchObject(environment);
    expect(agentTaskOf({ features: { logs: true }, environment }).problems).toEqual([]);
  });
});

describe("the features of the task", () => {
  it("are named in one order, whatever the order of the configuration is", () => {
    expect(agentTaskOf({ features: { logs: true, apm: {}, dogstatsd: false } }).features).toEqual(["apm", "logs"]);
  });

  it("show their options in the task", () => {
    expect(variablesOf({ features: { logs: { collectAll: false } } })).toMatchObject({
      DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "false",
    });
  });

  it("share the folder of their sockets", () => {
    const { task, problems } = agentTaskOf({ features: { apm: { socket: true }, dogstatsd: { socket: true } } });
    expect(problems).toEqual([]);
    expect(task.volumes?.filter(({ name }) => name === "dd-sockets")).toHaveLength(1);
  });

  it.each([
    ["on by default on a government site, in host mode", { site: "ddog-gov.com" }, ["fipsProxy"], "host"],
    [
      "in awsvpc mode where that is configured",
      { site: "ddog-gov.com", networkMode: "awsvpc" },
      ["fipsProxy"],
      "awsvpc",
    ],
    ["off on a government site when told so", { site: "ddog-gov.com", features: { fipsProxy: false } }, [], "bridge"],
    ["off by default on a government site on Windows", { site: "ddog-gov.com", host: "windows" }, [], undefined],
    ["off by default elsewhere", { site: "datadoghq.eu" }, [], "bridge"],
  ] as const)("have the FIPS proxy %s", (_where, settings, features, networkMode) => {
    const agent = agentTaskOf(settings);
    expect({ features: agent.features, networkMode: agent.task.networkMode }).toEqual({ features, networkMode });
  });
});

describe("the problems of the task", () => {
  it.each([
    ["APM's port", 8120, ["8126/tcp"]],
    ["the ports of ECS's own agent", 51_670, ["51678/tcp", "51679/tcp", "51680/tcp"]],
    ["no port of anybody else", 8127, []],
  ])("name the ports where the FIPS proxy takes %s", (_what, portRangeStart, ports) => {
    const { problems } = agentTaskOf({ site: "ddog-gov.com", features: { apm: true, fipsProxy: { portRangeStart } } });
    expect(problems.map(({ message }) => /host port (\S+)/.exec(message)?.[1])).toEqual(ports);
  });

  it("name the size of a task that is too large for ECS", () => {
    const { problems } = agentTaskOf({ environment: { LARGE: "x".repeat(65_536) } });
    expect(problems).toMatchObject([{ path: [], message: expect.stringContaining("at most 65536 bytes") as string }]);
  });
});
