import { parseConfiguration } from "../../lib/configuration/load";
import type { ClusterOnHost } from "../../lib/configuration/hosts";
import { type Definition, readDefinition } from "../../lib/diff-config/definition";

type Json = Readonly<Record<string, unknown>>;

/** Volumes and mount points by the container's path: where each is on the host, and whether it can be written. */
function mounts(places: Readonly<Record<string, string | readonly [source: string, access: "read-write"]>>): {
  readonly volumes: readonly Json[];
  readonly mountPoints: readonly Json[];
} {
  const given = Object.entries(places).map(([containerPath, place], index) => {
    const [sourcePath, access] = typeof place === "string" ? [place] : place;
    return { containerPath, sourcePath, name: `volume-${index}`, readOnly: access === undefined };
  });
  return {
    volumes: given.map(({ name, sourcePath }) => ({ name, host: { sourcePath } })),
    mountPoints: given.map(({ containerPath, name, readOnly }) => ({ containerPath, sourceVolume: name, readOnly })),
  };
}

const LINUX = {
  "/var/run/docker.sock": "/var/run/docker.sock",
  "/host/proc": "/proc/",
  "/host/sys/fs/cgroup": "/sys/fs/cgroup/",
};

/** What ours has of itself, so that a task definition with no more than that has no differences. */
const ROLES = {
  taskRoleArn: "arn:aws:iam::123456789012:role/task",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
};

export interface Given {
  readonly task?: Json;
  readonly agent?: Json;
  readonly environment?: Readonly<Record<string, string>>;
  /** More mounts, or with `base` in place of those of Linux. */
  readonly mounts?: Parameters<typeof mounts>[0];
  readonly base?: Parameters<typeof mounts>[0];
  readonly containers?: readonly Json[];
}

/** A task definition in the form of a file, whose Agent is ours with nothing on, and what is given beside. */
export function definitionJson({
  task,
  agent,
  environment = {},
  mounts: more,
  base = LINUX,
  containers = [],
}: Given = {}): Json {
  const { volumes, mountPoints } = mounts({ ...base, ...more });
  return {
    family: "datadog-agent-task",
    requiresCompatibilities: ["EC2"],
    placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
    ...ROLES,
    volumes,
    ...task,
    containerDefinitions: [
      {
        name: "datadog-agent",
        image: "public.ecr.aws/datadog/agent:latest",
        cpu: 100,
        memory: 512,
        environment: Object.entries({ DD_SITE: "datadoghq.com", DD_APM_ENABLED: "false", ...environment })
          .filter(([, value]) => value !== "")
          .map(([name, value]) => ({ name, value })),
        secrets: [
          { name: "DD_API_KEY", valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf" },
        ],
        mountPoints,
        healthCheck: { command: ["CMD-SHELL", "agent health"], startPeriod: 15 },
        ...agent,
      },
      ...containers,
    ],
  };
}

export function definitionOf(given: Given = {}): Definition {
  return readDefinition(JSON.stringify(definitionJson(given)), "task.json");
}

/** The one cluster of a file. */
export function clusterOf(yaml: string): ClusterOnHost {
  const [cluster, ...others] = parseConfiguration(yaml, "clusters.yaml").clusters;
  expect(others).toEqual([]);
  return cluster as ClusterOnHost;
}

/** The differences of an output, by path: what is there, what is here, and why. */
export function differencesIn(yaml: string): Record<string, readonly [there: string, here: string, why?: string]> {
  const lines = [...yaml.matchAll(/^# {3}(.+): there (.+?), here (.+?)(?: \((.+)\))?$/gm)];
  return Object.fromEntries(
    lines.map(([, path = "", there = "", here = "", why]) => [
      path,
      why === undefined ? [there, here] : [there, here, why],
    ]),
  );
}
