import { catalog } from "../../lib/catalog";
import type { ClusterOnHost } from "../../lib/configuration/types";
import { agentTask } from "../../lib/core/agent-task";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { type Definition, readDefinition } from "../../lib/outputs/import/definition";

type Json = Readonly<Record<string, unknown>>;

/** Volumes and mount points from container paths: the path on the host, and whether it is writable. */
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

/** What this project always adds, so that a task definition with only this has no differences. */
const ROLES = {
  taskRoleArn: "arn:aws:iam::123456789012:role/task",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
};

export interface Given {
  readonly task?: Json;
  readonly agent?: Json;
  readonly environment?: Readonly<Record<string, string>>;
  /** More mounts; with `base` instead of those of Linux. */
  readonly mounts?: Parameters<typeof mounts>[0];
  readonly base?: Parameters<typeof mounts>[0];
  readonly containers?: readonly Json[];
}

/** A task definition as a file: the Agent without features, and the given changes. */
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

/** The differences in an output, by path: the original value, the new one and the reason. */
export function differencesIn(
  yaml: string,
): Record<string, readonly [original: string, changed: string, why?: string]> {
  const NOTHING = "nothing";
  const sections = yaml.split(/^# (?=(?:Only in the original|Different|Added):$)/m).slice(1);
  const all = sections.flatMap((section) => {
    const [heading = ""] = section.split(":");
    return [...section.matchAll(/^# {3}(.+?): (?!\/)(.+?)(?: \((.+)\))?$/gm)].map(([, path = "", value = "", why]) => {
      const [, original = "", changed = ""] = /^original: (.+) → new: (.+)$/.exec(value) ?? [];
      const sides =
        heading === "Different" ? [original, changed] : heading === "Added" ? [NOTHING, value] : [value, NOTHING];
      return [path, why === undefined ? sides : [...sides, why]] as const;
    });
  });
  return Object.fromEntries(all) as Record<string, string[]> as unknown as ReturnType<typeof differencesIn>;
}

/** The deployed task definition of a cluster, with a secret and roles. */
export function deployed(
  { taskRoleArn, executionRoleArn, resourceTags, ...cluster }: ClusterOnHost,
  valueFrom: string,
): Record<string, unknown> {
  const settings = { ...cluster, taskRoleArn, executionRoleArn, resourceTags };
  const { task } = agentTask(catalog, settings, { arn: valueFrom });
  const definition = awsCliJson({
    ...task,
    taskRoleArn: taskRoleArn ?? "arn:aws:iam::123456789012:role/made-task",
    executionRoleArn: executionRoleArn ?? "arn:aws:iam::123456789012:role/made-execution",
    ...(Object.keys(resourceTags).length > 0 && {
      tags: Object.entries(resourceTags).map(([key, value]) => ({ key, value })),
    }),
  });
  return JSON.parse(definition) as Record<string, unknown>;
}
