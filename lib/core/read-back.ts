import type * as z from "zod";
import { type Path, valueAt } from "./problem";
import { type Condition, isOperator, ITEM, type Operator, type Term } from "./term";

/** A part of the configuration, recovered from a value that a template produced. */
export interface Reading {
  /** Dotted path in the configuration. */
  readonly path: string;
  readonly value: unknown;
  /** Where it was found in the value. */
  readonly at: Path;
  /** Whether it was part of a string, where numbers and booleans are text too. */
  readonly isText: boolean;
}

export interface ReadBack {
  /** Everything that could be read, even if the rest doesn't match the template. */
  readonly readings: readonly Reading[];
  /** Whether the template can produce the value. */
  readonly matches: boolean;
}

/** The current position in the value. Parts of a string have the position of the string. */
interface Place {
  readonly at: Path;
  readonly isText: boolean;
}

const NOTHING: ReadBack = { readings: [], matches: true };
const MISMATCH: ReadBack = { readings: [], matches: false };
const TOP: Place = { at: [], isText: false };

/**
 * Runs a template backwards: finds the configuration from which it produces a value. Maps can have more keys than the
 * template sets, because several templates contribute to one map.
 * @param value undefined if it is absent
 */
export function readBack(term: Term | undefined, value: unknown, place = TOP): ReadBack {
  if (term === undefined) return value === undefined ? NOTHING : MISMATCH;
  if (isOperator(term)) return invert(term, value, place);
  if (typeof term !== "object") return value === term ? NOTHING : MISMATCH;
  if (Array.isArray(term)) return readList(term as readonly Term[], listOf(value), 0, place);
  const map = value ?? {};
  if (typeof map !== "object" || Array.isArray(map)) return MISMATCH;
  return combine(
    Object.entries(term).map(([key, inner]) =>
      readBack(inner as Term, (map as Readonly<Record<string, unknown>>)[key], inside(place, key)),
    ),
  );
}

function invert(operator: Operator, value: unknown, place: Place): ReadBack {
  switch (operator.$) {
    case "from":
      return value === undefined ? NOTHING : { readings: [{ path: operator.path, value, ...place }], matches: true };
    case "when": {
      const said = conclusions(operator.condition, value !== undefined).map((each) => ({ ...each, ...place }));
      const inner = value === undefined ? NOTHING : readBack(operator.then, value, place);
      return { readings: [...said, ...inner.readings], matches: inner.matches };
    }
    case "each":
      return invertEach(operator, value, place);
    case "entries":
      return invertEntries(operator.of, value, place);
    case "sort":
      return invert(operator.of, value, place);
    case "join": {
      if (value !== undefined && typeof value !== "string") return MISMATCH;
      const texts = (value ?? "").split(operator.separator).filter((text) => text !== "");
      return readBack(operator.of, texts, { ...place, isText: true });
    }
    case "text":
      return invertText(operator.parts, value, place);
    case "plus":
      if (value === undefined) return NOTHING;
      return typeof value === "number" ? invert(operator.of, value - operator.add, place) : MISMATCH;
    case "json": {
      if (value === undefined) return NOTHING;
      const parsed = typeof value === "string" ? parsedJson(value) : undefined;
      return parsed === undefined ? MISMATCH : readBack(operator.of, parsed, { ...place, isText: true });
    }
    case "concat":
      return invertConcat(operator.lists, listOf(value), place);
    case "merge":
      return combine(operator.maps.map((map) => readBack(map, value, place)));
  }
}

/** The parsed value; undefined if the text isn't JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Matches items in order. Items that a template leaves out when absent can be missing. */
function readList(
  terms: readonly Term[],
  values: readonly unknown[] | undefined,
  from: number,
  place: Place,
): ReadBack {
  if (values === undefined) return MISMATCH;
  const [first, ...others] = terms;
  if (first === undefined) return values.length === from ? NOTHING : MISMATCH;
  const ways = [
    ...(from < values.length
      ? [() => [readBack(first, values[from], inside(place, from)), readList(others, values, from + 1, place)]]
      : []),
    ...(isOperator(first) ? [() => [readBack(first, undefined, place), readList(others, values, from, place)]] : []),
  ];
  for (const way of ways) {
    const whole = combine(way());
    if (whole.matches) return whole;
  }
  return MISMATCH;
}

function invertEach({ of, item }: Extract<Operator, { $: "each" }>, value: unknown, place: Place): ReadBack {
  const values = listOf(value);
  if (values === undefined) return MISMATCH;
  const read = values.map((each, index) => readBack(item, each, inside(place, index)));
  const items = read.map(({ readings }, index) => itemOf(readings) ?? (isEmptyMap(values[index]) ? {} : undefined));
  const others = read.flatMap(({ readings }) => readings.filter(({ path }) => !isOfItem(path)));
  const whole = combine([invert(of, items.length === 0 ? undefined : items, place)]);
  return { readings: [...whole.readings, ...others], matches: whole.matches && read.every(({ matches }) => matches) };
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function isOfItem(path: string): boolean {
  return path === ITEM || path.startsWith(`${ITEM}.`);
}

/** Builds the item of a list from its readings. */
function itemOf(readings: readonly Reading[]): unknown {
  const own = readings.filter(({ path }) => isOfItem(path));
  return own.reduce<unknown>(
    (item, { path, value }) => (path === ITEM ? value : withValue(item, path.split(".").slice(1), value)),
    undefined,
  );
}

function invertEntries(of: Operator, value: unknown, place: Place): ReadBack {
  const list = listOf(value);
  if (list === undefined) return MISMATCH;
  const pairs = list.map((each) => each as { readonly key?: unknown; readonly value?: unknown } | undefined);
  const keys = pairs.map((pair) => pair?.key);
  if (keys.some((key) => typeof key !== "string") || new Set(keys).size < keys.length) return MISMATCH;
  const map = Object.fromEntries(pairs.map((pair) => [String(pair?.key), pair?.value]));
  return invert(of, list.length === 0 ? undefined : map, place);
}

/** An operator matches the text up to the next literal, the last one the rest. */
function invertText(parts: readonly unknown[], value: unknown, place: Place): ReadBack {
  if (value === undefined) return NOTHING;
  const pattern = parts.map((part) => (isOperator(part) ? "([^]*?)" : escaped(String(part)))).join("");
  const found = typeof value === "string" ? new RegExp(`^${pattern}$`).exec(value) : null;
  if (found === null) return MISMATCH;
  return combine(
    parts.filter(isOperator).map((part, index) => invert(part, found[index + 1], { ...place, isText: true })),
  );
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Finds the first way to split the list so that every part matches. */
function invertConcat(terms: readonly Term[], values: readonly unknown[] | undefined, place: Place): ReadBack {
  if (values === undefined) return MISMATCH;
  const [first, ...others] = terms;
  if (first === undefined) return values.length === 0 ? NOTHING : MISMATCH;
  for (let size = values.length; size >= 0; size -= 1) {
    const part = size === 0 && isOperator(first) ? undefined : values.slice(0, size);
    const read = readBack(first, part, place);
    const whole = read.matches ? combine([read, invertConcat(others, values.slice(size), place)]) : MISMATCH;
    if (whole.matches) return whole;
  }
  return MISMATCH;
}

/** What follows for the configuration from a condition that holds, or that does not. */
function conclusions(condition: Condition, verdict: boolean): readonly Pick<Reading, "path" | "value">[] {
  switch (condition.$) {
    // `false` instead of a map means: turned off.
    case "given":
      return verdict || isOfItem(condition.path) ? [] : [{ path: condition.path, value: false }];
    case "equals":
      if (verdict) return [{ path: condition.path, value: condition.value }];
      return typeof condition.value === "boolean" ? [{ path: condition.path, value: !condition.value }] : [];
    case "not":
      return conclusions(condition.condition, !verdict);
    case "and":
      return verdict ? condition.conditions.flatMap((each) => conclusions(each, true)) : [];
    case "or":
      return verdict ? [] : condition.conditions.flatMap((each) => conclusions(each, false));
    default:
      return [];
  }
}

function combine(parts: readonly ReadBack[]): ReadBack {
  return { readings: parts.flatMap(({ readings }) => readings), matches: parts.every(({ matches }) => matches) };
}

function inside({ at, isText }: Place, key: string | number): Place {
  return { at: isText ? at : [...at, key], isText };
}

/** A missing list is empty. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : undefined;
}

function withValue(map: unknown, [key = "", ...rest]: readonly string[], value: unknown): object {
  const inner = valueAt(map, [key]);
  return { ...(map as object | undefined), [key]: rest.length === 0 ? value : withValue(inner, rest, value) };
}

/**
 * Builds the value of one key from readings; undefined if there are none for it.
 * @param schema the schema of the key. It decides whether a text is a number, and whether `false` is accepted.
 */
export function valueOfKey(key: string, schema: z.ZodType, readings: readonly Reading[]): unknown {
  const root = readings.reduce<object>((all, { path, value, isText }) => {
    const [head, ...rest] = path.split(".");
    if (head !== key) return all;
    const accepted = acceptedForm(schemasAt(schema, rest), value, isText);
    return accepted === undefined ? all : withValue(all, [key, ...rest], accepted);
  }, {});
  return valueAt(root, [key]);
}

/** Converts a value to a form that a schema accepts. Other values stay for the checks to refuse, except `false`. */
function acceptedForm(schemas: readonly z.ZodType[], value: unknown, isText: boolean): unknown {
  const form = (isText ? formsOf(value) : [value]).find((each) =>
    schemas.some((schema) => schema.safeParse(each).success),
  );
  return form ?? (value === false ? undefined : value);
}

/** The values that a text can mean. */
function formsOf(value: unknown): readonly unknown[] {
  if (value === "true" || value === "false") return [value, value === "true"];
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? [value, Number(value)] : [value];
}

/** The schemas of the value at a path. */
export function schemasAt(schema: z.ZodType, path: readonly string[]): readonly z.ZodType[] {
  const { getter, innerType, options, shape, valueType, element } = schema.def as {
    getter?: () => z.ZodType;
    innerType?: z.ZodType;
    options?: readonly z.ZodType[];
    shape?: Readonly<Record<string, z.ZodType>>;
    valueType?: z.ZodType;
    element?: z.ZodType;
  };
  const [key, ...rest] = path;
  const wrapped = innerType ?? getter?.();
  const inner = wrapped !== undefined ? [wrapped] : (options ?? []);
  if (key === undefined) return [schema, ...inner.flatMap((each) => schemasAt(each, path))];
  if (inner.length > 0) return inner.flatMap((each) => schemasAt(each, path));
  const next = shape?.[key] ?? valueType ?? element;
  return next === undefined ? [] : schemasAt(next, rest);
}
