import type { JsonSchema } from "../../../lib/documentation/json-schema";
import { conditionsOf, safe } from "../../../lib/outputs/terraform-module/validation";

const conditions = (schema: JsonSchema) =>
  conditionsOf(schema, "var.x", "x").map(({ condition, message }) => [condition, message]);
const text = (pattern: string, patternErrorMessage = "must be an a"): JsonSchema => ({ pattern, patternErrorMessage });
const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  properties,
  required,
});
const NUMBER: JsonSchema = { type: "integer", minimum: 1, maximum: 9 };

describe("conditionsOf", () => {
  it.each<[string, JsonSchema, (readonly [string, string])[]]>([
    ["a boolean", { type: "boolean" }, []],
    [
      "words",
      { enum: ["a", "b", "c"] },
      [['contains(["a", "b", "c"], var.x)', "x must be a, b or c, got ${jsonencode(var.x)}."]],
    ],
    [
      "numbers",
      { ...NUMBER, enum: [1, 3] },
      [["contains([1, 3], var.x)", "x must be 1 or 3, got ${jsonencode(var.x)}."]],
    ],
    [
      "a number",
      NUMBER,
      [
        [
          "var.x >= 1 && var.x <= 9 && floor(var.x) == var.x",
          "x must be a whole number from 1 to 9, got ${jsonencode(var.x)}.",
        ],
      ],
    ],
    ["text, without quoting the value", text("^a$"), [['can(regex("^a$", var.x))', "x must be an a."]]],
    ["a pattern with backslashes", text("^\\w\\.$"), [['can(regex("^\\\\w\\\\.$", var.x))', "x must be an a."]]],
    [
      "a pattern with slashes, which Terraform doesn't escape",
      text("^\\/a\\/(?:b\\/)*$"),
      [['can(regex("^/a/(?:b/)*$", var.x))', "x must be an a."]],
    ],
    [
      "a pattern with a negative lookahead",
      text("^(?![aA]w:)\\w+$"),
      [['can(regex("^\\\\w+$", var.x)) && !can(regex("^[aA]w:", var.x))', "x must be an a."]],
    ],
    ["a pattern without a beginning", text("a|b"), [['can(regex("a|b", var.x))', "x must be an a."]]],
    ["the length of a list", { type: "array", maxItems: 9 }, [["length(var.x) <= 9", "x must have at most 9 items."]]],
    [
      "the least length of a list",
      { type: "array", minItems: 2 },
      [["length(var.x) >= 2", "x must have at least 2 items."]],
    ],
    [
      "the first item of a list",
      { type: "array", firstItems: ["CMD", "CMD-SHELL"] },
      [['contains(["CMD", "CMD-SHELL"], var.x[0])', "x must start with CMD or CMD-SHELL."]],
    ],
    [
      "the items of a list",
      { items: { enum: ["a", "b"] } },
      [['alltrue([for item in var.x : try(contains(["a", "b"], item), false)])', "x[*] must be a or b."]],
    ],
    [
      "the texts of a list",
      { items: text("^a$") },
      [['alltrue([for item in var.x : can(regex("^a$", item))])', "x[*] must be an a."]],
    ],
    [
      "the keys and the values of a map",
      { propertyNames: text("^k$", "must be a k"), additionalProperties: text("^(?!b)") },
      [
        ['alltrue([for key in keys(var.x) : can(regex("^k$", key))])', "Every key of x must be a k."],
        [
          'alltrue([for item in values(var.x) : try(can(regex("^", item)) && !can(regex("^b", item)), false)])',
          "Every value of x must be an a.",
        ],
      ],
    ],
    ["any value of a map", { type: "object", additionalProperties: false }, []],
    [
      "a required attribute",
      object({ someKey: text("^a$") }, ["someKey"]),
      [['can(regex("^a$", var.x.some_key))', "x.some_key must be an a."]],
    ],
    [
      "an optional attribute",
      object({ memoryMiB: NUMBER }),
      [
        [
          "var.x.memory_mib == null || try(var.x.memory_mib >= 1 && var.x.memory_mib <= 9 && floor(var.x.memory_mib) == var.x.memory_mib, false)",
          "x.memory_mib must be a whole number from 1 to 9.",
        ],
      ],
    ],
    [
      "attributes of an optional attribute",
      object({ a: object({ b: text("^b$"), c: text("^c$") }, ["b"]) }),
      [
        ['var.x.a == null || can(regex("^b$", var.x.a.b))', "x.a.b must be an a."],
        ['try(var.x.a.c, null) == null || can(regex("^c$", var.x.a.c))', "x.a.c must be an a."],
      ],
    ],
    [
      "a required list, which must have items, and an optional list",
      object({ a: { type: "array", minItems: 1 }, b: { type: "array", minItems: 1 } }, ["a"]),
      [["length(var.x.a) > 0", "x.a must not be empty."]],
    ],
    [
      "attributes of items",
      { items: object({ type: { enum: ["a", "b"] }, expression: text("^e$") }, ["type"]) },
      [
        ['alltrue([for item in var.x : try(contains(["a", "b"], item.type), false)])', "x[*].type must be a or b."],
        [
          'alltrue([for item in var.x : try(item.expression == null || can(regex("^e$", item.expression)), false)])',
          "x[*].expression must be an a.",
        ],
      ],
    ],
  ])("checks %s", (_what, schema, expected) => {
    expect(conditions(schema)).toEqual(expected);
  });
});

describe("safe", () => {
  it.each([
    ["var.x > 1", "try(var.x > 1, false)"],
    ['can(regex("^a", var.x))', 'can(regex("^a", var.x))'],
    ['can(regex("a", x)) && !can(regex("b", x))', 'try(can(regex("a", x)) && !can(regex("b", x)), false)'],
    ['var.x == null || can(regex("a", var.x))', 'try(var.x == null || can(regex("a", var.x)), false)'],
    ["try(var.x.y, null) == null || can(keys(var.x))", "try(var.x.y, null) == null || can(keys(var.x))"],
    ["try(var.x > 1, true) || try(var.x > 2, false)", "try(var.x > 1, true) || try(var.x > 2, false)"],
    ["try(var.x, var.y)", "try(try(var.x, var.y), false)"],
    ["can(var.x) == var.y", "try(can(var.x) == var.y, false)"],
  ])("is false instead of an error: %s", (condition, expected) => {
    expect(safe(condition)).toBe(expected);
  });
});
