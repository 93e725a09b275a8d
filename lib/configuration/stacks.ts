import { isDeepStrictEqual } from "node:util";
import type { Path, Problem } from "../core/problem";
import { DEFAULT_BACKEND, backendProblems, backendSchema, renderBackend } from "./backend";
import type { Cluster } from "./schema";

/** How clusters are put into stacks, and in which order stacks are deployed. */

type Raw = Readonly<Record<string, unknown>>;

/** The name of a cluster's stack. */
export function stackOf({ stack, name }: Pick<Cluster, "stack" | "name">): string {
  return stack ?? name;
}

/** What a stack has once, so that the clusters of one must agree on it. */
const OF_THE_STACK = ["region", "accountId", "provider", "backend"] as const;

/** What is wrong between clusters; paths begin with a cluster's index. */
export function stackProblems(clusters: readonly Raw[], label: (index: number) => string): readonly Problem[] {
  return [
    ...sharingProblems(clusters, label),
    ...roleProblems(clusters, label),
    ...addressProblems(clusters, label),
    ...stateProblems(clusters, label),
    ...orderProblems(clusters),
  ];
}

function sharingProblems(clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const holders = new Map<string, { readonly index: number; readonly stack: string }>();
  const alone = new Map(
    clusters.flatMap(({ name, stack }, index) =>
      stack === undefined && typeof name === "string" ? [[name.toLowerCase(), index] as const] : [],
    ),
  );
  return clusters.flatMap(({ stack, ...cluster }, index): Problem[] => {
    if (typeof stack !== "string") return [];
    // File systems may ignore case.
    const key = stack.toLowerCase();
    const own = alone.get(key);
    const problem = (message: string): Problem => ({ path: [index, "stack"], message });
    const nameTaken =
      own === undefined ? [] : [problem(`must not be the name of ${label(own)}, which has a stack of its own.`)];
    const holder = holders.get(key);
    if (holder === undefined) {
      holders.set(key, { index, stack });
      return nameTaken;
    }
    if (holder.stack !== stack) {
      return [
        ...nameTaken,
        problem(`must be written like that of ${label(holder.index)}, got other upper and lower case.`),
      ];
    }
    const first = clusters[holder.index] ?? {};
    return [
      ...nameTaken,
      ...OF_THE_STACK.filter((shared) => !isDeepStrictEqual(cluster[shared], first[shared])).map((shared) => ({
        path: [index, shared],
        message: `must be that of ${label(holder.index)}, with which it shares the stack ${stack}, got another one.`,
      })),
    ];
  });
}

/** What roles are made of, so that the clusters that share them must agree on it. */
const OF_THE_ROLES = ["apiKey", "createdRoles", "resourceTags", "enableExecuteCommand"] as const;

/** Each role may do what one cluster needs, and so may all that share it: they need the same. */
function roleProblems(clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const holders = new Map<unknown, number>();
  return clusters.flatMap((cluster, index): Problem[] => {
    const { shareRoles, stack, taskRoleArn, executionRoleArn, apiKey } = cluster;
    if (shareRoles !== true) return [];
    const problem = (message: string): Problem => ({ path: [index, "shareRoles"], message });
    if (stack === undefined) return [problem("must come with `stack`, got none: clusters of one stack share roles.")];
    if (taskRoleArn !== undefined || executionRoleArn !== undefined) {
      return [problem("must be left out when taskRoleArn or executionRoleArn are given: that role is shared already.")];
    }
    if ((apiKey as Raw | undefined)?.createSecret !== undefined) {
      return [problem("must be left out with apiKey.createSecret: each cluster has a secret of its own.")];
    }
    const holder = holders.get(stack);
    if (holder === undefined) {
      holders.set(stack, index);
      return [];
    }
    return OF_THE_ROLES.filter((key) => !isDeepStrictEqual(cluster[key], clusters[holder]?.[key])).map((key) => ({
      path: [index, key],
      message: `must be that of ${label(holder)}, with which it shares roles, got another one.`,
    }));
  });
}

/**
 * In a shared stack a daemon's address, its variables and its files have the name of its cluster, and of its host where
 * that isn't the first. Variables have no hyphens.
 */
function addressProblems(clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const holders = new Map<string, number>();
  return clusters.flatMap(({ name, stack, hosts }, index): Problem[] => {
    if (typeof stack !== "string" || typeof name !== "string") return [];
    const others = Array.isArray(hosts) ? (hosts as unknown[]).slice(1) : [];
    const keys = [name, ...others.map((host) => `${name}-${String(host)}`)].map((key) =>
      JSON.stringify([stack, key.toLowerCase().replaceAll("-", "_")]),
    );
    const holder = keys.map((key) => holders.get(key)).find((taken) => taken !== undefined);
    for (const key of keys) holders.set(key, holders.get(key) ?? index);
    // A name that is there twice is told elsewhere.
    if (holder === undefined || String(clusters[holder]?.name).toLowerCase() === name.toLowerCase()) return [];
    const message = `must have addresses of its own in the stack ${stack}, got those of ${label(holder)} or of one of its hosts: - and _ are one there. Take another name.`;
    return [{ path: [index, "name"], message }];
  });
}

/** Two stacks with one state would take turns in destroying what the other one has made. */
function stateProblems(clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const holders = new Map<string, { readonly index: number; readonly stack: unknown }>();
  return clusters.flatMap(({ stack, name, backend = DEFAULT_BACKEND }, index): Problem[] => {
    const own = stack ?? name;
    const parsed = backendSchema.safeParse(backend);
    if (typeof own !== "string" || !parsed.success || backendProblems(parsed.data).length > 0) return [];
    // Workspaces that are found by tags are chosen when Terraform runs.
    if (parsed.data.cloud?.tags) return [];
    const state = JSON.stringify(renderBackend(parsed.data, own).block);
    const holder = holders.get(state);
    if (holder === undefined) holders.set(state, { index, stack: own });
    if (holder === undefined || holder.stack === own) return [];
    return [
      {
        path: [index, "backend"],
        message: `must keep the state apart from that of ${label(holder.index)}, got one place for both. Put {name} into it.`,
      },
    ];
  });
}

/** Names that aren't there, and cycles between stacks. Each stack is looked at once. */
function orderProblems(clusters: readonly Raw[]): Problem[] {
  const stackOfName = new Map(clusters.map(({ name, stack }) => [name, stack ?? name]));
  const edges = new Map<unknown, { readonly to: unknown; readonly path: Path }[]>();
  const problems: Problem[] = [];
  for (const [index, { name, dependsOn }] of clusters.entries()) {
    if (!Array.isArray(dependsOn)) continue;
    const from = stackOfName.get(name);
    for (const [position, other] of (dependsOn as unknown[]).entries()) {
      const path = [index, "dependsOn", position];
      const to = stackOfName.get(other);
      if (to === undefined)
        problems.push({ path, message: `must be the name of a cluster, got ${JSON.stringify(other)}.` });
      else if (to === from) {
        problems.push({ path, message: "must be a cluster of another stack: those of one are deployed together." });
      } else edges.set(from, [...(edges.get(from) ?? []), { to, path }]);
    }
  }

  const state = new Map<unknown, "open" | "done">();
  const visit = (stack: unknown, trail: readonly unknown[]) => {
    state.set(stack, "open");
    for (const { to, path } of edges.get(stack) ?? []) {
      if (state.get(to) === "open") {
        const circle = [...trail.slice(trail.indexOf(to)), to].join(", ");
        problems.push({ path, message: `must not go round in circles: ${circle}. Take one of them out.` });
      } else if (!state.has(to)) visit(to, [...trail, to]);
    }
    state.set(stack, "done");
  };
  for (const stack of edges.keys()) if (!state.has(stack)) visit(stack, [stack]);
  return problems;
}
