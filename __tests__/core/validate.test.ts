import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { validateTask } from "../../lib/core/validate";
import { taskOf } from "../support/task";

function container(name: string, ...ports: [number, "tcp" | "udp"][]): ContainerDefinition {
  return { name, portMappings: ports.map(([port, protocol]) => ({ containerPort: port, hostPort: port, protocol })) };
}

describe("the host ports of a task", () => {
  it("may be one number under two protocols", () => {
    expect(validateTask(taskOf(container("agent", [8125, "udp"], [8125, "tcp"])))).toEqual([]);
  });

  it.each([22, 2375, 2376, 51678, 51679, 51680])("can't be %i, which the instance itself needs", (port) => {
    expect(validateTask(taskOf(container("agent"), container("proxy", [port, "tcp"])))).toEqual([
      {
        path: ["features"],
        message: `must leave host port ${port}/tcp to the instance, got it for proxy. Choose another port.`,
      },
    ]);
  });

  it("can be any in awsvpc mode, where the task has a network interface of its own", () => {
    expect(validateTask({ ...taskOf(container("agent", [22, "tcp"])), networkMode: "awsvpc" })).toEqual([]);
  });

  it.each([21, 23, 2374, 2377, 51677, 51681])("can be %i", (port) => {
    expect(validateTask(taskOf(container("agent", [port, "tcp"])))).toEqual([]);
  });

  it("may be none, in several containers", () => {
    expect(validateTask(taskOf({ name: "agent" }, { name: "proxy" }))).toEqual([]);
  });

  it("are of tcp where no protocol is given", () => {
    expect(validateTask(taskOf({ name: "agent", portMappings: [{ hostPort: 22 }] }))).toMatchObject([
      { message: expect.stringContaining("host port 22/tcp") as string },
    ]);
  });

  it("can't be one port for two containers", () => {
    expect(validateTask(taskOf(container("agent", [8126, "tcp"]), container("proxy", [8126, "tcp"])))).toEqual([
      {
        path: ["features"],
        message: "must use host port 8126/tcp once, got it for agent and proxy. Choose another port.",
      },
    ]);
  });
});

it("a container can't have a variable and a secret of one name", () => {
  const container = { environment: [{ name: "A", value: "1" }], secrets: [{ name: "A", valueFrom: "arn" }] };
  expect(validateTask(taskOf({ ...container, secrets: [{ name: "B", valueFrom: "arn" }] }))).toEqual([]);
  expect(validateTask(taskOf(container))).toEqual([
    { path: ["environment", "A"], message: "must not be a secret too, got both." },
  ]);
});

describe("the size of a task", () => {
  // {"family":"agent","containerDefinitions":[{"name":""}]}
  const AROUND = 55;

  it("may be 64 KiB", () => {
    expect(validateTask(taskOf({ name: "x".repeat(65_536 - AROUND) }))).toEqual([]);
  });

  it("can't be a byte more", () => {
    expect(validateTask(taskOf({ name: "x".repeat(65_537 - AROUND) }))).toEqual([
      {
        path: [],
        message:
          "must give a task definition of at most 65536 bytes (ECS's limit), got 65537 bytes. " +
          "Shorten `environment`, `tags` or the lists of patterns.",
      },
    ]);
  });

  it("counts bytes, not characters", () => {
    expect(validateTask(taskOf({ name: "é".repeat(33_000) }))).toHaveLength(1);
  });

  it("counts an escaped brace as ECS will see it", () => {
    const asSeen = "${".repeat(10_000);
    const escaped = "$${".repeat(10_000);
    const rest = "x".repeat(65_536 - AROUND - asSeen.length);
    expect(validateTask(taskOf({ name: escaped + rest }))).toEqual([]);
    expect(validateTask(taskOf({ name: `${escaped}${rest}x` }))).toHaveLength(1);
  });
});

it("a task can have problems of every kind at once", () => {
  const task = taskOf({ ...container("x".repeat(70_000), [22, "tcp"], [8126, "tcp"]) }, container("b", [8126, "tcp"]));
  expect(validateTask(task).map(({ path }) => path)).toEqual([["features"], ["features"], []]);
});
