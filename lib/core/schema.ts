import * as z from "zod";
import { isExpression } from "./expression";

/**
 * A string that matches a pattern. Terraform expressions are accepted.
 * @param form completes the error message `must be …`
 */
export function text(form: string, pattern: RegExp) {
  const schema = z.string().check(
    refuse<string>(`must be ${form}`, (value) => !isExpression(value) && !pattern.test(value)),
    refuse<string>("must be valid Unicode, without half of a surrogate pair", (value) => !value.isWellFormed()),
    refuse<string>(
      "must be in Unicode normalization form C (NFC), to which Terraform converts all strings",
      (value) => value.normalize("NFC") !== value,
    ),
  );
  return withMeta(schema, { pattern: pattern.source, patternErrorMessage: `must be ${form}` });
}

/** Any string that reaches the container unchanged: Terraform converts strings to NFC, and ECS drops NUL. */
export function anyText() {
  return z
    .string()
    .check(
      refuse<string>(
        "must be a string in Unicode normalization form C (NFC), without NUL characters",
        (value) => !value.isWellFormed() || value.normalize("NFC") !== value || value.includes("\0"),
      ),
    );
}

/** A 32-bit integer, as in AWS's APIs. Terraform expressions are accepted. */
export function wholeNumber() {
  const schema = z
    .number()
    .check(
      refuse<number>(
        "must be a whole number",
        (value) => !isExpression(value) && !(Number.isInteger(value) && Math.abs(value) < 2 ** 31),
      ),
    );
  return withMeta(schema, { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 });
}

/** A check that refuses some values. Like zod's `refine`, which copies the schema for each check. */
export function refuse<Value>(message: string, isRefused: (value: Value) => boolean): z.core.CheckFn<Value> {
  return ({ value, issues }) => {
    if (isRefused(value)) issues.push({ code: "custom", message, input: value });
  };
}

/** Adds metadata to a new schema. Unlike zod's `meta`, it doesn't copy the schema: a run makes a thousand. */
export function withMeta<Schema extends z.ZodType>(schema: Schema, meta: z.core.GlobalMeta): Schema {
  z.globalRegistry.add(schema, { ...schema.meta(), ...meta });
  return schema;
}

/** Properties of every JavaScript object. */
const OBJECT_PROPERTIES = Object.getOwnPropertyNames(Object.prototype).filter((name) => /^[A-Za-z]/.test(name));

/**
 * The name of a stack. CDKTF looks names up in plain objects, where `constructor` and `toString` are functions.
 * @param form completes the error message `must be …`
 */
export function constructName(form: string, pattern: RegExp) {
  const error = `must be ${form}`;
  return z
    .string()
    .regex(pattern, { error })
    .refine((name) => !OBJECT_PROPERTIES.includes(name), {
      error: "must not be the name of a built-in JavaScript property, which CDKTF can't use as a stack name",
    })
    .meta({
      pattern: `^(?!(?:${OBJECT_PROPERTIES.toSorted().join("|")})$)${pattern.source.replace(/^\^/, "")}`,
      patternErrorMessage: error,
    });
}

/** The key of a map: a string that matches a pattern and is known at synth time. */
export function key(form: string, pattern: RegExp) {
  const error = `must be ${form}`;
  return z.string().regex(pattern, { error }).meta({ patternErrorMessage: error });
}

/** An integer from `minimum` to `maximum`. Terraform expressions are accepted. */
export function integer(minimum: number, maximum: number, unit = "") {
  const form = `must be a whole number${unit && ` of ${unit}`} from ${minimum} to ${maximum}`;
  const isIn = (value: number) => Number.isInteger(value) && value >= minimum && value <= maximum;
  const schema = z.number().check(refuse<number>(form, (value) => !isExpression(value) && !isIn(value)));
  return withMeta(schema, { type: "integer", minimum, maximum });
}

/** One of several numbers. */
export function oneOfNumbers(numbers: readonly number[]) {
  return wholeNumber()
    .refine((value) => isExpression(value) || numbers.includes(value), {
      error: `must be one of ${numbers.join(", ")}`,
    })
    .meta({ enum: [...numbers] });
}

/** One of several words. They decide which resources exist, so Terraform expressions are refused. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words);
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  object: "a map",
  record: "a map",
  array: "a list",
};

/** The name of a zod type in messages. */
export function typeName(type: string): string {
  return TYPES[type] ?? type;
}
