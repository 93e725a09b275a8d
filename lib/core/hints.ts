import * as z from "zod";

/** Hints for common mistakes at one place of a schema. */
export interface Hints {
  /** The message for an unknown key, by key. */
  readonly keys?: Readonly<Record<string, string>>;
  /** What to do about a value that the schema refuses, as a sentence; undefined if there is no hint for it. */
  readonly value?: (given: unknown) => string | undefined;
}

const registry = z.registry<Hints>();

/** Adds hints to a schema. */
export function withHints<Schema extends z.ZodType>(schema: Schema, hints: Hints): Schema {
  registry.add(schema, hints);
  return schema;
}

/** The hints of a schema. */
export function hintsOf(schema: z.ZodType): Hints {
  return registry.get(schema) ?? {};
}
