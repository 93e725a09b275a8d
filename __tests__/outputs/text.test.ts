import { columns, wrap } from "../../lib/outputs/text";

describe("columns", () => {
  it("are aligned, without trailing spaces", () => {
    const rows = [
      ["a", "long", "x"],
      ["wide", "b"],
      ["", "", ""],
    ];
    expect(columns(rows)).toEqual(["a     long  x", "wide  b", ""]);
  });

  it("may be empty", () => {
    expect(columns([])).toEqual([]);
  });
});

describe("wrap", () => {
  const word = (length: number) => "x".repeat(length);

  it.each([
    ["a short text unchanged", "a b", ["a b"]],
    ["empty text as no lines", "", []],
    ["a line of 96 characters", `${word(47)} ${word(48)}`, [`${word(47)} ${word(48)}`]],
    ["a long text on two lines", `${word(48)} ${word(48)}`, [word(48), word(48)]],
    ["a long word unbroken", `a ${word(200)} b`, ["a", word(200), "b"]],
  ])("leaves %s", (_what, text, lines) => {
    expect(wrap(text)).toEqual(lines);
  });
});
