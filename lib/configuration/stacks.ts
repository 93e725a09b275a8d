import { isDeepStrictEqual } from "node:util";
import { describe, describeWord, type Path, type Problem } from "../core/problem";
import { coded, type CodedProblem } from "../core/problem-codes";
import type { Catalog } from "../core/catalog";
import type { Setting } from "../core/setting";
import { DEFAULT_BACKEND, backendProblems, backendSchema, renderBackend } from "../settings/backend";
import type { Checked, ClusterOnHost } from "./types";

/** Groups clusters into stacks and checks the order of deployment. */

type Raw = Readonly<Record<string, unknown>>;

/** Clusters that are deployed together. */
export interface StackConfiguration {
  /** Name of the Terraform stack. */
  readonly name: string;
  /** Whether its clusters set `stack`. */
  readonly isShared: boolean;
  /** Names of the stacks that are deployed before this one. */
  readonly dependsOn: readonly string[];
  /** Clusters, in the order of the file. */
  readonly clusters: readonly [ClusterConfiguration, ...ClusterConfiguration[]];
}

/** A cluster with its hosts. */
export interface ClusterConfiguration {
  /** Name of the cluster in the file. */
  readonly name: string;
  /** The cluster for each of its hosts. */
  readonly onHosts: readonly [Checked<ClusterOnHost>, ...Checked<ClusterOnHost>[]];
}

/** Groups checked clusters into stacks. */
export function stacksOf(clusters: readonly (readonly Checked<ClusterOnHost>[])[]): readonly StackConfiguration[] {
  const stackOfName = new Map<string, string>();
  const byStack = new Map<string, [ClusterConfiguration, ...ClusterConfiguration[]]>();
  for (const [first, ...others] of clusters) {
    if (first === undefined) continue;
    const { name, stack = name } = first.values;
    stackOfName.set(name, stack);
    const cluster: ClusterConfiguration = { name, onHosts: [first, ...others] };
    const sharing = byStack.get(stack);
    if (sharing) sharing.push(cluster);
    else byStack.set(stack, [cluster]);
  }
  return [...byStack].map(([name, sharing]) => {
    const before = sharing.flatMap(({ onHosts: [{ values }] }) => values.dependsOn ?? []);
    return {
      name,
      isShared: sharing[0].onHosts[0].values.stack !== undefined,
      dependsOn: [...new Set(before.flatMap((cluster) => stackOfName.get(cluster) ?? []))],
      clusters: sharing,
    };
  });
}

function keysOf({ settings }: Catalog, isOfKind: (setting: Setting) => boolean): readonly string[] {
  return Object.keys(settings).filter((key) => settings[key] !== undefined && isOfKind(settings[key]));
}

/** Problems between clusters. Paths start with the index of the cluster. */
export function stackProblems(
  catalog: Catalog,
  clusters: readonly Raw[],
  label: (index: number) => string,
): readonly CodedProblem[] {
  return [
    ...coded("shared-stack", sharingProblems(catalog, clusters, label)),
    ...coded("shared-roles", roleProblems(catalog, clusters, label)),
    ...coded("duplicate-address", addressProblems(clusters, label)),
    ...coded("duplicate-state", stateProblems(clusters, label)),
    ...coded("dependency-cycle", orderProblems(clusters)),
  ];
}

function sharingProblems(catalog: Catalog, clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const ofStack = keysOf(catalog, ({ of }) => of === "stack");
  const holders = new Map<string, { readonly index: number; readonly stack: string }>();
  const ownStacks = new Map(
    clusters.flatMap(({ name, stack }, index) =>
      stack === undefined && typeof name === "string" ? [[name.toLowerCase(), index] as const] : [],
    ),
  );
  return clusters.flatMap(({ stack, ...cluster }, index): Problem[] => {
    if (typeof stack !== "string") return [];
    // File systems may ignore case.
    const key = stack.toLowerCase();
    const own = ownStacks.get(key);
    const problem = (message: string): Problem => ({ path: [index, "stack"], message });
    const nameTaken =
      own === undefined
        ? []
        : [problem(`is the name of ${label(own)}, which has its own stack. Set another stack name.`)];
    const holder = holders.get(key);
    if (holder === undefined) {
      holders.set(key, { index, stack });
      return nameTaken;
    }
    if (holder.stack !== stack) {
      return [
        ...nameTaken,
        problem(`differs only in case from the stack of ${label(holder.index)}. Write both names the same way.`),
      ];
    }
    const first = clusters[holder.index] ?? {};
    return [
      ...nameTaken,
      ...ofStack
        .filter((shared) => !isDeepStrictEqual(cluster[shared], first[shared]))
        .map((shared) => ({
          path: [index, shared],
          message: `differs from ${label(holder.index)} in the same stack, ${shown(stack)}. Set the same value in both.`,
        })),
    ];
  });
}

/** Shared roles have one policy, so the clusters must have the same settings for roles. */
function roleProblems(catalog: Catalog, clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const ofRoles = keysOf(catalog, ({ shapesRoles }) => shapesRoles === true);
  const holders = new Map<unknown, number>();
  return clusters.flatMap((cluster, index): Problem[] => {
    const { shareRoles, stack } = cluster;
    if (shareRoles !== true || stack === undefined) return [];
    const holder = holders.get(stack);
    if (holder === undefined) {
      holders.set(stack, index);
      return [];
    }
    return ofRoles
      .filter((key) => !isDeepStrictEqual(cluster[key], clusters[holder]?.[key]))
      .map((key) => ({
        path: [index, key],
        message: `differs from ${label(holder)}, which shares its roles. Set the same value in both.`,
      }));
  });
}

/**
 * In a shared stack the addresses, variables and files of a daemon contain the names of its cluster and, after the
 * first host, of its host. Variables have no hyphens.
 */
function addressProblems(clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const holders = new Map<string, number>();
  return clusters.flatMap(({ name, stack, hosts }, index): Problem[] => {
    if (typeof stack !== "string" || typeof name !== "string") return [];
    const others = Array.isArray(hosts) ? (hosts as unknown[]).slice(1).filter((host) => typeof host === "string") : [];
    const keys = [name, ...others.map((host) => `${name}-${host}`)].map((key) =>
      JSON.stringify([stack, key.toLowerCase().replaceAll("-", "_")]),
    );
    const holder = keys.map((key) => holders.get(key)).find((taken) => taken !== undefined);
    for (const key of keys) holders.set(key, holders.get(key) ?? index);
    // `nameProblems` reports duplicate names.
    if (holder === undefined || String(clusters[holder]?.name).toLowerCase() === name.toLowerCase()) return [];
    const message = `has the same Terraform addresses as ${label(holder)} or one of its hosts in the stack ${shown(stack)}, where - becomes _. Set another name.`;
    return [{ path: [index, "name"], message }];
  });
}

/** Two stacks with the same state would destroy each other's resources. */
function stateProblems(clusters: readonly Raw[], label: (index: number) => string): Problem[] {
  const holders = new Map<string, { readonly index: number; readonly stack: unknown }>();
  return clusters.flatMap(({ stack, name, backend = DEFAULT_BACKEND }, index): Problem[] => {
    const own = stack ?? name;
    const parsed = backendSchema.safeParse(backend);
    if (typeof own !== "string" || !parsed.success || backendProblems(parsed.data).length > 0) return [];
    // With tags the workspace is selected when Terraform runs.
    if (parsed.data.cloud?.tags) return [];
    const state = JSON.stringify(renderBackend(parsed.data, own).block);
    const holder = holders.get(state);
    if (holder === undefined) holders.set(state, { index, stack: own });
    if (holder === undefined || holder.stack === own) return [];
    return [
      {
        path: [index, "backend"],
        message: `stores its state in the same place as ${label(holder.index)}. Add {name} to the key, the path or the workspace name.`,
      },
    ];
  });
}

/** Unknown names in `dependsOn`, and dependency cycles between stacks. Visits each stack once. */
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
      if (to === undefined) problems.push({ path, message: `must be the name of a cluster, got ${describe(other)}.` });
      else if (to === from) {
        problems.push({
          path,
          message: "must be a cluster in another stack: clusters in one stack are deployed together.",
        });
      } else edges.set(from, [...(edges.get(from) ?? []), { to, path }]);
    }
  }

  const state = new Map<unknown, "open" | "done">();
  const visit = (stack: unknown, trail: readonly unknown[]) => {
    state.set(stack, "open");
    for (const { to, path } of edges.get(stack) ?? []) {
      if (state.get(to) === "open") {
        const cycle = [...trail.slice(trail.indexOf(to)), to].map(shown).join(" → ");
        problems.push({ path, message: `dependency cycle: ${cycle}. Remove one of these dependencies.` });
      } else if (!state.has(to)) visit(to, [...trail, to]);
    }
    state.set(stack, "done");
  };
  for (const stack of edges.keys()) if (!state.has(stack)) visit(stack, [stack]);
  return problems;
}

/** A name within a message, without quotes. */
function shown(name: unknown): string {
  const described = typeof name === "string" ? describeWord(name) : describe(name);
  return described.replace(/^"(.*)"$/, "$1");
}
