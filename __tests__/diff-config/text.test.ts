import { comments, differenceLines } from "../../lib/diff-config/text";

describe("differenceLines", () => {
  it("sorts differences by who has what, and gives each the same words", () => {
    const differences = [
      { path: "a", there: "1", here: "2" },
      { path: "b", there: "1", here: undefined },
      { path: "c", there: undefined, here: "2" },
      { path: "d", there: "3", here: undefined },
    ];
    expect(differenceLines(differences, ({ path }) => (path === "b" ? "why" : undefined))).toEqual([
      "What it has, and this configuration has not:",
      "  b: there 1, here nothing (why)",
      "  d: there 3, here nothing",
      "What is another here:",
      "  a: there 1, here 2",
      "What this configuration adds:",
      "  c: there nothing, here 2",
    ]);
  });

  it("says so where there are none", () => {
    expect(differenceLines([], () => undefined)).toEqual(["The task of this configuration is the same."]);
  });
});

describe("comments", () => {
  it("makes every line one, without blanks at its end", () => {
    expect(comments(["a", "", "  b"], "  ")).toBe("  # a\n  #\n  #   b");
  });
});
