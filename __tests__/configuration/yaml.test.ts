import { readYaml } from "../../lib/configuration/yaml";
import { formatPath } from "../../lib/core/problem";

const placeOf = (text: string, ...path: (string | number)[]) => {
  const { line, column } = readYaml(text).locate({ path, message: "must be less." });
  return `${line}:${column}`;
};

describe("the place of a value", () => {
  const text = `# Clusters
clusters:
  - &first
    name: a
    image: &image { tag: "a b" }
    subnets: [a, b]
  - { <<: *first, name: b, 5: five }
  - image: *image
    cpu:
`;

  it.each<[string, (string | number)[], string]>([
    ["the whole", [], "2:1"],
    ["a key at the top", ["clusters"], "2:1"],
    ["the first key of an item of a list", ["clusters", 0], "4:5"],
    ["a key of a map", ["clusters", 0, "name"], "4:5"],
    ["a key of a map within a line", ["clusters", 0, "image", "tag"], "5:21"],
    ["text in a list", ["clusters", 0, "subnets", 1], "6:18"],
    ["a key next to a merged map", ["clusters", 1, "name"], "7:19"],
    ["a key that looks like a number", ["clusters", 1, "5"], "7:28"],
    ["the map around, for what was merged into it", ["clusters", 1, "subnets", 0], "7:5"],
    ["the key, for a value behind an alias", ["clusters", 2, "image", "tag"], "8:5"],
    ["a key without a value", ["clusters", 2, "cpu"], "9:5"],
    ["the key, for a path below a key without a value", ["clusters", 2, "cpu", "x"], "9:5"],
    ["the map around, for a key that isn't there", ["clusters", 0, "site"], "4:5"],
  ])("is that of %s", (_what, path, place) => {
    expect(placeOf(text, ...path)).toBe(place);
  });

  it("is the start of an empty text", () => {
    expect(placeOf("")).toBe("1:1");
    expect(placeOf("", "clusters")).toBe("1:1");
  });
});

describe("text that isn't a configuration", () => {
  it.each([
    ["an alias without an anchor", "a: 1\nb: *c\n", "invalid YAML: the alias has no anchor before it.", 2, 4],
    ["a key twice", "a: 1\na: 2\n", "invalid YAML: Map keys must be unique.", 2, 1],
  ])("is refused where it has %s, without a guess at the reason", (_what, text, message, line, column) => {
    expect(readYaml(text)).toMatchObject({ data: undefined, problems: [{ path: [], message, line, column }] });
    expect(readYaml(text).problems).toHaveLength(1);
  });

  it("is refused if its aliases expand without bounds", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef"].map((pair) => pair.split(""))) {
      bomb.push(`${to}: &${to} [${Array<string>(10).fill(`*${from}`).join(", ")}]`);
    }
    expect(readYaml(bomb.join("\n")).problems).toMatchObject([
      {
        path: [],
        message: "has aliases that expand to more than 1,000,000 nodes. Use fewer aliases.",
        line: 1,
        column: 1,
      },
    ]);
  });
});

/** The problems of a text, with their locations. */
const problemsOf = (text: string) =>
  readYaml(text).problems.map(({ line, column, path, message }) => `${line}:${column} ${formatPath(path)} ${message}`);

describe("an alias in its own anchor", () => {
  const ENDLESS = "can't be an alias for a list or map that contains it";

  it.each<[string, string, string[]]>([
    ["a map", "defaults: &d { x: *d }", ["1:19"]],
    ["a list", "clusters: &c [*c]", ["1:15"]],
    ["the whole text", "&t\nclusters: [*t]", ["2:12"]],
    ["what is merged", "defaults: &d { <<: *d }", ["1:20"]],
    ["two anchors around it", "a: &a\n  b: &b\n    x: *a\n    y: *b", ["3:8", "4:8"]],
    ["an anchor that is set again inside of it", "a: &a\n  x: *a\n  b: &a 1\n  y: *a", ["2:6"]],
  ])("is refused at its place in %s", (_what, text, places) => {
    expect(problemsOf(text)).toEqual(places.map((place) => expect.stringMatching(`^${place}  ${ENDLESS}`) as string));
  });

  it("is accepted if another node has the anchor since", () => {
    expect(readYaml("a: &a 1\nb: &a { x: 2 }\nc: { d: *a }").data).toEqual({ a: 1, b: { x: 2 }, c: { d: { x: 2 } } });
  });
});

describe("depth", () => {
  const block = (levels: number) =>
    Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:\n`).join("") + `${" ".repeat(levels)}x\n`;
  const TOO_DEEP = "is nested more than 100 levels deep. Check for an extra bracket or indentation.";

  it.each<[string, string, string]>([
    ["lists", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, "1:103"],
    ["lists without an end", `a: ${"[".repeat(20_000)}`, "1:103"],
    ["maps in a line", `${"{a: ".repeat(20_000)}${"}".repeat(20_000)}`, "1:401"],
    ["maps in blocks", block(10_000), "101:101"],
    ["lists in blocks", `${"- ".repeat(20_000)}x`, "1:201"],
    ["keys", `${"? ".repeat(20_000)}x`, "1:201"],
    ["one level more than there may be", `a: ${"[".repeat(100)}${"]".repeat(100)}`, "1:103"],
    [
      "aliases, each in lists",
      `a: &a ${"[".repeat(60)}${"]".repeat(60)}\nb: ${"[".repeat(50)}*a${"]".repeat(50)}`,
      "2:54",
    ],
  ])("of %s is bounded, with the place", (_what, text, place) => {
    expect(problemsOf(text)).toEqual([`${place}  ${TOO_DEEP}`]);
  });

  it("is reported once for a chain of aliases", () => {
    const row = Array.from({ length: 200 }, (_, i) => `x${i}: &x${i} ${"[".repeat(60)}*x${i - 1}${"]".repeat(60)}`);
    expect(problemsOf(["x-1: &x-1 1", ...row].join("\n"))).toEqual([`3:69  ${TOO_DEEP}`]);
  });

  it("can be 100 levels", () => {
    expect(problemsOf(`a: ${"[".repeat(99)}${"]".repeat(99)}`)).toEqual([]);
    expect(problemsOf(block(100))).toEqual([]);
  });
});

describe("the number of aliases", () => {
  it("isn't limited unless they multiply", () => {
    const shared = "shared: &shared { tags: &tags { a: b }, others: *tags }";
    const uses = Array.from({ length: 300 }, () => "  - *shared");
    expect(problemsOf([shared, "all:", ...uses].join("\n"))).toEqual([]);
  });
});

describe("documents", () => {
  const ONE =
    "must be one YAML document, got a second one. Remove the line `---`, or move the second one to its own file.";

  it.each([
    ["a second one", "a: 1\n---\nb: 2\n", "2:1"],
    ["an empty second one", "a: 1\n\n---\n", "3:1"],
    ["one after the end of the first", "a: 1\n...\n---\nb: 2\n", "3:1"],
    ["a third one, which isn't looked at", "a: 1\n---\nb: 2\n---\n[", "2:1"],
  ])("are one: refuses %s", (_what, text, place) => {
    expect(problemsOf(text)).toEqual([`${place}  ${ONE}`]);
  });

  it("may be marked", () => {
    expect(readYaml("%YAML 1.2\n---\na: 1\n...\n")).toMatchObject({ data: { a: 1 }, problems: [] });
    expect(readYaml("\uFEFFa: 1")).toMatchObject({ data: { a: 1 }, problems: [] });
  });
});

describe("YAML that a configuration can't have", () => {
  const ODD_KEY = "must have a string as its key, got a list, a map or another YAML type.";
  const NO_KEY = "must have a string as its key, got null. Put the key in quotes.";
  const MERGE = "must have a map or a list of maps after `<<`.";
  const OTHER_TYPE = "must be a string, a number, true, false, a list or a map, got another YAML type. Remove the tag.";

  it.each<[string, string, string]>([
    ["a list as a key", "a:\n  ? [b]\n  : c", `2:5  ${ODD_KEY}`],
    ["a map as a key", "a: { { b: c }: d }", `1:6  ${ODD_KEY}`],
    ["an alias of a list as a key", "a: &a [b]\n*a : c", `2:1  ${ODD_KEY}`],
    ["bytes as a key", "a:\n  !!binary aGk= : c", `2:12  ${ODD_KEY}`],
    ["an alias without an anchor as a key", "*a : c", "1:1  invalid YAML: the alias has no anchor before it."],
    ["no key", "a:\n  : b", `2:3  ${NO_KEY}`],
    ["an empty key", "a: { ~: b }", `1:6  ${NO_KEY}`],
    ["null as a key", "null: b", `1:1  ${NO_KEY}`],
    ["a number and the same text as keys", '1: a\n"1": b', "2:1  invalid YAML: Map keys must be unique."],
    ["a boolean and the same text as keys", '{ "true": a, true: b }', "1:14  invalid YAML: Map keys must be unique."],
    ["text that is merged", "a:\n  <<: b", `2:7  ${MERGE}`],
    ["nothing that is merged", "a: { <<: }", `1:10  ${MERGE}`],
    ["a list of text that is merged", "a: &a 1\nb: { <<: [*a] }", `2:10  ${MERGE}`],
    ["a set", "a:\n  b: !!set { c, d }", `2:3 a.b ${OTHER_TYPE}`],
    ["an ordered map", "a: !!omap [b: c]", `1:1 a ${OTHER_TYPE}`],
    ["bytes", "a: [!!binary aGk=]", `1:14 a[0] ${OTHER_TYPE}`],
    ["a date by its tag", "a: !!timestamp 2001-12-14", `1:1 a ${OTHER_TYPE}`],
    ["a date of YAML 1.1", "%YAML 1.1\n---\na: 2001-12-14", `3:1 a ${OTHER_TYPE}`],
    [
      "a number that is a mark of CDKTF's",
      "a: -1.8881545897087626e289",
      "1:1 a must not be a number this small: CDKTF reads it as a token.",
    ],
  ])("is refused with its place: %s", (_what, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("is only reported as a problem", () => {
    const warn = jest.spyOn(process, "emitWarning").mockReturnValue();
    readYaml("? [a]\n: b");
    readYaml("!!binary aGk= : b");
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it("leaves a date without a tag, and a key that is merged by its name in quotes, what they are", () => {
    expect(readYaml('a: 2001-12-14\nb: &b { c: 1 }\n"<<": *b').data).toEqual({
      a: "2001-12-14",
      b: { c: 1 },
      "<<": { c: 1 },
    });
  });

  it("takes text by an alias as a key", () => {
    expect(readYaml("a: &a b\n*a : c").data).toEqual({ a: "b", b: "c" });
  });
});

describe("what isn't YAML", () => {
  it.each([
    ["a tag", "a: !hunter2 b", "Unknown tag. Put text that starts with ! in quotes."],
    ["a tag with a handle", "a: !h!hunter2 b", "Unknown tag. Put text that starts with ! in quotes."],
    ["a directive", "%hunter2\n---\na: 1", "Unknown directive or YAML version."],
    ["a version", "%YAML hunter2\n---\na: 1", "Unknown directive or YAML version."],
    ["an escape sequence", 'a: "\\hunter2"', "Invalid escape sequence in double quotes."],
    ["a number in an escape sequence", 'a: "\\xhunter2"', "Invalid escape sequence in double quotes."],
    ["the head of a block", "a: |hunter2\n  b", "Block scalar header includes extra characters."],
    ["what is behind the end", "a: 1\n]hunter2", "Unexpected flow-seq-end token in YAML stream."],
    ["an alias", "a: *hunter2", "the alias has no anchor before it."],
  ])("is reported without quoting the text: %s", (_what, text, message) => {
    const problems = problemsOf(text).join("\n");
    expect(problems).toContain(message);
    expect(problems).not.toMatch(/hunter|\\[hx]/);
  });
});

it("values that aren't text stay as they are", () => {
  expect(readYaml("a: 1\nb: true\nc:\nd: [1.5, null]\ne: {}\n")).toMatchObject({
    data: { a: 1, b: true, c: null, d: [1.5, null], e: {} },
    problems: [],
  });
});
