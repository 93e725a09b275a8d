import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stringify } from "yaml";
import { finishInterruptedRun } from "../../lib/app/output";
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

/** One of how many calls is killed: a module has dozens of files, which are written in the same way. */
const STRIDE = 3;

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(name: Name, outdir: string, { preload = [] as readonly string[], environment = {} } = {}) {
  const child = spawn(process.execPath, [...preload, APP], {
    cwd: folder,
    env: { ...process.env, CLUSTERS_FILE: `${name}.yaml`, CDKTF_OUTDIR: outdir, ...environment },
    stdio: "ignore",
  });
  const ended = new Promise<NodeJS.Signals | number | null>((done) =>
    child.once("exit", (status, signal) => done(signal ?? status)),
  );
  return { child, ended };
}

async function synthesize(name: Name, outdir: string): Promise<void> {
  expect(await start(name, outdir).ended).toBe(0);
}

const template = (name: Name) => join(folder, `${name}.out`);
let whole: Readonly<Record<Name, Readonly<Record<string, string>>>>;

beforeAll(async () => {
  for (const name of ["a", "b"] as const) {
    writeFileSync(join(folder, `${name}.yaml`), stringify(CONFIGURATIONS[name]));
    await synthesize(name, template(name));
  }
  whole = { a: outputOf(template("a")), b: outputOf(template("b")) };
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
      const end = await start("b", outdir, { preload: ["--require", preload], environment }).ended;
      const isCommitted = existsSync(join(outdir, ".staged/journal.json"));
      finishInterruptedRun(outdir);
      seen[call] = `${isCommitted ? "finished: " : ""}${whichOf(outdir, "b")}`;
      if (call % 10 === 0) {
        await synthesize("a", outdir);
        expect(outputOf(outdir)).toEqual(whole.a);
        expect(leftIn(outdir)).toEqual([]);
      }
      rmSync(outdir, { recursive: true });
      return end !== "SIGKILL";
    };
    for (let call = 1; ; call += 2 * STRIDE) {
      const ends = await Promise.all([killedAt(call), killedAt(call + STRIDE)]);
      if (ends.every(Boolean)) break;
    }
    // First all files are written, then renamed, then the working folder is removed.
    expect(seen.filter(Boolean).join(" ")).toMatch(/^(a )+(finished: b )+b( b)*$/);
    expect(seen.filter((text) => text === "finished: b").length).toBeGreaterThan(20);
  });

  it("leaves the previous or the next output after 200 random moments", async () => {
    const outdir = join(folder, "random");
    const started = performance.now();
    await synthesize("a", outdir);
    const duration = performance.now() - started;
    const staged = join(outdir, ".staged");
    let output: Name = "a";
    for (let kill = 0; kill < 200; kill++) {
      const next = output === "a" ? "b" : "a";
      const { child, ended } = start(next, outdir);
      // At any moment, while new files are written, and while they are renamed.
      if (kill % 4 === 0) await delay(Math.random() * duration);
      else await until(() => existsSync(kill % 2 ? join(staged, "journal.json") : staged), child);
      if (kill % 4 === 2) await delay(Math.random() * 40);
      child.kill("SIGKILL");
      await ended;
      finishInterruptedRun(outdir);
      output = whichOf(outdir, next);
    }
    await synthesize("a", outdir);
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
