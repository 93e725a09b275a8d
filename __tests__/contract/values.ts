import fc from "fast-check";
import type { JsonSchema } from "../../lib/documentation/json-schema";

/**
 * Values of a schema, the simplest first, so that no test has to name them. Strings of the same form are the same, so
 * that an ARN matches the name of its resource.
 */
export function valuesOf(schema: JsonSchema): readonly unknown[] {
  const { type, enum: words, const: word, anyOf, minimum = 0, maximum = 0, items, properties } = schema;
  if (schema.examples) return schema.examples;
  if (words) return words;
  if (word !== undefined) return [word];
  if (anyOf) return anyOf.flatMap((each) => valuesOf(each));
  if (properties) return [withRequired(schema), ...Object.keys(properties).flatMap((key) => mapsWith(schema, key))];
  switch (type) {
    case "boolean":
      return [true, false];
    case "integer":
      return [minimum + 1, minimum, maximum];
    case "array":
      return valuesOf(items as JsonSchema).map((item) => [item]);
    case "object":
      return mapsOf(schema);
    default:
      return textsOf(schema.pattern);
  }
}

/** A map with its required keys and the given ones. */
export function withRequired(
  { properties = {}, required = [] }: JsonSchema,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const missing = required.filter((key) => !(key in given));
  return { ...Object.fromEntries(missing.map((key) => [key, valuesOf(properties[key] as JsonSchema)[0]])), ...given };
}

function mapsWith(schema: JsonSchema, key: string): readonly unknown[] {
  return valuesOf(schema.properties?.[key] as JsonSchema).map((value) => withRequired(schema, { [key]: value }));
}

/** Maps with any keys. */
function mapsOf({ propertyNames, additionalProperties }: JsonSchema): readonly unknown[] {
  if (typeof additionalProperties !== "object") return [{}];
  const [key = "key"] = textsOf((propertyNames as JsonSchema | undefined)?.pattern);
  return valuesOf(additionalProperties).map((value) => ({ [key]: value }));
}

/** A value without a form is a Terraform expression, or a string. */
const ANY_TEXTS = ["text", "${var.text}"];

const known = new Map<string, readonly string[]>();

function textsOf(pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return ANY_TEXTS;
  const texts = known.get(pattern) ?? simplest(new RegExp(pattern, "u"));
  known.set(pattern, texts);
  return texts;
}

/** The simplest text for each branch of a pattern, found by shrinking, and one more. */
export function simplest(pattern: RegExp): readonly string[] {
  const arbitrary = textArbitrary(pattern);
  const texts = new Set<string>();
  const shrink = (seed: number, isSeen: (text: string) => boolean) => {
    const { counterexample } = fc.check(fc.property(arbitrary, isSeen), { seed, numRuns: 100 });
    if (counterexample) texts.add(counterexample[0]);
  };
  for (const seed of [1, 2, 3, 4, 5, 6]) shrink(seed, () => false);
  shrink(1, (text) => texts.has(text));
  return [...texts].sort((a, b) => unlikeOthers(a) - unlikeOthers(b));
}

/** Most forms accept the letter a. */
function unlikeOthers(text: string): number {
  return text.replaceAll("a", "").length;
}

function textArbitrary(pattern: RegExp): fc.Arbitrary<string> {
  const isPlain = (text: string) => pattern.test(text) && text.trim() === text && text.normalize("NFC") === text;
  // fast-check doesn't support Unicode classes or lookaheads.
  const source = pattern.source.replace(/\(\?![^()]*\)/g, "");
  const isReadable = !/\\p|\(\?!/.test(source);
  return (
    isReadable ? fc.stringMatching(new RegExp(source, pattern.flags)) : fc.stringMatching(/^[a-z0-9]{1,3}$/)
  ).filter(isPlain);
}
