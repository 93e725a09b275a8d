import { list } from "../../core/problem";
import type { JsonSchema } from "../../documentation/json-schema";
import { literal, quote, snakeCase } from "./hcl";
import { type Condition, conditionsOf, isContainer, keyConditions, nameOfValues, safe } from "./validation";

/** A check of a value with the type `any`. */
interface UntypedCondition extends Condition {
  /** Whether it is an error if the value isn't a list or a map. Another check refuses the value then. */
  readonly mayFail?: boolean;
}

/**
 * The checks of a schema on a variable with the type `any`. Terraform doesn't convert the value, so `"4"` is not a number. A
 * value that should be a list or a map and isn't gets one error: the checks of its items don't apply.
 */
export function strictConditionsOf(schema: JsonSchema, value: string, name: string): readonly Condition[] {
  return untypedConditions(schema, value, name).map((each) => ({ condition: total(each), message: each.message }));
}

/** The same for a value that can be null or missing, such as an option. */
export function optionalConditionsOf(schema: JsonSchema, value: string, name: string): readonly Condition[] {
  if (!isContainer(schema)) {
    const bound = `value in try([${value}], [])`;
    return untypedConditions(schema, "value", name).map(({ condition, message }) => ({
      condition: `alltrue([for ${bound} : ${unless("value == null", condition)}])`,
      message,
    }));
  }
  return untypedConditions(schema, value, name).map((each) => ({
    condition: each.mayFail ? total(each) : unless(`try(${value} == null, true)`, each.condition),
    message: each.message,
  }));
}

function total({ condition, mayFail = false }: UntypedCondition): string {
  return mayFail ? `try(${condition}, true)` : condition;
}

function unless(exception: string, condition: string): string {
  return `${exception} || ${condition.includes(" && ") && !condition.startsWith("try(") ? `(${condition})` : condition}`;
}

function untypedConditions(schema: JsonSchema, value: string, name: string): readonly UntypedCondition[] {
  const { type, items, properties, additionalProperties } = schema;
  if (!isContainer(schema)) return scalarConditions(schema, value, name);
  if (type === "array" || items !== undefined) {
    const { items: _items, ...itself } = schema;
    const mayFail = true;
    return [
      { condition: isList(value), message: `${name} must be a list.` },
      ...conditionsOf(itself, value, name).map((each) => ({ ...each, mayFail })),
      ...(schema.minItems === 1
        ? [{ condition: `length(${value}) > 0`, message: `${name} must not be empty.`, mayFail }]
        : []),
      ...inEach(`item in ${value}`, untypedConditions((items ?? {}) as JsonSchema, "item", `${name}[*]`)),
    ];
  }
  return [
    { condition: isMap(value), message: `${name} must be a map.` },
    ...(properties === undefined
      ? anyKeysConditions(schema, value, name, additionalProperties as JsonSchema)
      : keysConditions(schema, value, name)),
  ];
}

/** Terraform has no function that returns a type, but the JSON of a value shows it. */
function scalarConditions(schema: JsonSchema, value: string, name: string): readonly UntypedCondition[] {
  const conditions = conditionsOf(schema, value, name, { nested: true });
  const form = TYPES[String(schema.type)];
  if (form === undefined) return conditions.map((each) => ({ ...each, condition: safe(each.condition) }));
  const [first] = conditions;
  if (first === undefined) return [{ condition: hasForm(form.json, value), message: `${name} must be ${form.words}.` }];
  return conditions.map(({ condition, message }) => {
    const isStrict = !condition.startsWith("can(regex(");
    return { condition: isStrict ? safe(condition) : `${hasForm(form.json, value)} && ${condition}`, message };
  });
}

function anyKeysConditions(
  { propertyNames = {} }: JsonSchema,
  value: string,
  name: string,
  values: JsonSchema,
): readonly UntypedCondition[] {
  return [
    ...keyConditions(propertyNames as JsonSchema, value, name).map((each) => ({ ...each, mayFail: true })),
    ...inEach(`item in values(${value})`, untypedConditions(values, "item", nameOfValues(values, name))),
  ];
}

/** A map with a fixed set of keys. The type `any` accepts others. */
function keysConditions(
  { properties = {}, required = [] }: JsonSchema,
  value: string,
  name: string,
): readonly UntypedCondition[] {
  const known = Object.keys(properties).map(snakeCase);
  return [
    {
      condition: `length(setsubtract(keys(${value}), ${literal(known)})) == 0`,
      message: `${name} has an unknown key. The known keys are ${list(known)}.`,
      mayFail: true,
    },
    ...required.map(snakeCase).map((key) => ({
      condition: `try(${value}.${key} != null, !${isMap(value)})`,
      message: `${name} must have \`${key}\`.`,
    })),
    ...Object.entries(properties).flatMap(([key, property]) => {
      const at = `${value}.${snakeCase(key)}`;
      return untypedConditions(property as JsonSchema, at, `${name}.${snakeCase(key)}`).map((each) => ({
        condition: each.mayFail ? total(each) : unless(`try(${at} == null, true)`, each.condition),
        message: each.message,
      }));
    }),
  ];
}

function inEach(each: string, conditions: readonly UntypedCondition[]): readonly UntypedCondition[] {
  return conditions.map((condition) => ({
    condition: `alltrue([for ${each} : ${total(condition)}])`,
    message: condition.message,
    mayFail: true,
  }));
}

/**
 * The checks of values with the field names of the ECS API: types, field names, required fields and enums. ECS checks nested
 * fields.
 */
export function apiConditions(schema: JsonSchema, value: string, name: string): readonly Condition[] {
  const { type, items, properties = {}, required = [] } = schema;
  if (type === "array") {
    const inner = apiConditions(items as JsonSchema, "item", `${name}[*]`);
    return [
      { condition: isList(value), message: `${name} must be a list.` },
      ...inner.map(({ condition, message }) => ({
        condition: `alltrue([for item in try(flatten([${value}]), []) : ${safe(condition)}])`,
        message,
      })),
    ];
  }
  const known = Object.keys(properties).sort();
  const words = Object.entries(properties as Readonly<Record<string, JsonSchema>>).filter(
    ([, property]) => property.enum,
  );
  return [
    { condition: isMap(value), message: `${name} must be a map.` },
    {
      condition: `length([for key in try(keys(${value}), []) : key if !contains(${literal(known)}, key)]) == 0`,
      message: `${name} has a field that isn't supported here. The supported fields are ${list(known)}. Use the module's variables for other fields.`,
    },
    ...required.map((key) => ({
      condition: `try(${value}.${key} != null, false)`,
      message: `${name} must have \`${key}\`.`,
    })),
    ...words.map(([key, property]) => ({
      condition: `try(contains(${literal(property.enum)}, ${value}.${key}), ${value}.${key} == null, true)`,
      message: `${name} must have \`${key}\` ${list((property.enum ?? []).map(String), "or")}.`,
    })),
  ];
}

const TYPES: Readonly<Record<string, { readonly json: string; readonly words: string }>> = {
  boolean: { json: "^(true|false)$", words: "true or false" },
  integer: { json: "^[0-9.-]+$", words: "a number" },
  number: { json: "^[0-9.-]+$", words: "a number" },
  string: { json: '^"', words: "a string" },
};

function isList(value: string): string {
  return hasForm("^\\[", value);
}

function isMap(value: string): string {
  return `can(keys(${value}))`;
}

function hasForm(form: string, value: string): string {
  return `can(regex(${quote(form)}, jsonencode(${value})))`;
}
