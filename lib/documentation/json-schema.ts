import * as z from "zod";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

const converted = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of the input. Draft 7, because all editors support it. Cached, because modules need each one often. */
export function jsonSchema(schema: z.ZodType, title?: string): JsonSchema {
  const json = converted.get(schema) ?? z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  converted.set(schema, json);
  const { $schema, ...rest } = json;
  return { $schema, ...(title !== undefined && { title }), ...rest };
}

/** The JSON Schema of the checked values, with defaults. */
export function checkedJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "output", target: "draft-7" });
}
