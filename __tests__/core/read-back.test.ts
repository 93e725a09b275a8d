import fc from "fast-check";
import * as z from "zod";
import { catalog } from "../../lib/catalog";
import { schemaOf } from "../../lib/core/catalog";
import { evaluate, scopeOfOptions } from "../../lib/core/evaluate";
import { readBack, valueOfKey } from "../../lib/core/read-back";
import {
  and,
  concat,
  each,
  empty,
  entries,
  equals,
  from,
  given,
  isTrue,
  item,
  join,
  json,
  matches,
  merge,
  not,
  or,
  plus,
  sort,
  type Term,
  text,
  unlessEmpty,
  when,
} from "../../lib/core/term";
import { settingArbitrary } from "../support/settings";

// A fixed seed, so that every run has the same inputs.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });

/** What is read, by path. */
function read(term: Term, value: unknown): Record<string, unknown> {
  return Object.fromEntries(readBack(term, value).readings.map((reading) => [reading.path, reading.value]));
}

describe("readBack", () => {
  it.each<[string, Term, unknown, Record<string, unknown>]>([
    ["a literal", "a", "a", {}],
    ["a value", from("a.b"), 1, { "a.b": 1 }],
    ["a value that is absent", from("a"), undefined, {}],
    ["values in maps", { x: { y: from("a"), z: "c" } }, { x: { y: 1, z: "c" } }, { a: 1 }],
    ["a map of which others give a part", { x: from("a") }, { x: 1, y: 2 }, { a: 1 }],
    ["a map that isn't there", { x: from("a") }, undefined, {}],
    ["items of a list", ["x", from("a")], ["x", "y"], { a: "y" }],
    [
      "items that are left out",
      [when(isTrue("a"), { port: 1 }), when(isTrue("b"), { port: 2 })],
      [{ port: 2 }],
      { a: false, b: true },
    ],
    ["what a condition says where it holds", when(equals("a", "x"), "y"), "y", { a: "x" }],
    ["what a condition says where it doesn't", when(given("a"), from("a.b")), undefined, { a: false }],
    ["what several conditions say", when(and(isTrue("a"), not(isTrue("b"))), "x"), "x", { a: true, b: false }],
    [
      "what neither of several conditions lets hold",
      when(or(isTrue("a"), isTrue("b")), "x"),
      undefined,
      { a: false, b: false },
    ],
    ["nothing that a condition leaves undecided", when(or(isTrue("a"), matches("b", /c/)), "x"), "x", {}],
    ["a list that isn't empty", unlessEmpty("a"), ["x"], { a: ["x"] }],
    ["nothing where a list may be empty", when(not(empty("a")), from("a")), undefined, {}],
    ["a list of maps", each(from("a"), { n: item("name"), k: "x" }), [{ n: "b", k: "x" }], { a: [{ name: "b" }] }],
    ["a map as a list", each(entries("a"), { n: item("key"), v: item("value") }), [{ n: "b", v: 1 }], { a: { b: 1 } }],
    ["a text of parts", text("<", from("a"), ":", from("b"), ">"), "<x:y:z>", { a: "x", b: "y:z" }],
    ["a joined list", join(", ", from("a")), "x, y", { a: ["x", "y"] }],
    [
      "a map in a text",
      join(" ", sort(each(entries("a"), text(item("key"), ":", item("value"))))),
      "c:d  a:b:c",
      { a: { c: "d", a: "b:c" } },
    ],
    ["a sum", plus(from("a"), 3), 10, { a: 7 }],
    ["what follows in a list", concat(["x"], from("a")), ["x", "y", "z"], { a: ["y", "z"] }],
    ["what is in front in a list", concat(from("a"), ["x"]), ["x", "y", "x"], { a: ["x", "y"] }],
    ["what is or isn't in a list", concat(["x"], when(isTrue("a"), ["y"])), ["x"], { a: false }],
    ["what is in JSON", json(each(from("a"), { n: item("name") })), '[{"n":1}]', { a: [{ name: 1 }] }],
    ["JSON that is absent", json(from("a")), undefined, {}],
    ["maps over maps", merge({ x: from("a") }, { y: from("b") }), { x: 1, y: 2 }, { a: 1, b: 2 }],
  ])("reads %s", (_what, term, value, expected) => {
    expect(read(term, value)).toEqual(expected);
    expect(readBack(term, value).matches).toBe(true);
  });

  it.each<[string, Term, unknown]>([
    ["another literal", "a", "b"],
    ["a literal that is absent", { x: "a" }, {}],
    ["a list in the place of a map", { x: from("a") }, ["x"]],
    ["a text in the place of a list", ["x"], "x"],
    ["more items than there are", [from("a")], ["x", "y"]],
    ["fewer items than there are", ["x", "y"], ["x"]],
    ["another text", text("<", from("a")), "x"],
    ["a number in the place of a text", text("<", from("a")), 1],
    ["a map in the place of a text", join(" ", from("a")), {}],
    ["no pairs", join(" ", each(entries("a"), text(item("key"), ":", item("value")))), "a:b c"],
    ["a key twice", join(" ", each(entries("a"), text(item("key"), ":", item("value")))), "a:b a:c"],
    ["a text in the place of a number", plus(from("a"), 1), "1"],
    ["what is no JSON", json(from("a")), "{"],
    ["a map in the place of JSON", json(from("a")), {}],
    ["a list that begins otherwise", concat(["x"], from("a")), ["y"]],
  ])("says that it doesn't match: %s", (_what, term, value) => {
    expect(readBack(term, value).matches).toBe(false);
  });

  it("reads the rest of a value that doesn't match, with its location", () => {
    expect(
      readBack({ x: { a: "b", c: from("d") }, y: text("-", from("e")) }, { x: { a: "z", c: [1] }, y: "-f" }),
    ).toEqual({
      matches: false,
      readings: [
        { path: "d", value: [1], at: ["x", "c"], isText: false },
        { path: "e", value: "f", at: ["y"], isText: true },
      ],
    });
  });
});

describe("valueOfKey", () => {
  const schema = z.union([
    z.literal(false),
    z.object({ count: z.number().optional(), on: z.boolean().optional(), word: z.string().optional() }),
  ]);
  const inText = (path: string, value: unknown) => ({ path, value, at: [], isText: true });

  it("converts text to numbers and booleans if the schema has them", () => {
    const readings = [inText("a.count", "7"), inText("a.on", "false"), inText("a.word", "8"), inText("b.word", "9")];
    expect(valueOfKey("a", schema, readings)).toEqual({ count: 7, on: false, word: "8" });
  });

  it("keeps values that no schema accepts, except false", () => {
    expect(valueOfKey("a", schema, [inText("a.count", "many")])).toEqual({ count: "many" });
    expect(valueOfKey("a", schema, [{ path: "a", value: false, at: [], isText: false }])).toBe(false);
    expect(valueOfKey("a", z.object({}), [{ path: "a", value: false, at: [], isText: false }])).toBeUndefined();
    expect(valueOfKey("a", schema, [])).toBeUndefined();
  });
});

/** Removes empty values, which ECS drops. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((each) => withoutEmpty(each) ?? {});
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)] as const);
  const rest = entries.filter(([, inner]) => inner !== undefined);
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

describe("every setting with templates", () => {
  const PARTS = ["container", "task", "contribution", "service"] as const;
  // Only a default of the image has a template; the image itself is code.
  const withTemplates = Object.entries(catalog.settings).filter(
    ([key, setting]) => key !== "image" && PARTS.some((part) => setting[part] !== undefined),
  );

  it.each(withTemplates)("is read back unchanged: %s", (key, setting) => {
    const schema = schemaOf(setting, catalog);
    fc.assert(
      fc.property(settingArbitrary(setting), (value) => {
        const scope = scopeOfOptions({ [key]: value });
        const all = PARTS.map((part) => {
          const term = (setting[part] ?? {}) as Term;
          return readBack(term, evaluate(term, scope));
        });
        const found = valueOfKey(
          key,
          schema,
          all.flatMap(({ readings }) => readings),
        );
        expect(all.map(({ matches }) => matches)).toEqual([true, true, true, true]);
        expect(withoutEmpty(schema.parse(found))).toEqual(withoutEmpty(value));
      }),
      { numRuns: 200 },
    );
  });
});
