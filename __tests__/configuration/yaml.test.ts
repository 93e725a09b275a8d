import { readYaml } from "../../lib/configuration/yaml";

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
    ["a key beside a merged map", ["clusters", 1, "name"], "7:19"],
    ["a key that looks like a number", ["clusters", 1, "5"], "7:28"],
    ["the map around, for what was merged into it", ["clusters", 1, "subnets", 0], "7:5"],
    ["the key, for what stands behind an alias", ["clusters", 2, "image", "tag"], "8:5"],
    ["a key without a value", ["clusters", 2, "cpu"], "9:5"],
    ["the key, for what stands below a key without a value", ["clusters", 2, "cpu", "x"], "9:5"],
    ["the map around, for a key that isn't there", ["clusters", 0, "site"], "4:5"],
  ])("is that of %s", (_what, path, place) => {
    expect(placeOf(text, ...path)).toBe(place);
  });

  it("is the start of an empty text", () => {
    expect(placeOf("")).toBe("1:1");
    expect(placeOf("", "clusters")).toBe("1:1");
  });
});

describe("text that is no configuration", () => {
  it.each([
    ["an alias without an anchor", "a: 1\nb: *c\n", "must be YAML: an alias has no anchor before it.", 2, 4],
    ["a key twice", "a: 1\na: 2\n", "must be YAML: Map keys must be unique.", 2, 1],
  ])("is refused where it has %s, without a guess at the reason", (_what, text, message, line, column) => {
    expect(readYaml(text)).toMatchObject({ data: undefined, problems: [{ path: [], message, line, column }] });
    expect(readYaml(text).problems).toHaveLength(1);
  });

  it("is refused as a whole where its aliases multiply without bounds", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef"].map((pair) => pair.split(""))) {
      bomb.push(`${to}: &${to} [${Array<string>(10).fill(`*${from}`).join(", ")}]`);
    }
    expect(readYaml(bomb.join("\n")).problems).toEqual([
      { path: [], message: "must use fewer aliases: they multiply beyond reason.", line: 1, column: 1 },
    ]);
  });
});

it("values that aren't text stay as they are", () => {
  expect(readYaml("a: 1\nb: true\nc:\nd: [1.5, null]\ne: {}\n")).toMatchObject({
    data: { a: 1, b: true, c: null, d: [1.5, null], e: {} },
    problems: [],
  });
});
