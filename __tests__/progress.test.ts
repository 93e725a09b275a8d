import { progressLine } from "../lib/app/progress";

/** What is written at which time; the clock is the test's. */
function written(isTTY: boolean | undefined, calls: readonly (readonly [time: number, done?: number])[]): string[] {
  let time = 5000;
  const lines: string[] = [];
  const progress = progressLine({ isTTY, write: (text) => lines.push(text) }, () => time);
  for (const [elapsed, done] of calls) {
    time = 5000 + elapsed;
    if (done === undefined) progress();
    else progress("Stacks", done, 9);
  }
  return lines;
}

describe("the progress line", () => {
  it("appears after a second, refreshes a few times a second, and is cleared at the end", () => {
    const calls = [[10, 1], [999, 2], [1000, 3], [1050, 4], [1100, 5], [1150]] as const;
    expect(written(true, calls)).toEqual(["\r\u001b[KStacks 3/9", "\r\u001b[KStacks 5/9", "\r\u001b[K"]);
  });

  it("prints nothing in a short run", () => {
    expect(written(true, [[10, 1], [900]])).toEqual([]);
  });

  it.each([false, undefined])("is for terminals only, not if isTTY is %s", (isTTY) => {
    expect(written(isTTY, [[2000, 1], [3000]])).toEqual([]);
  });
});
