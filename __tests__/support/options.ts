import fc from "fast-check";
import type { z } from "zod";
import type { Feature } from "../../lib/core/feature";
import { type JsonSchema, jsonSchema } from "../../lib/handoff/json-schema";

/** Options of a feature, as its schema describes them; those that may be left out are there or not. */
export function optionsArbitrary(options: z.ZodObject): fc.Arbitrary<Record<string, unknown>> {
  return valueArbitrary(jsonSchema(options)) as fc.Arbitrary<Record<string, unknown>>;
}

/** Options with everything in them that they can have; switches are on. */
export function everyOption({ options }: Pick<Feature, "options">): Record<string, unknown> {
  const { properties = {} } = jsonSchema(options);
  const given = Object.entries(properties).map(([key, property]) => [key, sampleOf(property as JsonSchema)]);
  return options.parse(Object.fromEntries(given));
}

/** The options that must be given, and no more; all of them where the feature is of no use without any. */
export function neededOptions(feature: Feature): Record<string, unknown> {
  const { options } = feature;
  const { properties = {}, required = [] } = jsonSchema(options);
  const needed = Object.fromEntries(required.map((key) => [key, sampleOf(properties[key] as JsonSchema)]));
  return (feature.problems?.(options.parse(needed)) ?? []).length > 0 ? everyOption(feature) : needed;
}

function sampleOf(schema: JsonSchema): unknown {
  if (schema.type === "boolean") return true;
  if (schema.type === "array") return [sampleOf(schema.items as JsonSchema)];
  if (schema.default !== undefined) return schema.default;
  return fc.sample(valueArbitrary(schema), { seed: 1, numRuns: 1 })[0];
}

function valueArbitrary(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: words, pattern = "^.+$", minimum, maximum, items, properties, required = [] } = schema;
  if (words) return fc.constantFrom(...words);
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return fc.integer({ min: minimum, max: maximum });
  if (type === "array") return fc.array(valueArbitrary(items as JsonSchema), { maxLength: 3 });
  if (type === "object") {
    const arbitraries = Object.entries(properties ?? {}).map(([key, property]) => [
      key,
      valueArbitrary(property as JsonSchema),
    ]);
    return fc.record(Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required,
    });
  }
  return fc
    .stringMatching(new RegExp(pattern, "u"))
    .filter((text) => text.isWellFormed() && text.normalize("NFC") === text);
}
