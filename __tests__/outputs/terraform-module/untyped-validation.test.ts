import type { JsonSchema } from "../../../lib/documentation/json-schema";
import { optionalConditionsOf, strictConditionsOf } from "../../../lib/outputs/terraform-module/untyped-validation";

const text = (pattern: string, patternErrorMessage = "must be an a"): JsonSchema => ({ pattern, patternErrorMessage });
const object = (properties: Record<string, JsonSchema>, required: string[]): JsonSchema => ({ properties, required });
const NUMBER: JsonSchema = { type: "integer", minimum: 1, maximum: 9 };

describe("strictConditionsOf, for a variable of type any", () => {
  const strict = (schema: JsonSchema) =>
    strictConditionsOf(schema, "var.x", "x").map(({ condition, message }) => [condition, message]);

  it.each<[string, JsonSchema, (readonly [string, string])[]]>([
    [
      "a boolean",
      { type: "boolean" },
      [['can(regex("^(true|false)$", jsonencode(var.x)))', "x must be true or false."]],
    ],
    // A number has no quotes in JSON. `contains` and `==` don't convert either.
    [
      "a string",
      { type: "string", ...text("^a$") },
      [['can(regex("^\\"", jsonencode(var.x))) && can(regex("^a$", var.x))', "x must be an a."]],
    ],
    ["words", { type: "string", enum: ["a", "b"] }, [['try(contains(["a", "b"], var.x), false)', "x must be a or b."]]],
    [
      "a number",
      NUMBER,
      [["try(var.x >= 1 && var.x <= 9 && floor(var.x) == var.x, false)", "x must be a whole number from 1 to 9."]],
    ],
    [
      "a list and its items",
      { type: "array", minItems: 1, items: { type: "string", enum: ["a"] } },
      [
        ['can(regex("^\\\\[", jsonencode(var.x)))', "x must be a list."],
        ["try(length(var.x) > 0, true)", "x must not be empty."],
        ['try(alltrue([for item in var.x : try(contains(["a"], item), false)]), true)', "x[*] must be a."],
      ],
    ],
    [
      "a map of known keys",
      object({ a: NUMBER, b: { type: "array", items: { type: "string", enum: ["c"] } } }, ["a"]),
      [
        ["can(keys(var.x))", "x must be a map."],
        [
          'try(length(setsubtract(keys(var.x), ["a", "b"])) == 0, true)',
          "x has an unknown key. The known keys are a and b.",
        ],
        ["try(var.x.a != null, !can(keys(var.x)))", "x must have `a`."],
        [
          "try(var.x.a == null, true) || try(var.x.a >= 1 && var.x.a <= 9 && floor(var.x.a) == var.x.a, false)",
          "x.a must be a whole number from 1 to 9.",
        ],
        ['try(var.x.b == null, true) || can(regex("^\\\\[", jsonencode(var.x.b)))', "x.b must be a list."],
        ['try(alltrue([for item in var.x.b : try(contains(["c"], item), false)]), true)', "x.b[*] must be c."],
      ],
    ],
    [
      "a map of any keys",
      { propertyNames: text("^k$", "must be a k"), additionalProperties: { type: "string", enum: ["a"] } },
      [
        ["can(keys(var.x))", "x must be a map."],
        ['try(alltrue([for key in keys(var.x) : can(regex("^k$", key))]), true)', "Every key of x must be a k."],
        [
          'try(alltrue([for item in values(var.x) : try(contains(["a"], item), false)]), true)',
          "Every value of x must be a.",
        ],
      ],
    ],
  ])("checks %s", (_what, schema, expected) => {
    expect(strict(schema)).toEqual(expected);
  });
});

describe("optionalConditionsOf, for an option that can be null or missing", () => {
  const optional = (schema: JsonSchema) =>
    optionalConditionsOf(schema, "var.x.y", "x.y").map(({ condition }) => condition);

  it.each<[string, JsonSchema, string[]]>([
    [
      "a string",
      { type: "string", ...text("^a$") },
      [
        'alltrue([for value in try([var.x.y], []) : value == null || (can(regex("^\\"", jsonencode(value))) && can(regex("^a$", value)))])',
      ],
    ],
    [
      "a list",
      { type: "array", items: { type: "boolean" } },
      [
        'try(var.x.y == null, true) || can(regex("^\\\\[", jsonencode(var.x.y)))',
        'try(alltrue([for item in var.x.y : can(regex("^(true|false)$", jsonencode(item)))]), true)',
      ],
    ],
  ])("checks %s", (_what, schema, expected) => {
    expect(optional(schema)).toEqual(expected);
  });
});
