import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { buildSync } from "esbuild";
import { stringify } from "yaml";
import { finishInterruptedRun } from "../../lib/app/output";
import { FILE_LIST } from "../../lib/app/output/layout";
import { leftIn, outputOf } from "./support/output";

const APP = resolve(__dirname, "../../app.cjs");

/** Between the two, stacks, files and modules are added, removed, changed and unchanged. */
const CONFIGURATIONS = {
  a: {
    clusters: [
      { name: "unchanged", cluster: "unchanged" },
      { name: "changed", cluster: "changed", hosts: ["linux", "windows"] },
      { name: "removed", cluster: "removed" },
    ],
    modules: [
      { name: "changed", host: "linux" },
      { name: "removed", host: "windows" },
    ],
  },
  b: {
    clusters: [
      { name: "unchanged", cluster: "unchanged" },
      { name: "changed", cluster: "changed", hosts: ["linux"], features: { apm: true } },
      { name: "added", cluster: "added" },
    ],
    modules: [
      { name: "changed", host: "linux", features: { apm: true } },
      { name: "added", host: "windows" },
    ],
  },
};
type Name = keyof typeof CONFIGURATIONS;

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files of a finished run as the app does, without synthesizing them: a run takes a tenth of the time. */
const WRITER = join(folder, "writer.cjs");

function start(
  name: Name,
  outdir: string,
  { program = APP, preload = [] as readonly string[], environment = {} } = {},
) {
  const child = spawn(process.execPath, [...preload, program], {
    cwd: folder,
    env: { ...process.env, CLUSTERS_FILE: `${name}.yaml`, CDKTF_OUTDIR: outdir, ...environment },
    stdio: "ignore",
  });
  const ended = new Promise<NodeJS.Signals | number | null>((done) =>
    child.once("exit", (status, signal) => done(signal ?? status)),
  );
  return { child, ended };
}

async function run(name: Name, outdir: string, program = APP): Promise<void> {
  expect(await start(name, outdir, { program }).ended).toBe(0);
}

const template = (name: Name) => join(folder, `${name}.out`);
let whole: Readonly<Record<Name, Readonly<Record<string, string>>>>;

beforeAll(async () => {
  for (const name of ["a", "b"] as const) {
    writeFileSync(join(folder, `${name}.yaml`), stringify(CONFIGURATIONS[name]));
    await run(name, template(name));
  }
  whole = { a: outputOf(template("a")), b: outputOf(template("b")) };
  for (const name of ["a", "b"] as const) {
    const files = Object.entries(whole[name]).filter(([path]) => path !== FILE_LIST);
    writeFileSync(join(folder, `${name}.yaml.json`), JSON.stringify(files));
  }
  const contents = `import { readFileSync } from "node:fs";
import { writeOutput } from "./lib/app/output";
const files = JSON.parse(readFileSync(process.env.CLUSTERS_FILE + ".json", "utf8"));
writeOutput(process.env.CDKTF_OUTDIR, (output) => files.forEach(([path, text]) => output.write(path, text)));`;
  const stdin = { contents, resolveDir: resolve(__dirname, "../.."), loader: "ts" } as const;
  buildSync({ stdin, outfile: WRITER, bundle: true, platform: "node" });
});

/** Which of the two outputs a folder has, or a diff if it has neither. */
function whichOf(outdir: string, expected: Name): Name {
  const output = outputOf(outdir);
  for (const name of ["a", "b"] as const) if (isSame(output, whole[name])) return name;
  expect(output).toEqual(whole[expected]);
  throw new Error("unreachable");
}

function isSame(output: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(output) === JSON.stringify(other);
}

describe("a run that is killed", () => {
  it("has files that are added, removed, changed and unchanged between the two configurations", () => {
    const paths = [...new Set(Object.values(whole).flatMap(Object.keys))];
    const kinds = paths.map((path) =>
      whole.a[path] === undefined
        ? "added"
        : whole.b[path] === undefined
          ? "removed"
          : whole.a[path] === whole.b[path]
            ? "unchanged"
            : "changed",
    );
    expect(new Set(kinds)).toEqual(new Set(["added", "removed", "unchanged", "changed"]));
  });

  it("leaves the previous or the next output after any write, rename or removal", async () => {
    const preload = join(folder, "kill.cjs");
    writeFileSync(
      preload,
      `const fs = require("node:fs");
let left = Number(process.env.KILL_AT);
for (const name of ["writeFileSync", "renameSync", "rmSync", "rmdirSync"]) {
  const call = fs[name];
  fs[name] = (path, ...rest) => {
    if (String(path).startsWith(process.env.CDKTF_OUTDIR) && --left === 0) process.kill(process.pid, "SIGKILL");
    return call(path, ...rest);
  };
}`,
    );
    const seen: string[] = [];
    /** Returns whether the run ended before the call. */
    const killedAt = async (call: number): Promise<boolean> => {
      const outdir = join(folder, `call-${call}`);
      cpSync(template("a"), outdir, { recursive: true });
      const environment = { KILL_AT: String(call) };
      const end = await start("b", outdir, { program: WRITER, preload: ["--require", preload], environment }).ended;
      const isCommitted = existsSync(join(outdir, ".staged/journal.json"));
      finishInterruptedRun(outdir);
      seen[call] = `${isCommitted ? "finished: " : ""}${whichOf(outdir, "b")}`;
      if (call % 10 === 0) {
        await run("a", outdir, WRITER);
        expect(outputOf(outdir)).toEqual(whole.a);
        expect(leftIn(outdir)).toEqual([]);
      }
      rmSync(outdir, { recursive: true });
      return end !== "SIGKILL";
    };
    for (let call = 1; ; call += 2) {
      const ends = await Promise.all([killedAt(call), killedAt(call + 1)]);
      if (ends.every(Boolean)) break;
    }
    // First all files are written, then renamed, then the working folder is removed.
    expect(seen.filter(Boolean).join(" ")).toMatch(/^(a )+(finished: b )+b( b)*$/);
    expect(seen.filter((text) => text === "finished: b").length).toBeGreaterThan(20);
  });

  it.each([
    ["the app", APP, 40],
    ["its last step", WRITER, 160],
  ])("leaves the previous or the next output after random moments of %s", async (_, program, kills) => {
    const outdir = join(folder, `random-${kills}`);
    const started = performance.now();
    await run("a", outdir, program);
    const duration = performance.now() - started;
    const staged = join(outdir, ".staged");
    let output: Name = "a";
    for (let kill = 0; kill < kills; kill++) {
      const next = output === "a" ? "b" : "a";
      const { child, ended } = start(next, outdir, { program });
      // At any moment, while new files are written, and while they are renamed.
      if (kill % 4 === 0) await delay(Math.random() * duration);
      else await until(() => existsSync(kill % 2 ? join(staged, "journal.json") : staged), child);
      if (kill % 4 === 2) await delay(Math.random() * 40);
      child.kill("SIGKILL");
      await ended;
      finishInterruptedRun(outdir);
      output = whichOf(outdir, next);
    }
    await run("a", outdir, program);
    expect(outputOf(outdir)).toEqual(whole.a);
    expect(leftIn(outdir)).toEqual([]);
  });
});

/** Polls without pauses, because the file exists for a millisecond only. */
async function until(condition: () => boolean, child: { readonly exitCode: number | null }): Promise<void> {
  while (child.exitCode === null) {
    for (let look = 0; look < 1000; look++) if (condition()) return;
    await new Promise(setImmediate);
  }
}
