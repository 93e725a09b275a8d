import fc from "fast-check";
import type { JsonSchema } from "../../lib/documentation/json-schema";

/** Values of a JSON Schema, with or without the optional ones. */
export function valueArbitrary(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: words, const: word, anyOf, pattern = "^.+$", minimum, maximum, items } = schema;
  const { properties = {}, required = [], additionalProperties, propertyNames, minItems = 0, maxItems = 3 } = schema;
  if (anyOf) return fc.oneof(...anyOf.map((each) => valueArbitrary(each)));
  if (word !== undefined) return fc.constant(word);
  if (words) return fc.constantFrom(...words);
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return fc.integer({ min: minimum, max: maximum });
  if (type === "array") {
    return fc.array(valueArbitrary(items as JsonSchema), { minLength: minItems, maxLength: Math.min(maxItems, 3) });
  }
  if (type === "object" && typeof additionalProperties === "object") {
    const key = valueArbitrary({
      type: "string",
      ...(propertyNames as JsonSchema | undefined),
    }) as fc.Arbitrary<string>;
    return fc.dictionary(key, valueArbitrary(additionalProperties), { maxKeys: 3 });
  }
  if (type === "object") {
    const arbitraries = Object.entries(properties).map(([key, inner]) => [key, valueArbitrary(inner as JsonSchema)]);
    return fc.record(Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required,
    });
  }
  // fast-check ignores negative lookaheads, so the pattern is checked again.
  const possible = new RegExp(pattern.replace(/^\^\(\?!(?:[^()]|\([^()]*\))*\)/, "^"), "u");
  return (
    fc
      .stringMatching(possible)
      // Terraform's Unicode version is older. Its missing letters are outside of the basic plane.
      .filter((text) => !/[\u{10000}-\u{10FFFF}]/u.test(text))
      .filter((text) => new RegExp(pattern, "u").test(text) && text.isWellFormed() && text.normalize("NFC") === text)
  );
}
