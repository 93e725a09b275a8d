import { parse } from "yaml";
import { catalog } from "../../../lib/catalog";
import { importDefinition } from "../../../lib/outputs/import";

/** Fields of task definitions that keys with ECS's names reproduce. */
const KEY = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";

function imported(agent: object, task: object = {}) {
  const definition = {
    family: "datadog-agent-task",
    requiresCompatibilities: ["EC2"],
    ...task,
    containerDefinitions: [
      {
        name: "datadog-agent",
        image: "public.ecr.aws/datadog/agent:latest",
        cpu: 100,
        memory: 512,
        environment: [{ name: "DD_SITE", value: "datadoghq.com" }],
        secrets: [{ name: "DD_API_KEY", valueFrom: KEY }],
        ...agent,
      },
      ...((task as { more?: object[] }).more ?? []),
    ],
    more: undefined,
  };
  const yaml = importDefinition(catalog, JSON.stringify(definition), "a.json");
  const [entry = {}] = (parse(yaml) as { clusters: Record<string, unknown>[] }).clusters;
  return { entry, lost: /^# Only in the original:\n((?:# {3}.*\n)*)/m.exec(yaml)?.[1] ?? "" };
}

const scratch = { name: "scratch" };

describe("import of any task definition", () => {
  it.each<[string, object, object, object]>([
    ["a soft limit", { memory: null, memoryReservation: 128 }, {}, { memoryReservationMiB: 128 }],
    ["limits of the task", { memory: null }, { memory: "1024" }, { taskDefinition: { memory: "1024" } }],
    [
      "a read-only root with its own volume",
      {
        readonlyRootFilesystem: true,
        mountPoints: [{ sourceVolume: "scratch", containerPath: "/etc/datadog-agent" }],
      },
      { volumes: [scratch] },
      {
        readonlyRootFilesystem: true,
        mounts: [{ containerPath: "/etc/datadog-agent", readOnly: false, volume: scratch }],
      },
    ],
    [
      "another secret, by a parameter's name",
      {
        secrets: [
          { name: "DD_API_KEY", valueFrom: KEY },
          { name: "DD_APP_KEY", valueFrom: "/prod/app" },
        ],
      },
      {},
      { secrets: { DD_APP_KEY: "/prod/app" } },
    ],
    [
      "a dynamic host port",
      { portMappings: [{ containerPort: 5555, hostPort: 0, protocol: "tcp" }] },
      {},
      { ports: [{ containerPort: 5555, hostPort: 0, protocol: "tcp" }] },
    ],
    [
      "a container that it waits for",
      { dependsOn: [{ containerName: "init", condition: "SUCCESS" }] },
      { more: [{ name: "init", image: "busybox", essential: false, memory: 16 }] },
      {
        containerDefinition: { dependsOn: [{ containerName: "init", condition: "SUCCESS" }] },
        sidecars: [{ name: "init", image: "busybox", essential: false, memory: 16 }],
      },
    ],
    [
      "a log driver",
      { logConfiguration: { logDriver: "json-file", options: { "max-size": "1m" } } },
      {},
      { logConfiguration: { logDriver: "json-file", options: { "max-size": "1m" } } },
    ],
  ])("keeps %s", (_what, agent, task, keys) => {
    const { entry, lost } = imported(agent, task);
    expect(entry).toMatchObject(keys);
    expect(lost).toBe("");
  });
});
