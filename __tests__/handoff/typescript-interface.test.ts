import { z } from "zod";
import type { Cluster, DatadogAgentDaemonProps, Module } from "../../lib/configuration/interfaces";
import type { clusterSchema, daemonSchema, moduleSchema } from "../../lib/configuration/schema";
import { checkedJsonSchema, jsonSchema } from "../../lib/handoff/json-schema";
import { typescriptInterface } from "../../lib/handoff/typescript-interface";

type Complete<T> = { [Key in keyof T]-?: Complete<T[Key]> };

/** Whether two types are the same: each can stand for the other, as it is and with every optional key given. */
type Same<A, B> = [A, Complete<A>] extends [B, Complete<B>]
  ? [B, Complete<B>] extends [A, Complete<A>]
    ? true
    : false
  : false;

it("are the types of the schemas: else `npm run typecheck` fails here", () => {
  const same: {
    props: Same<DatadogAgentDaemonProps, z.input<typeof daemonSchema>>;
    cluster: Same<Cluster, z.output<typeof clusterSchema>>;
    module: Same<Module, z.output<typeof moduleSchema>>;
  } = { props: true, cluster: true, module: true };
  expect(Object.values(same)).toEqual([true, true, true]);
});

describe("an interface", () => {
  const schema = z.strictObject({
    name: z.string().describe("Name of it"),
    system: z.enum(["linux", "windows"]).default("linux").describe("System"),
    count: z.int().optional(),
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

  it("has the type, the meaning and the default of every key", () => {
    const fallbacks = { feature: "off", plain: "the Agent's own" };
    expect(typescriptInterface("Props", ["First line.", "Second line."], jsonSchema(schema), fallbacks)).toBe(
      `/**
 * First line.
 * Second line.
 */
export interface Props {
  /** Name of it. */
  name: string;
  /** System. @default "linux" */
  system?: "linux" | "windows";
  count?: number;
  /** @default [] */
  systems?: ("linux" | "windows")[];
  /** Tags. @default {} */
  tags?: Record<string, string>;
  trial?: true;
  /** Does something. @default off */
  feature?: boolean | {
    /** Listen. @default true */
    port?: boolean;
  };
  /** @default the Agent's own */
  plain?: false | Record<string, never>;
  image?: {
    /** @default "latest" */
    tag?: string;
  };
  constraints?: {
    type: string;
  }[];
}
`,
    );
  });

  it("has what has a default, once it is filled in", () => {
    const checked = z.strictObject({ tag: z.string().default("latest"), digest: z.string().optional() });
    expect(typescriptInterface("Checked", [], checkedJsonSchema(checked))).toContain(
      '{\n  /** @default "latest" */\n  tag: string;\n  digest?: string;\n}',
    );
  });

  it("says which values it has no type for", () => {
    expect(() => typescriptInterface("Props", [], jsonSchema(z.strictObject({ any: z.null() })))).toThrow(
      'No type for the values of {"type":"null"}',
    );
  });
});
