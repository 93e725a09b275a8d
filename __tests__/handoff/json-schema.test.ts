import { z } from "zod";
import { clustersFileSchema } from "../../lib/configuration/schema";
import { type JsonSchema, jsonSchema } from "../../lib/handoff/json-schema";

/** Every schema inside of a schema, with the path that leads to it. */
function* nodes(schema: unknown, path = ""): Generator<[string, JsonSchema]> {
  if (typeof schema !== "object" || schema === null) return;
  if ("type" in schema || "anyOf" in schema) yield [path, schema as JsonSchema];
  for (const [key, value] of Object.entries(schema)) if (key !== "default") yield* nodes(value, `${path}/${key}`);
}

describe("jsonSchema", () => {
  it("describes what is written, not what is read: what has a default may be left out", () => {
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

it("a schema without a title has no key for it", () => {
  expect(Object.keys(jsonSchema(z.string()))).toEqual(["$schema", "type"]);
});

describe("the JSON Schema of clusters.yaml", () => {
  const schema = jsonSchema(clustersFileSchema);
  const all = [...nodes(schema)].filter(([path]) => !path.endsWith("/properties"));

  it("has patterns that are regular expressions of JSON Schema's dialect", () => {
    const patterns = all.flatMap(([, { pattern }]) => pattern ?? []);
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns) expect(() => new RegExp(pattern, "u")).not.toThrow();
  });

  it("refuses unknown keys wherever keys are known", () => {
    const open = all.filter(([, node]) => node.properties !== undefined && node.additionalProperties !== false);
    expect(open).toEqual([]);
  });

  it("says of every key what it means", () => {
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

  // An editor has no zod: what counts is what the JSON Schema itself accepts.
  const editor = z.fromJSONSchema(schema);
  const withCluster = (keys: object) => ({ clusters: [{ name: "a", ...keys }] });

  it.each([
    ["a name alone", withCluster({})],
    ["a feature with options", withCluster({ features: { apm: true, logs: { collectAll: false } } })],
    ["no health check", withCluster({ healthCheck: false })],
    ["part of a health check", withCluster({ healthCheck: { retries: 5 } })],
    ["defaults without a name", { defaults: { cpu: 200 }, clusters: [{ name: "a" }] }],
  ])("accepts %s", (_what, file) => {
    expect(editor.safeParse(file).success).toBe(true);
  });

  it.each([
    ["a cluster without a name", { clusters: [{}] }],
    ["no cluster", { clusters: [] }],
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
