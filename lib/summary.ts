import type { Task } from "./core/assemble";
import { columns } from "./text";

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
  return columns([COLUMNS, ...rows].map((row) => row.map((cell) => cell || "-"))).join("\n");
}

/** The ports that the task takes on every instance. */
export function hostPorts(task: Task): readonly string[] {
  // In awsvpc mode the task has a network interface of its own; the ports are on that.
  if (task.networkMode === "awsvpc") return [];
  const ports = task.containerDefinitions.flatMap(({ portMappings = [] }) => portMappings);
  return portRanges(ports.map(({ hostPort = 0, protocol = "tcp" }) => ({ port: hostPort, protocol })));
}

/** Ports in the form `8126/tcp`, a row of them in the form `9803-9818/tcp`. */
export function portRanges(ports: readonly { readonly port: number; readonly protocol: string }[]): readonly string[] {
  const runs: { first: number; last: number; protocol: string }[] = [];
  for (const { port, protocol } of ports) {
    const run = runs.at(-1);
    if (run?.protocol === protocol && run.last + 1 === port) run.last = port;
    else runs.push({ first: port, last: port, protocol });
  }
  return runs.map(({ first, last, protocol }) => `${first === last ? first : `${first}-${last}`}/${protocol}`);
}
