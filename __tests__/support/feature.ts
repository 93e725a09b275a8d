import type * as z from "zod";
import { scopeOfOptions } from "../../lib/core/evaluate";
import type { Feature, Only } from "../../lib/core/feature";
import type { Problem } from "../../lib/core/problem";
import { problemsOfRule } from "../../lib/core/rule";

/** The paths at which a feature's options refuse a value. */
export function refusedPaths(options: z.ZodType, value: unknown): string[] {
  return options.safeParse(value).error?.issues.map(({ path }) => path.join(".")) ?? [];
}

/** The problems between a feature's options. Paths start at the options. */
export function optionProblems({ rules = [] }: Pick<Feature, "rules">, options: object): readonly Problem[] {
  return rules.flatMap((rule) => problemsOfRule(rule, scopeOfOptions(options)));
}

/** The facts about where a feature works and whether it is on by default. */
export function needsOf<Options extends z.ZodObject>(feature: Feature<Options>) {
  const { requires, optionRequires, launchTypes, networkModes, sites, onByDefault, off } = feature;
  const { since, optionSince, optionNeeds, needs, excludes, replaces, imageFlavor, leftToAgent, instanceActions } =
    feature;
  const { through, optionSites, brokenIn } = feature;
  return {
    requires,
    optionRequires,
    launchTypes: launchTypes?.only,
    networkModes: networkModes?.only,
    sites: sites?.only,
    optionSites:
      optionSites &&
      Object.fromEntries(Object.entries(optionSites).map(([option, only]) => [option, (only as Only<string>).only])),
    brokenIn: brokenIn?.map(({ version }) => version),
    through: through && Object.keys(through),
    since,
    optionSince,
    optionNeeds,
    needs,
    excludes,
    replaces,
    imageFlavor,
    onByDefault,
    leftToAgent,
    off,
    instanceActions,
  };
}
