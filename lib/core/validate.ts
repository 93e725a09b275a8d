import { RESERVED_HOST_PORTS, TASK_DEFINITION_BYTES } from "./ecs";
import { isExpression, unescapeTemplate } from "./expression";
import type { Task } from "./assemble";
import type { Problem } from "./problem";

/** What ECS would refuse in a task, whatever configuration it came from. */
export function validateTask(task: Task): readonly Problem[] {
  return [...portProblems(task), ...sizeProblems(task)];
}

/** Containers of one task share the host's ports, whether by `hostPort` or by the network namespace. */
function portProblems(task: Task): Problem[] {
  const holders = new Map<string, string>();
  return task.containerDefinitions.flatMap((container) =>
    (container.portMappings ?? []).flatMap(({ hostPort = 0, protocol = "tcp" }) => {
      const port = `${hostPort}/${protocol}`;
      const holder = holders.get(port);
      holders.set(port, container.name ?? "");
      const path = ["features"];
      if (RESERVED_HOST_PORTS.includes(hostPort)) {
        return [
          {
            path,
            message: `must leave host port ${port} to the instance, got it for the container ${container.name}. Choose another port.`,
          },
        ];
      }
      return holder === undefined
        ? []
        : [
            {
              path,
              message: `must use host port ${port} once, got it for the containers ${holder} and ${container.name}. Choose another port.`,
            },
          ];
    }),
  );
}

function sizeProblems(task: Task): Problem[] {
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
