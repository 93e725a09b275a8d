import type { ApiKeySource } from "../core/agent";
import type { AgentTask } from "../core/agent-task";
import type { Catalog } from "../core/catalog";
import type { Cluster, DatadogAgentDaemonProps, Settings } from "./interfaces";

/** The checked settings of a daemon, with defaults. */
export type Daemon = Settings & Pick<DatadogAgentDaemonProps, "cluster" | "apiKey">;

/** A cluster for one of its hosts. */
export type ClusterOnHost = Omit<Cluster, "hosts"> & {
  /** The keys that are left out because another host of the cluster supports them and this one doesn't. */
  readonly leftOut: readonly string[];
};

/**
 * A daemon whose settings have no problems, with its task. Only the checks create it, so that nothing is checked twice.
 */
export class Checked<Values> {
  /** Makes the type nominal: objects of other classes aren't assignable. */
  declare protected readonly isChecked: true;

  /**
   * @param catalog the catalog of the checks
   * @param values the settings; they are frozen, because changes would not be checked
   * @param task the task with this source of the API key
   */
  constructor(
    readonly catalog: Catalog,
    readonly values: Values,
    readonly task: AgentTask,
    /** The source of the API key in the task. */
    readonly apiKey: ApiKeySource,
  ) {
    freeze(values);
  }
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}
