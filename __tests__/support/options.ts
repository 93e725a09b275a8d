import fc from "fast-check";
import type * as z from "zod";
import type { Feature } from "../../lib/core/feature";
import { optionsAreValid } from "../../lib/core/feature-rules";
import { type JsonSchema, jsonSchema } from "../../lib/documentation/json-schema";
import { withRequired } from "../contract/values";
import { valueArbitrary } from "./values";

/** Options of a feature from its schema, with or without the optional ones. */
export function optionsArbitrary(options: z.ZodObject): fc.Arbitrary<Record<string, unknown>> {
  return valueArbitrary(jsonSchema(options)) as fc.Arbitrary<Record<string, unknown>>;
}

/** Some of the possible options of a feature, the same in every run. */
export function someOptions({ options }: Pick<Feature, "options">, count: number): readonly Record<string, unknown>[] {
  return fc.sample(optionsArbitrary(options), { numRuns: count, seed: 1 });
}

/** Options with all keys, or with all but one if two exclude each other. Booleans are true. */
export function everyOption(feature: Feature): Record<string, unknown> {
  const [first] = optionSets(feature);
  if (first === undefined) throw new Error("There are no options that can be combined.");
  return first;
}

/** Sets of options that can be combined. Together they have all keys. */
export function optionSets(feature: Feature): readonly Record<string, unknown>[] {
  const { properties = {} } = jsonSchema(feature.options);
  const given = Object.entries(properties).map(([key, property]) => [key, sampleOf(property as JsonSchema)] as const);
  const valid = (sets: readonly (typeof given)[]) =>
    sets
      .map((set) => feature.options.safeParse(Object.fromEntries(set)))
      .flatMap(({ data }) => (data !== undefined && optionsAreValid(feature, data) ? [data] : []));
  const all = valid([given]);
  return all.length > 0 ? all : valid(given.map(([key]) => given.filter(([other]) => other !== key)));
}

/** Only the required options; all of them if the feature does nothing without any. */
export function neededOptions(feature: Feature): Record<string, unknown> {
  const { options } = feature;
  const { properties = {}, required = [] } = jsonSchema(options);
  const needed = Object.fromEntries(required.map((key) => [key, sampleOf(properties[key] as JsonSchema)]));
  return optionsAreValid(feature, options.parse(needed)) ? needed : everyOption(feature);
}

function sampleOf(schema: JsonSchema): unknown {
  if (schema.type === "boolean") return true;
  if (schema.type === "array") return [sampleOf(schema.items as JsonSchema)];
  if (schema.default !== undefined) return schema.default;
  // Optional keys of a map can need each other.
  if (schema.properties !== undefined) return withRequired(schema);
  return fc.sample(valueArbitrary(schema), { seed: 1, numRuns: 1 })[0];
}
