import { list } from "../../core/problem";
import type { JsonSchema } from "../../documentation/json-schema";
import type { Value } from "./document";
import { expression, literal, quote, snakeCase } from "./hcl";
import { regexOf } from "./print";
import { splitOutside } from "./layout";
import { endOfBrackets } from "./scan";

/** A condition on variables, and its error message. */
export interface Condition {
  readonly condition: string;
  readonly message: string;
}

/** A variable of the module. */
export interface Input {
  readonly type: string;
  readonly description: string;
  /** Undefined if the variable is required. */
  readonly default?: Value;
  /** Whether the variable can be null; otherwise null sets the default. */
  readonly nullable: boolean;
  readonly conditions: readonly Condition[];
}

interface Place {
  /** Whether the value is a part of the variable. Messages don't quote it. */
  readonly nested?: boolean;
  /** The checks apply only if this isn't null: the value itself if it is optional, else its parent. */
  readonly guard?: string;
  /** Whether it must be set. An empty list means that an optional value isn't set. */
  readonly required?: boolean;
}

/**
 * The checks of a schema on a variable with the schema's type. A check of a null value is false, not an error.
 * @param value the expression of the value
 * @param name the name in messages
 */
export function conditionsOf(
  schema: JsonSchema,
  value: string,
  name: string,
  { nested = false, guard, required: isRequired = false }: Place = {},
): readonly Condition[] {
  const { properties = {}, required = [], items, propertyNames, additionalProperties } = schema;
  const inItems = [
    ...(items === undefined
      ? []
      : forAll(`item in ${value}`, conditionsOf(items as JsonSchema, "item", `${name}[*]`, { nested: true }))),
    ...(propertyNames === undefined ? [] : keyConditions(propertyNames as JsonSchema, value, name)),
    ...(typeof additionalProperties === "object"
      ? forAll(
          `item in values(${value})`,
          conditionsOf(additionalProperties, "item", nameOfValues(additionalProperties, name), { nested: true }),
        )
      : []),
  ];
  const inProperties = Object.entries(properties).flatMap(([key, property]) => {
    const inner = `${value}.${snakeCase(key)}`;
    const own = guard === undefined ? inner : `try(${inner}, null)`;
    const place = required.includes(key) ? { nested: true, guard, required: true } : { nested: true, guard: own };
    return conditionsOf(property as JsonSchema, inner, `${name}.${snakeCase(key)}`, place);
  });
  const guarded = (conditions: readonly Condition[]) =>
    guard === undefined
      ? conditions
      : conditions.map((each) => ({ ...each, condition: `${guard} == null || ${safe(each.condition)}` }));
  const notEmpty =
    isRequired && schema.minItems === 1
      ? [{ condition: `length(${value}) > 0`, message: `${name} must not be empty.` }]
      : [];
  return [
    ...guarded([...ownConditions(schema, value, name, nested), ...notEmpty]),
    ...inProperties,
    ...guarded(inItems),
  ];
}

/** The checks of the value itself, without those of its items and attributes. */
function ownConditions(schema: JsonSchema, value: string, name: string, nested: boolean): readonly Condition[] {
  const { enum: words, pattern, minimum, maximum, minItems = 0, maxItems, firstItems } = schema;
  const got = nested ? "" : `, got ${expression(`jsonencode(${value})`)}`;
  const check = (condition: string, message: string): Condition => ({ condition, message: `${name} ${message}.` });
  return [
    ...(words
      ? [check(`contains(${literal(words)}, ${value})`, `must be ${list(words.map(String), "or")}${got}`)]
      : []),
    // A value that doesn't match may be a secret in the wrong place, so messages don't quote it.
    ...(pattern === undefined ? [] : [check(matches(pattern, value), String(schema.patternErrorMessage))]),
    ...(words !== undefined || minimum === undefined || maximum === undefined
      ? []
      : [
          check(
            `${value} >= ${minimum} && ${value} <= ${maximum} && floor(${value}) == ${value}`,
            `must be a whole number from ${minimum} to ${maximum}${got}`,
          ),
        ]),
    // Whether a list may be empty depends on whether it is required.
    ...(minItems < 2 ? [] : [check(`length(${value}) >= ${minItems}`, `must have at least ${minItems} items`)]),
    ...(Array.isArray(firstItems)
      ? [
          check(
            `contains(${literal(firstItems)}, ${value}[0])`,
            `must start with ${list(firstItems.map(String), "or")}`,
          ),
        ]
      : []),
    ...(maxItems === undefined
      ? []
      : [check(`length(${value}) <= ${maxItems}`, `must have at most ${maxItems} items`)]),
  ];
}

export function keyConditions(schema: JsonSchema, value: string, name: string): readonly Condition[] {
  return forAll(`key in keys(${value})`, conditionsOf(schema, "key", `Every key of ${name}`, { nested: true }));
}

export function nameOfValues(values: JsonSchema, name: string): string {
  return isContainer(values) ? `${name}[*]` : `Every value of ${name}`;
}

export function isContainer({ type, items, properties, additionalProperties }: JsonSchema): boolean {
  return (
    type === "array" || items !== undefined || properties !== undefined || typeof additionalProperties === "object"
  );
}

function forAll(each: string, conditions: readonly Condition[]): Condition[] {
  return conditions.map(({ condition, message }) => ({
    condition: `alltrue([for ${each} : ${safe(condition)}])`,
    message,
  }));
}

/** The condition, which is false instead of an error. */
export function safe(condition: string): string {
  return splitOutside(condition, " || ").every(neverFails) ? condition : `try(${condition}, false)`;
}

/** `can(…)`, and `try(…)` with a literal at its end. */
function neverFails(condition: string): boolean {
  const call = /^(?:can|try)(?=\()/.exec(condition)?.[0];
  if (call === undefined) return false;
  const rest = condition.slice(endOfBrackets(condition, call.length));
  if (call === "can") return rest === "";
  return (
    (/, (?:true|false)\)$/.test(condition) && rest === "") ||
    (/, null\) == null$/.test(condition) && rest === " == null")
  );
}

/** Terraform's regular expressions have no lookahead. */
function matches(pattern: string, value: string): string {
  const { not, rest = "" } = /^\^(?:\(\?!(?<not>[^)]*)\))?(?<rest>.*)$/.exec(pattern)?.groups ?? { rest: pattern };
  const is = (source: string) => `can(regex(${quote(regexOf(source))}, ${value}))`;
  return not === undefined ? is(pattern) : `${is(`^${rest}`)} && !${is(`^${not}`)}`;
}
