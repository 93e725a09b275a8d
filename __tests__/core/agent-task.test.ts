import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Token } from "cdktf";
import * as z from "zod";
import { catalog } from "../../lib/catalog";
import { agentTask } from "../../lib/core/agent-task";
import type { Contribution, Feature } from "../../lib/core/feature";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { agentTaskOf, API_KEY_ARN, settingsOf } from "../support/task";
import { withFeatures } from "../support/with-features";

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
    const golden = readFileSync(join(__dirname, "..", "golden", `${host}.json`), "utf8");
    const { task, problems } = agentTaskOf(settings);
    expect(problems).toEqual([]);
    expect(JSON.parse(awsCliJson(task))).toEqual(JSON.parse(golden));
  });
});

describe("memory that only Terraform knows", () => {
  it("is not compared with the recommendation", () => {
    const memoryMiB = Token.asNumber("${var.memory_mib}");
    expect(agentTaskOf({ memoryMiB, features: { universalServiceMonitoring: true } }).notices).toEqual([]);
  });
});

describe("the task with nothing on", () => {
  it("is only the Agent, and turns off what its image turns on", () => {
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
  it("set family, launch type and network mode", () => {
    const { task } = agentTaskOf({ family: "observability", launchType: "EXTERNAL", networkMode: "host" });
    expect(task).toMatchObject({
      family: "observability",
      requiresCompatibilities: ["EXTERNAL"],
      networkMode: "host",
    });
  });

  it("set CPU and memory, or neither", () => {
    expect(agentOf({ cpu: 0, memoryMiB: 1024 })).toMatchObject({ cpu: 0, memory: 1024 });
    expect(agentOf({ host: "windows", cpu: 256 })).toMatchObject({ cpu: 256, memory: 512 });
  });

  it("add capabilities to those of features, each once and sorted", () => {
    const added = (settings: Parameters<typeof agentTaskOf>[0]) => agentOf(settings).linuxParameters?.capabilities?.add;
    expect(added({})).toBeUndefined();
    expect(added({ capabilities: ["SYSLOG", "NET_ADMIN"] })).toEqual(["NET_ADMIN", "SYSLOG"]);
    const features = { networkPerformanceMonitoring: true };
    expect(added({ features, capabilities: ["SYSLOG", "NET_ADMIN"] })).toEqual([
      "CHOWN",
      "IPC_LOCK",
      "NET_ADMIN",
      "NET_BROADCAST",
      "NET_RAW",
      "SYSLOG",
      "SYS_ADMIN",
      "SYS_PTRACE",
      "SYS_RESOURCE",
    ]);
  });

  it("remove the health check if it is off", () => {
    expect(agentOf({ healthCheck: false })).not.toHaveProperty("healthCheck");
    expect(agentOf({ healthCheck: { retries: 5 } }).healthCheck).toMatchObject({ retries: 5 });
  });

  it("set the timing of the health check", () => {
    const healthCheck = { intervalSeconds: 60, timeoutSeconds: 10, retries: 2, startPeriodSeconds: 0 };
    expect(agentOf({ healthCheck }).healthCheck).toEqual({
      command: ["CMD-SHELL", "agent health"],
      interval: 60,
      timeout: 10,
      retries: 2,
      startPeriod: 0,
    });
  });

  it("set the site", () => {
    expect(variablesOf({}).DD_SITE).toBe("datadoghq.com");
    expect(variablesOf({ site: "datadoghq.eu" }).DD_SITE).toBe("datadoghq.eu");
  });

  it("join tags with spaces, sorted, so that their order in a file has no effect", () => {
    expect(variablesOf({ tags: { team: "platform", env: "production" } }).DD_TAGS).toBe("env:production team:platform");
  });

  it("set no DD_TAGS without tags", () => {
    expect(variablesOf({})).not.toHaveProperty("DD_TAGS");
  });

  it.each([
    [{ tag: "7.60.0" }, "public.ecr.aws/datadog/agent:7.60.0"],
    [{ repository: "registry.example:5000/agent" }, "registry.example:5000/agent:latest"],
    [{ tag: "7", digest: `sha256:${"0".repeat(64)}` }, `public.ecr.aws/datadog/agent@sha256:${"0".repeat(64)}`],
  ])("name the image %j as ECS wants it", (image, reference) => {
    expect(agentOf({ image }).image).toBe(reference);
  });

  it.each<[string, Parameters<typeof agentTaskOf>[0], string]>([
    ["its flavor", { image: { tag: "7.60.0", flavor: "jmx" } }, ":7.60.0-jmx"],
    ["the flavor that a feature needs", { site: "ddog-gov.com", features: { fipsAgent: true } }, ":7-fips"],
    [
      "the flavors of both in the vendor's order",
      { site: "ddog-gov.com", image: { tag: "7.70.0", flavor: "jmx" }, features: { fipsAgent: {} } },
      ":7.70.0-fips-jmx",
    ],
    ["no flavor of a feature that is off", { site: "ddog-gov.com", features: { fipsAgent: false } }, ":latest"],
  ])("name the image with %s", (_what, settings, reference) => {
    expect(agentOf(settings).image).toBe(`public.ecr.aws/datadog/agent${reference}`);
  });

  it("pass a sensitive variable as an environment variable", () => {
    const { task } = agentTask(catalog, settingsOf({}), { value: "${var.api_key}" });
    const [{ environment, secrets }] = task.containerDefinitions;
    expect(environment).toContainEqual({ name: "DD_API_KEY", value: "${var.api_key}" });
    expect(secrets).toBeUndefined();
  });

  it("let the user's environment override features and the base", () => {
    const environment = { DD_APM_ENABLED: "maybe", DD_LOGS_ENABLED: "maybe", DD_SITE: "proxy.example" };
    expect(variablesOf({ features: { logs: true }, environment })).toMatchObject(environment);
    expect(agentTaskOf({ features: { logs: true }, environment }).problems).toEqual([]);
  });
});

describe("the features of the task", () => {
  it("are in a fixed order, independent of the configuration", () => {
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
    [
      "off on a government site when set to false",
      { site: "ddog-gov.com", features: { fipsProxy: false } },
      [],
      "bridge",
    ],
    ["off by default on a government site on Windows", { site: "ddog-gov.com", host: "windows" }, [], undefined],
    ["off by default elsewhere", { site: "datadoghq.eu" }, [], "bridge"],
    [
      "replaced by the FIPS Agent on a government site",
      { site: "ddog-gov.com", features: { fipsAgent: true } },
      ["fipsAgent"],
      "bridge",
    ],
    [
      "replaced by the FIPS Agent of the image's flavor",
      { site: "ddog-gov.com", image: { flavor: "fips" } },
      ["fipsAgent"],
      "bridge",
    ],
  ] as const)("have the FIPS proxy %s", (_where, settings, features, networkMode) => {
    const agent = agentTaskOf(settings);
    expect({ features: agent.features, networkMode: agent.task.networkMode }).toEqual({ features, networkMode });
  });
});

describe("features that the Agent decides", () => {
  it.each([
    [undefined, undefined],
    [false, "false"],
    [true, "true"],
    [{}, "true"],
  ])("with the toggle %j has the variable %j", (toggle, expected) => {
    const variables = variablesOf({ features: { remoteConfiguration: toggle, serviceDiscovery: toggle } });
    expect([variables.DD_REMOTE_CONFIGURATION_ENABLED, variables.DD_DISCOVERY_ENABLED]).toEqual([expected, expected]);
  });
});

describe("the process namespace of the task", () => {
  it.each<[string, Parameters<typeof agentTaskOf>[0]["features"], string | undefined]>([
    ["its own", { processCollection: true }, undefined],
    ["the instance's where a feature wants it", { workloadProtection: true }, "host"],
    ["the instance's where several want it", { cloudSecurityPosture: true, gpuMonitoring: true }, "host"],
  ])("is %s", (_what, features, expected) => {
    expect(agentTaskOf({ features }).task.pidMode).toBe(expected);
  });
});

describe("the notices of the task", () => {
  function feature(facts: Partial<Feature> = {}, contribution: Contribution = {}): Feature {
    return {
      summary: "A feature",
      documentation: "https://example.com/",
      requires: [],
      options: z.strictObject({}),
      on: () => contribution,
      ...facts,
    };
  }
  const FEATURES = {
    plain: feature(),
    small: feature({}, { advisedMemoryMiB: 256 }),
    large: feature({}, { advisedMemoryMiB: 1024 }),
    huge: feature({}, { advisedMemoryMiB: 1024 }),
    reader: feature({ instanceActions: ["ecs:ListTagsForResource", "ecs:DescribeTasks"] }),
    other: feature({ instanceActions: ["ecs:DescribeTasks"] }),
  };

  /** The task of the configuration, with these features in place of the real ones. */
  function taskWith(names: readonly (keyof typeof FEATURES)[], settings: Parameters<typeof agentTaskOf>[0] = {}) {
    const features = Object.fromEntries(names.map((name) => [name, true]));
    return agentTask(withFeatures(FEATURES), { ...settingsOf(settings), features }, { arn: API_KEY_ARN });
  }

  const memory = (given: number, advised: number, features: string) =>
    `memoryMiB is ${given}; Datadog recommends ${advised} for ${features}. ECS kills and restarts an Agent that runs out of memory.`;
  const actions = (name: string, words: string) =>
    `features.${name} needs ${words} on the role of the container instances, which isn't managed here. Add the policy in the output container_instance_policy to that role.`;

  it.each<[string, number | undefined, (keyof typeof FEATURES)[], string[]]>([
    ["nothing without features", 6, [], []],
    ["nothing of features that need nothing of it", 6, ["plain"], []],
    ["the memory that is advised", 255, ["small", "plain"], [memory(255, 256, "features.small")]],
    ["nothing where there is enough", 256, ["small"], []],
    // The host's default is 512 MiB.
    ["nothing where the host's default is enough", undefined, ["small"], []],
    ["the memory where the host's default is too little", undefined, ["large"], [memory(512, 1024, "features.large")]],
    ["the most that is advised, and for what", 100, ["small", "large"], [memory(100, 1024, "features.large")]],
    [
      "everything that needs the most",
      100,
      ["small", "large", "huge"],
      [memory(100, 1024, "features.large and features.huge")],
    ],
    ["what the instances' role must allow", 6, ["other"], [actions("other", "ecs:DescribeTasks")]],
    [
      "all of it, the memory first",
      6,
      ["small", "reader", "other"],
      [
        memory(6, 256, "features.small"),
        actions("reader", "ecs:ListTagsForResource and ecs:DescribeTasks"),
        actions("other", "ecs:DescribeTasks"),
      ],
    ],
  ])("say %s", (_what, memoryMiB, names, expected) => {
    expect(taskWith(names, { memoryMiB }).notices).toEqual(expected);
  });

  it.each<[(keyof typeof FEATURES)[], string[]]>([
    [[], []],
    [["plain"], []],
    [["other"], ["ecs:DescribeTasks"]],
    [
      ["reader", "other"],
      ["ecs:DescribeTasks", "ecs:ListTagsForResource"],
    ],
  ])("come of %j with the actions %j, each once and sorted", (names, expected) => {
    expect(taskWith(names).instanceActions).toEqual(expected);
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
    expect(problems).toMatchObject([{ path: [], message: expect.stringContaining("at most 65536.") as string }]);
  });
});
