import type { z } from "zod";
import type { Feature } from "../../lib/core/feature";

/** Where a feature's options refuse a value: the paths, without the words of the errors. */
export function refusedPaths(options: z.ZodType, value: unknown): string[] {
  return options.safeParse(value).error?.issues.map(({ path }) => path.join(".")) ?? [];
}

/** Where a feature works, with what, and what it does on its own accord. */
export function needsOf<Options extends z.ZodObject>(feature: Feature<Options>) {
  const { requires, optionRequires, launchTypes, networkModes, sites, onByDefault, off } = feature;
  const { since, optionSince, optionNeeds, excludes, replaces, imageFlavor, leftToAgent, instanceActions } = feature;
  return {
    requires,
    optionRequires,
    launchTypes: launchTypes?.only,
    networkModes: networkModes?.only,
    sites: sites?.only,
    since,
    optionSince,
    optionNeeds,
    excludes,
    replaces,
    imageFlavor,
    onByDefault,
    leftToAgent,
    off,
    instanceActions,
  };
}
