import { columns, wrap } from "../lib/text";

describe("columns", () => {
  it("stand below each other, without blanks at the ends of lines", () => {
    const rows = [
      ["a", "long", "x"],
      ["wide", "b"],
      ["", "", ""],
    ];
    expect(columns(rows)).toEqual(["a     long  x", "wide  b", ""]);
  });

  it("may be none", () => {
    expect(columns([])).toEqual([]);
  });
});

describe("wrap", () => {
  const word = (length: number) => "x".repeat(length);

  it.each([
    ["a short text as it is", "a b", ["a b"]],
    ["nothing as no line", "", []],
    ["a line of 96 characters", `${word(47)} ${word(48)}`, [`${word(47)} ${word(48)}`]],
    ["what is longer in two", `${word(48)} ${word(48)}`, [word(48), word(48)]],
    ["a word of any length whole", `a ${word(200)} b`, ["a", word(200), "b"]],
  ])("leaves %s", (_what, text, lines) => {
    expect(wrap(text)).toEqual(lines);
  });
});
