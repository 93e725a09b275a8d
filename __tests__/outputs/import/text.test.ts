import { comments, differenceLines } from "../../../lib/outputs/import/text";

describe("differenceLines", () => {
  it("groups differences by side", () => {
    const differences = [
      { path: "a", original: "1", generated: "2" },
      { path: "b", original: "1", generated: undefined },
      { path: "c", original: undefined, generated: "2" },
      { path: "d", original: "3", generated: undefined },
    ];
    expect(differenceLines(differences, ({ path }) => (path === "b" ? "why" : undefined))).toEqual([
      "Only in the original:",
      "  b: 1 (why)",
      "  d: 3",
      "Different:",
      "  a: original: 1 → new: 2",
      "Added:",
      "  c: 2",
    ]);
  });

  it("says that there are no differences", () => {
    expect(differenceLines([], () => undefined)).toEqual([
      "No differences: this configuration reproduces the task definition.",
    ]);
  });
});

describe("comments", () => {
  it("comments every line, without trailing spaces", () => {
    expect(comments(["a", "", "  b"], "  ")).toBe("  # a\n  #\n  #   b");
  });
});
