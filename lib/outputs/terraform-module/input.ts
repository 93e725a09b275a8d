import type { JsonSchema } from "../../documentation/json-schema";
import type { Value } from "./document";
import { literal, snakeCase } from "./hcl";
import { apiConditions, optionalConditionsOf, strictConditionsOf } from "./untyped-validation";
import { conditionsOf, type Input } from "./validation";

interface InputFacts {
  readonly fallback: unknown;
  readonly description: string;
  readonly nullable?: boolean;
}

/** A variable whose type and validations come from a schema. */
export function inputOf(
  name: string,
  schema: JsonSchema,
  { fallback, description, nullable = false }: InputFacts,
): Input {
  const hasAnyType = isUntyped(schema);
  const value = `var.${name}`;
  const conditions = hasAnyType
    ? (nullable ? optionalConditionsOf : strictConditionsOf)(schema, value, name)
    : conditionsOf(schema, value, name, nullable ? { guard: value } : {});
  // The defaults of an object's attributes are in its type.
  const isObject = schema.properties !== undefined && fallback !== null && fallback !== undefined;
  return {
    type: hasAnyType ? "any" : typeOf(schema, fallback),
    description,
    default: isObject ? {} : (fallback as Value),
    nullable,
    conditions,
  };
}

/** Whether a part of it can be of any type. In Terraform, the whole variable then has the type `any`. */
function isUntyped({ properties, items, additionalProperties, ...schema }: JsonSchema): boolean {
  const inner = [...Object.values(properties ?? {}), items, additionalProperties].filter(
    (each) => typeof each === "object",
  ) as readonly JsonSchema[];
  if (inner.length > 0) return inner.some(isUntyped);
  return schema.type === undefined && schema.enum === undefined && schema.const === undefined && !schema.anyOf;
}

/** The Terraform type of a schema's values, with the defaults of attributes. */
function typeOf(schema: JsonSchema, fallback?: unknown): string {
  const { type, properties, required = [], items, additionalProperties } = schema;
  if (properties !== undefined) {
    const fallbacks = (fallback ?? {}) as Readonly<Record<string, unknown>>;
    const attributes = Object.entries(properties).map(([key, property]) => {
      const inner = property as JsonSchema;
      const value = fallbacks[key] ?? inner.default;
      const innerType = typeOf(inner, value);
      const optional = value === undefined ? `optional(${innerType})` : `optional(${innerType}, ${literal(value)})`;
      return `${snakeCase(key)} = ${required.includes(key) ? innerType : optional}`;
    });
    return `object({ ${attributes.join(", ")} })`;
  }
  if (items !== undefined) return `list(${typeOf(items as JsonSchema)})`;
  if (typeof additionalProperties === "object") return `map(${typeOf(additionalProperties)})`;
  return type === "boolean" ? "bool" : type === "integer" || type === "number" ? "number" : "string";
}

/**
 * A variable of type `any` for values with the field names of the ECS API. An object type would drop unknown names without
 * an error, so validations look for them.
 */
export function apiInput(name: string, schema: JsonSchema, { fallback, description }: InputFacts): Input {
  return {
    type: "any",
    description: `${description}. Use the field names of the ECS API, such as \`dependsOn\``,
    default: fallback as Value,
    nullable: false,
    conditions: apiConditions(schema, `var.${name}`, name),
  };
}
