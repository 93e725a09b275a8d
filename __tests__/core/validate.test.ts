import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { validateTask } from "../../lib/core/validate";
import type { Task } from "../../lib/core/assemble";
import * as support from "../support/task";

/** A task with a memory limit, so that its containers need none. */
function taskOf(...containers: Parameters<typeof support.taskOf>): Task {
  return { ...support.taskOf(...containers), memory: "1024" };
}

function container(name: string, ...ports: [number, "tcp" | "udp"][]): ContainerDefinition {
  return { name, portMappings: ports.map(([port, protocol]) => ({ containerPort: port, hostPort: port, protocol })) };
}

describe("the host ports of a task", () => {
  it("can be the same number with two protocols", () => {
    expect(validateTask(taskOf(container("agent", [8125, "udp"], [8125, "tcp"])))).toEqual([]);
  });

  it.each([22, 2375, 2376, 51678, 51679, 51680])("can't be %i, which is reserved", (port) => {
    expect(validateTask(taskOf(container("agent"), container("proxy", [port, "tcp"])))).toEqual([
      {
        path: ["features"],
        message: `can't use host port ${port}/tcp in proxy: it is reserved on container instances. Set another port.`,
      },
    ]);
  });

  it("can be any in awsvpc mode", () => {
    expect(validateTask({ ...taskOf(container("agent", [22, "tcp"])), networkMode: "awsvpc" })).toEqual([]);
  });

  it.each([21, 23, 2374, 2377, 51677, 51681])("can be %i", (port) => {
    expect(validateTask(taskOf(container("agent", [port, "tcp"])))).toEqual([]);
  });

  it("can be unset in several containers", () => {
    expect(validateTask(taskOf({ name: "agent" }, { name: "proxy" }))).toEqual([]);
  });

  it("are tcp by default", () => {
    expect(validateTask(taskOf({ name: "agent", portMappings: [{ hostPort: 22 }] }))).toMatchObject([
      { message: expect.stringContaining("host port 22/tcp") as string },
    ]);
  });

  it("can't be the same in two containers", () => {
    expect(validateTask(taskOf(container("agent", [8126, "tcp"]), container("proxy", [8126, "tcp"])))).toEqual([
      {
        path: ["features"],
        message: "can't use host port 8126/tcp twice, in agent and proxy. Set another port.",
      },
    ]);
  });
});

describe("the size of a task", () => {
  // {"family":"agent","containerDefinitions":[{"name":""}],"memory":"1024"}
  const AROUND = 71;

  it("can be 64 KiB", () => {
    expect(validateTask(taskOf({ name: "x".repeat(65_536 - AROUND) }))).toEqual([]);
  });

  it("can't be larger", () => {
    expect(validateTask(taskOf({ name: "x".repeat(65_537 - AROUND) }))).toEqual([
      {
        path: [],
        message:
          "has a task definition of 65537 bytes; ECS allows at most 65536. " +
          "Shorten `environment`, `tags` or the lists of patterns.",
      },
    ]);
  });

  it("counts bytes, not characters", () => {
    expect(validateTask(taskOf({ name: "é".repeat(33_000) }))).toHaveLength(1);
  });

  it("counts an escaped brace as sent to ECS", () => {
    const asSeen = "${".repeat(10_000);
    const escaped = "$${".repeat(10_000);
    const rest = "x".repeat(65_536 - AROUND - asSeen.length);
    expect(validateTask(taskOf({ name: escaped + rest }))).toEqual([]);
    expect(validateTask(taskOf({ name: `${escaped}${rest}x` }))).toHaveLength(1);
  });
});

it("reports problems of all kinds at once", () => {
  const task = taskOf({ ...container("x".repeat(70_000), [22, "tcp"], [8126, "tcp"]) }, container("b", [8126, "tcp"]));
  expect(validateTask(task).map(({ path }) => path)).toEqual([["features"], ["features"], []]);
});
