import * as z from "zod";
import { catalog } from "../../lib/catalog";
import { type JsonSchema, jsonSchema } from "../../lib/documentation/json-schema";

/** Every nested schema with its path. */
function* nodes(schema: unknown, path = ""): Generator<[string, JsonSchema]> {
  if (typeof schema !== "object" || schema === null) return;
  if ("type" in schema || "anyOf" in schema) yield [path, schema as JsonSchema];
  for (const [key, value] of Object.entries(schema)) if (key !== "default") yield* nodes(value, `${path}/${key}`);
}

describe("jsonSchema", () => {
  it("describes the input: keys with a default are optional", () => {
    const schema = z.strictObject({ port: z.boolean().default(true).describe("Listen"), name: z.string() });
    expect(jsonSchema(schema, "Example")).toEqual({
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "Example",
      type: "object",
      properties: { port: { type: "boolean", default: true, description: "Listen" }, name: { type: "string" } },
      required: ["name"],
      additionalProperties: false,
    });
  });
});

it("has no title unless one is given", () => {
  expect(Object.keys(jsonSchema(z.string()))).toEqual(["$schema", "type"]);
});

describe("the JSON Schema of clusters.yaml", () => {
  const schema = jsonSchema(catalog.schemas.file);
  const all = [...nodes(schema)].filter(([path]) => !path.endsWith("/properties"));

  it("has patterns in JSON Schema's regular expression dialect", () => {
    const patterns = all.flatMap(([, { pattern }]) => pattern ?? []);
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns) expect(() => new RegExp(pattern, "u")).not.toThrow();
  });

  it("refuses unknown keys in every map with fixed keys", () => {
    const open = all.filter(([, node]) => node.properties !== undefined && node.additionalProperties !== false);
    expect(open).toEqual([]);
  });

  it("describes every key", () => {
    const silent = all.filter(([path, node]) => /\/properties\/[^/]+$/.test(path) && !node.description);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it("bounds every number", () => {
    const numbers = all.filter(([, { type }]) => type === "integer" || type === "number");
    expect(numbers.length).toBeGreaterThan(5);
    for (const [, node] of numbers) {
      expect(node).toMatchObject({
        type: "integer",
        minimum: expect.any(Number) as number,
        maximum: expect.any(Number) as number,
      });
    }
  });

  // Editors use the JSON Schema, not zod.
  const editor = z.fromJSONSchema(schema);
  const withCluster = (keys: object) => ({ clusters: [{ name: "a", ...keys }] });

  it.each([
    ["only a name", withCluster({})],
    ["a feature with options", withCluster({ features: { apm: true, logs: { collectAll: false } } })],
    ["no health check", withCluster({ healthCheck: false })],
    ["part of a health check", withCluster({ healthCheck: { retries: 5 } })],
    ["defaults without a name", { defaults: { cpu: 200 }, clusters: [{ name: "a" }] }],
  ])("accepts %s", (_what, file) => {
    expect(editor.safeParse(file).success).toBe(true);
  });

  it.each([
    ["a cluster without a name", { clusters: [{}] }],
    ["an unknown feature", withCluster({ features: { amp: true } })],
    ["an unknown option", withCluster({ features: { apm: { sockets: true } } })],
    ["a name in the defaults", { defaults: { name: "a" }, clusters: [{ name: "a" }] }],
    ["a number out of bounds", withCluster({ cpu: -1 })],
    ["a number that isn't whole", withCluster({ cpu: 0.5 })],
    ["a health check of true", withCluster({ healthCheck: true })],
    ["an ARN without its end", withCluster({ apiKey: { secretsManagerArn: "arn:aws:secretsmanager" } })],
    ["Fargate", withCluster({ launchType: "FARGATE" })],
  ])("refuses %s", (_what, file) => {
    expect(editor.safeParse(file).success).toBe(false);
  });
});
