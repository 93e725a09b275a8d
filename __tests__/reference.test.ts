import type { Task } from "../lib/core/assemble";
import { agentTaskOf } from "./support/task";

/**
 * Datadog publishes three task definitions for ECS. Their syntax differs, so this test compares their meaning: flat facts,
 * with ECS's defaults for missing keys.
 */
type Meaning = Readonly<Record<string, string>>;

/** The value in Datadog's sample, the value in our task, and the reason for the difference. */
type Differences = Readonly<Record<string, readonly [theirs: string, ours: string, why: string]>>;

const NOTHING = "nothing";

const onEverySample: Differences = {
  "variable DD_API_KEY": ["the key", NOTHING, "anyone who can read the task definition can read the key"],
  "secret DD_API_KEY": [NOTHING, "an ARN", "the API key as a secret"],
  "variable DD_APM_ENABLED": [NOTHING, "false", "the image turns APM on; off means off"],
  networkMode: [NOTHING, "bridge", "ECS's default on Linux, set explicitly"],
  placement: [NOTHING, "attribute:ecs.os-type == linux", "a cluster can have Linux and Windows instances"],
  "health check": [NOTHING, "agent health", "ECS restarts an Agent that hangs"],
};

const launchTypeWrittenOut: Differences = {
  launchTypes: [NOTHING, "EC2", "set by `launchType`: ECS then validates the task definition for it"],
};

const imageOnEcrPublic: Differences = {
  image: ["datadog/agent:latest", "public.ecr.aws/datadog/agent:latest", "no limit on pulls within AWS"],
};

const roomForTheAgent: Differences = {
  cpu: ["10", "100", "what the newest sample has"],
  memory: ["256", "512", "what the newest sample has"],
};

const samples: { sample: string; ours: Task; means: Meaning; differences: Differences }[] = [
  {
    sample: "the Agent only",
    ours: agentTaskOf({}).task,
    means: {
      family: "datadog-agent-task",
      container: "datadog-agent",
      essential: "true",
      image: "datadog/agent:latest",
      cpu: "100",
      memory: "512",
      "variable DD_API_KEY": "the key",
      "variable DD_SITE": "datadoghq.com",
      "mount /var/run/docker.sock": "/var/run/docker.sock, read-write",
      "mount /host/sys/fs/cgroup": "/sys/fs/cgroup/, read-write",
      "mount /host/proc": "/proc/, read-write",
    },
    differences: {
      ...onEverySample,
      ...launchTypeWrittenOut,
      ...imageOnEcrPublic,
      "mount /var/run/docker.sock": [
        "/var/run/docker.sock, read-write",
        "/var/run/docker.sock, read-only",
        "readOnly is null there, true in the other samples",
      ],
      "mount /host/sys/fs/cgroup": [
        "/sys/fs/cgroup/, read-write",
        "/sys/fs/cgroup/, read-only",
        "readOnly is null there, true in the other samples",
      ],
      "mount /host/proc": [
        "/proc/, read-write",
        "/proc/, read-only",
        "readOnly is null there, true in the other samples",
      ],
    },
  },
  {
    sample: "log collection",
    ours: agentTaskOf({ features: { logs: true } }).task,
    means: {
      family: "datadog-agent-task",
      container: "datadog-agent",
      essential: "true",
      image: "datadog/agent:latest",
      cpu: "10",
      memory: "256",
      "variable DD_API_KEY": "the key",
      "variable DD_LOGS_ENABLED": "true",
      "variable DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL": "true",
      "variable SD_BACKEND": "docker",
      "mount /var/run/docker.sock": "/var/run/docker.sock, read-only",
      "mount /host/sys/fs/cgroup": "/cgroup/, read-only",
      "mount /opt/datadog-agent/run": "/opt/datadog-agent/run, read-write",
      "mount /host/proc": "/proc/, read-only",
    },
    differences: {
      ...onEverySample,
      ...launchTypeWrittenOut,
      ...imageOnEcrPublic,
      ...roomForTheAgent,
      "variable SD_BACKEND": ["docker", NOTHING, "not a setting of current Agents"],
      "variable DD_SITE": [NOTHING, "datadoghq.com", "the site is always set"],
      "mount /host/sys/fs/cgroup": [
        "/cgroup/, read-only",
        "/sys/fs/cgroup/, read-only",
        "/cgroup/ is for Amazon Linux 1, which is a separate host here",
      ],
      "mount /var/lib/docker/containers": [
        NOTHING,
        "/var/lib/docker/containers/, read-only",
        "the Agent reads log files instead of the Docker socket, as Datadog's instructions say",
      ],
    },
  },
  {
    sample: "the system probe",
    ours: agentTaskOf({ features: { networkPerformanceMonitoring: true } }).task,
    means: {
      family: "datadog-agent-task",
      launchTypes: "EC2",
      container: "datadog-agent",
      essential: "true",
      image: "public.ecr.aws/datadog/agent:latest",
      cpu: "10",
      memory: "256",
      "variable DD_API_KEY": "the key",
      "variable DD_SITE": "datadoghq.com",
      "variable DD_SYSTEM_PROBE_ENABLED": "true",
      "capability SYS_ADMIN": "added",
      "capability SYS_RESOURCE": "added",
      "capability SYS_PTRACE": "added",
      "capability NET_ADMIN": "added",
      "capability NET_BROADCAST": "added",
      "capability NET_RAW": "added",
      "capability IPC_LOCK": "added",
      "capability CHOWN": "added",
      "mount /var/run/docker.sock": "/var/run/docker.sock, read-only",
      "mount /host/proc/": "/proc/, read-only",
      "mount /host/sys/fs/cgroup": "/sys/fs/cgroup/, read-only",
      "mount /sys/kernel/debug": "/sys/kernel/debug, read-write",
    },
    differences: {
      ...onEverySample,
      ...roomForTheAgent,
      "variable DD_SYSTEM_PROBE_NETWORK_ENABLED": [NOTHING, "true", "what current Agents read"],
      "mount /host/proc/": ["/proc/, read-only", NOTHING, "the same place without the trailing slash"],
      "mount /host/proc": [NOTHING, "/proc/, read-only", "as in the other samples"],
    },
  },
];

describe("Datadog's published task definitions", () => {
  it.each(samples)(
    "mean the same as ours, except for the listed differences: $sample",
    ({ ours, means, differences }) => {
      const named = Object.entries(differences).map(([fact, [theirs, own]]) => [fact, [theirs, own]]);
      expect(differencesBetween(means, meaningOf(ours))).toEqual(Object.fromEntries(named));
    },
  );
});

function differencesBetween(theirs: Meaning, ours: Meaning) {
  const facts = Object.keys({ ...theirs, ...ours });
  const both = facts.map((fact) => [fact, [theirs[fact] ?? NOTHING, ours[fact] ?? NOTHING]] as const);
  return Object.fromEntries(both.filter(([, [their, our]]) => their !== our));
}

function meaningOf(task: Task): Meaning {
  const [container, ...sidecars] = task.containerDefinitions;
  const { environment = [], secrets = [], mountPoints = [], portMappings = [], linuxParameters } = container;
  const { add = [], drop = [] } = linuxParameters?.capabilities ?? {};
  const sources = new Map(task.volumes?.map(({ name, host }) => [name, host?.sourcePath]));
  const facts: [string, string | undefined][] = [
    ["family", task.family],
    ["launchTypes", task.requiresCompatibilities?.join()],
    ["networkMode", task.networkMode],
    ["placement", task.placementConstraints?.map(({ expression }) => expression).join()],
    ["container", container.name],
    ["essential", String(container.essential)],
    ["image", container.image],
    ["cpu", String(container.cpu)],
    ["memory", String(container.memory)],
    ["health check", container.healthCheck?.command?.at(-1)],
    ...environment.map(({ name, value }): [string, string | undefined] => [`variable ${name}`, value]),
    ...secrets.map(({ name, valueFrom }): [string, string] => [
      `secret ${name}`,
      valueFrom?.startsWith("arn:") ? "an ARN" : "no ARN",
    ]),
    ...mountPoints.map(({ containerPath, sourceVolume, readOnly }): [string, string] => [
      `mount ${containerPath}`,
      `${sources.get(sourceVolume)}, ${readOnly ? "read-only" : "read-write"}`,
    ]),
    ...add.map((capability): [string, string] => [`capability ${capability}`, "added"]),
    ...drop.map((capability): [string, string] => [`capability ${capability}`, "dropped"]),
    ...portMappings.map(({ hostPort, protocol }): [string, string] => [`port ${hostPort}/${protocol}`, "published"]),
    ...sidecars.map(({ name }): [string, string] => [`container ${name}`, "next to the Agent"]),
  ];
  return Object.fromEntries(facts.filter((fact): fact is [string, string] => fact[1] !== undefined));
}
