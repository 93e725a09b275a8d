import { RESERVED_HOST_PORTS, TASK_DEFINITION_BYTES } from "./ecs";
import { isExpression, unescapeTemplate } from "./expression";
import type { Task } from "./assemble";
import type { Problem } from "./problem";
import { containerProblems } from "./validate-containers";

/** What ECS would refuse in a task definition. */
export function validateTask(task: Task): readonly Problem[] {
  return [...portProblems(task), ...containerProblems(task), ...sizeProblems(task)];
}

/** The containers share the host ports of the instance, or in awsvpc mode those of the task's network interface. */
function portProblems({ containerDefinitions, networkMode }: Task): Problem[] {
  const reserved = networkMode === "awsvpc" ? [] : RESERVED_HOST_PORTS;
  const holders = new Map<string, string>();
  return containerDefinitions.flatMap(({ name = "", portMappings = [] }) =>
    portMappings.flatMap(({ hostPort = 0, protocol = "tcp" }) => {
      // Docker chooses a free port.
      if (hostPort === 0) return [];
      const port = `${hostPort}/${protocol}`;
      const holder = holders.get(port);
      holders.set(port, name);
      if (reserved.includes(hostPort)) {
        return [portProblem(`can't use host port ${port} in ${name}: it is reserved on container instances.`)];
      }
      return holder === undefined ? [] : [portProblem(`can't use host port ${port} twice, in ${holder} and ${name}.`)];
    }),
  );
}

function portProblem(message: string): Problem {
  return { path: ["features"], message: `${message} Set another port.` };
}

function sizeProblems(task: Task): Problem[] {
  // Unescaping only makes it shorter, so the slow exact count is rarely needed.
  if (Buffer.byteLength(JSON.stringify(task)) <= TASK_DEFINITION_BYTES) return [];
  const bytes = Buffer.byteLength(JSON.stringify(task, (_key, value) => asSentToEcs(value)));
  return bytes <= TASK_DEFINITION_BYTES
    ? []
    : [
        {
          path: [],
          message:
            `has a task definition of ${bytes} bytes; ECS allows at most ${TASK_DEFINITION_BYTES}. ` +
            "Shorten `environment`, `tags` or the lists of patterns.",
        },
      ];
}

/** A string as ECS gets it. The length of expressions is unknown, so they count as written. */
function asSentToEcs(value: unknown): unknown {
  return typeof value === "string" && !isExpression(value) ? unescapeTemplate(value) : value;
}
