import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { AGENT_CONTAINER, type Task } from "./assemble";
import { isExpression } from "./expression";
import { describe, type Problem } from "./problem";

/**
 * What ECS refuses in the containers of a task when it is registered.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerProblems(task: Task): readonly Problem[] {
  return [
    ...referenceProblems(task),
    ...dependencyProblems(task),
    ...firelensProblems(task),
    ...ulimitProblems(task),
    ...limitProblems(task),
  ];
}

/** Other containers that a container names, by field. */
const REFERENCES: Readonly<Record<string, (container: ContainerDefinition) => readonly (string | undefined)[]>> = {
  dependsOn: ({ dependsOn = [] }) => dependsOn.map(({ containerName }) => containerName),
  links: ({ links = [] }) => links.map((link) => link.split(":")[0]),
  volumesFrom: ({ volumesFrom = [] }) => volumesFrom.map(({ sourceContainer }) => sourceContainer),
};

function referenceProblems({ containerDefinitions }: Task): Problem[] {
  const names = new Set(containerDefinitions.map(({ name }) => name));
  return containerDefinitions.flatMap((container) =>
    Object.entries(REFERENCES).flatMap(([field, namesIn]) =>
      namesIn(container)
        .filter((name) => name !== undefined && !names.has(name) && !isExpression(name))
        .map((name) =>
          problemAt(
            container,
            field,
            `names the container ${describe(name)}, which isn't in the task. Add it to \`sidecars\`, or use another name.`,
          ),
        ),
    ),
  );
}

/** An essential container never completes while its task runs. */
function dependencyProblems({ containerDefinitions }: Task): Problem[] {
  const essential = new Set(containerDefinitions.flatMap(({ name, essential = true }) => (essential ? [name] : [])));
  return containerDefinitions.flatMap((container) =>
    (container.dependsOn ?? [])
      .filter(
        ({ condition = "", containerName }) =>
          ["COMPLETE", "SUCCESS"].includes(condition) && essential.has(containerName),
      )
      .map(({ condition, containerName }) =>
        problemAt(
          container,
          "dependsOn",
          `can't wait for ${condition} of ${describe(containerName)}, which is essential. Set its \`essential\` to false, or use START or HEALTHY.`,
        ),
      ),
  );
}

function firelensProblems({ containerDefinitions }: Task): Problem[] {
  if (containerDefinitions.some(({ firelensConfiguration }) => firelensConfiguration !== undefined)) return [];
  return containerDefinitions
    .filter(({ logConfiguration }) => logConfiguration?.logDriver === "awsfirelens")
    .map((container) =>
      problemAt(
        container,
        "logConfiguration",
        "needs a FireLens log router for the log driver awsfirelens. Add a container with `firelensConfiguration` to `sidecars`.",
      ),
    );
}

function ulimitProblems({ containerDefinitions }: Task): Problem[] {
  return containerDefinitions.flatMap((container) => {
    const names = (container.ulimits ?? []).map(({ name }) => name);
    return names
      .filter((name, index) => names.indexOf(name) < index && !isExpression(name))
      .map((name) => problemAt(container, "ulimits", `sets ${name} more than once. Remove one of them.`));
  });
}

/** A task's limits hold for its containers: ECS compares each hard memory limit, and the sums of the reservations. */
function limitProblems({ containerDefinitions, cpu, memory }: Task): Problem[] {
  const [cpuUnits, memoryMiB] = [unitsOf(cpu), unitsOf(memory)];
  return [
    ...containerDefinitions
      .filter((container) => !memory && container.memory === undefined && container.memoryReservation === undefined)
      .map((container) =>
        problemAt(
          container,
          "memory",
          "isn't set. Set `memory` or `memoryReservation`, or the limit of the task with `taskDefinition.memory`.",
        ),
      ),
    ...containerDefinitions
      .filter((container) => isAbove(container.memory, memoryMiB))
      .map((container) =>
        problemAt(
          container,
          "memory",
          `is ${container.memory} MiB, more than the task's limit of ${memoryMiB} MiB (\`taskDefinition.memory\`). Lower it, or raise the limit.`,
        ),
      ),
    ...sumProblems("memory", "memoryReservation", "MiB", memoryMiB, containerDefinitions),
    ...sumProblems("cpu", "cpu", "CPU units", cpuUnits, containerDefinitions),
  ];
}

function sumProblems(
  limit: "cpu" | "memory",
  field: "cpu" | "memoryReservation",
  unit: string,
  units: number | undefined,
  containers: readonly ContainerDefinition[],
): Problem[] {
  const values = containers.map((container) => container[field] ?? 0);
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.some(isExpression) || !isAbove(sum, units)) return [];
  const message = `is ${units} ${unit}, less than the ${sum} ${unit} of its containers' \`${field}\`. Raise it, or lower theirs.`;
  return [{ path: ["taskDefinition", limit], message }];
}

function isAbove(value: number | undefined, limit: number | undefined): boolean {
  return value !== undefined && limit !== undefined && !isExpression(value) && value > limit;
}

/** CPU units or MiB of a text such as `512`, `.5 vCPU` or `1 GB`; undefined if only Terraform or ECS can tell. */
function unitsOf(text: string | undefined): number | undefined {
  const [, number, unit] = /^([0-9.]+) ?(vcpu|gb)?$/i.exec(text ?? "") ?? [];
  return number === undefined ? undefined : Number(number) * (unit === undefined ? 1 : 1024);
}

/** Settings with another name than the field of the Agent's container definition. */
const SETTINGS: Readonly<Record<string, string>> = {
  memory: "memoryMiB",
  ulimits: "ulimits",
  logConfiguration: "logConfiguration",
};

/** A problem of the Agent's container is at its setting. A problem of another container names that container. */
function problemAt({ name = "" }: ContainerDefinition, field: string, message: string): Problem {
  if (name !== AGENT_CONTAINER) return { path: ["sidecars"], message: `container ${name}: ${field} ${message}` };
  const setting = SETTINGS[field];
  return { path: setting === undefined ? ["containerDefinition", field] : [setting], message };
}
