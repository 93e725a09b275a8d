import fc from "fast-check";
import type { JsonSchema } from "../../../lib/documentation/json-schema";

/** Text that Terraform and Node.js treat the same: they have different Unicode versions. */
const someText = fc.stringMatching(/^[ -z|~]{0,12}$/);

/** Values of a schema's type, some valid and some invalid. */
export function valuesLike(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: words, pattern, minimum, maximum, items, properties, required = [], anyOf } = schema;
  if (anyOf) return fc.oneof(...anyOf.map((each) => valuesLike(each)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (words) return fc.oneof(fc.constantFrom(...words), typeof words[0] === "number" ? fc.integer() : someText);
  if (type === "boolean") return fc.boolean();
  if (type === "integer") {
    const valid = fc.integer({ min: minimum, max: maximum });
    return fc.oneof(
      valid,
      fc.integer({ min: -10, max: 2 ** 31 }),
      fc.integer().map((number) => number / 4),
    );
  }
  if (type === "array") return fc.array(valuesLike(items as JsonSchema), { maxLength: 12, size: "medium" });
  if (properties !== undefined) {
    const values = Object.entries(properties).map(([key, property]) => [key, valuesLike(property as JsonSchema)]);
    return fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: required });
  }
  const { additionalProperties, propertyNames } = schema;
  if (typeof additionalProperties === "object") {
    const names =
      propertyNames === undefined ? someText : valuesLike({ type: "string", ...(propertyNames as JsonSchema) });
    return fc.dictionary(names as fc.Arbitrary<string>, valuesLike(additionalProperties), { maxKeys: 3 });
  }
  if (pattern === undefined) return someText;
  // fast-check has no lookahead. Without it, some values are invalid.
  const source = pattern
    .replace(/\(\?![^)]*\)/, "")
    .replaceAll("\\p{L}", "a-z\u00e9")
    .replaceAll("\\p{N}", "0-9")
    .replaceAll("\\p{Z}", " ");
  const valid = fc.stringMatching(new RegExp(source, "u")).filter((text) => /^[ -z|~\u00c0-\u017f]*$/.test(text));
  return fc.oneof({ arbitrary: valid, weight: 3 }, { arbitrary: someText, weight: 1 });
}

/** Values of any type. */
export const anything = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -1, max: 9 }),
  someText,
  fc.constantFrom(null, "true", "5", [], ["a"], {}, [true], { port: true }, { collectAll: "true" }, { Port: true }),
);
