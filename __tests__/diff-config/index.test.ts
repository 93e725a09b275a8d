import { parse } from "yaml";
import { diffConfig } from "../../lib/diff-config";
import { clusterOf, definitionJson, differencesIn, type Given } from "../support/definitions";

const AGENT = "containerDefinitions[datadog-agent]";

/** The output for a definition: the file, its cluster without what every test has, and the differences. */
function outputOf(definition: object) {
  const yaml = diffConfig(JSON.stringify(definition), "task.json");
  const { clusters } = parse(yaml) as { clusters: [Record<string, unknown>] };
  const [{ name, ...cluster }] = clusters;
  expect(name).toBe("datadog-agent");
  return { yaml, cluster, differences: differencesIn(yaml) };
}

function outputOfGiven(given: Given) {
  const { cluster, ...output } = outputOf(definitionJson(given));
  const { taskRoleArn, executionRoleArn, apiKey, ...rest } = cluster;
  expect([taskRoleArn, executionRoleArn, apiKey]).not.toContain(undefined);
  return { ...output, cluster: rest };
}

const UNSHOWN = "a text (not shown: it may be a secret)";
const created = (role: string) => ({
  [role]: ["nothing", "a role that is created", "created, unless the key of this name gives one"],
});
const notShown = {
  [`${AGENT}.environment.DD_API_KEY`]: [
    UNSHOWN,
    "nothing",
    "a key in a task definition is readable for many; `apiKey` gives it as a secret",
  ],
};

/** What ours adds to each of the vendor's samples: see reference.test.ts. */
const ONTO_EVERY_SAMPLE = {
  ...notShown,
  ...created("taskRoleArn"),
  ...created("executionRoleArn"),
  "placementConstraints[attribute:ecs.os-type == linux]": [
    "nothing",
    '"memberOf"',
    "a cluster may have instances of both systems",
  ],
  [`${AGENT}.environment.DD_APM_ENABLED`]: [
    "nothing",
    '"false"',
    "features.apm is off, which the Agent has on by itself",
  ],
  [`${AGENT}.secrets.DD_API_KEY`]: ["nothing", "var.api_key_secret_arn", "asked for where `apiKey` is left open"],
};
const LAUNCH_TYPE = {
  requiresCompatibilities: ["nothing", '"EC2"', "ECS checks the task for its launch type when it is registered"],
};

/** A definition of the vendor's shape: a family, the key as a variable, and no more than is given. */
function sample(
  agent: object,
  environment: Record<string, string>,
  mounts: Record<string, [source: string, readOnly: boolean | null | undefined]>,
  task = {},
) {
  const places = Object.entries(mounts).map(([containerPath, [sourcePath, readOnly]], index) => ({
    containerPath,
    sourcePath,
    readOnly,
    name: `v${index}`,
  }));
  return {
    containerDefinitions: [
      {
        name: "datadog-agent",
        essential: true,
        ...agent,
        mountPoints: places.map(({ containerPath, name, readOnly }) => ({
          containerPath,
          sourceVolume: name,
          readOnly,
        })),
        environment: Object.entries({ DD_API_KEY: "<YOUR_API_KEY>", ...environment }).map(([name, value]) => ({
          name,
          value,
        })),
      },
    ],
    volumes: places.map(({ name, sourcePath }) => ({ name, host: { sourcePath } })),
    family: "datadog-agent-task",
    ...task,
  };
}

const PROBE = ["SYS_ADMIN", "SYS_RESOURCE", "SYS_PTRACE", "NET_ADMIN", "NET_BROADCAST", "NET_RAW", "IPC_LOCK", "CHOWN"];

describe("the vendor's published task definitions", () => {
  it("the Agent alone", () => {
    const { cluster, differences } = outputOf(
      sample(
        { image: "datadog/agent:latest", cpu: 100, memory: 512 },
        { DD_SITE: "datadoghq.com" },
        {
          "/var/run/docker.sock": ["/var/run/docker.sock", null],
          "/host/sys/fs/cgroup": ["/sys/fs/cgroup/", null],
          "/host/proc": ["/proc/", null],
        },
      ),
    );
    expect(cluster).toEqual({ healthCheck: false, image: { repository: "datadog/agent" } });
    const readOnly = (path: string, source: string) => ({
      [`${AGENT}.mountPoints[${path}]`]: [
        `"${source}, read-write"`,
        `"${source}, read-only"`,
        "the Agent does no more with it",
      ],
    });
    expect(differences).toEqual({
      ...ONTO_EVERY_SAMPLE,
      ...LAUNCH_TYPE,
      ...readOnly("/var/run/docker.sock", "/var/run/docker.sock"),
      ...readOnly("/host/sys/fs/cgroup", "/sys/fs/cgroup"),
      ...readOnly("/host/proc", "/proc"),
    });
  });

  it("log collection", () => {
    const { cluster, differences } = outputOf(
      sample(
        { image: "datadog/agent:latest", cpu: 10, memory: 256 },
        { DD_LOGS_ENABLED: "true", DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true", SD_BACKEND: "docker" },
        {
          "/var/run/docker.sock": ["/var/run/docker.sock", true],
          "/host/sys/fs/cgroup": ["/cgroup/", true],
          "/opt/datadog-agent/run": ["/opt/datadog-agent/run", false],
          "/host/proc": ["/proc/", true],
        },
      ),
    );
    expect(cluster).toEqual({
      host: "amazon-linux-1",
      environment: { SD_BACKEND: "docker" },
      features: { logs: true },
      healthCheck: false,
      image: { repository: "datadog/agent" },
      cpu: 10,
      memoryMiB: 256,
    });
    expect(differences).toEqual({
      ...ONTO_EVERY_SAMPLE,
      ...LAUNCH_TYPE,
      [`${AGENT}.environment.DD_SITE`]: ["nothing", '"datadoghq.com"', "where the data goes is always written"],
      [`${AGENT}.mountPoints[/var/lib/docker/containers]`]: [
        "nothing",
        '"/var/lib/docker/containers, read-only"',
        "comes with features.logs",
      ],
    });
  });

  it("the system probe", () => {
    const { cluster, differences } = outputOf(
      sample(
        {
          image: "public.ecr.aws/datadog/agent:latest",
          cpu: 10,
          memory: 256,
          linuxParameters: { capabilities: { add: PROBE } },
        },
        { DD_SITE: "datadoghq.com", DD_SYSTEM_PROBE_ENABLED: "true" },
        {
          "/var/run/docker.sock": ["/var/run/docker.sock", true],
          "/host/proc/": ["/proc/", true],
          "/host/sys/fs/cgroup": ["/sys/fs/cgroup/", true],
          "/sys/kernel/debug": ["/sys/kernel/debug", undefined],
        },
        { requiresCompatibilities: ["EC2"] },
      ),
    );
    expect(cluster).toEqual({
      features: { networkPerformanceMonitoring: true },
      healthCheck: false,
      cpu: 10,
      memoryMiB: 256,
    });
    expect(differences).toEqual({
      ...ONTO_EVERY_SAMPLE,
      [`${AGENT}.environment.DD_SYSTEM_PROBE_NETWORK_ENABLED`]: [
        "nothing",
        '"true"',
        "comes with features.networkPerformanceMonitoring",
      ],
    });
  });
});

describe("diffConfig", () => {
  it("prints a file that says where it comes from and how to go on", () => {
    const taskDefinitionArn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/datadog-agent-task:7";
    const yaml = diffConfig(
      JSON.stringify({ taskDefinition: { ...definitionJson(), taskDefinitionArn } }),
      "task.json",
    );
    expect(yaml).toBe(`# yaml-language-server: $schema=./clusters.schema.json
clusters:
  - name: datadog-agent
    region: eu-west-1
    apiKey:
      secretsManagerArn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf
    taskRoleArn: arn:aws:iam::123456789012:role/task
    executionRoleArn: arn:aws:iam::123456789012:role/execution
    # cluster: <name of the ECS cluster>
    # adopt: { serviceArn: "<ARN of the running service>", taskDefinitionArn: "${taskDefinitionArn}" }

# The task of this configuration is the same.
#
# To go on: save this as clusters.yaml and fill in what is left open above. The key \`adopt\` takes over the service that
# runs already and its task definition. \`npm run synth\` writes the stack, \`terraform plan\` shows what it changes.
`);
  });

  it("names no task definition whose name may be a secret", () => {
    const key = "0123456789abcdef0123456789abcdef";
    const taskDefinitionArn = `arn:aws:ecs:eu-west-1:123456789012:task-definition/${key}:7`;
    const yaml = diffConfig(JSON.stringify(definitionJson({ task: { taskDefinitionArn } })), "task.json");
    expect(yaml).not.toContain("# adopt:");
    expect(yaml).not.toContain(key);
  });

  it("leaves the API key open where there is none that can stay, and says what to do", () => {
    const secrets = { agent: { secrets: [] } };
    const { yaml } = outputOf(definitionJson(secrets));
    expect(yaml).toContain(
      '    # Put the key into a secret, and name it here:\n    # apiKey: { secretsManagerArn: "<full ARN of the secret>" }\n',
    );
    const withKey = diffConfig(JSON.stringify(definitionJson({ ...secrets, environment: { DD_API_KEY: "x" } })), "");
    expect(withKey).toContain(
      "    # The API key is in the task definition, readable for many. Put the key into a secret,",
    );
    expect(clusterOf(withKey).apiKey).toBeUndefined();
  });

  it.each<[string, Given, Record<string, unknown>]>([
    ["variables that no feature has", { environment: { A: "b", C: "${d}" } }, { environment: { A: "b", C: "${d}" } }],
    [
      "a feature's variable that says something else",
      { environment: { DD_LOG_LEVEL: "loud" } },
      { environment: { DD_LOG_LEVEL: "loud" } },
    ],
    [
      "tags that aren't right as they are",
      { environment: { DD_TAGS: "team:a,b:c 1" } },
      { environment: { DD_TAGS: "team:a,b:c 1" } },
    ],
    [
      "one tag that isn't right with all others",
      { environment: { DD_TAGS: "team:a b:c,d" } },
      { environment: { DD_TAGS: "team:a b:c,d" } },
    ],
    [
      "a site that isn't known",
      { environment: { DD_SITE: "example.com" } },
      { environment: { DD_SITE: "example.com" } },
    ],
    [
      "capabilities",
      { agent: { linuxParameters: { capabilities: { add: ["SYS_NICE"] } } } },
      { capabilities: ["SYS_NICE"] },
    ],
    ["a network mode", { task: { networkMode: "host" } }, { networkMode: "host" }],
    [
      "what is off although it would be on by itself",
      { environment: { DD_SITE: "ddog-gov.com" } },
      { site: "ddog-gov.com", features: { fipsProxy: false } },
    ],
    [
      "what is named to be off",
      { environment: { DD_DISCOVERY_ENABLED: "false" } },
      { features: { serviceDiscovery: false } },
    ],
    [
      "FIPS by the image alone",
      { environment: { DD_SITE: "ddog-gov.com" }, agent: { image: "public.ecr.aws/datadog/agent:7.70.0-fips" } },
      { site: "ddog-gov.com", image: { tag: "7.70.0", flavor: "fips" } },
    ],
    [
      "FIPS where Datadog doesn't support it",
      { agent: { image: "public.ecr.aws/datadog/agent:7-fips" } },
      { image: { tag: "7", flavor: "fips" }, features: { fipsAgent: false } },
    ],
    ["switches in upper case", { environment: { DD_APM_ENABLED: "False" } }, {}],
    [
      "lists that ECS writes although they are empty",
      { task: { networkMode: "bridge" }, agent: { linuxParameters: { capabilities: { add: [], drop: [] } } } },
      {},
    ],
  ])("reproduces %s", (_what, given, expected) => {
    const { cluster, differences } = outputOfGiven(given);
    expect({ cluster, differences }).toEqual({ cluster: expected, differences: {} });
  });

  it("says nothing of placeholders in a file of our own", () => {
    const task = { taskRoleArn: "<REPLACE aws_iam_role.task>", executionRoleArn: "<REPLACE aws_iam_role.execution>" };
    const secrets = [{ name: "DD_API_KEY", valueFrom: "<REPLACE var.api_key_secret_arn>" }];
    expect(outputOf(definitionJson({ task, agent: { secrets } }))).toMatchObject({ cluster: {}, differences: {} });
  });

  it.each<[string, string, readonly string[], Given]>([
    [
      "subnets",
      "networkMode",
      [
        '"awsvpc"',
        '"bridge"',
        "must come with `subnets` when it is awsvpc, got none. Add the IDs of the subnets, or use bridge or host",
      ],
      { task: { networkMode: "awsvpc" } },
    ],
    [
      "Fargate",
      "requiresCompatibilities",
      ['"FARGATE"', '"EC2"', "a daemon runs on instances, of one launch type"],
      { task: { requiresCompatibilities: ["FARGATE"] } },
    ],
    [
      "a fixed host name",
      `${AGENT}.environment.DD_HOSTNAME`,
      [
        '"a"',
        "nothing",
        "must not be set: the daemon runs on every instance, and all of them would report as one host. The Agent asks each instance for its own name",
      ],
      { environment: { DD_HOSTNAME: "a" } },
    ],
    [
      "a password",
      `${AGENT}.environment.DB_PASSWORD`,
      [UNSHOWN, "nothing", "what may be a secret isn't taken over"],
      { environment: { DB_PASSWORD: "hunter2" } },
    ],
    [
      "another secret",
      `${AGENT}.secrets.A`,
      ['"arn:aws:ssm:a"', "nothing", "no key of clusters.yaml sets another secret"],
      {
        agent: {
          secrets: [
            { name: "A", valueFrom: "arn:aws:ssm:a" },
            { name: "DD_API_KEY", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/a" },
          ],
        },
      },
    ],
    [
      "another container",
      "containerDefinitions[router]",
      ["a container", "nothing", "no key of clusters.yaml adds a container"],
      { containers: [{ name: "router", image: "a" }] },
    ],
    [
      "logging",
      `${AGENT}.logConfiguration`,
      ["a map", "nothing", "no key of clusters.yaml sets it"],
      { agent: { logConfiguration: { logDriver: "awslogs" } } },
    ],
    [
      "a soft limit",
      `${AGENT}.memoryReservation`,
      ["128", "nothing", "`memoryMiB` is a hard limit"],
      { agent: { memoryReservation: 128 } },
    ],
    [
      "a limit of the task",
      "memory",
      ["1024", "nothing", "`cpu` and `memoryMiB` are those of the Agent's container"],
      { task: { memory: "1GB" } },
    ],
    [
      "AWS's own tags",
      "tags.aws:a",
      ['"b"', "nothing", 'must be an AWS tag key of 1 to 128 characters that doesn\'t begin with aws:, got "aws:a"'],
      { task: { tags: [{ key: "aws:a", value: "b" }] } },
    ],
    [
      "a constraint",
      "placementConstraints[attribute:a == b]",
      ['"memberOf"', "nothing", "the service has it, by `placementConstraints`"],
      {
        task: {
          placementConstraints: [{ expression: "attribute:ecs.os-type == linux" }, { expression: "attribute:a == b" }],
        },
      },
    ],
    [
      "a check",
      `${AGENT}.healthCheck.command`,
      ['"CMD x"', '"CMD-SHELL agent health"', "the Agent's own check of itself"],
      { agent: { healthCheck: { command: ["CMD", "x"], startPeriod: 15 } } },
    ],
    [
      "a check's time",
      `${AGENT}.healthCheck.interval`,
      ["1", "30", "must be a whole number of seconds from 5 to 300, got the number 1"],
      { agent: { healthCheck: { command: ["CMD-SHELL", "agent health"], interval: 1, startPeriod: 15 } } },
    ],
    [
      "a name",
      `${AGENT}.name`,
      ['"agent"', '"datadog-agent"', "the name of the Agent's container"],
      { agent: { name: "agent" } },
    ],
    [
      "a tag beside a digest",
      `${AGENT}.image`,
      [
        `"agent/datadog-agent:7@sha256:${"0".repeat(64)}"`,
        `"agent/datadog-agent@sha256:${"0".repeat(64)}"`,
        "a digest takes the place of a tag",
      ],
      { agent: { image: `agent/datadog-agent:7@sha256:${"0".repeat(64)}` } },
    ],
    [
      "an image that isn't one",
      `${AGENT}.image`,
      [
        '"A/agent"',
        '"public.ecr.aws/datadog/agent:latest"',
        'must be an image repository without tag or digest, such as public.ecr.aws/datadog/agent, got "A/agent"',
      ],
      { agent: { image: "A/agent" } },
    ],
    [
      "a role's name in place of its ARN",
      "taskRoleArn",
      ['"a"', "a role that is created", 'must be the ARN of an IAM role, got "a"'],
      { task: { taskRoleArn: "a" } },
    ],
    [
      "a capability that ECS hasn't",
      `${AGENT}.linuxParameters.capabilities.add.BPF`,
      ['"BPF"', "nothing", expect.stringMatching(/^must be ALL, .*got "BPF"/) as string],
      { agent: { linuxParameters: { capabilities: { add: ["BPF"] } } } },
    ],
    [
      "a variable without a value",
      `${AGENT}.environment.A`,
      ["an empty text", "nothing", expect.stringMatching(/^must be text that isn't empty/) as string],
      {
        agent: {
          environment: [
            { name: "A", value: "" },
            { name: "DD_SITE", value: "datadoghq.com" },
            { name: "DD_APM_ENABLED", value: "false" },
          ],
        },
      },
    ],
  ])("tells what can't be reproduced: %s", (_what, path, difference, given) => {
    expect(outputOf(definitionJson(given)).differences).toEqual({ [path]: difference });
  });

  it("says which feature would bring what is missing, and why it can't be on", () => {
    const { cluster, differences } = outputOfGiven({
      task: { requiresCompatibilities: ["EXTERNAL"] },
      environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
      mounts: {
        "/sys/kernel/debug": ["/sys/kernel/debug", "read-write"],
        "/lib/modules": "/lib/modules",
        "/usr/src": "/usr/src",
      },
      agent: { linuxParameters: { capabilities: { add: PROBE } } },
    });
    expect(cluster).toEqual({
      launchType: "EXTERNAL",
      environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
      capabilities: PROBE,
    });
    const why = expect.stringMatching(/^features\.oomKill needs launchType EC2, got EXTERNAL: .*[^.]$/) as string;
    expect(differences).toEqual({
      [`${AGENT}.mountPoints[/sys/kernel/debug]`]: ['"/sys/kernel/debug, read-write"', "nothing", why],
      [`${AGENT}.mountPoints[/lib/modules]`]: ['"/lib/modules, read-only"', "nothing", why],
      [`${AGENT}.mountPoints[/usr/src]`]: ['"/usr/src, read-only"', "nothing", why],
    });
  });

  it("says why the FIPS proxy needs another network mode than the vendor's sample has", () => {
    const fips = { DD_FIPS_ENABLED: "true", DD_FIPS_PORT_RANGE_START: "9803", DD_FIPS_HTTPS: "false" };
    const { cluster, differences } = outputOfGiven({
      environment: { DD_SITE: "ddog-gov.com", ...fips },
      containers: [{ name: "fips-proxy", image: "datadog/fips-proxy:1.1.29", cpu: 10, memory: 256 }],
    });
    expect(cluster).toEqual({ site: "ddog-gov.com" });
    expect(differences.networkMode).toEqual([
      '"bridge"',
      '"host"',
      expect.stringMatching(/^features\.fipsProxy needs it: the Agent accepts/),
    ]);
    expect(differences["containerDefinitions[fips-proxy].portMappings[9803/tcp]"]).toEqual([
      "nothing",
      "host port 9803",
      "comes with features.fipsProxy",
    ]);
  });

  it("has the Agent's own mounts where they aren't there", () => {
    const { differences } = outputOfGiven({ base: {} });
    expect(differences[`${AGENT}.mountPoints[/host/proc]`]).toEqual([
      "nothing",
      '"/proc, read-only"',
      "the Agent always looks at it",
    ]);
  });
});
