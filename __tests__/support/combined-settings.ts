import fc from "fast-check";
import { stringify } from "yaml";
import { ConfigurationError, type Problem } from "../../lib/core/problem";
import { clustersOf } from "./clusters";
import { acceptedCluster } from "./configurations";
import { SETTING_SAMPLES } from "./setting-samples";

type Keys = Readonly<Record<string, unknown>>;

function problemsOf(keys: Keys): readonly Problem[] {
  try {
    clustersOf(stringify({ clusters: [keys] }));
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** Removes the keys that the checks refuse together, in the order of the problems. */
function withoutConflicts(keys: Keys): Keys {
  const [problem] = problemsOf(keys);
  if (problem === undefined) return keys;
  const [, , named] = problem.path;
  const last = Object.keys(keys).at(-1) ?? "";
  const removed = typeof named === "string" && named in keys && named !== "name" ? named : last;
  return withoutConflicts(Object.fromEntries(Object.entries(keys).filter(([key]) => key !== removed)));
}

/** Clusters with several of the settings that change the task, which the checks accept together. */
export const combinedSettings: fc.Arbitrary<Keys> = fc
  .tuple(acceptedCluster, fc.shuffledSubarray(Object.values(SETTING_SAMPLES), { minLength: 2, maxLength: 6 }))
  .map(([cluster, samples]) => {
    const { features, ...settings } = Object.assign({}, ...samples) as Keys;
    const together = { ...(cluster.features as Keys), ...(features as Keys | undefined) };
    return withoutConflicts({ ...cluster, features: together, ...settings });
  });
