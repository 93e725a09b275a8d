import type { Task } from "./core/assemble";
import { columns, wrap } from "./outputs/text";

/** A daemon of a synthesized stack, for the summary. */
export interface DaemonSummary {
  readonly stack: string;
  readonly cluster: string;
  readonly host: string;
  readonly features: readonly string[];
  readonly task: Task;
  /** Names of the required Terraform variables. */
  readonly variables: readonly string[];
}

const COLUMNS = ["STACK", "CLUSTER", "HOST", "FEATURES", "HOST PORTS", "REQUIRED VARIABLES"] as const;

/** Width of a column of lists, so that a daemon with all features fits into a terminal. */
const LIST_WIDTH = 48;

/** A table for the terminal, with one row per daemon. Long lists continue on the next lines. */
export function summaryTable(daemons: readonly DaemonSummary[]): string {
  const rows = daemons.flatMap(({ stack, cluster, host, features, task, variables }) => {
    const lists = [features, hostPorts(task), variables.map((name) => `var.${name}`)];
    const lines = lists.map((list) => wrap(list.join(", ") || "-", LIST_WIDTH));
    const height = Math.max(...lines.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => [
      ...[stack, cluster, host].map((cell) => (line === 0 ? cell || "-" : "")),
      ...lines.map((cells) => cells[line] ?? ""),
    ]);
  });
  return columns([COLUMNS, ...rows]).join("\n");
}

/** The ports that the task uses on every instance. */
export function hostPorts(task: Task): readonly string[] {
  // In awsvpc mode the ports are on the network interface of the task.
  if (task.networkMode === "awsvpc") return [];
  const ports = task.containerDefinitions.flatMap(({ portMappings = [] }) => portMappings);
  return portRanges(ports.map(({ hostPort = 0, protocol = "tcp" }) => ({ port: hostPort, protocol })));
}

/** Writes ports as `8126/tcp`, and consecutive ones as `9803-9818/tcp`. */
export function portRanges(ports: readonly { readonly port: number; readonly protocol: string }[]): readonly string[] {
  const runs: { first: number; last: number; protocol: string }[] = [];
  for (const { port, protocol } of ports) {
    const run = runs.at(-1);
    if (run?.protocol === protocol && run.last + 1 === port) run.last = port;
    else runs.push({ first: port, last: port, protocol });
  }
  return runs.map(({ first, last, protocol }) => `${first === last ? first : `${first}-${last}`}/${protocol}`);
}
