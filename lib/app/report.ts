import { summaryTable } from "../summary";
import type { DatadogAgentStack } from "../constructs/datadog-agent-stack";

type Stack = Pick<DatadogAgentStack, "daemons" | "notices" | "variables"> & { readonly node: { readonly id: string } };

/** The summary table: a row for each daemon. */
export function table(stacks: readonly Stack[]): string {
  return summaryTable(
    stacks.flatMap(({ node: { id: stack }, daemons, variables }) =>
      daemons.map(({ cluster: { cluster = "", host }, daemon: { features, task } }) => ({
        stack,
        cluster,
        host,
        features,
        task,
        variables,
      })),
    ),
  );
}

/** The warnings of all stacks. */
export function notices(stacks: readonly Stack[]): readonly string[] {
  return stacks.flatMap((stack) => stack.notices.map((notice) => `Warning, ${stack.node.id}: ${notice}`));
}
