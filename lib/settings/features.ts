import * as z from "zod";
import { withHints } from "../core/hints";
import type { Feature } from "../core/feature";
import { defineSetting } from "../core/setting";

/** A feature with required options can't be turned on with `true`. */
function toggle({ options, summary }: Feature) {
  const isSwitch = Object.values(options.shape as Readonly<Record<string, z.ZodType>>).every(
    (option) => option._zod.optin !== undefined,
  );
  return withHints(z.union([isSwitch ? z.boolean() : z.literal(false), options]), { value: suggestedBoolean })
    .optional()
    .describe(summary);
}

/** In YAML 1.2, these words are strings. */
function suggestedBoolean(given: unknown): string | undefined {
  const words = { yes: true, on: true, enabled: true, no: false, off: false, disabled: false };
  const word = typeof given === "string" ? given.toLowerCase() : "";
  return Object.hasOwn(words, word) ? `Write ${words[word as keyof typeof words]}.` : undefined;
}

const NO_DATABASES =
  "isn't a feature: configure Database Monitoring for each database, with labels of its container, with `environment`, or with " +
  "files in `mounts`. See https://docs.datadoghq.com/database_monitoring/.";

/** Datadog's abbreviations in the summaries of features, and other names of products. */
function answersForAcronyms(registry: Readonly<Record<string, Feature>>): Readonly<Record<string, string>> {
  const acronyms = Object.entries(registry).flatMap(([name, { summary }]) =>
    [...summary.matchAll(/\(([A-Z]{2,6})\)/g)].map(([, acronym = ""]) => [acronym.toLowerCase(), name] as const),
  );
  const all = {
    ...Object.fromEntries(acronyms),
    ...(registry.networkPerformanceMonitoring && { cnm: "networkPerformanceMonitoring" }),
  };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([acronym]) => !Object.hasOwn(registry, acronym))
      .map(([acronym, name]) => [acronym, `is called \`${name}\` here. Write \`features.${name}\`.`]),
  );
}

export const features = defineSetting({
  summary: "Agent features: true, false, or their options",
  of: "daemon",
  schema: ({ features: registry }) =>
    withHints(
      z.strictObject(Object.fromEntries(Object.entries(registry).map(([name, feature]) => [name, toggle(feature)]))),
      { keys: { ...answersForAcronyms(registry), dbm: NO_DATABASES } },
    ).default({}),
  inCode: "each feature is a separate declaration",
});
