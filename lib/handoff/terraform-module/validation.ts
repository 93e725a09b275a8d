import { list } from "../../core/problem";
import type { JsonSchema } from "../json-schema";
import { expression, literal, quote, snakeCase } from "./hcl";

/** What must be true of a variable, and what to say where it isn't. */
export interface Condition {
  readonly condition: string;
  readonly message: string;
}

/** A variable of the module. */
export interface Input {
  readonly type: string;
  readonly description: string;
  /** Undefined where it must be given. */
  readonly default?: unknown;
  /** Whether null means something of its own; elsewhere it means the default. */
  readonly nullable: boolean;
  readonly conditions: readonly Condition[];
}

/**
 * A schema's checks as Terraform's. Every one is false, and none an error, where a value is missing or of another form.
 * @param value the expression of the value
 * @param name what the message calls it
 */
export function conditionsOf(schema: JsonSchema, value: string, name: string, nested = false): readonly Condition[] {
  const { enum: words, pattern, minimum, maximum, maxItems, properties, required = [], items } = schema;
  const given = nested ? "" : `, got ${expression(`jsonencode(${value})`)}`;
  const message = (must: string, got = "") => `${name} ${must}${got}.`;
  const conditions: Condition[] = [];

  if (words) {
    conditions.push({
      condition: `contains(${literal(words)}, ${value})`,
      message: message(`must be ${list(words.map(String), "or")}`, given),
    });
  }
  // What doesn't have the form of a text may be a secret that was put in the wrong place: it is not shown.
  if (pattern !== undefined) {
    conditions.push({ condition: matches(pattern, value), message: message(String(schema.patternErrorMessage)) });
  }
  if (minimum !== undefined && maximum !== undefined) {
    conditions.push({
      condition: `${value} >= ${minimum} && ${value} <= ${maximum} && floor(${value}) == ${value}`,
      message: message(`must be a whole number from ${minimum} to ${maximum}`, given),
    });
  }
  if (maxItems !== undefined) {
    conditions.push({
      condition: `length(${value}) <= ${maxItems}`,
      message: message(`must have at most ${maxItems} items`),
    });
  }
  for (const [key, property] of Object.entries(properties ?? {})) {
    const inner = `${value}.${snakeCase(key)}`;
    const optional = !required.includes(key);
    conditions.push(
      ...conditionsOf(property as JsonSchema, inner, `${name}.${snakeCase(key)}`, true).map(
        ({ condition, message }) => ({
          condition: optional ? `${inner} == null || ${safe(condition)}` : condition,
          message,
        }),
      ),
    );
  }
  if (items !== undefined) {
    conditions.push(...forAll(`item in ${value}`, conditionsOf(items as JsonSchema, "item", `${name}[*]`, true)));
  }
  const { propertyNames, additionalProperties } = schema;
  if (propertyNames !== undefined) {
    const keys = conditionsOf(propertyNames as JsonSchema, "key", `Every key of ${name}`, true);
    conditions.push(...forAll(`key in keys(${value})`, keys));
  }
  if (typeof additionalProperties === "object") {
    const values = conditionsOf(additionalProperties, "item", `Every value of ${name}`, true);
    conditions.push(...forAll(`item in values(${value})`, values));
  }
  return conditions;
}

function forAll(each: string, conditions: readonly Condition[]): Condition[] {
  return conditions.map(({ condition, message }) => ({
    condition: `alltrue([for ${each} : ${safe(condition)}])`,
    message,
  }));
}

/** Ways to be false instead of an error; what asks for a form is that by itself. */
export function safe(condition: string): string {
  return /^can\(regex\((?:(?! && ).)*$/.test(condition) ? condition : `try(${condition}, false)`;
}

/** Terraform's regular expressions know no lookahead, and no escape of a slash. */
function matches(pattern: string, value: string): string {
  const { not, rest = "" } = /^\^(?:\(\?!(?<not>[^)]*)\))?(?<rest>.*)$/.exec(pattern)?.groups ?? { rest: pattern };
  const is = (source: string) => `can(regex(${quote(source.replaceAll("\\/", "/"))}, ${value}))`;
  return not === undefined ? is(pattern) : `${is(`^${rest}`)} && !${is(`^${not}`)}`;
}
