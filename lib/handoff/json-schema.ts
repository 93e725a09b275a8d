import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What a person may write, as a JSON Schema of plain data. Draft 7 is what every editor knows. */
export function jsonSchema(schema: z.ZodType, title?: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  return { $schema, ...(title !== undefined && { title }), ...rest };
}

/** What the checks make of it, with the defaults filled in. */
export function checkedJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "output", target: "draft-7" });
}
