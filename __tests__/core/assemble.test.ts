import { assemble, type TaskParts } from "../../lib/core/assemble";
import type { Contribution } from "../../lib/core/feature";
import { hostMount } from "../../lib/core/host";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

const bare: TaskParts = {
  host: linux,
  networkMode: "bridge",
  image: "registry.example/agent:7",
  container: { cpu: 0, memory: 512 },
  task: { family: "agent-task" },
  off: {},
  contributors: [],
  environment: {},
};

/** Contributions of `features.a`, `features.b` and so on. */
function contributors(...contributions: Contribution[]) {
  return contributions.map((contribution, index) => ({ source: `features.${"abc".charAt(index)}`, contribution }));
}

const assembled = (...contributions: Contribution[]) =>
  assemble({ ...bare, contributors: contributors(...contributions) });

const agentOf = ({ task }: ReturnType<typeof assemble>) => task.containerDefinitions[0];

describe("a task without contributors", () => {
  it("is the Agent's container without empty values", () => {
    expect(assemble(bare)).toStrictEqual({
      task: {
        family: "agent-task",
        networkMode: "bridge",
        placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
        containerDefinitions: [
          { name: "datadog-agent", image: "registry.example/agent:7", essential: true, cpu: 0, memory: 512 },
        ],
      },
      problems: [],
    });
  });

  it("has a placement constraint on the host's system, and no network mode if the host has none", () => {
    const { task } = assemble({ ...bare, host: windows, networkMode: undefined });
    expect(task.placementConstraints).toEqual([{ type: "memberOf", expression: "attribute:ecs.os-type == windows" }]);
    expect(task).not.toHaveProperty("networkMode");
  });

  it("has the task and container fields of the settings, in a fixed order", () => {
    const healthCheck = { command: ["CMD-SHELL", "agent health"], interval: 30 };
    const { task } = assemble({
      ...bare,
      container: { healthCheck, memory: 256, cpu: 10 },
      task: { requiresCompatibilities: ["EXTERNAL"], family: "agents" },
    });
    expect(task).toMatchObject({ family: "agents", requiresCompatibilities: ["EXTERNAL"] });
    expect(Object.entries(task.containerDefinitions[0])).toEqual([
      ["name", "datadog-agent"],
      ["image", "registry.example/agent:7"],
      ["essential", true],
      ["cpu", 10],
      ["memory", 256],
      ["healthCheck", healthCheck],
    ]);
  });
});

describe("the environment", () => {
  it("sorts its variables by name", () => {
    const { environment } = agentOf(assembled({ environment: { B: "1", a: "2" } }, { environment: { A: "3" } }));
    expect(environment).toEqual([
      { name: "A", value: "3" },
      { name: "B", value: "1" },
      { name: "a", value: "2" },
    ]);
  });

  it("lets contributors override features that are off, and the user override both", () => {
    const { task, problems } = assemble({
      ...bare,
      off: { OFF: "off", ON: "off", USER: "off" },
      contributors: contributors({ environment: { ON: "on", USER: "on" } }),
      environment: { USER: "user" },
    });
    expect(task.containerDefinitions[0].environment).toEqual([
      { name: "OFF", value: "off" },
      { name: "ON", value: "on" },
      { name: "USER", value: "user" },
    ]);
    expect(problems).toEqual([]);
  });
});

describe("what contributors agree on", () => {
  it("is in the task once", () => {
    const wish = (): Contribution => ({
      environment: { DD_SITE: "datadoghq.eu" },
      secrets: { KEY: "arn:key" },
      mounts: [hostMount("sockets", "/run", { readOnly: false })],
      ports: [{ containerPort: 8126, protocol: "tcp" }],
      capabilities: ["NET_RAW", "CHOWN"],
      sidecars: [{ name: "proxy", image: "proxy:1", cpu: 10, memoryMiB: 64, environment: {}, ports: [] }],
    });
    const { task, problems } = assembled(wish(), wish());
    expect(problems).toEqual([]);
    expect(task.volumes).toEqual([{ name: "sockets", host: { sourcePath: "/run" } }]);
    expect(task.containerDefinitions).toEqual([
      {
        name: "datadog-agent",
        image: "registry.example/agent:7",
        essential: true,
        cpu: 0,
        memory: 512,
        environment: [{ name: "DD_SITE", value: "datadoghq.eu" }],
        secrets: [{ name: "KEY", valueFrom: "arn:key" }],
        mountPoints: [{ containerPath: "/run", readOnly: false, sourceVolume: "sockets" }],
        portMappings: [{ containerPort: 8126, hostPort: 8126, protocol: "tcp" }],
        linuxParameters: { capabilities: { add: ["CHOWN", "NET_RAW"], drop: [] } },
      },
      { name: "proxy", image: "proxy:1", essential: true, cpu: 10, memory: 64 },
    ]);
  });
});

describe("what contributors disagree on", () => {
  const sidecar = { name: "proxy", image: "proxy:1", cpu: 0, memoryMiB: 64, environment: {}, ports: [] };

  it.each<[string, Contribution, Contribution]>([
    ["the variable DD_SITE", { environment: { DD_SITE: "a" } }, { environment: { DD_SITE: "b" } }],
    ["the secret KEY", { secrets: { KEY: "arn:a" } }, { secrets: { KEY: "arn:b" } }],
    [
      "the mount at /run",
      { mounts: [hostMount("run", "/run")] },
      { mounts: [hostMount("run", "/run", { readOnly: false })] },
    ],
    [
      "the volume run",
      { mounts: [hostMount("run", "/run", { at: "/a" })] },
      { mounts: [hostMount("run", "/var/run", { at: "/b" })] },
    ],
    ["the container proxy", { sidecars: [sidecar] }, { sidecars: [{ ...sidecar, image: "proxy:2" }] }],
  ])("is a problem about %s that names both", (what, a, b) => {
    expect(assembled(a, b).problems).toEqual([
      {
        path: ["features", "b"],
        message: `conflicts with features.a on ${what}. Turn one of them off, or change its options.`,
      },
    ]);
  });
});

describe("ports and mounts", () => {
  it("sort ports by number, then protocol", () => {
    const { portMappings } = agentOf(
      assembled({
        ports: [
          { containerPort: 10_000, protocol: "tcp" },
          { containerPort: 8125, protocol: "udp" },
          { containerPort: 8125, protocol: "tcp" },
          { containerPort: 80, protocol: "tcp" },
        ],
      }),
    );
    expect(portMappings?.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`)).toEqual([
      "80/tcp",
      "8125/tcp",
      "8125/udp",
      "10000/tcp",
    ]);
  });

  it("sort mounts by their path in the container and volumes by their name", () => {
    const { task } = assembled({ mounts: [hostMount("a", "/2"), hostMount("b", "/1")] });
    expect(task.containerDefinitions[0].mountPoints?.map(({ containerPath }) => containerPath)).toEqual(["/1", "/2"]);
    expect(task.volumes?.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("can mount a volume twice", () => {
    const { task, problems } = assembled({
      mounts: [hostMount("run", "/run", { at: "/a" }), hostMount("run", "/run", { at: "/b" })],
    });
    expect(task.containerDefinitions[0].mountPoints).toHaveLength(2);
    expect({ volumes: task.volumes, problems }).toEqual({
      volumes: [{ name: "run", host: { sourcePath: "/run" } }],
      problems: [],
    });
  });
});

describe("sidecars", () => {
  it("follow the Agent by name, essential, with their own variables and ports sorted", () => {
    const { task } = assembled({
      sidecars: [
        { name: "z", image: "z:1", cpu: 0, memoryMiB: 6, environment: {}, ports: [] },
        {
          name: "proxy",
          image: "proxy:1",
          cpu: 10,
          memoryMiB: 256,
          environment: { B: "2", A: "1" },
          ports: [{ containerPort: 9803, protocol: "tcp" }],
        },
      ],
    });
    expect(task.containerDefinitions.map(({ name }) => name)).toEqual(["datadog-agent", "proxy", "z"]);
    expect(task.containerDefinitions[1]).toStrictEqual({
      name: "proxy",
      image: "proxy:1",
      essential: true,
      cpu: 10,
      memory: 256,
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      portMappings: [{ containerPort: 9803, hostPort: 9803, protocol: "tcp" }],
    });
  });
});

it.each<[string, Contribution[], string | undefined]>([
  ["its own without contributors", [], undefined],
  ["none by default", [{ environment: { A: "1" } }], undefined],
  ["the instance's where one wants it", [{}, { pidMode: "host" }, {}], "host"],
  ["the instance's where several want it", [{ pidMode: "host" }, { pidMode: "host" }], "host"],
])("the process namespace of the task is %s", (_what, contributions, expected) => {
  const { task, problems } = assembled(...contributions);
  expect([task.pidMode, problems]).toEqual([expected, []]);
});
