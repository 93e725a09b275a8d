import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import type { ClusterOnHost } from "../../configuration/types";
import type { Catalog } from "../../core/catalog";
import { parseConfiguration } from "../../configuration/load";
import type { StackConfiguration } from "../../configuration/stacks";
import { ConfigurationError, type Path, type Problem, valueAt } from "../../core/problem";
import type { Entry } from "./settings";

/** A cluster that the loader accepts, and the values that were removed for that. */
export interface Accepted {
  readonly entry: Entry;
  readonly cluster: ClusterOnHost;
  readonly refusals: readonly Refusal[];
}

/** A value that the loader rejects, and the reason. */
export interface Refusal extends Problem {
  readonly value: unknown;
}

/**
 * Removes the values that the loader rejects, until it accepts the rest.
 * @param isAtomic whether a key's value must be removed as a whole
 */
export function accept(catalog: Catalog, entry: Entry, isAtomic: (key: unknown) => boolean): Accepted {
  const outcome = load(catalog, entry);
  if ("cluster" in outcome) return { entry, cluster: outcome.cluster, refusals: [] };
  const refused = outcome.problems.map(({ path, message }) => ({
    path: pathToRemove(entry, path.slice(2), isAtomic),
    message,
  }));
  // From the end, so that the indexes of lists stay valid.
  const rest = refused.reduceRight((left, { path }) => without(left, path), entry);
  if (isDeepStrictEqual(rest, entry)) throw outcome;
  const last = accept(catalog, rest, isAtomic);
  const refusals = refused.map((problem) => ({ ...problem, value: valueAt(entry, problem.path) }));
  return { ...last, refusals: [...refusals, ...last.refusals] };
}

/** A file with one cluster. */
export function clustersYaml(entry: Entry): string {
  return stringify({ clusters: [entry] }, { lineWidth: 0, blockQuote: false });
}

function load(catalog: Catalog, entry: Entry): { readonly cluster: ClusterOnHost } | ConfigurationError {
  try {
    const [stack] = parseConfiguration(catalog, clustersYaml(entry), "clusters.yaml").stacks;
    return { cluster: (stack as StackConfiguration).clusters[0].onHosts[0].values };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error;
  }
}

/** The value to remove for a problem: the one at its path, or the nearest one that contains it. */
function pathToRemove(entry: Entry, path: Path, isAtomic: (key: unknown) => boolean): Path {
  const [first, ...rest] = path;
  // The only problem without a path is the task definition's size, which is mostly due to environment variables.
  if (first === undefined) return [["environment", "environmentOverrides"].find((key) => key in entry) ?? ""];
  if (rest.length > 0 && !isAtomic(first)) {
    return valueAt(entry, path) === undefined ? pathToRemove(entry, path.slice(0, -1), isAtomic) : path;
  }
  return [first];
}

/** A copy without the value at a path. Features are set to false, because they may be on by default. */
function without(entry: Entry, [key = "", ...rest]: Path): Entry {
  const parts = Object.entries(entry).map(([name, value]): [string, unknown] => {
    if (name !== key) return [name, value];
    if (rest.length === 0) return [name, undefined];
    if (Array.isArray(value)) return [name, value.filter((_item, index) => index !== rest[0])];
    if (key === "features" && rest.length === 1) return [name, { ...(value as Entry), [String(rest[0])]: false }];
    return [name, without(value as Entry, rest)];
  });
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}
