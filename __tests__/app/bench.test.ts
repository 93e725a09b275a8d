import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });

describe("the bench", () => {
  it("starts and prints its usage", () => {
    expect(node("bench/run.mjs", "--help")).toContain("npm run bench -- [--rounds <number>]");
  });

  it("finds its marks in the page about performance", () => {
    expect(readFileSync(join(ROOT, "docs/performance.md"), "utf8")).toMatch(/^<!-- bench -->\n[^]*^<!-- \/bench -->$/m);
  });
});
