import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/documents";

const NAMES = ["lint", "typecheck", "generate", "synth", "test", "test:rest"];

describe("npm run check", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-check-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it with scripts that only print their names, of which `failing` fails. */
  function check(failing?: string) {
    const script = "node -e \"console.log('ran', ...process.argv.slice(1))\"";
    const all = NAMES.map((name) => [name, name === failing ? "exit 3" : `${script} ${name}`]);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: Object.fromEntries(all) as object }));
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "scripts/check.mjs")], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, ran: stdout.match(/^ran .*$/gm), took: stdout.match(/^== npm .* (took|failed after) \d+ s$/gm) };
  }

  it("runs the static checks, then the fast tests, then the others, and prints how long each took", () => {
    const { status, ran, took } = check();
    expect({ status, ran }).toEqual({
      status: 0,
      ran: ["ran lint", "ran typecheck", "ran generate --check", "ran synth", "ran test", "ran test:rest"],
    });
    expect(took).toHaveLength(NAMES.length);
  });

  it("stops and fails at the first failing step", () => {
    const { status, ran, took } = check("generate");
    expect({ status, ran }).toEqual({ status: 1, ran: ["ran lint", "ran typecheck"] });
    expect(took?.at(-1)).toMatch(/^== npm run generate -- --check failed after /);
  });
});

describe("the tests of npm test and those of npm run test:rest", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const list = (script: string) => {
    const [, ...args] = (scripts[script] ?? "").split(" ");
    const jest = join(ROOT, "node_modules/jest/bin/jest.js");
    const { stdout } = spawnSync(process.execPath, [jest, ...args, "--listTests"], { cwd: ROOT, encoding: "utf8" });
    return stdout.split("\n").filter((line) => line.endsWith(".test.ts"));
  };

  it("are all tests, each of them once", () => {
    const all = readdirSync(join(ROOT, "__tests__"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join(ROOT, "__tests__", file));
    expect([...list("test"), ...list("test:rest")].sort()).toEqual(all.sort());
    expect(list("test:all").sort()).toEqual(all);
  });
});
