import { scopeOfOptions } from "../../lib/core/evaluate";
import { problemsOfRule, readsOf, type Rule, sentenceOf } from "../../lib/core/rule";
import { and, equals, every, given, hasNone, hostHas, implies, isOn, isTrue, itemPath, not } from "../../lib/core/term";

const never = not(given("absent"));
const problems = (rule: Rule, values: object = {}) => problemsOfRule(rule, scopeOfOptions(values));

describe("problemsOfRule", () => {
  const rule: Rule = { at: "image.tag", holds: isTrue("right"), must: "must be right." };

  it("are none if the condition holds, or only Terraform knows", () => {
    expect([true, "${var.right}"].map((right) => problems(rule, { right }))).toEqual([[], []]);
  });

  it("are one at the rule's path if it doesn't hold", () => {
    expect(problems(rule, { right: false })).toEqual([{ path: ["image", "tag"], message: "must be right." }]);
    expect(problems({ ...rule, at: "" })).toEqual([{ path: [], message: "must be right." }]);
  });

  it("of every item of a list has one for each that is wrong, with its index", () => {
    const ofItems: Rule = { at: "list", holds: every("list", isTrue(itemPath("ok"))), must: "must be ok." };
    const list = [{ ok: true }, {}, { ok: "${var.ok}" }, { ok: false }];
    expect(problems(ofItems, { list })).toEqual([
      { path: ["list", 1], message: "must be ok." },
      { path: ["list", 3], message: "must be ok." },
    ]);
    expect(problems(ofItems)).toEqual([]);
  });

  it("about keys of a map has one for each that is there, in its own words", () => {
    const ofKeys: Rule = {
      at: "map",
      holds: hasNone("map", ["a", "b", "c"]),
      must: "must be {@}.",
      words: { a: "one", b: "two", c: "three" },
    };
    expect(problems(ofKeys, { map: { d: 1, c: 2, a: 3 } })).toEqual([
      { path: ["map", "c"], message: "must be three." },
      { path: ["map", "a"], message: "must be one." },
    ]);
    expect(problems(ofKeys, { map: { d: 1 } })).toEqual([]);
    // These can be evaluated even if another key of the map is refused.
    expect(readsOf(ofKeys)).toEqual(["map.a", "map.b", "map.c"]);
  });

  it("of every item beneath something else has one for the list", () => {
    const holds = implies(given("list"), every("list", isTrue(itemPath("ok"))));
    expect(problems({ at: "list", holds, must: "must be ok." }, { list: [{}, {}] })).toEqual([
      { path: ["list"], message: "must be ok." },
    ]);
  });
});

describe("a placeholder of a sentence", () => {
  it.each<[string, unknown, string]>([
    ["a word without quotes", "awsvpc", "awsvpc"],
    ["a version without quotes", "7.50.0-rc.1", "7.50.0-rc.1"],
    ["other text in quotes", "two words", '"two words"'],
    ["nothing", undefined, "none"],
    ["a number", 5, "the number 5"],
    ["an expression", "${var.x}", "a Terraform expression"],
    ["a list", ["a"], "a list"],
  ])("shows %s", (_what, value, expected) => {
    const [problem] = problems({ at: "a", holds: isTrue("no"), must: "got {value}." }, { value });
    expect(problem?.message).toBe(`got ${expected}.`);
  });

  it("never shows an API key, at any path", () => {
    const [problem] = problems(
      { at: "a", holds: isTrue("no"), must: "got {tag}." },
      { tag: "0123456789abcdef".repeat(2) },
    );
    expect(problem?.message).toBe("got a string of length 32 (not shown: it may be a secret).");
  });

  it("can be nested paths, several times, and other braces stay", () => {
    const must = "got {a.b} and {c} and {c}, {not this}.";
    expect(problems({ at: "a", holds: isTrue("no"), must }, { a: { b: "x" }, c: "$&" })[0]?.message).toBe(
      'got x and "$&" and "$&", {not this}.',
    );
  });

  it("never shows what may be a secret", () => {
    const must = "got {environment.TOKEN} and {apiKey.name}.";
    const given = { environment: { TOKEN: "p4ssword" }, apiKey: { name: "p4ss word" } };
    expect(problems({ at: "a", holds: isTrue("no"), must }, given)[0]?.message).not.toContain("p4ss");
  });
});

describe("readsOf", () => {
  it.each<[string, Rule, readonly string[]]>([
    [
      "the path that is wrong, and those of the condition",
      { at: "a", holds: and(given("b"), given("c.d")), must: "" },
      ["a", "b", "c.d"],
    ],
    ["each path once", { at: "a", holds: and(given("a"), equals("a", 1)), must: "" }, ["a"]],
    [
      "features and the host",
      { at: "a", holds: implies(isOn("apm"), hostHas("unix-sockets")), must: "" },
      ["a", "features.apm", "host"],
    ],
    ["not what is only in the sentence", { at: "a", holds: never, must: "got {b}, `c`." }, ["a", "absent"]],
  ])("has %s", (_what, rule, reads) => {
    expect(readsOf(rule)).toEqual(reads);
  });
});

describe("sentenceOf", () => {
  const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const sentence = (must: string) => sentenceOf({ at: "", holds: never, must }, snake, (path) => `<${path}>`);

  it.each([
    ["keys in backticks", "needs `networkMode` and `image.tag`.", "needs `network_mode` and `image.tag`."],
    ["placeholders", "got {networkMode}, {image.tag}.", "got <networkMode>, <image.tag>."],
    ["both", "`launchType` is {launchType}.", "`launch_type` is <launchType>."],
    ["no other text", "networkMode `two words` `7.50` {two words}.", "networkMode `two words` `7.50` {two words}."],
  ])("writes %s the way of the output", (_what, must, expected) => {
    expect(sentence(must)).toBe(expected);
  });
});
