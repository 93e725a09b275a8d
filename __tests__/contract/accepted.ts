import type { Catalog } from "../../lib/core/catalog";
import { problemsOfRule } from "../../lib/core/rule";
import { type AgentSettings, scopeOf } from "../../lib/core/scope";
import { type Condition, ITEM, type Literal, pathsOf } from "../../lib/core/term";
import type * as z from "zod";
import { type JsonSchema, jsonSchema } from "../../lib/documentation/json-schema";
import { mapIn, type Place, schemaAt } from "./places";
import { valuesOf, withRequired } from "./values";

export type Configuration = Readonly<Record<string, unknown>>;

/** Two configurations that differ in one key. */
export interface Pair {
  readonly with: Configuration;
  readonly without: Configuration;
}

/** A consumer of configurations: clusters.yaml or the construct. */
export interface Taker {
  readonly catalog: Catalog;
  readonly schema: z.ZodObject;
  /** The start of every configuration. */
  readonly base: Configuration;
  /** Whether all checks accept a configuration. */
  readonly takes: (configuration: Configuration) => boolean;
}

/** How many other keys a value can need to be accepted. */
const MOST_COMPANIONS = 3;

/**
 * Pairs of accepted configurations: one with a value at a path, and one with another value or none. The rules that
 * refuse a value show which other keys it needs.
 */
export function* pairsAt(taker: Taker, { path, schema, isRequired }: Place): Generator<Pair> {
  const keys = path.split(".");
  const json = schemaOf(taker);
  const values = valuesOf(schema).filter((value) => JSON.stringify(value) !== JSON.stringify(schema.default));
  for (const value of values) {
    for (const found of accepted(taker, placed(json, taker.base, keys, value), path, MOST_COMPANIONS)) {
      const others = [
        ...(isRequired ? [] : [without(found, keys)]),
        ...values.filter((other) => other !== value).map((other) => placed(json, found, keys, other)),
      ].filter((each) => taker.takes(each));
      // A required key with only one value is tested with its parent.
      const around = keys.slice(1).map((_key, index) => without(found, keys.slice(0, -1 - index)));
      const before =
        others.length > 0 ? others : [...around, taker.base].filter((each) => taker.takes(each)).slice(0, 1);
      for (const other of before) yield { with: found, without: other };
    }
  }
}

const schemas = new WeakMap<z.ZodObject, JsonSchema>();

function schemaOf({ schema }: Taker): JsonSchema {
  const json = schemas.get(schema) ?? jsonSchema(schema);
  schemas.set(schema, json);
  return json;
}

/** The configuration, with the values that the rules require. */
function* accepted(taker: Taker, given: Configuration, fixed: string, companions: number): Generator<Configuration> {
  const { catalog, schema } = taker;
  const parsed = schema.safeParse(given).data;
  if (parsed === undefined) return;
  const reads = refusing(catalog, parsed as AgentSettings & Configuration);
  if (reads.length === 0) {
    if (taker.takes(given)) yield given;
    return;
  }
  if (companions === 0) return;
  for (const { path, literals } of reads) {
    if (isWithin(path, fixed) || isWithin(fixed, path)) continue;
    const keys = path.split(".");
    const place = schemaAt(schemaOf(taker), keys);
    if (place === undefined) continue;
    const others = [...literals, ...valuesOf(place)].map((value) => placed(schemaOf(taker), given, keys, value));
    for (const other of [...others, without(given, keys)]) yield* accepted(taker, other, fixed, companions - 1);
  }
}

function isWithin(path: string, other: string): boolean {
  return `${path}.`.startsWith(`${other}.`);
}

interface Read {
  readonly path: string;
  /** The literals in its condition. */
  readonly literals: readonly Literal[];
}

/** The paths of the rules that refuse a configuration. */
function refusing(catalog: Catalog, settings: AgentSettings & Configuration): readonly Read[] {
  const scope = scopeOf(catalog, settings);
  return [
    ...catalog.rules.filter((rule) => problemsOfRule(rule, scope).length > 0).flatMap(({ holds }) => readsOf(holds)),
    ...catalog.rulesInCode
      .filter((rule) => rule.problems(settings).length > 0)
      .flatMap(({ reads }) => reads.map((path) => ({ path, literals: [] }))),
  ];
}

/** The paths that a condition reads, including those in the first item of a list. */
function readsOf(condition: Condition): readonly Read[] {
  const reads = pathsOf(condition).map((path) => ({ path, literals: literalsAt(condition, path) }));
  if (condition.$ !== "every") return reads;
  const inner = condition.condition;
  const inItem = pathsInItem(inner).map((path) => ({
    path: path.replace(ITEM, `${condition.path}.0`),
    literals: literalsAt(inner, path),
  }));
  return [...reads, ...inItem];
}

function pathsInItem(condition: unknown): readonly string[] {
  if (typeof condition === "string") return condition.startsWith(`${ITEM}.`) ? [condition] : [];
  return typeof condition === "object" && condition !== null ? Object.values(condition).flatMap(pathsInItem) : [];
}

/** The literals that conditions compare with the value at a path. */
export function literalsAt(condition: Condition, path: string): readonly Literal[] {
  switch (condition.$) {
    case "equals":
      return condition.path === path ? [condition.value] : [];
    case "oneOf":
      return condition.path === path ? condition.values : [];
    case "and":
    case "or":
    case "exactlyOne":
      return condition.conditions.flatMap((each) => literalsAt(each, path));
    case "not":
    case "every":
      return literalsAt(condition.condition, path);
    default:
      return [];
  }
}

/** A copy with a value at a path, and with the required keys of its parents. */
export function placed(
  schema: JsonSchema,
  into: unknown,
  [key, ...rest]: readonly string[],
  value: unknown,
): Configuration {
  if (key === undefined) return value as Configuration;
  if (schema.type === "array") {
    const [first, ...others] = (into ?? []) as unknown[];
    return [placed(schema.items as JsonSchema, first, rest, value), ...others] as never;
  }
  const map = mapIn(schema) ?? {};
  const inner = isMap(into) ? into[key] : undefined;
  const property = map.properties?.[key] as JsonSchema;
  return withRequired(map, { ...(isMap(into) ? into : {}), [key]: placed(property, inner, rest, value) });
}

/** A copy without the value at a path. */
export function without(from: unknown, [key = "", ...rest]: readonly string[]): Configuration {
  if (from === undefined) return from as never;
  if (Array.isArray(from)) {
    const [first, ...others] = from as unknown[];
    return (rest.length === 0 ? others : [without(first, rest), ...others]) as never;
  }
  const { [key]: inner, ...others } = from as Configuration;
  return rest.length === 0 ? others : { ...others, [key]: without(inner, rest) };
}

function isMap(value: unknown): value is Configuration {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
