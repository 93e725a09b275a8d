import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const MODULE = resolve(__dirname, "../../lib/app/compile-cache.cjs");
/** Node.js has its own cache from 22.8 on. */
const [major = 0] = process.versions.node.split(".").map(Number);

describe("the cache of compiled code", () => {
  const root = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-cache-"));
  afterAll(() => rmSync(root, { recursive: true }));

  const bundle = join(root, "bundle.js");
  const folder = join(root, "cache");
  const load = (cache = folder) => {
    const script = `console.log(require(process.argv[1]).requireCached(process.argv[2], process.argv[3]).value())`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script, MODULE, bundle, cache], { encoding: "utf8" });
    return `${stdout}${stderr}`.trim();
  };
  let time = 1_700_000_000;
  const writeBundle = (value: string) => {
    writeFileSync(bundle, `exports.value = () => [${value}, require("./other"), __filename].join();\n`);
    utimesSync(bundle, time, time);
    time += 1;
  };

  beforeAll(() => writeFileSync(join(root, "other.js"), `module.exports = "other";`));

  it("gives the same result without, with and after a damaged cache", () => {
    writeBundle("1");
    const expected = `1,other,${bundle}`;
    expect(load()).toBe(expected);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(load()).toBe(expected);
    for (const file of readdirSync(folder).filter(() => major < 22)) writeFileSync(join(folder, file), "damaged");
    expect(load()).toBe(expected);
  });

  it("doesn't run the code of an earlier bundle of the same length", () => {
    writeBundle("2");
    expect(load()).toBe(`2,other,${bundle}`);
    writeBundle("3");
    expect(load()).toBe(`3,other,${bundle}`);
    // Node.js keeps the compiled code of earlier files.
    if (major < 22) expect(readdirSync(folder)).toHaveLength(1);
  });

  it("isn't needed", () => {
    const readOnly = mkdtempSync(join(root, "read-only-"));
    chmodSync(readOnly, 0o500);
    writeFileSync(join(root, "file"), "");
    for (const cache of [readOnly, join(root, "file")]) expect(load(cache)).toBe(`3,other,${bundle}`);
  });
});
