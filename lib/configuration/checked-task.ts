import type { ApiKeySource } from "../agent";
import type { AgentTask } from "../agent-task";
import type { ClusterOnHost } from "./hosts";

/** The task of a configuration that has no problems, and the API key's source that it was made for. */
export interface CheckedTask extends AgentTask {
  readonly apiKey: ApiKeySource;
}

/**
 * The tasks of the clusters that a loader has checked. What is checked as it is read need not be checked again as it is
 * built: that is an eighth of a large run.
 */
const tasks = new WeakMap<ClusterOnHost, CheckedTask>();

export function rememberTask(cluster: ClusterOnHost, task: CheckedTask): ClusterOnHost {
  tasks.set(cluster, task);
  return cluster;
}

/** Undefined where no loader has checked it. */
export function checkedTaskOf(cluster: ClusterOnHost): CheckedTask | undefined {
  return tasks.get(cluster);
}
