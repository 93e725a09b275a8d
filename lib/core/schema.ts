import { z } from "zod";
import { isExpression } from "./expression";

/**
 * Text of a given form. A Terraform expression is accepted: its value is only known later.
 * @param form what it must be, as the error says it: `must be ${form}`
 */
export function text(form: string, pattern: RegExp) {
  return z
    .string()
    .refine((value) => isExpression(value) || pattern.test(value), { error: `must be ${form}` })
    .refine(arrivesAsItStands, {
      error:
        "must be text in Unicode's normal form C (NFC): Terraform composes characters, and the Agent would get other text",
    })
    .meta({ pattern: pattern.source, patternErrorMessage: `must be ${form}` });
}

/** Terraform turns all text into NFC, and files can't hold half of a surrogate pair. */
function arrivesAsItStands(value: string): boolean {
  return value.isWellFormed() && value.normalize("NFC") === value;
}

/** The key of a map: text of a given form that is known at synth time. */
export function key(form: string, pattern: RegExp) {
  const error = `must be ${form}`;
  return z.string().regex(pattern, { error }).meta({ patternErrorMessage: error });
}

/** A whole number within bounds, both included. A Terraform expression is accepted. */
export function integer(minimum: number, maximum: number, unit = "") {
  const form = `must be a whole number${unit && ` of ${unit}`} from ${minimum} to ${maximum}`;
  return z
    .number()
    .refine((value) => isExpression(value) || (Number.isInteger(value) && value >= minimum && value <= maximum), {
      error: form,
    })
    .meta({ type: "integer", minimum, maximum });
}

/** One of several words. They decide what is built, so an expression can't stand here. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words);
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  object: "a map",
  record: "a map",
  array: "a list",
};

/** What people call a type of zod's. */
export function wordsFor(type: string): string {
  return TYPES[type] ?? type;
}
