import type { Task } from "./core/assemble";

/** What a person wants to see of a daemon of a synthesized stack. */
export interface DaemonSummary {
  readonly stack: string;
  readonly cluster: string;
  readonly host: string;
  readonly features: readonly string[];
  readonly task: Task;
  /** Names of the Terraform variables that a deployment has to give. */
  readonly variables: readonly string[];
}

const COLUMNS = ["STACK", "CLUSTER", "HOST", "FEATURES", "HOST PORTS", "LEFT OPEN"] as const;

/** A row per daemon, aligned for a terminal. */
export function summaryTable(daemons: readonly DaemonSummary[]): string {
  const rows = daemons.map(({ stack, cluster, host, features, task, variables }) => [
    stack,
    cluster,
    host,
    features.join(", "),
    hostPorts(task).join(", "),
    variables.map((name) => `var.${name}`).join(", "),
  ]);
  const table = [COLUMNS, ...rows].map((row) => row.map((cell) => cell || "-"));
  const widths = COLUMNS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The ports that the task takes on every instance; a row of them is written `9803-9818/tcp`. */
export function hostPorts(task: Task): readonly string[] {
  // In awsvpc mode the task has a network interface of its own; the ports are on that.
  if (task.networkMode === "awsvpc") return [];
  const runs: { first: number; last: number; protocol: string }[] = [];
  const ports = task.containerDefinitions.flatMap(({ portMappings = [] }) => portMappings);
  for (const { hostPort = 0, protocol = "tcp" } of ports) {
    const run = runs.at(-1);
    if (run?.protocol === protocol && run.last + 1 === hostPort) run.last = hostPort;
    else runs.push({ first: hostPort, last: hostPort, protocol });
  }
  return runs.map(({ first, last, protocol }) => `${first === last ? first : `${first}-${last}`}/${protocol}`);
}
