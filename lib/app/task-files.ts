import { awsCliJson } from "../outputs/aws-cli";
import type { Task } from "../core/assemble";

interface Daemon {
  readonly cluster: { readonly name: string; readonly host: string; readonly stack?: string | undefined };
  readonly task: Task;
}

/**
 * The task definition files of a stack for the AWS CLI, by name. The name includes the cluster if clusters share the
 * stack, and the host if it isn't the cluster's first.
 */
export function taskFiles(daemons: readonly Daemon[]): ReadonlyMap<string, string> {
  const seen = new Set<string>();
  return new Map(
    daemons.map(({ cluster, task }) => {
      const parts = [
        "task-definition",
        ...(cluster.stack === undefined ? [] : [cluster.name]),
        ...(seen.has(cluster.name) ? [cluster.host] : []),
      ];
      seen.add(cluster.name);
      return [`${parts.join("-")}.json`, awsCliJson(task)];
    }),
  );
}
