import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CommandError } from "../../lib/app/error";
import { finishInterruptedRun, writeOutput } from "../../lib/app/output";
import { locked } from "../../lib/app/output/lock";
import { ConfigurationError } from "../../lib/core/problem";

type Files = Readonly<Record<string, string>>;

let outdir: string;
beforeEach(() => (outdir = join(mkdtempSync(join(tmpdir(), "datadog-agent-ecs-output-")), "deep/out")));
afterEach(() => rmSync(dirname(dirname(outdir)), { recursive: true, force: true }));

function run(files: Files, keeps?: (folder: string) => boolean): void {
  writeOutput(
    outdir,
    (output) => {
      for (const [path, text] of Object.entries(files)) output.write(path, text);
    },
    keeps,
  );
}

/** An old time, so that rewritten files are detected. */
const LONG_AGO = new Date("2001-01-01T00:00:00Z");

function foreign(path: string, text = "theirs"): void {
  mkdirSync(dirname(join(outdir, path)), { recursive: true });
  writeFileSync(join(outdir, path), text);
  utimesSync(join(outdir, path), LONG_AGO, LONG_AGO);
}

function expectUntouched(path: string, text = "theirs"): void {
  expect(readFileSync(join(outdir, path), "utf8")).toBe(text);
  expect(statSync(join(outdir, path)).mtime).toEqual(LONG_AGO);
}

/** Every file and folder except the file list. Folders have no text. */
function tree(): Record<string, string | null> {
  const paths = readdirSync(outdir, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    paths
      .filter((path) => path !== ".files.json")
      .map((path) => [path, lstatSync(join(outdir, path)).isFile() ? readFileSync(join(outdir, path), "utf8") : null]),
  );
}

/** The files that the next run may overwrite. */
function ledger(): unknown {
  return JSON.parse(readFileSync(join(outdir, ".files.json"), "utf8"));
}

function refusal(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("It went well.");
}

const TWO: Files = { "a/main": "1", "a/examples/basic": "2", "b/main": "3", root: "4" };
const TWO_WRITTEN = {
  a: null,
  "a/examples": null,
  "a/examples/basic": "2",
  "a/main": "1",
  b: null,
  "b/main": "3",
  root: "4",
};

describe("an output folder", () => {
  it.each([1, 2])("has the same files and no others after run %d", (runs) => {
    for (let count = 0; count < runs; count++) run(TWO);
    expect(tree()).toEqual(TWO_WRITTEN);
    expect(readFileSync(join(outdir, ".files.json"), "utf8")).toBe(
      '[\n  "a/examples/basic",\n  "a/main",\n  "b/main",\n  "root"\n]\n',
    );
  });

  it.each<[string, Files, Record<string, string | null>]>([
    [
      "changed text",
      { ...TWO, "b/main": "longer", "a/main": "9" },
      { ...TWO_WRITTEN, "b/main": "longer", "a/main": "9" },
    ],
    [
      "a file, and the folders that it leaves empty",
      { "a/main": "1", "b/main": "3" },
      { a: null, "a/main": "1", b: null, "b/main": "3" },
    ],
    ["a whole folder", { "b/main": "3" }, { b: null, "b/main": "3" }],
    ["a folder instead of another one", { "c/new": "5" }, { c: null, "c/new": "5" }],
  ])("replaces %s", (_what, next, expected) => {
    run(TWO);
    run(next);
    expect(tree()).toEqual(expected);
    expect(ledger()).toEqual(Object.keys(next).sort());
  });

  it("doesn't touch unchanged files", () => {
    run(TWO);
    for (const path of [...Object.keys(TWO), ".files.json"]) utimesSync(join(outdir, path), LONG_AGO, LONG_AGO);
    run({ ...TWO, "b/main": "new" });
    for (const path of ["a/main", "a/examples/basic", "root"]) expectUntouched(path, TWO[path]);
    expect(statSync(join(outdir, ".files.json")).mtime).toEqual(LONG_AGO);
    expect(statSync(join(outdir, "b/main")).mtime).not.toEqual(LONG_AGO);
  });

  it("keeps the folders that another tool will remove", () => {
    run(TWO);
    run({ root: "4" }, (folder) => folder === "b");
    expect(tree()).toEqual({ b: null, root: "4" });
  });
});

describe("other files", () => {
  const THEIRS = ["theirs.txt", "other/theirs.txt", "a/.terraform/theirs.txt", "a/examples/theirs.txt"];

  it.each<[string, Files, object]>([
    ["stay next to written files", TWO, TWO_WRITTEN],
    ["stay if their folder's other files are removed", { "b/main": "3" }, { b: null, "b/main": "3" }],
    ["stay if all other files are removed", {}, {}],
  ])("%s", (_what, next, ours) => {
    run(TWO);
    for (const path of THEIRS) foreign(path);
    run(next);
    for (const path of THEIRS) expectUntouched(path);
    const theirs = Object.fromEntries(THEIRS.map((path) => [path, "theirs"]));
    const folders = { other: null, a: null, "a/.terraform": null, "a/examples": null };
    expect(tree()).toEqual({ ...ours, ...folders, ...theirs });
  });

  it("are refused by name if they would be overwritten, and nothing is written", () => {
    run({ "b/main": "3" });
    foreign("a/main");
    mkdirSync(join(outdir, "a/examples/basic"), { recursive: true });
    foreign("c");
    const before = tree();
    const error = refusal(() => run({ ...TWO, "b/main": "new", "c/d/e": "5" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    const why = "would be overwritten, but this command didn't write it. Move the file away.";
    const places = ["a/main", "a/examples/basic", "c"].map((path) => `  ${join(outdir, path)}\n    ${why}`);
    expect(error.message).toBe([`${outdir}: 3 problems`, ...places].join("\n\n"));
    expect(tree()).toEqual(before);
    expect(ledger()).toEqual(["b/main"]);
    expectUntouched("a/main");
  });

  it("may be overwritten if they have the same content, because the file list may have been lost", () => {
    run(TWO);
    rmSync(join(outdir, ".files.json"));
    run(TWO);
    expect(tree()).toEqual(TWO_WRITTEN);
    run({ "b/main": "3" });
    expect(tree()).toEqual({ b: null, "b/main": "3" });
  });
});

describe("the file list", () => {
  it("ignores a path that has become another folder", () => {
    run(TWO);
    rmSync(join(outdir, "a/main"));
    foreign("a/main/theirs");
    run({ "b/main": "3" });
    expectUntouched("a/main/theirs");
    expect(ledger()).toEqual(["b/main"]);
  });

  it.each(["null", "{}", '["../theirs.txt"]', '["/theirs.txt"]', "[1]", "no JSON"])(
    "is ignored if it contains %s",
    (text) => {
      run(TWO);
      foreign("../theirs.txt");
      writeFileSync(join(outdir, ".files.json"), text);
      run(TWO);
      expectUntouched("../theirs.txt");
      expect(tree()).toEqual(TWO_WRITTEN);
      expect(ledger()).toEqual(Object.keys(TWO).sort());
    },
  );

  /** The output of old versions without the list, and of other CDKTF apps. */
  const WITHOUT_LIST: Files = {
    "manifest.json": JSON.stringify({
      stacks: { s: { workingDirectory: "stacks/s", synthesizedStackPath: "stacks/s/cdk.tf.json" } },
    }),
    "stacks/s/cdk.tf.json": "old",
    "stacks/s/task-definition.json": "old",
    "stacks/s/task-definition-windows.json": "old",
    "modules/manifest.json": '["m/main.tf.json"]',
    "modules/m/main.tf.json": "old",
  };

  it("is derived from CDKTF's manifest if it is missing", () => {
    for (const [path, text] of Object.entries(WITHOUT_LIST)) foreign(path, text);
    for (const path of ["stacks/s/terraform.tfvars", "modules/m/mine.tf"]) foreign(path);
    run({ "manifest.json": "new", "stacks/s/cdk.tf.json": "new" });
    expect(tree()).toEqual({
      "manifest.json": "new",
      modules: null,
      "modules/m": null,
      "modules/m/mine.tf": "theirs",
      stacks: null,
      "stacks/s": null,
      "stacks/s/cdk.tf.json": "new",
      "stacks/s/terraform.tfvars": "theirs",
    });
  });

  it.each([
    ["of a web site", { icons: [] }],
    [
      "with a path outside the folder",
      { stacks: { s: { workingDirectory: "..", synthesizedStackPath: "../theirs.txt" } } },
    ],
  ])("isn't derived from a manifest.json %s", (_which, manifest) => {
    foreign("manifest.json", JSON.stringify(manifest));
    foreign("../theirs.txt");
    expect(refusal(() => run({ "manifest.json": "new" })).message).toContain(join(outdir, "manifest.json"));
    expectUntouched("manifest.json", JSON.stringify(manifest));
    expectUntouched("../theirs.txt");
  });
});

describe("a run that fails", () => {
  const NEXT: Files = { "a/main": "new", "a/new": "new", "b/sub/file": "new", "c/new": "new" };

  // A broken link is found late, after other files have been renamed.
  it("halfway, at a link instead of a folder, restores everything", () => {
    run(TWO);
    symlinkSync("nowhere", join(outdir, "b/sub"));
    const error = refusal(() => run(NEXT));
    expect(error).toBeInstanceOf(CommandError);
    expect(error.message).toBe(
      `Can't write ${join(outdir, "b/sub")}: it, or a parent of it, isn't a folder. ` +
        "Fix this, or set CDKTF_OUTDIR to another folder. The previous output is unchanged.",
    );
    expect(tree()).toEqual({ ...TWO_WRITTEN, "b/sub": null });
    rmSync(join(outdir, "b/sub"));
    foreign("c/new");
    expect(refusal(() => run(NEXT))).toBeInstanceOf(ConfigurationError);
    expectUntouched("c/new");
  });

  it("during the build leaves no files, and removes the folder", () => {
    const message = refusal(() =>
      writeOutput(outdir, (output) => {
        output.write("a", "1");
        throw new Error("not built");
      }),
    ).message;
    expect(message).toBe("not built");
    expect(existsSync(dirname(outdir))).toBe(false);
  });
});

describe("the remains of a killed run", () => {
  const journal = { moves: [{ from: ".staged/next/b/main", to: "b/main", backup: ".staged/previous/0" }], emptied: [] };

  function interrupted(file: string): void {
    run(TWO);
    mkdirSync(join(outdir, ".staged/next/b"), { recursive: true });
    mkdirSync(join(outdir, ".staged/previous"));
    writeFileSync(join(outdir, ".staged", file), JSON.stringify(journal));
  }

  it("are completed", () => {
    interrupted("journal.json");
    writeFileSync(join(outdir, ".staged/next/b/main"), "new");
    finishInterruptedRun(outdir);
    expect(tree()).toEqual({ ...TWO_WRITTEN, "b/main": "new" });
  });

  it("are rolled back, if it was rolling back", () => {
    interrupted("undo.json");
    writeFileSync(join(outdir, "b/main"), "new");
    writeFileSync(join(outdir, ".staged/previous/0"), "3");
    finishInterruptedRun(outdir);
    expect(tree()).toEqual(TWO_WRITTEN);
  });

  it("are removed by the next run, if they are incomplete", () => {
    interrupted("journal.json.new");
    mkdirSync(join(outdir, `.lock-${deadProcess()}`));
    run(TWO);
    expect(tree()).toEqual(TWO_WRITTEN);
  });

  it("aren't looked for in a missing folder", () => {
    finishInterruptedRun(outdir);
    expect(existsSync(outdir)).toBe(false);
  });
});

describe("a lock", () => {
  it("blocks a run while another one writes, with a one-line error", () => {
    mkdirSync(join(outdir, `.lock-${process.ppid}`), { recursive: true });
    const action = jest.fn();
    expect(refusal(() => locked(outdir, action, 0)).message).toBe(
      `Another run (process ${process.ppid}) is writing to ${outdir}. Wait for it to end, ` +
        `or remove ${join(outdir, `.lock-${process.ppid}`)} if that process isn't a run of this command.`,
    );
    expect(action).not.toHaveBeenCalled();
    expect(readdirSync(outdir)).toEqual([`.lock-${process.ppid}`]);
  });

  it.each([
    ["a process that has ended", () => deadProcess()],
    ["an earlier process with the same number", () => process.pid],
  ])("of %s is ignored", (_which, pid) => {
    mkdirSync(join(outdir, `.lock-${pid()}`), { recursive: true });
    expect(locked(outdir, () => readdirSync(outdir), 0)).toEqual([`.lock-${process.pid}`]);
    expect(readdirSync(outdir)).toEqual([]);
  });
});

function deadProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}
