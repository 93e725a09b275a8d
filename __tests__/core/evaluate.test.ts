import { Fn, Token } from "cdktf";
import { evaluate, holds, itemVerdicts, type Scope, scopeOfOptions, valueIn } from "../../lib/core/evaluate";
import {
  agentBefore,
  and,
  atLeast,
  concat,
  type Condition,
  each,
  empty,
  entries,
  equals,
  every,
  exactlyOne,
  from,
  given,
  has,
  hasNone,
  hostHas,
  imageFlavor,
  implies,
  isOff,
  isOn,
  isTrue,
  item,
  itemPath,
  join,
  matches,
  merge,
  not,
  oneOf,
  or,
  plus,
  sameArnPart,
  sort,
  type Term,
  text,
  unlessEmpty,
  when,
} from "../../lib/core/term";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

/** A text and a number that only Terraform knows, as an expression and as cdktf's tokens. */
const EXPRESSION = "${var.x}";
const TOKEN = Token.asString(Fn.lower(EXPRESSION));
const NUMBER_TOKEN = Token.asNumber(Fn.max([1, 2]));

const secret = (region: string, account = "111111111111") =>
  `arn:aws:secretsmanager:${region}:${account}:secret:datadog-AbCdEf`;

const values = {
  text: "b",
  empty: "",
  number: 5,
  zero: 0,
  yes: true,
  no: false,
  list: ["b", "a"],
  none: [],
  map: { b: 2, a: 1 },
  noMap: {},
  nested: { text: "deep" },
  items: [{ type: "x", name: "one" }, { type: "y" }],
  expression: EXPRESSION,
  token: TOKEN,
  numberToken: NUMBER_TOKEN,
  west: secret("us-west-2"),
  east: secret("us-east-1", "222222222222"),
  bucket: "arn:aws-us-gov:s3:::bucket",
  open: secret("${var.region}"),
};

const scope: Scope = {
  value: valueIn(values),
  host: linux,
  image: { repository: "agent", tag: "7.50.1", flavor: "fips-jmx" },
  isOn: (feature) => feature === "apm",
  secretKeys: new Set(),
  isOff: (feature) => feature === "logs",
};

describe("evaluate", () => {
  it.each<[string, Term, unknown]>([
    ["a literal", "x", "x"],
    [
      "a map without what is absent",
      { a: 1, b: undefined, c: from("absent"), d: { e: from("absent") } },
      { a: 1, d: {} },
    ],
    ["a list without what is absent", [from("absent"), 1, from("text")], [1, "b"]],
    ["from: a value", from("number"), 5],
    ["from: a value that counts as nothing elsewhere", [from("zero"), from("no"), from("empty")], [0, false, ""]],
    ["from: a nested value", from("nested.text"), "deep"],
    ["from: nothing below a text", from("text.deeper"), undefined],
    ["from: an expression as it is", from("expression"), EXPRESSION],
    ["when: it holds", when(given("text"), from("number")), 5],
    ["when: it doesn't hold", when(given("absent"), from("number")), undefined],
    ["when: only Terraform knows whether it holds", when(isTrue("expression"), "then"), "then"],
    ["each: a term for each item", each(from("items"), { of: item("type") }), [{ of: "x" }, { of: "y" }]],
    ["each: what is absent in an item", each(from("items"), { name: item("name") }), [{ name: "one" }, {}]],
    [
      "each: the item itself, and what is outside of it",
      each(from("list"), [item(), from("text")]),
      [
        ["b", "b"],
        ["a", "b"],
      ],
    ],
    ["each: an item that is absent", each(from("items"), item("name")), ["one"]],
    ["each: no items", each(from("none"), item()), []],
    ["each: no list", each(from("absent"), item()), []],
    [
      "entries: by key",
      entries("map"),
      [
        { key: "a", value: 1 },
        { key: "b", value: 2 },
      ],
    ],
    ["entries: no map", entries("absent"), []],
    ["sort: by code points", sort(from("list")), ["a", "b"]],
    ["join: in the order of the list", join("-", from("list")), "b-a"],
    ["join: one", join("-", ["a"]), "a"],
    ["join: an empty list is absent", join("-", from("none")), undefined],
    ["text: of texts, numbers and switches", text(from("text"), ":", from("number"), ":", from("yes")), "b:5:true"],
    ["text: absent where a part is", text("a", from("absent")), undefined],
    ["plus", plus(from("number"), 3), 8],
    ["concat: lists in a row", concat(from("list"), ["c"], from("absent")), ["b", "a", "c"]],
    ["concat: a list on a condition", concat(when(given("absent"), ["x"]), ["y"]), ["y"]],
    [
      "merge: the later over the earlier",
      merge(from("map"), { a: 9 }, when(given("absent"), { b: 9 })),
      { a: 9, b: 2 },
    ],
    ["unlessEmpty: something", unlessEmpty("list"), ["b", "a"]],
    ["unlessEmpty: an empty list", unlessEmpty("none"), undefined],
    ["unlessEmpty: an empty map", unlessEmpty("noMap"), undefined],
    ["unlessEmpty: nothing", unlessEmpty("absent"), undefined],
  ])("%s", (_what, term, expected) => {
    expect(evaluate(term, scope)).toStrictEqual(expected);
  });

  it("doesn't change its input", () => {
    evaluate([sort(from("list")), merge(from("map"), { c: 1 }), concat(from("list"), ["c"])], scope);
    expect([values.list, values.map]).toEqual([["b", "a"], { b: 2, a: 1 }]);
  });

  it("treats null as not set", () => {
    expect(evaluate({ a: from("a") }, scopeOfOptions({ a: null }))).toStrictEqual({});
  });
});

/** What only Terraform knows. */
const UNKNOWN = undefined;

describe("holds", () => {
  it.each<[string, Condition, boolean | undefined]>([
    ["given: a text", given("text"), true],
    ["given: an empty text", given("empty"), true],
    ["given: 0", given("zero"), true],
    ["given: true", given("yes"), true],
    ["given: false", given("no"), false],
    ["given: nothing", given("absent"), false],
    ["given: an empty list", given("none"), true],
    ["given: an expression", given("expression"), true],

    ["equals: the same text", equals("text", "b"), true],
    ["equals: another text", equals("text", "c"), false],
    ["equals: a number and its text", equals("number", "5"), false],
    ["equals: nothing", equals("absent", "b"), false],
    ["equals: an expression", equals("expression", "b"), UNKNOWN],
    ["equals: a token", equals("token", "b"), UNKNOWN],
    ["equals: a token of a number", equals("numberToken", 5), UNKNOWN],

    ["isTrue: true", isTrue("yes"), true],
    ["isTrue: false", isTrue("no"), false],
    ["isTrue: nothing", isTrue("absent"), false],
    ["isTrue: what isn't a switch", isTrue("text"), false],

    ["oneOf: among them", oneOf("text", ["a", "b"]), true],
    ["oneOf: not among them", oneOf("text", ["a", "c"]), false],
    ["oneOf: nothing", oneOf("absent", ["a"]), false],
    ["oneOf: an expression", oneOf("expression", ["a"]), UNKNOWN],

    ["matches: a part", matches("west", /us-west/), true],
    ["matches: nowhere", matches("west", /^us-west/), false],
    ["matches: nothing", matches("absent", /.*/), false],
    ["matches: a number", matches("number", /5/), false],
    ["matches: a token", matches("token", /.*/), UNKNOWN],

    ["atLeast: less", atLeast("number", 6), false],
    ["atLeast: as much", atLeast("number", 5), true],
    ["atLeast: more", atLeast("number", 4), true],
    ["atLeast: nothing", atLeast("absent", 0), false],
    ["atLeast: a text", atLeast("text", 0), false],
    ["atLeast: a token", atLeast("numberToken", 0), UNKNOWN],

    ["has: a key", has("map", "a"), true],
    ["has: no such key", has("map", "c"), false],
    ["has: a key that every object inherits", has("map", "toString"), false],
    ["has: no map", has("absent", "a"), false],
    ["hasNone: other keys", hasNone("map", ["c", "toString"]), true],
    ["hasNone: one of the keys", hasNone("map", ["c", "a"]), false],
    ["hasNone: no map", hasNone("absent", ["a"]), true],
    ["isOff: set to false", isOff("logs"), true],
    ["isOff: on", isOff("apm"), false],

    ["empty: a list", empty("list"), false],
    ["empty: an empty list", empty("none"), true],
    ["empty: a map", empty("map"), false],
    ["empty: an empty map", empty("noMap"), true],
    ["empty: nothing", empty("absent"), true],
    ["empty: an empty text", empty("empty"), true],
    ["empty: a switch that is off", empty("no"), true],
    ["empty: a switch that is on", empty("yes"), false],
    ["empty: a number", empty("zero"), false],
    ["empty: an expression", empty("expression"), false],

    ["every: of all items", every("items", given(itemPath("type"))), true],
    ["every: of one item only", every("items", given(itemPath("name"))), false],
    ["every: of no items", every("none", given("absent")), true],
    ["every: of no list", every("absent", given("absent")), true],
    ["every: what isn't in the item", every("items", given("absent")), false],
    ["every: the item itself", every("list", oneOf(itemPath(), ["a", "b"])), true],

    ["isOn: a feature that is on", isOn("apm"), true],
    ["isOn: a feature that is off", isOn("logs"), false],
    ["hostHas: a trait of the host", hostHas("unix-sockets"), true],
    ["agentBefore: an older version than the image", agentBefore("7.49"), false],
    ["agentBefore: the same version", agentBefore("7.50"), false],
    ["agentBefore: a newer version", agentBefore("7.51"), true],
    ["imageFlavor: a part of it", imageFlavor("jmx"), true],
    ["imageFlavor: another", imageFlavor("full"), false],

    ["sameArnPart: the same partition", sameArnPart("partition", "west", "east"), true],
    ["sameArnPart: another partition", sameArnPart("partition", "west", "bucket"), false],
    ["sameArnPart: the same region", sameArnPart("region", "west", "west"), true],
    ["sameArnPart: another region", sameArnPart("region", "west", "east"), false],
    ["sameArnPart: another account", sameArnPart("account", "west", "east"), false],
    ["sameArnPart: an ARN without a region", sameArnPart("region", "west", "bucket"), true],
    ["sameArnPart: nothing", sameArnPart("region", "west", "absent"), true],
    ["sameArnPart: no ARN", sameArnPart("region", "text", "west"), true],
    ["sameArnPart: an ARN that is an expression in part", sameArnPart("region", "open", "west"), true],
    ["sameArnPart: a token", sameArnPart("region", "token", "west"), true],
  ])("%s: %s → %s", (_what, condition, verdict) => {
    expect(holds(condition, scope)).toBe(verdict);
  });

  it("on a host without the trait", () => {
    expect(holds(hostHas("unix-sockets"), { ...scope, host: windows })).toBe(false);
  });
});

describe("of conditions that are true, false, or known to Terraform only", () => {
  const [T, F, U] = [isTrue("yes"), isTrue("no"), isTrue("expression")];
  const verdictOf = (condition: Condition) => {
    const verdict = holds(condition, scope);
    return verdict === undefined ? "U" : verdict ? "T" : "F";
  };

  // Kleene logic: a decisive verdict overrides an unknown one.
  it.each([
    //      and  or   implies
    [T, T, "T", "T", "T"],
    [T, F, "F", "T", "F"],
    [T, U, "U", "T", "U"],
    [F, T, "F", "T", "T"],
    [F, F, "F", "F", "T"],
    [F, U, "F", "U", "T"],
    [U, T, "U", "T", "T"],
    [U, F, "F", "U", "U"],
    [U, U, "U", "U", "U"],
  ])("row %#", (one, other, both, either, follows) => {
    expect([and(one, other), or(one, other), implies(one, other)].map(verdictOf)).toEqual([both, either, follows]);
  });

  it("not negates only known verdicts", () => {
    expect([not(T), not(F), not(U)].map(verdictOf)).toEqual(["F", "T", "U"]);
  });

  it("and without conditions holds, or doesn't", () => {
    expect([and(), or()].map(verdictOf)).toEqual(["T", "F"]);
  });

  it.each([
    [[], "F"],
    [[T], "T"],
    [[F], "F"],
    [[T, F, F], "T"],
    [[T, T, F], "F"],
    [[U], "U"],
    [[T, U], "U"],
    [[F, U], "U"],
    [[T, T, U], "F"],
  ])("exactlyOne of case %#", (conditions: readonly Condition[], expected) => {
    expect(verdictOf(exactlyOne(...conditions))).toBe(expected);
  });

  it.each([
    [["a", "a"], "T"],
    [["a", "b"], "F"],
    [["a", EXPRESSION], "U"],
    [["b", EXPRESSION], "F"],
    [[EXPRESSION, "b"], "F"],
  ])("every of case %#", (list, expected) => {
    const verdict = holds(every("list", equals(itemPath(), "a")), scopeOfOptions({ list }));
    expect(verdict === undefined ? "U" : verdict ? "T" : "F").toBe(expected);
  });
});

it("itemVerdicts has one for each item, in their order", () => {
  const condition = every("list", equals(itemPath("type"), "a")) as Parameters<typeof itemVerdicts>[0];
  const list = [{ type: "a" }, { type: "b" }, { type: TOKEN }, {}];
  expect(itemVerdicts(condition, scopeOfOptions({ list }))).toEqual([true, false, undefined, false]);
});

it("an item of a list in an item is the inner one's", () => {
  const lists = { outer: [{ inner: ["a"] }, { inner: ["b", "c"] }] };
  expect(evaluate(each(from("outer"), each(item("inner"), text("<", item(), ">"))), scopeOfOptions(lists))).toEqual([
    ["<a>"],
    ["<b>", "<c>"],
  ]);
});
