import type { Catalog, CatalogRule } from "../core/catalog";
import type { Path } from "../core/problem";
import { codeOfRule, coded, type CodedProblem } from "../core/problem-codes";
import { problemsOfRule } from "../core/rule";
import { type AgentSettings, scopeOf } from "../core/scope";
import { pathsOf } from "../core/term";

/** Applies the rules that don't read a refused path. */
export function ruleProblems(
  catalog: Catalog,
  settings: AgentSettings,
  refused: readonly Path[],
): readonly CodedProblem[] {
  // If `hosts` is refused, the host is unknown.
  const unknown = refused.map((path) => (path[0] === "hosts" ? ["host"] : path));
  const canEvaluate = (rule: { readonly reads: readonly (readonly string[])[] }) =>
    unknown.length === 0 || !rule.reads.some((read) => unknown.some((path) => overlap(read, path)));
  const scope = scopeOf(catalog, settings);
  return [
    ...catalog.rules.flatMap((rule) => {
      // The fast path: most features of a cluster are off.
      if (rule.feature !== undefined && !scope.isOn(rule.feature)) return [];
      if (!canEvaluate(rule)) return [];
      const found = problemsOfRule(rule, scope);
      if (found.length === 0) return [];
      const problems = coded(codeOfRule(rule.at), found);
      const isOnByDefault = rule.feature !== undefined && settings.features[rule.feature] === undefined;
      return isOnByDefault ? problems.map((problem) => forDefaultFeature(catalog, rule, problem)) : problems;
    }),
    ...catalog.rulesInCode.flatMap((rule) =>
      canEvaluate({ reads: rule.reads.map((path) => path.split(".")) })
        ? coded(codeOfRule(rule.reads[0] ?? ""), rule.problems(settings as object as Record<string, unknown>))
        : [],
    ),
  ];
}

/**
 * A feature that is on by default has no path in the file: the problem is shown at the key that conflicts with it,
 * unless that is another feature.
 */
function forDefaultFeature({ features }: Catalog, rule: CatalogRule, problem: CodedProblem): CodedProblem {
  const { message } = problem;
  const { feature = "", at, holds } = rule;
  const decisive = pathsOf(holds).find((each) => !each.startsWith("features."));
  if (decisive === undefined || !at.startsWith("features.")) return problem;
  const where = features[feature]?.imageFlavor === undefined ? "on this site" : "with this image flavor";
  return {
    ...problem,
    path: decisive.split("."),
    message: `conflicts with features.${feature}, which is on by default ${where} and ${message}`,
  };
}

/** Whether one path is a prefix of the other. */
function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((key, index) => key === b[index]);
}
