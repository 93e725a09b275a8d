import * as z from "zod";
import { oneOfNumbers } from "../../lib/core/schema";
import { checkedJsonSchema, jsonSchema } from "../../lib/documentation/json-schema";
import { typescriptInterfaces } from "../../lib/documentation/typescript-interface";

describe("an interface", () => {
  const schema = z.strictObject({
    name: z.string().describe("Name of it"),
    system: z.enum(["linux", "windows"]).default("linux").describe("System"),
    count: z.int().optional(),
    // A Terraform token can be any number.
    days: oneOfNumbers([1, 3]).optional(),
    systems: z.array(z.enum(["linux", "windows"])).default([]),
    tags: z.record(z.string(), z.string()).default({}).describe("Tags"),
    trial: z.literal(true).optional(),
    feature: z
      .union([z.boolean(), z.strictObject({ port: z.boolean().default(true).describe("Listen") })])
      .optional()
      .describe("Does something"),
    plain: z.union([z.literal(false), z.strictObject({})]).optional(),
    image: z.strictObject({ tag: z.string().default("latest") }).prefault({}),
    constraints: z.array(z.strictObject({ type: z.string() })).optional(),
  });

  it("has the type, description and default of every key", () => {
    const fallbacks = { feature: "off", plain: "the Agent's default" };
    const source = { name: "Props", summary: ["First line.", "Second line."], schema: jsonSchema(schema) };
    expect(typescriptInterfaces([source], fallbacks)).toBe(
      `/**
 * First line.
 * Second line.
 */
export interface Props {
  /** Name of it. */
  readonly name: string;
  /** System. @default "linux" */
  readonly system?: "linux" | "windows";
  readonly count?: number;
  readonly days?: number;
  /** @default [] */
  readonly systems?: readonly ("linux" | "windows")[];
  /** Tags. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  readonly trial?: true;
  /** Does something. @default off */
  readonly feature?: boolean | {
    /** Listen. @default true */
    readonly port?: boolean;
  };
  /** @default the Agent's default */
  readonly plain?: false | Readonly<Record<string, never>>;
  readonly image?: {
    /** @default "latest" */
    readonly tag?: string;
  };
  readonly constraints?: readonly {
    readonly type: string;
  }[];
}
`,
    );
  });

  it("has required keys for defaults in checked values", () => {
    const checked = z.strictObject({ tag: z.string().default("latest"), digest: z.string().optional() });
    expect(typescriptInterfaces([{ name: "Checked", summary: [], schema: checkedJsonSchema(checked) }])).toContain(
      '{\n  /** @default "latest" */\n  readonly tag: string;\n  readonly digest?: string;\n}',
    );
  });

  it("has named types for long types, which interfaces share", () => {
    const shape = (option: string) => z.strictObject({ [option]: z.boolean().describe("Long words. ".repeat(20)) });
    const ofOne = z.strictObject({ feature: shape("port"), mounts: z.array(shape("path")) });
    const ofOther = z.strictObject({ feature: shape("socket"), mounts: z.array(shape("path")) });
    const text = typescriptInterfaces([
      { name: "One", summary: [], schema: jsonSchema(ofOne) },
      { name: "Other", summary: [], schema: jsonSchema(ofOther), qualifier: "Checked" },
    ]);
    expect(text.match(/^(?:export|  readonly).*$/gm)).toEqual([
      "export interface One {",
      "  readonly feature: Feature;",
      "  readonly mounts: readonly Mount[];",
      "export interface Other {",
      "  readonly feature: CheckedFeature;",
      "  readonly mounts: readonly Mount[];",
      "export type Feature = {",
      "  readonly port: boolean;",
      "export type Mount = {",
      "  readonly path: boolean;",
      "export type CheckedFeature = {",
      "  readonly socket: boolean;",
    ]);
    const third = { name: "Third", summary: [], schema: jsonSchema(z.strictObject({ feature: shape("third") })) };
    const sources = [
      { name: "One", summary: [], schema: jsonSchema(ofOne) },
      { name: "Other", summary: [], schema: jsonSchema(ofOther), qualifier: "Checked" },
      { ...third, qualifier: "Checked" },
    ];
    expect(() => typescriptInterfaces(sources)).toThrow("Two types have the name CheckedFeature.");
  });

  it("throws for values without a type", () => {
    const schemaOfNull = jsonSchema(z.strictObject({ any: z.null() }));
    expect(() => typescriptInterfaces([{ name: "Props", summary: [], schema: schemaOfNull }])).toThrow(
      'No type for the values of {"type":"null"}',
    );
  });
});
