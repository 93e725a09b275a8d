import { parse } from "yaml";
import { catalog } from "../../../lib/catalog";
import { importDefinition } from "../../../lib/outputs/import";
import { clusterOf } from "../../support/clusters";
import { definitionJson, differencesIn, type Given } from "../../support/definitions";

const AGENT = "containerDefinitions[datadog-agent]";

/** The output for a definition: the file, its cluster without the keys that every test has, and the differences. */
function outputOf(definition: object) {
  const yaml = importDefinition(catalog, JSON.stringify(definition), "task.json");
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

const UNSHOWN = "hidden value";
const created = (role: string) => ({
  [role]: ["nothing", "a new role", "created, because the key of this name isn't set"],
});
const notShown = {
  [`${AGENT}.environment.DD_API_KEY`]: [
    UNSHOWN,
    "nothing",
    "anyone who may describe the task definition could read the key; `apiKey` passes it as a secret",
  ],
};

/** Additions to each of Datadog's samples, see reference.test.ts. */
const ONTO_EVERY_SAMPLE = {
  ...notShown,
  ...created("taskRoleArn"),
  ...created("executionRoleArn"),
  "placementConstraints[attribute:ecs.os-type == linux]": [
    "nothing",
    '"memberOf"',
    "the cluster may also have instances with another operating system",
  ],
  [`${AGENT}.environment.DD_APM_ENABLED`]: [
    "nothing",
    '"true"',
    "keeps the Agent's default, which features.apm would turn off because it isn't set",
  ],
  [`${AGENT}.secrets.DD_API_KEY`]: [
    "nothing",
    "var.api_key_secret_arn",
    "required variable, because `apiKey` isn't set",
  ],
};
const LAUNCH_TYPE = {
  requiresCompatibilities: ["nothing", '"EC2"', "set by `launchType`: ECS then validates the task definition for it"],
};

/** A minimal definition like Datadog's samples: a family, the key as a variable, and the given fields. */
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

describe("Datadog's published task definitions", () => {
  it("the Agent without features", () => {
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
    expect(cluster).toEqual({
      environmentOverrides: { DD_APM_ENABLED: "true" },
      healthCheck: false,
      image: { repository: "datadog/agent" },
    });
    const readOnly = (path: string, source: string) => ({
      [`${AGENT}.mountPoints[${path}]`]: [
        `"${source}, read-write"`,
        `"${source}, read-only"`,
        "the Agent only needs this access",
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
      environmentOverrides: { DD_APM_ENABLED: "true" },
      features: { logs: true },
      healthCheck: false,
      image: { repository: "datadog/agent" },
      cpu: 10,
      memoryMiB: 256,
    });
    expect(differences).toEqual({
      ...ONTO_EVERY_SAMPLE,
      ...LAUNCH_TYPE,
      [`${AGENT}.environment.DD_SITE`]: ["nothing", '"datadoghq.com"', "set by `site`"],
      [`${AGENT}.mountPoints[/var/lib/docker/containers]`]: [
        "nothing",
        '"/var/lib/docker/containers, read-only"',
        "added by features.logs",
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
      environmentOverrides: { DD_APM_ENABLED: "true" },
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
        "added by features.networkPerformanceMonitoring",
      ],
    });
  });
});

describe("importDefinition", () => {
  it("prints a file with its differences and the next steps", () => {
    const taskDefinitionArn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/datadog-agent-task:7";
    const yaml = importDefinition(
      catalog,
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

# No differences: this configuration reproduces the task definition.
#
# Next steps: Save this as clusters.yaml, and fill in the commented keys. \`adopt\` imports the running service and its
# task definition into Terraform's state. \`npm run synth\` writes the stack, and \`terraform plan\` shows the changes.
`);
  });

  it("hides a task definition whose name may be a secret", () => {
    const key = "0123456789abcdef0123456789abcdef";
    const taskDefinitionArn = `arn:aws:ecs:eu-west-1:123456789012:task-definition/${key}:7`;
    const yaml = importDefinition(
      catalog,
      JSON.stringify(definitionJson({ task: { taskDefinitionArn } })),
      "task.json",
    );
    expect(yaml).not.toContain("# adopt:");
    expect(yaml).not.toContain(key);
  });

  it.each(["mounted", "not mounted"])("copies no volume that may contain a secret, %s", (how) => {
    const key = "0123456789abcdef0123456789abcdef";
    const base = definitionJson() as { volumes: object[]; containerDefinitions: [{ mountPoints: object[] }] };
    base.volumes.push({ name: "share", dockerVolumeConfiguration: { driverOpts: { o: `password=${key}` } } });
    if (how === "mounted")
      base.containerDefinitions[0].mountPoints.push({ sourceVolume: "share", containerPath: "/share" });
    const { yaml, differences } = outputOf(base);
    expect(yaml).not.toContain(key);
    expect(Object.keys(differences)).toEqual([how === "mounted" ? `${AGENT}.mountPoints[/share]` : "volumes[share]"]);
  });

  it("has a hint for the API key if it can't be copied", () => {
    const secrets = { agent: { secrets: [] } };
    const { yaml } = outputOf(definitionJson(secrets));
    expect(yaml).toContain(
      '    # Store the key in a secret, and set its ARN here:\n    # apiKey: { secretsManagerArn: "<full ARN of the secret>" }\n',
    );
    const withKey = importDefinition(
      catalog,
      JSON.stringify(definitionJson({ ...secrets, environment: { DD_API_KEY: "x" } })),
      "",
    );
    expect(withKey).toContain(
      "    # The API key is in the task definition, where anyone who may describe it can read it. Store the key in a secret,",
    );
    expect(clusterOf(withKey).apiKey).toBeUndefined();
  });

  it("has commented keys that the user must fill in", () => {
    const { yaml } = outputOf(definitionJson({ task: { networkMode: "awsvpc" } }));
    expect(yaml)
      .toContain(`    # The original uses network mode awsvpc. Uncomment these keys, and fill in the subnets and security groups of its service:
    # networkMode: awsvpc
    # subnets: [<IDs of the subnets>]
    # securityGroups: [<IDs of the security groups>]
`);
  });

  it("has a hint that mounts may have been copied from another host", () => {
    const yaml = importDefinition(
      catalog,
      JSON.stringify(definitionJson({ base: { "/host/sys/fs/cgroup": "/cgroup/" } })),
      "",
    );
    expect(yaml)
      .toContain(`    # The mounts match \`host: amazon-linux-1\`: ${String(catalog.hosts["amazon-linux-1"]?.summary)}.
    # If the instances run ${String(catalog.hosts.linux?.summary)}, set \`host: linux\`.
`);
    expect(outputOf(definitionJson()).yaml).not.toContain("The mounts are those");
  });

  it.each<[string, object, string]>([
    [
      "as its ARN where region and account are known",
      { taskDefinitionArn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/a:1" },
      "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/key",
    ],
    ["unchanged otherwise", {}, "/prod/key"],
  ])("reads a parameter's name %s", (_what, task, ssmParameter) => {
    const secrets = [{ name: "DD_API_KEY", valueFrom: "/prod/key" }];
    const { cluster, differences } = outputOf(definitionJson({ task: { ...task }, agent: { secrets } }));
    expect(cluster.apiKey).toEqual({ ssmParameter });
    expect(differences).toEqual({});
  });

  it("has a reason for every difference, also for a list of containers", () => {
    const yaml = importDefinition(
      catalog,
      JSON.stringify([{ name: "datadog-agent", image: "datadog/agent:7" }]),
      "a.json",
    );
    const withoutReason = Object.entries(differencesIn(yaml)).filter(([, [, , why]]) => why === undefined);
    expect(withoutReason).toEqual([]);
  });

  it("keeps the Agent's defaults, and says so", () => {
    const { cluster, differences } = outputOfGiven({
      environment: {
        DD_APM_ENABLED: "",
        DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT: "0.0.0.0:4317",
      },
      agent: { portMappings: [{ containerPort: 4317, hostPort: 4317 }] },
    });
    // OTLP traces need the trace-agent, so APM isn't turned off.
    expect(cluster).toEqual({ features: { otlp: { http: false } } });
    expect(differences[`${AGENT}.environment.DD_APM_ENABLED`]).toEqual([
      "nothing",
      '"true"',
      expect.stringMatching(/^required by features\.otlp/),
    ]);
  });

  it.each<[string, Given, Record<string, unknown>]>([
    ["variables that no feature has", { environment: { A: "b", C: "${d}" } }, { environment: { A: "b", C: "${d}" } }],
    [
      "a feature's variable with another value",
      { environment: { DD_LOG_LEVEL: "loud" } },
      { environmentOverrides: { DD_LOG_LEVEL: "loud" } },
    ],
    [
      "invalid tags unchanged",
      { environment: { DD_TAGS: "team:a,b:c 1" } },
      { environmentOverrides: { DD_TAGS: "team:a,b:c 1" } },
    ],
    [
      "one invalid tag with all others",
      { environment: { DD_TAGS: "team:a b:c,d" } },
      { environmentOverrides: { DD_TAGS: "team:a b:c,d" } },
    ],
    [
      "an unknown site",
      { environment: { DD_SITE: "example.com" } },
      { environmentOverrides: { DD_SITE: "example.com" } },
    ],
    [
      "capabilities",
      { agent: { linuxParameters: { capabilities: { add: ["SYS_NICE"] } } } },
      { capabilities: ["SYS_NICE"] },
    ],
    ["a network mode", { task: { networkMode: "host" } }, { networkMode: "host" }],
    [
      "what is off although it would be on by default",
      { environment: { DD_SITE: "ddog-gov.com" } },
      { site: "ddog-gov.com", features: { fipsProxy: false } },
    ],
    [
      "what is explicitly off",
      { environment: { DD_DISCOVERY_ENABLED: "false" } },
      { features: { serviceDiscovery: false } },
    ],
    [
      "FIPS by only the image",
      { environment: { DD_SITE: "ddog-gov.com" }, agent: { image: "public.ecr.aws/datadog/agent:7.70.0-fips" } },
      { site: "ddog-gov.com", image: { tag: "7.70.0", flavor: "fips" } },
    ],
    [
      "FIPS on a site where Datadog doesn't support it",
      { agent: { image: "public.ecr.aws/datadog/agent:7-fips" } },
      { image: { tag: "7", flavor: "fips" }, features: { fipsAgent: false } },
    ],
    ["booleans in upper case", { environment: { DD_APM_ENABLED: "False" } }, {}],
    [
      "lists that ECS writes although they are empty",
      { task: { networkMode: "bridge" }, agent: { linuxParameters: { capabilities: { add: [], drop: [] } } } },
      {},
    ],
  ])("reproduces %s", (_what, given, expected) => {
    const { cluster, differences } = outputOfGiven(given);
    expect({ cluster, differences }).toEqual({ cluster: expected, differences: {} });
  });

  it("ignores placeholders in a generated file", () => {
    const task = { taskRoleArn: "<REPLACE aws_iam_role.task>", executionRoleArn: "<REPLACE aws_iam_role.execution>" };
    const secrets = [{ name: "DD_API_KEY", valueFrom: "<REPLACE var.api_key_secret_arn>" }];
    expect(outputOf(definitionJson({ task, agent: { secrets } }))).toMatchObject({ cluster: {}, differences: {} });
  });

  it.each<[string, string, readonly string[], Given]>([
    [
      "subnets",
      "networkMode",
      ['"awsvpc"', '"bridge"', "needs `subnets` when it is awsvpc. Add the subnet IDs, or use another network mode"],
      { task: { networkMode: "awsvpc" } },
    ],
    [
      "Fargate",
      "requiresCompatibilities",
      ['"FARGATE"', '"EC2"', expect.stringMatching(/^must be EC2 or EXTERNAL, .* instead$/) as string],
      { task: { requiresCompatibilities: ["FARGATE"] } },
    ],
    [
      "a fixed host name",
      `${AGENT}.environment.DD_HOSTNAME`,
      [
        '"a"',
        "nothing",
        "can't be set: the daemon runs on every instance, and all of them would report as one host. The Agent detects the name of each instance",
      ],
      { environment: { DD_HOSTNAME: "a" } },
    ],
    [
      "a password",
      `${AGENT}.environment.DB_PASSWORD`,
      [UNSHOWN, "nothing", "may be a secret, so it isn't copied"],
      { environment: { DB_PASSWORD: "hunter2" } },
    ],
    [
      "AWS's own tags",
      "tags.aws:a",
      ['"b"', "nothing", 'must be an AWS tag key of 1 to 128 characters that doesn\'t start with aws:, got "aws:a"'],
      { task: { tags: [{ key: "aws:a", value: "b" }] } },
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
      ['"agent"', '"datadog-agent"', "the Agent's container always has this name"],
      { agent: { name: "agent" } },
    ],
    [
      "a tag with a digest",
      `${AGENT}.image`,
      [
        `"agent/datadog-agent:7@sha256:${"0".repeat(64)}"`,
        `"agent/datadog-agent@sha256:${"0".repeat(64)}"`,
        "a digest replaces the tag",
      ],
      { agent: { image: `agent/datadog-agent:7@sha256:${"0".repeat(64)}` } },
    ],
    [
      "an invalid image",
      `${AGENT}.image`,
      [
        '"A/agent"',
        '"public.ecr.aws/datadog/agent:latest"',
        'must be an image repository without tag or digest, such as public.ecr.aws/datadog/agent, got "A/agent"',
      ],
      { agent: { image: "A/agent" } },
    ],
    [
      "a role's name instead of its ARN",
      "taskRoleArn",
      ['"a"', "a new role", 'must be the ARN of an IAM role, got "a"'],
      { task: { taskRoleArn: "a" } },
    ],
    [
      "a capability that ECS doesn't have",
      `${AGENT}.linuxParameters.capabilities.add.BPF`,
      ['"BPF"', "nothing", expect.stringMatching(/^must be ALL, .*got "BPF"/) as string],
      { agent: { linuxParameters: { capabilities: { add: ["BPF"] } } } },
    ],
    [
      "a variable without a value",
      `${AGENT}.environment.A`,
      ["an empty string", "nothing", expect.stringMatching(/^must be text that isn't empty/) as string],
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
  ])("lists what can't be reproduced: %s", (_what, path, difference, given) => {
    expect(outputOf(definitionJson(given)).differences).toEqual({ [path]: difference });
  });

  it("keeps what a feature that can't be enabled would add", () => {
    const { cluster, differences } = outputOfGiven({
      task: { requiresCompatibilities: ["EXTERNAL"] },
      environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
      mounts: { "/sys/kernel/debug": ["/sys/kernel/debug", "read-write"], "/lib/modules": "/lib/modules" },
      agent: { linuxParameters: { capabilities: { add: PROBE } } },
    });
    expect(cluster).toMatchObject({
      launchType: "EXTERNAL",
      environmentOverrides: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
      capabilities: PROBE,
      mounts: [
        { containerPath: "/sys/kernel/debug", readOnly: false },
        { containerPath: "/lib/modules", readOnly: true },
      ],
    });
    expect(differences).toEqual({});
  });

  it("explains why the FIPS proxy needs another network mode than Datadog's sample", () => {
    const fips = { DD_FIPS_ENABLED: "true", DD_FIPS_PORT_RANGE_START: "9803", DD_FIPS_HTTPS: "false" };
    const { cluster, differences } = outputOfGiven({
      environment: { DD_SITE: "ddog-gov.com", ...fips },
      containers: [{ name: "fips-proxy", image: "datadog/fips-proxy:1.1.30", cpu: 10, memory: 256 }],
    });
    expect(cluster).toEqual({ site: "ddog-gov.com" });
    expect(differences.networkMode).toEqual([
      '"bridge"',
      '"host"',
      expect.stringMatching(/^required by features\.fipsProxy: the Agent accepts/),
    ]);
    expect(differences["containerDefinitions[fips-proxy].portMappings[9803/tcp]"]).toEqual([
      "nothing",
      "host port 9803",
      "added by features.fipsProxy",
    ]);
  });

  it("adds the Agent's mounts if they are missing", () => {
    const { differences } = outputOfGiven({ base: {} });
    expect(differences[`${AGENT}.mountPoints[/host/proc]`]).toEqual([
      "nothing",
      '"/proc, read-only"',
      "the Agent always needs it",
    ]);
  });
});
