import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { containerProblems } from "../../lib/core/validate-containers";

const agent: ContainerDefinition = { name: "datadog-agent", memory: 512, cpu: 100 };
const init: ContainerDefinition = { name: "init", memory: 64, essential: false };

/** The problems of a task with the Agent's container and a sidecar, as `path message`. */
function problemsOf(more: ContainerDefinition, sidecar: ContainerDefinition = {}, task: object = {}): string[] {
  const containers = [
    { ...agent, ...more },
    { ...init, ...sidecar },
  ] satisfies [ContainerDefinition, ContainerDefinition];
  return containerProblems({ family: "agent", containerDefinitions: containers, ...task }).map(
    ({ path, message }) => `${path.join(".")} ${message}`,
  );
}

describe("a reference to another container", () => {
  const MISSING = 'names the container "app", which isn\'t in the task. Add it to `sidecars`, or use another name.';

  it.each<[string, (name: string) => ContainerDefinition]>([
    ["dependsOn", (containerName) => ({ dependsOn: [{ containerName, condition: "START" }] })],
    ["links", (name) => ({ links: [`${name}:alias`] })],
    ["volumesFrom", (sourceContainer) => ({ volumesFrom: [{ sourceContainer }] })],
  ])("must name a container of the task: %s", (field, naming) => {
    expect(problemsOf(naming("app"))).toEqual([`containerDefinition.${field} ${MISSING}`]);
    expect(problemsOf({}, naming("app"))).toEqual([`sidecars container init: ${field} ${MISSING}`]);
    expect(problemsOf(naming("init"))).toEqual([]);
    expect(problemsOf({}, naming("datadog-agent"))).toEqual([]);
    expect(problemsOf(naming("${var.name}"))).toEqual([]);
  });
});

describe("a dependency cycle", () => {
  const FIELDS: Readonly<Record<string, (names: readonly string[]) => ContainerDefinition>> = {
    dependsOn: (names) => ({ dependsOn: names.map((containerName) => ({ containerName, condition: "START" })) }),
    links: (names) => ({ links: names.map((name) => `${name}:alias`) }),
  };
  const taskOf = (field: string, edges: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(edges).map(([name, names]) => ({ name, memory: 64, ...FIELDS[field]?.(names) }));

  it.each(
    Object.keys(FIELDS).flatMap((field) => [
      { field, edges: { "datadog-agent": ["a", "b"], a: ["b"], b: [] }, path: "", cycle: "" },
      { field, edges: { "datadog-agent": [], a: ["a"] }, path: "sidecars container a:", cycle: "a → a" },
      {
        field,
        edges: { "datadog-agent": ["a"], a: ["b"], b: ["datadog-agent"] },
        path: "containerDefinition",
        cycle: "datadog-agent → a → b → datadog-agent",
      },
      {
        field,
        edges: { "datadog-agent": ["b"], a: ["b"], b: ["a"] },
        path: "sidecars container a:",
        cycle: "a → b → a",
      },
    ]),
  )("is refused once: $field $cycle", ({ field, edges, path, cycle }) => {
    const containerDefinitions = taskOf(field, edges) as [ContainerDefinition];
    const problems = containerProblems({ family: "agent", containerDefinitions });
    const name = path === "containerDefinition" ? `${path}.${field}` : `${path} ${field}`;
    const expected = `${name} has a dependency cycle: ${cycle}. Remove one of these dependencies.`;
    expect(problems.map(({ path, message }) => `${path.join(".")} ${message}`)).toEqual(cycle === "" ? [] : [expected]);
  });
});

describe("a dependency on the completion of a container", () => {
  const dependsOn = (containerName: string, condition: "COMPLETE" | "HEALTHY" | "START" | "SUCCESS") => ({
    dependsOn: [{ containerName, condition }],
  });

  it.each(["COMPLETE", "SUCCESS"] as const)("needs a container that isn't essential: %s", (condition) => {
    const problem = (name: string) =>
      `can't wait for ${condition} of "${name}", which is essential. Set its \`essential\` to false, or use START or HEALTHY.`;
    expect(problemsOf(dependsOn("init", condition))).toEqual([]);
    // Containers are essential by default.
    for (const essential of [true, undefined]) {
      expect(problemsOf(dependsOn("init", condition), { essential })).toEqual([
        `containerDefinition.dependsOn ${problem("init")}`,
      ]);
    }
    expect(problemsOf({}, dependsOn("datadog-agent", condition))).toEqual([
      `sidecars container init: dependsOn ${problem("datadog-agent")}`,
    ]);
  });

  it.each(["START", "HEALTHY"] as const)("isn't one: %s", (condition) => {
    expect(problemsOf(dependsOn("init", condition), { essential: true })).toEqual([]);
  });
});

describe("the log driver awsfirelens", () => {
  const logConfiguration = { logDriver: "awsfirelens" } as const;
  const MISSING =
    "needs a FireLens log router for the log driver awsfirelens. Add a container with `firelensConfiguration` to `sidecars`.";

  it("needs a FireLens log router", () => {
    expect(problemsOf({ logConfiguration })).toEqual([`logConfiguration ${MISSING}`]);
    expect(problemsOf({}, { logConfiguration })).toEqual([`sidecars container init: logConfiguration ${MISSING}`]);
    expect(problemsOf({ logConfiguration }, { firelensConfiguration: { type: "fluentbit" } })).toEqual([]);
    expect(problemsOf({ logConfiguration: { logDriver: "json-file" } })).toEqual([]);
  });
});

it("a variable can't have the name of a secret of the same container", () => {
  const environment = [{ name: "A", value: "1" }];
  const secrets = [{ name: "A", valueFrom: "arn" }];
  const BOTH = "is both a variable and a secret of this container. Remove one of them.";
  expect(problemsOf({ environment, secrets })).toEqual([`environment.A ${BOTH}`]);
  expect(problemsOf({}, { environment, secrets })).toEqual([`sidecars container init: environment.A ${BOTH}`]);
  expect(problemsOf({ environment }, { secrets })).toEqual([]);
});

describe("ulimits", () => {
  const nofile = { name: "nofile", softLimit: 1, hardLimit: 2 } as const;

  it("must have each name once", () => {
    const twice = "sets nofile more than once. Remove one of them.";
    expect(problemsOf({ ulimits: [nofile, { ...nofile, hardLimit: 3 }] })).toEqual([`ulimits ${twice}`]);
    expect(problemsOf({}, { ulimits: [nofile, nofile] })).toEqual([`sidecars container init: ulimits ${twice}`]);
    expect(problemsOf({ ulimits: [nofile, { ...nofile, name: "nproc" }] }, { ulimits: [nofile] })).toEqual([]);
  });
});

describe("the memory of a container", () => {
  const unset = { memory: undefined };
  const MISSING =
    "sidecars container init: memory isn't set. Set `memory` or `memoryReservation`, or the limit of the task with `taskDefinition.memory`.";

  it("must be set unless the task has a limit", () => {
    expect(problemsOf({}, unset)).toEqual([MISSING]);
    expect(problemsOf({}, { ...unset, memoryReservation: 64 })).toEqual([]);
    expect(problemsOf({}, unset, { memory: "1024" })).toEqual([]);
    expect(problemsOf({}, unset, { memory: "${var.memory}" })).toEqual([]);
  });

  it("can't be more than the task's limit", () => {
    const tooMuch = (limit: string) =>
      `is 1025 MiB, more than the task's limit of ${limit} MiB (\`taskDefinition.memory\`). Lower it, or raise the limit.`;
    for (const memory of ["1024", "1 GB", "1GB"]) {
      expect(problemsOf({ memory: 1025 }, {}, { memory })).toEqual([`memoryMiB ${tooMuch("1024")}`]);
      expect(problemsOf({ memory: 1024 }, { memory: 1024 }, { memory })).toEqual([]);
    }
    expect(problemsOf({}, { memory: 1025 }, { memory: "1024" })).toEqual([
      `sidecars container init: memory ${tooMuch("1024")}`,
    ]);
    expect(problemsOf({ memory: 1025 }, {}, { memory: "${var.memory}" })).toEqual([]);
  });
});

describe("a limit of the task", () => {
  it.each(["256", ".25 vCPU", "0.25vcpu"])("must cover the sum of the containers' CPU units: %s", (cpu) => {
    expect(problemsOf({}, { cpu: 157 }, { cpu })).toEqual([
      "taskDefinition.cpu is 256 CPU units, less than the 257 CPU units of its containers' `cpu`. Raise it, or lower theirs.",
    ]);
    expect(problemsOf({}, { cpu: 156 }, { cpu })).toEqual([]);
  });

  it("must cover the sum of the containers' memory reservations", () => {
    const reservations = [{ memoryReservation: 512 }, { memory: undefined, memoryReservation: 513 }] as const;
    expect(problemsOf(...reservations, { memory: "1 GB" })).toEqual([
      "taskDefinition.memory is 1024 MiB, less than the 1025 MiB of its containers' `memoryReservation`. Raise it, or lower theirs.",
    ]);
    expect(problemsOf(...reservations, { memory: "1025" })).toEqual([]);
  });

  it("isn't compared if only Terraform knows it", () => {
    const unknown = "${var.cpu}" as unknown as number;
    expect(problemsOf({ cpu: unknown }, { cpu: 1000 }, { cpu: "256" })).toEqual([]);
    expect(problemsOf({}, { cpu: 1000 }, { cpu: "${var.cpu}" })).toEqual([]);
  });
});
