import type { JsonSchema } from "./json-schema";

/** The source of a TypeScript interface. */
export interface InterfaceSource {
  readonly name: string;
  /** Lines of the doc comment. */
  readonly summary: readonly string[];
  readonly schema: JsonSchema;
  /** Prefix of the names of types that differ from the same type of an earlier interface. */
  readonly qualifier?: string;
}

/** Finds the name of the type of a key. */
type NameOf = (key: string, word: string, body: string, qualifier?: string) => string;

/** Shorter types stay inline, where they are easier to read. */
const SHORTEST_NAMED = 200;

/**
 * Prints schemas as TypeScript interfaces, with the description and default of every key in a doc comment. A long type
 * gets a name after its key, and interfaces share types that are the same.
 * @param fallbacks defaults as text, by path, for keys without a default in the schema
 */
export function typescriptInterfaces(
  sources: readonly InterfaceSource[],
  fallbacks: Readonly<Record<string, string>> = {},
): string {
  /** The bodies of named types. */
  const named = new Map<string, { readonly key: string; readonly body: string }>();
  const nameOf: NameOf = (key, word, body, qualifier = "") => {
    const name = [word, `${qualifier}${word}`].find((each) => (named.get(each)?.body ?? body) === body);
    if (name === undefined) throw new Error(`Two types have the name ${qualifier}${word}.`);
    named.set(name, { key, body });
    return name;
  };
  const printed = sources.map((source) => typescriptInterface(source, fallbacks, nameOf));
  const parts = [...named].map(
    ([name, { key, body }]) => `/** Type of \`${key}\`. */\nexport type ${name} = ${body};\n`,
  );
  return [...printed, ...parts].join("\n");
}

function typescriptInterface(
  { name, summary, schema, qualifier }: InterfaceSource,
  fallbacks: Readonly<Record<string, string>>,
  nameOf: NameOf,
): string {
  const members = (map: JsonSchema, path: string, indent: string): string => {
    const { properties = {}, required = [] } = map;
    const lines = Object.entries(properties).flatMap(([key, value]) => {
      const property = value as JsonSchema;
      const at = path === "" ? key : `${path}.${key}`;
      const type = typeOf(property, at, `${indent}  `);
      return [...comment(property, fallbacks[at]), `readonly ${key}${required.includes(key) ? "" : "?"}: ${type};`];
    });
    return ["{", ...lines.map((line) => `${indent}  ${line}`), `${indent}}`].join("\n");
  };

  const typeOf = (property: JsonSchema, path: string, indent: string): string => {
    const { enum: words, const: word, anyOf, type, items, additionalProperties, properties = {} } = property;
    // Numbers may be tokens, which don't match literal types.
    if (words && type !== "integer") return words.map((each) => JSON.stringify(each)).join(" | ");
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
        return item.enum || item.anyOf ? `readonly (${of})[]` : `readonly ${of}[]`;
      }
      case "object":
        if (Object.keys(properties).length > 0) {
          const body = members(property, path, "");
          const isNamed = !path.includes(".") && body.length > SHORTEST_NAMED;
          return isNamed ? nameOf(path, wordOf(path, schema), body, qualifier) : members(property, path, indent);
        }
        return typeof additionalProperties === "object"
          ? `Readonly<Record<string, ${typeOf(additionalProperties, path, indent)}>>`
          : "Readonly<Record<string, never>>";
      case undefined:
        return "unknown";
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

/** The type of `features` is `Features`, and `mounts` is a list of `Mount`. */
function wordOf(key: string, { properties = {} }: JsonSchema): string {
  const word = `${key[0]?.toUpperCase()}${key.slice(1)}`;
  const { type, additionalProperties } = properties[key] as JsonSchema;
  const isOfMany = type === "array" || typeof additionalProperties === "object";
  return isOfMany ? word.replace(/ies$/, "y").replace(/s$/, "") : word;
}

/** Defaults of nested keys are in the comments of those keys. */
function comment({ description, default: value, properties, anyOf }: JsonSchema, inWords?: string): string[] {
  const isMap = properties !== undefined || anyOf?.some((each) => each.properties !== undefined);
  const fallback = value === undefined || isMap ? inWords : JSON.stringify(value);
  const parts = [
    ...(description === undefined ? [] : [`${description}.`]),
    ...(fallback === undefined ? [] : [`@default ${fallback}`]),
  ];
  return parts.length === 0 ? [] : [`/** ${parts.join(" ")} */`];
}
