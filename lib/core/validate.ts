import { RESERVED_HOST_PORTS, TASK_DEFINITION_BYTES } from "./ecs";
import { isExpression, unescapeTemplate } from "./expression";
import type { Task } from "./assemble";
import type { Problem } from "./problem";

/** What ECS would refuse in a task, whatever configuration it came from. */
export function validateTask(task: Task): readonly Problem[] {
  return [...nameProblems(task), ...portProblems(task), ...sizeProblems(task)];
}

/** A container's variables and secrets end up in one environment. */
function nameProblems({ containerDefinitions }: Task): Problem[] {
  return containerDefinitions.flatMap(({ environment = [], secrets = [] }) => {
    const variables = new Set(environment.map(({ name }) => name));
    return secrets
      .filter(({ name }) => variables.has(name))
      .map(({ name = "" }) => ({ path: ["environment", name], message: "must not be a secret too, got both." }));
  });
}

/** Containers of one task share its network: the instance's, or in awsvpc mode a network interface of its own. */
function portProblems({ containerDefinitions, networkMode }: Task): Problem[] {
  const reserved = networkMode === "awsvpc" ? [] : RESERVED_HOST_PORTS;
  const holders = new Map<string, string>();
  return containerDefinitions.flatMap(({ name = "", portMappings = [] }) =>
    portMappings.flatMap(({ hostPort = 0, protocol = "tcp" }) => {
      const port = `${hostPort}/${protocol}`;
      const holder = holders.get(port);
      holders.set(port, name);
      if (reserved.includes(hostPort))
        return [portProblem(`must leave host port ${port} to the instance, got it for`, name)];
      return holder === undefined
        ? []
        : [portProblem(`must use host port ${port} once, got it for ${holder} and`, name)];
    }),
  );
}

function portProblem(must: string, container: string): Problem {
  return { path: ["features"], message: `${must} ${container}. Choose another port.` };
}

function sizeProblems(task: Task): Problem[] {
  // What ECS sees is never longer, so that the slow look is for the few tasks that may be too large.
  if (Buffer.byteLength(JSON.stringify(task)) <= TASK_DEFINITION_BYTES) return [];
  const bytes = Buffer.byteLength(JSON.stringify(task, (_key, value) => evaluated(value)));
  return bytes <= TASK_DEFINITION_BYTES
    ? []
    : [
        {
          path: [],
          message:
            `must give a task definition of at most ${TASK_DEFINITION_BYTES} bytes (ECS's limit), got ${bytes} bytes. ` +
            "Shorten `environment`, `tags` or the lists of patterns.",
        },
      ];
}

/** What ECS will see of a string: expressions are of unknown length and count as they stand. */
function evaluated(value: unknown): unknown {
  return typeof value === "string" && !isExpression(value) ? unescapeTemplate(value) : value;
}
