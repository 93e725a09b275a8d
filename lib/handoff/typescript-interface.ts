import type { JsonSchema } from "./json-schema";

/**
 * A schema as a TypeScript interface, with the meaning and the default of every key, as editors show them.
 * @param summary what the interface is, in lines
 * @param fallbacks defaults in words, by the path of a key, where the schema has none
 */
export function typescriptInterface(
  name: string,
  summary: readonly string[],
  schema: JsonSchema,
  fallbacks: Readonly<Record<string, string>> = {},
): string {
  const members = (map: JsonSchema, path: string, indent: string): string => {
    const { properties = {}, required = [] } = map;
    const lines = Object.entries(properties).flatMap(([key, value]) => {
      const property = value as JsonSchema;
      const at = path === "" ? key : `${path}.${key}`;
      const type = typeOf(property, at, `${indent}  `);
      return [...comment(property, fallbacks[at]), `${key}${required.includes(key) ? "" : "?"}: ${type};`];
    });
    return ["{", ...lines.map((line) => `${indent}  ${line}`), `${indent}}`].join("\n");
  };

  const typeOf = (property: JsonSchema, path: string, indent: string): string => {
    const { enum: words, const: word, anyOf, type, items, additionalProperties, properties = {} } = property;
    if (words) return words.map((each) => JSON.stringify(each)).join(" | ");
    if (word !== undefined) return JSON.stringify(word);
    if (anyOf) return anyOf.map((each) => typeOf(each, path, indent)).join(" | ");
    switch (type) {
      case "string":
      case "boolean":
        return type;
      case "integer":
        return "number";
      case "array": {
        const item = items as JsonSchema;
        const of = typeOf(item, path, indent);
        return item.enum || item.anyOf ? `(${of})[]` : `${of}[]`;
      }
      case "object":
        if (Object.keys(properties).length > 0) return members(property, path, indent);
        return typeof additionalProperties === "object"
          ? `Record<string, ${typeOf(additionalProperties, path, indent)}>`
          : "Record<string, never>";
      default:
        throw new Error(`No type for the values of ${JSON.stringify(property)}`);
    }
  };

  return [
    "/**",
    ...summary.map((line) => ` * ${line}`),
    " */",
    `export interface ${name} ${members(schema, "", "")}`,
    "",
  ].join("\n");
}

/** What the keys of a map have by default stands at those keys. */
function comment({ description, default: value, properties, anyOf }: JsonSchema, inWords?: string): string[] {
  const isMap = properties !== undefined || anyOf?.some((each) => each.properties !== undefined);
  const fallback = value === undefined || isMap ? inWords : JSON.stringify(value);
  const parts = [
    ...(description === undefined ? [] : [`${description}.`]),
    ...(fallback === undefined ? [] : [`@default ${fallback}`]),
  ];
  return parts.length === 0 ? [] : [`/** ${parts.join(" ")} */`];
}
