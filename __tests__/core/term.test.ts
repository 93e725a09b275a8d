import {
  agentBefore,
  and,
  type Condition,
  concat,
  each,
  empty,
  entries,
  equals,
  every,
  exactlyOne,
  from,
  given,
  has,
  hostHas,
  imageFlavor,
  implies,
  isOn,
  isOperator,
  isTrue,
  item,
  itemPath,
  join,
  matches,
  merge,
  not,
  oneOf,
  or,
  pathsOf,
  plus,
  prefixed,
  sameArnPart,
  sort,
  type Term,
  text,
  unlessEmpty,
  when,
} from "../../lib/core/term";

describe("pathsOf", () => {
  it.each<[string, Term | Condition | undefined, readonly string[]]>([
    // Values
    ["nothing", undefined, []],
    ["a literal", "site", []],
    ["a value", from("image.tag"), ["image.tag"]],
    ["a value on a condition", when(given("a"), from("b")), ["a", "b"]],
    ["a literal on a condition", when(isTrue("a"), "on"), ["a"]],
    ["a map of a list", { list: [from("a"), { of: from("b") }], plain: "c" }, ["a", "b"]],
    ["what each item gives", each(from("list"), [item(), item("key"), from("other")]), ["list", "other"]],
    ["a map's entries", entries("tags"), ["tags"]],
    ["a sorted list", sort(from("list")), ["list"]],
    ["a joined list", join(" ", from("list")), ["list"]],
    ["a text", text("a", from("b"), from("c.d")), ["b", "c.d"]],
    ["a sum", plus(from("port"), 1), ["port"]],
    ["lists in a row", concat(from("a"), ["x"], from("b")), ["a", "b"]],
    ["maps over each other", merge(from("a"), { k: from("b") }), ["a", "b"]],
    ["a list unless it is empty", unlessEmpty("list"), ["list"]],
    ["a path that is read twice", [from("a"), from("a")], ["a"]],
    // Conditions
    ["given", given("a.b"), ["a.b"]],
    ["equals", equals("a", "b"), ["a"]],
    ["oneOf", oneOf("a", ["b"]), ["a"]],
    ["matches", matches("a", /b/), ["a"]],
    ["has", has("map", "key"), ["map.key"]],
    ["empty", empty("list"), ["list"]],
    ["every", every("list", and(given(itemPath("a")), given("b"))), ["list", "b"]],
    ["and", and(given("a"), given("b")), ["a", "b"]],
    ["or", or(given("a"), given("b")), ["a", "b"]],
    ["not", not(given("a")), ["a"]],
    ["implies", implies(given("a"), given("b")), ["a", "b"]],
    ["exactlyOne", exactlyOne(given("a"), given("b")), ["a", "b"]],
    ["isOn", isOn("apm"), ["features.apm"]],
    ["hostHas", hostHas("linux-kernel"), ["host"]],
    ["agentBefore", agentBefore("7.50"), ["image"]],
    ["imageFlavor", imageFlavor("fips"), ["image"]],
    ["sameArnPart", sameArnPart("region", "a.arn", "b.arn"), ["a.arn", "b.arn"]],
  ])("of %s", (_what, term, paths) => {
    expect(pathsOf(term)).toEqual(paths);
  });
});

describe("prefixed", () => {
  it.each<[string, Condition, Condition]>([
    ["a path", given("socket"), given("features.apm.socket")],
    [
      "paths however deep",
      not(or(given("a"), isTrue("b"))),
      not(or(given("features.apm.a"), isTrue("features.apm.b"))),
    ],
    [
      "the path of a list, and not those of its items",
      every("list", equals(itemPath("type"), "x")),
      every("features.apm.list", equals(itemPath("type"), "x")),
    ],
    [
      "the paths of two ARNs",
      sameArnPart("region", "a", "b"),
      sameArnPart("region", "features.apm.a", "features.apm.b"),
    ],
    ["no literal", equals("path", "path"), equals("features.apm.path", "path")],
    ["no other feature", isOn("logs"), isOn("logs")],
    [
      "no fact of the host or the image",
      and(hostHas("unix-sockets"), imageFlavor("jmx")),
      and(hostHas("unix-sockets"), imageFlavor("jmx")),
    ],
  ])("puts the prefix before %s", (_what, condition, expected) => {
    expect(prefixed(condition, "features.apm")).toEqual(expected);
  });

  it("leaves the condition as it was", () => {
    const condition = not(given("a"));
    prefixed(condition, "b");
    expect(condition).toEqual(not(given("a")));
  });
});

describe("isOperator", () => {
  it.each<[unknown, boolean]>([
    [from("a"), true],
    [when(given("a"), "b"), true],
    [{ key: "value" }, false],
    [{ $: undefined }, false],
    [[from("a")], false],
    ["$", false],
    [null, false],
    [undefined, false],
  ])("%j: %j", (term, expected) => {
    expect(isOperator(term)).toBe(expected);
  });
});

it("an item's path begins where no setting's does", () => {
  expect([itemPath(), itemPath("type")]).toEqual(["@", "@.type"]);
  expect([item(), item("type")]).toEqual([from("@"), from("@.type")]);
});
