import type { ApiKeySource } from "../agent";
import type { AgentTask } from "../agent-task";

/** The task of a configuration that has no problems, and the API key's source that it was made for. */
export interface CheckedTask extends AgentTask {
  readonly apiKey: ApiKeySource;
}

interface Remembered {
  readonly task: CheckedTask;
  /** What the task was made of: what somebody has changed since then is checked anew. */
  readonly text: string;
}

/**
 * The tasks of what a loader has checked. What is checked as it is read need not be checked again as it is built: that
 * is an eighth of a large run.
 */
const tasks = new WeakMap<object, Remembered>();

/** Remembers the task of a cluster, or of props that were made of one. */
export function rememberTask<Checked extends object>(checked: Checked, task: CheckedTask | undefined): Checked {
  if (task !== undefined) tasks.set(checked, { task, text: JSON.stringify(checked) });
  return checked;
}

/** Undefined where nobody has checked it, or not as it is now. */
export function checkedTaskOf(checked: object): CheckedTask | undefined {
  const remembered = tasks.get(checked);
  return remembered !== undefined && remembered.text === JSON.stringify(checked) ? remembered.task : undefined;
}
