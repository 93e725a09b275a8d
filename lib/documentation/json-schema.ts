import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The JSON Schema of the input. Draft 7, because all editors support it. */
export function jsonSchema(schema: z.ZodType, title?: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return { $schema, ...(title !== undefined && { title }), ...rest };
}

/** The JSON Schema of the checked values, with defaults. */
export function checkedJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "output", target: "draft-7" });
}
