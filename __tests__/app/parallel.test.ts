import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../end-to-end/support/run";
import { leftIn, outputOf } from "./support/output";

const ROOT = resolve(__dirname, "../..");
const SOURCES = ["app.cjs", "main.ts", "lib", "scripts", "package.json", "package-lock.json", "clusters.yaml"];

describe("commands that start at the same time after a source changed", () => {
  const copy = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-parallel-"));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const commands = (count: number, args: readonly string[]) =>
    Promise.all(Array.from({ length: count }, () => run(process.execPath, args, { cwd: copy })));
  const touch = () => utimesSync(join(copy, "main.ts"), new Date(), new Date());
  const bundles = () => readdirSync(join(copy, "dist")).filter((file) => file !== "compile-cache");

  beforeAll(() => {
    for (const path of SOURCES) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  });

  it("synthesize into one folder, each with a complete bundle", async () => {
    const [single] = await commands(1, ["app.cjs"]);
    const output = outputOf(join(copy, "cdktf.out"));
    touch();
    const results = await commands(36, ["app.cjs"]);
    expect(results).toEqual(results.map(() => single));
    expect(outputOf(join(copy, "cdktf.out"))).toEqual(output);
    expect(leftIn(join(copy, "cdktf.out"))).toEqual([]);
    expect(bundles()).toEqual(["main.js", "main.sources.json"]);
  });

  it("explain a stack", async () => {
    const explain = ["scripts/start.cjs", "explain", "datadog-agent"];
    const [single] = await commands(1, explain);
    touch();
    const results = await commands(12, explain);
    expect(results).toEqual(results.map(() => single));
    expect(bundles()).toEqual(["explain.js", "explain.sources.json", "main.js", "main.sources.json"]);
  });
});
