import type { JsonSchema } from "../../lib/documentation/json-schema";

/** A key of a configuration that can be set by itself, at any depth. An item of a list has the index 0. */
export interface Place {
  /** Dotted, as in terms. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** Whether its parent requires it. */
  readonly isRequired: boolean;
}

/** Every key of a schema. A map is its keys; a union of a map and another type is both. */
export function placesOf(schema: JsonSchema, path = "", isRequired = false): readonly Place[] {
  const inner = mapIn(schema);
  const own = path === "" || schema.properties !== undefined ? [] : [{ path, schema, isRequired }];
  const below = path === "" ? "" : schema.type === "array" ? `${path}.0.` : `${path}.`;
  return [
    ...own,
    ...Object.entries(inner?.properties ?? {}).flatMap(([key, property]) =>
      placesOf(property as JsonSchema, below + key, inner?.required?.includes(key) === true),
    ),
  ];
}

/** The map whose keys can be set one by one. */
export function mapIn(schema: JsonSchema): JsonSchema | undefined {
  const candidates = [schema, schema.items, ...(schema.anyOf ?? [])] as (JsonSchema | undefined)[];
  return candidates.find((candidate) => candidate?.properties !== undefined);
}

/** The schema at a path. */
export function schemaAt(schema: JsonSchema, [key, ...rest]: readonly string[]): JsonSchema | undefined {
  if (key === undefined) return schema;
  if (key === "0" && schema.type === "array") return schemaAt(schema.items as JsonSchema, rest);
  const map = mapIn(schema) ?? schema;
  const { additionalProperties } = map;
  const ofAny = typeof additionalProperties === "object" ? additionalProperties : undefined;
  const inner = (map.properties?.[key] as JsonSchema | undefined) ?? ofAny;
  return inner && schemaAt(inner, rest);
}
