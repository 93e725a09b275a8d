import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import type { ClusterOnHost } from "../configuration/hosts";
import { parseConfiguration } from "../configuration/load";
import { ConfigurationError, type Path, type Problem, valueAt } from "../core/problem";
import type { Entry } from "./settings";

/** A cluster that the loader accepts, and what had to be taken out for that. */
export interface Accepted {
  readonly entry: Entry;
  readonly cluster: ClusterOnHost;
  readonly refusals: readonly Refusal[];
}

/** A value that the loader refuses, and why. */
export interface Refusal extends Problem {
  readonly value: unknown;
}

/** A part of these alone would be another thing. */
const WHOLE: readonly unknown[] = ["apiKey", "image", "tags"];

/** Asks the loader, and takes out what it refuses until it accepts the rest. */
export function accept(entry: Entry): Accepted {
  const outcome = load(entry);
  if ("cluster" in outcome) return { entry, cluster: outcome.cluster, refusals: [] };
  const refused = outcome.problems.map(({ path, message }) => ({ path: placeIn(entry, path.slice(2)), message }));
  // From the end, so that the places in lists stay right.
  const rest = refused.reduceRight((left, { path }) => without(left, path), entry);
  if (isDeepStrictEqual(rest, entry)) throw outcome;
  const last = accept(rest);
  const refusals = refused.map((problem) => ({ ...problem, value: valueAt(entry, problem.path) }));
  return { ...last, refusals: [...refusals, ...last.refusals] };
}

/** The file with one cluster. */
export function clustersYaml(entry: Entry): string {
  return stringify({ clusters: [entry] }, { lineWidth: 0, blockQuote: false });
}

function load(entry: Entry): { readonly cluster: ClusterOnHost } | ConfigurationError {
  try {
    const [cluster] = parseConfiguration(clustersYaml(entry), "clusters.yaml").clusters;
    return { cluster: cluster as ClusterOnHost };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error;
  }
}

/** The value to take out for a problem: the one at its path, or the nearest thing around it. */
function placeIn(entry: Entry, path: Path): Path {
  const [first, ...rest] = path;
  // Only the size is a problem of the whole, and the variables are what makes a definition large.
  if (first === undefined) return ["environment"];
  if (rest.length > 0 && !WHOLE.includes(first)) {
    return valueAt(entry, path) === undefined ? placeIn(entry, path.slice(0, -1)) : path;
  }
  return [first];
}

/** A copy without what stands at a path. A feature is off then, since it may be on by itself. */
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
