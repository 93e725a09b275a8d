import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { AGENT_CONTAINER, type Task } from "./assemble";
import { isExpression } from "./expression";
import { describe, type Problem } from "./problem";

/** The values in a message, by their names. */
type Values = Readonly<Record<string, string | number>>;

/** What ECS refuses in a container when the task definition is registered. The Terraform module has the same checks. */
export interface ContainerCheck {
  /** The field of the container definition that is wrong. */
  readonly field: keyof ContainerDefinition;
  /** The value that is a key in that field. */
  readonly key?: string;
  /** The message, which follows the field. `{name}` is replaced with the value of that name. Keys are in backticks. */
  readonly message: string;
  /** The values of each problem. */
  readonly refused: (container: ContainerDefinition, task: Task) => readonly Values[];
}

/** The same for a limit of the task, which ECS compares with the sum over the containers. */
interface LimitCheck {
  readonly limit: "cpu" | "memory";
  /** The field of the containers that is added up. */
  readonly field: "cpu" | "memoryReservation";
  readonly message: string;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const CONTAINER_CHECKS = {
  unknownDependency: otherContainer("dependsOn", namesInDependsOn),
  unknownLink: otherContainer("links", namesInLinks),
  unknownVolumeSource: otherContainer("volumesFrom", ({ volumesFrom = [] }) =>
    volumesFrom.map(({ sourceContainer }) => sourceContainer),
  ),
  // An essential container never completes while its task runs.
  essentialDependency: {
    field: "dependsOn",
    message:
      "can't wait for {condition} of {name}, which is essential. Set its `essential` to false, or use START or HEALTHY.",
    refused: ({ dependsOn = [] }, { containerDefinitions }) => {
      const essential = new Set(
        containerDefinitions.flatMap(({ name, essential = true }) => (essential ? [name] : [])),
      );
      return dependsOn
        .filter(
          ({ condition = "", containerName }) =>
            ["COMPLETE", "SUCCESS"].includes(condition) && essential.has(containerName),
        )
        .map(({ condition = "", containerName }) => ({ condition, name: describe(containerName) }));
    },
  },
  missingRouter: {
    field: "logConfiguration",
    message:
      "needs a FireLens log router for the log driver awsfirelens. Add a container with `firelensConfiguration` to `sidecars`.",
    refused: ({ logConfiguration }, { containerDefinitions }) =>
      once(
        logConfiguration?.logDriver === "awsfirelens" &&
          containerDefinitions.every(({ firelensConfiguration }) => firelensConfiguration === undefined),
      ),
  },
  variableAndSecret: {
    field: "environment",
    key: "name",
    message: "is both a variable and a secret of this container. Remove one of them.",
    refused: ({ environment = [], secrets = [] }) => {
      const variables = new Set(environment.map(({ name }) => name));
      return secrets.filter(({ name }) => variables.has(name)).map(({ name = "" }) => ({ name }));
    },
  },
  repeatedUlimit: {
    field: "ulimits",
    message: "sets {name} more than once. Remove one of them.",
    refused: ({ ulimits = [] }) => {
      const names = ulimits.map(({ name = "" }) => name);
      return names
        .filter((name, index) => names.indexOf(name) < index && !isExpression(name))
        .map((name) => ({ name }));
    },
  },
  missingMemory: {
    field: "memory",
    message: "isn't set. Set `memory` or `memoryReservation`, or the limit of the task with `taskDefinition.memory`.",
    refused: ({ memory, memoryReservation }, task) =>
      once(!task.memory && memory === undefined && memoryReservation === undefined),
  },
  memoryAboveLimit: {
    field: "memory",
    message:
      "is {value} MiB, more than the task's limit of {limit} MiB (`taskDefinition.memory`). Lower it, or raise the limit.",
    refused: ({ memory }, task) => above(memory, unitsOf(task.memory)),
  },
} satisfies Readonly<Record<string, ContainerCheck>>;

export const LIMIT_CHECKS: readonly LimitCheck[] = [
  {
    limit: "memory",
    field: "memoryReservation",
    message:
      "is {limit} MiB, less than the {value} MiB of its containers' `memoryReservation`. Raise it, or lower theirs.",
  },
  {
    limit: "cpu",
    field: "cpu",
    message:
      "is {limit} CPU units, less than the {value} CPU units of its containers' `cpu`. Raise it, or lower theirs.",
  },
];

/** What ECS refuses in the containers of a task when it is registered. */
export function containerProblems(task: Task): readonly Problem[] {
  const all: readonly ContainerCheck[] = Object.values(CONTAINER_CHECKS);
  return [
    ...all.flatMap((check) =>
      task.containerDefinitions.flatMap((container) =>
        check.refused(container, task).map((values) => problemOf(check, container, values)),
      ),
    ),
    ...LIMIT_CHECKS.flatMap((check) => limitProblems(check, task)),
    ...cycleProblems("dependsOn", namesInDependsOn, task),
    ...cycleProblems("links", namesInLinks, task),
  ];
}

/** The message with values in place of their names. */
export function filled(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name]));
}

/** The setting of a field of the Agent's container. */
export function settingOf(field: keyof ContainerDefinition): string {
  return SETTINGS[field] ?? `containerDefinition.${field}`;
}

/** @param namesIn the other containers that a container names */
function otherContainer(
  field: keyof ContainerDefinition,
  namesIn: (container: ContainerDefinition) => readonly (string | undefined)[],
): ContainerCheck {
  return {
    field,
    message: "names the container {name}, which isn't in the task. Add it to `sidecars`, or use another name.",
    refused: (container, { containerDefinitions }) => {
      const names = new Set(containerDefinitions.map(({ name }) => name));
      return namesIn(container)
        .filter((name) => name !== undefined && !names.has(name) && !isExpression(name))
        .map((name) => ({ name: describe(name) }));
    },
  };
}

function namesInDependsOn({ dependsOn = [] }: ContainerDefinition) {
  return dependsOn.map(({ containerName }) => containerName);
}

function namesInLinks({ links = [] }: ContainerDefinition) {
  return links.map((link) => link.split(":")[0]);
}

/** Each cycle is a problem of its first container. Not in the Terraform module: Terraform has no recursion. */
function cycleProblems(
  field: "dependsOn" | "links",
  namesIn: typeof namesInLinks,
  { containerDefinitions }: Task,
): readonly Problem[] {
  const containers = new Map(containerDefinitions.map((container) => [container.name, container]));
  const refused = [...containers].flatMap(([first, container], index) => {
    const visited = new Set([...containers.keys()].slice(0, index));
    const pathBack = (name: string | undefined): readonly (string | undefined)[] | undefined => {
      visited.add(name);
      for (const next of namesIn(containers.get(name) ?? {})) {
        if (next === first) return [name, next];
        const rest = visited.has(next) ? undefined : pathBack(next);
        if (rest !== undefined) return [name, ...rest];
      }
      return undefined;
    };
    const cycle = pathBack(first);
    return cycle === undefined ? [] : [{ container, cycle: cycle.join(" → ") }];
  });
  const message = "has a dependency cycle: {cycle}. Remove one of these dependencies.";
  return refused.map(({ container, cycle }) => problemOf({ field, message }, container, { cycle }));
}

function once(isRefused: boolean): readonly Values[] {
  return isRefused ? [{}] : [];
}

function limitProblems({ limit, field, message }: LimitCheck, { containerDefinitions, ...task }: Task): Problem[] {
  const values = containerDefinitions.map((container) => container[field] ?? 0);
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.some(isExpression)) return [];
  return above(sum, unitsOf(task[limit])).map((each) => ({
    path: ["taskDefinition", limit],
    message: filled(message, each),
  }));
}

function above(value: number | undefined, limit: number | undefined): readonly Values[] {
  return value !== undefined && limit !== undefined && !isExpression(value) && value > limit ? [{ value, limit }] : [];
}

/** CPU units or MiB of a text such as `512`, `.5 vCPU` or `1 GB`; undefined if only Terraform or ECS can tell. */
function unitsOf(text: string | undefined): number | undefined {
  const [, number, unit] = /^([0-9.]+) ?(vcpu|gb)?$/i.exec(text ?? "") ?? [];
  return number === undefined ? undefined : Number(number) * (unit === undefined ? 1 : 1024);
}

/** Settings with another name than the field of the Agent's container definition. */
const SETTINGS: Readonly<Record<string, string>> = {
  environment: "environment",
  memory: "memoryMiB",
  ulimits: "ulimits",
  logConfiguration: "logConfiguration",
};

/** A problem of the Agent's container is at its setting. A problem of another container names that container. */
function problemOf(
  check: Omit<ContainerCheck, "refused">,
  { name = "" }: ContainerDefinition,
  values: Values,
): Problem {
  const { field, key } = check;
  const message = filled(check.message, values);
  const keys = key === undefined ? [] : [String(values[key])];
  return name === AGENT_CONTAINER
    ? { path: [...settingOf(field).split("."), ...keys], message }
    : { path: ["sidecars"], message: `container ${name}: ${[field, ...keys].join(".")} ${message}` };
}
