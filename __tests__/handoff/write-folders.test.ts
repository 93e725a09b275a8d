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
import { ConfigurationError } from "../../lib/core/problem";
import { writeFolders } from "../../lib/handoff/write-folders";

type Folders = Readonly<Record<string, Readonly<Record<string, string>>>>;

let root: string;
beforeEach(() => (root = join(mkdtempSync(join(tmpdir(), "write-folders-")), "modules")));
afterEach(() => rmSync(dirname(root), { recursive: true }));

function run(folders: Folders): void {
  writeFolders(root, new Map(Object.entries(folders).map(([name, files]) => [name, new Map(Object.entries(files))])));
}

/** Long ago, so that whoever writes the file again is found out. */
const LONG_AGO = new Date("2001-01-01T00:00:00Z");

function foreign(path: string, text = "theirs"): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  utimesSync(join(root, path), LONG_AGO, LONG_AGO);
}

function expectUntouched(path: string, text = "theirs"): void {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
  expect(statSync(join(root, path)).mtime).toEqual(LONG_AGO);
}

/** Every file and folder below the root but the manifest; folders have no text. */
function tree(): Record<string, string | null> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    paths
      .filter((path) => path !== "manifest.json")
      .map((path) => [path, lstatSync(join(root, path)).isFile() ? readFileSync(join(root, path), "utf8") : null]),
  );
}

/** What the next run will take for ours. */
function manifest(): unknown {
  return JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
}

function refusal(folders: Folders): unknown {
  try {
    run(folders);
  } catch (error) {
    return error;
  }
  throw new Error("The folders were written.");
}

const TWO: Folders = { a: { "main.tf.json": "1", "examples/basic/main.tf": "2" }, b: { "main.tf.json": "3" } };
const TWO_WRITTEN = {
  a: null,
  "a/examples": null,
  "a/examples/basic": null,
  "a/examples/basic/main.tf": "2",
  "a/main.tf.json": "1",
  b: null,
  "b/main.tf.json": "3",
};

describe("writeFolders", () => {
  it.each([1, 2])("writes the same files and nothing else at run %d", (runs) => {
    for (let count = 0; count < runs; count++) run(TWO);
    expect(tree()).toEqual(TWO_WRITTEN);
    expect(readFileSync(join(root, "manifest.json"), "utf8")).toBe(
      '[\n  "a/examples/basic/main.tf",\n  "a/main.tf.json",\n  "b/main.tf.json"\n]\n',
    );
  });

  it.each<[string, Folders, Record<string, string | null>]>([
    [
      "text that changed",
      { ...TWO, b: { "main.tf.json": "longer than before" } },
      { ...TWO_WRITTEN, "b/main.tf.json": "longer than before" },
    ],
    [
      "a file, and the folders that it leaves empty",
      { a: { "main.tf.json": "1" }, b: { "main.tf.json": "3" } },
      { a: null, "a/main.tf.json": "1", b: null, "b/main.tf.json": "3" },
    ],
    ["a whole folder", { b: { "main.tf.json": "3" } }, { b: null, "b/main.tf.json": "3" }],
    ["a folder for another one", { c: { new: "4" } }, { c: null, "c/new": "4" }],
  ])("replaces %s", (_what, next, expected) => {
    run(TWO);
    run(next);
    expect(tree()).toEqual(expected);
    expect(manifest()).toEqual(Object.keys(expected).filter((path) => expected[path] !== null));
  });

  it("leaves nothing where there is nothing to write, the root included", () => {
    run(TWO);
    run({});
    expect(existsSync(root)).toBe(false);
  });

  it("makes no folder for nothing", () => {
    writeFolders(join(root, "deeper"), new Map());
    expect(existsSync(root)).toBe(false);
  });
});

describe("files of others", () => {
  const THEIRS = ["theirs.txt", "other/theirs.txt", "a/theirs.txt", "a/examples/basic/theirs.txt"];

  it.each<[string, Folders, object]>([
    ["stay beside ours", TWO, TWO_WRITTEN],
    ["stay where a module goes", { b: { "main.tf.json": "3" } }, { b: null, "b/main.tf.json": "3" }],
    ["stay where all modules go", {}, {}],
  ])("%s", (_what, next, ours) => {
    run(TWO);
    for (const path of THEIRS) foreign(path);
    run(next);
    for (const path of THEIRS) expectUntouched(path);
    const theirs = Object.fromEntries(THEIRS.map((path) => [path, "theirs"]));
    const folders = { other: null, a: null, "a/examples": null, "a/examples/basic": null };
    expect(tree()).toEqual({ ...ours, ...folders, ...theirs });
    expect(existsSync(join(root, "manifest.json"))).toBe(Object.keys(next).length > 0);
  });

  it("are refused by name where ours are to be, and nothing is written", () => {
    run({ b: TWO.b ?? {} });
    foreign("a/main.tf.json");
    mkdirSync(join(root, "a/examples/basic/main.tf"), { recursive: true });
    const before = tree();
    const error = refusal({ ...TWO, b: { "main.tf.json": "new" } });
    expect(error).toBeInstanceOf(ConfigurationError);
    const why = "must not be there: this run would overwrite what no run has written. Move it away.";
    expect((error as Error).message).toBe(
      `${root}: 2 problems\n\n  ${root}/a/main.tf.json\n    ${why}\n\n  ${root}/a/examples/basic/main.tf\n    ${why}`,
    );
    expect(tree()).toEqual(before);
    expect(manifest()).toEqual(["b/main.tf.json"]);
    expectUntouched("a/main.tf.json");
  });

  it("are ours where they say the same: the manifest may have been lost", () => {
    run(TWO);
    rmSync(join(root, "manifest.json"));
    run(TWO);
    expect(tree()).toEqual(TWO_WRITTEN);
    run({ b: { "main.tf.json": "3" } });
    expect(tree()).toEqual({ b: null, "b/main.tf.json": "3" });
  });
});

describe("a run that fails", () => {
  const NEXT: Folders = { a: { "main.tf.json": "new", new: "new" }, b: { "sub/file": "new" }, c: { new: "new" } };

  // A link that leads nowhere is found out late: what comes before it is replaced already when its folder can't be made.
  it.each<[string, () => void, string | null]>([
    ["at a file in the place of a folder", () => foreign("b/sub"), "theirs"],
    ["midway, at a link in the place of a folder", () => symlinkSync("nowhere", join(root, "b/sub")), null],
  ])("%s leaves the former files as they were, and none of its own", (_where, prepare, theirs) => {
    run(TWO);
    prepare();
    expect(() => run(NEXT)).toThrow();
    expect(tree()).toEqual({ ...TWO_WRITTEN, "b/sub": theirs });
    rmSync(join(root, "b/sub"));
    run({ a: { "main.tf.json": "5" } });
    expect(tree()).toEqual({ a: null, "a/main.tf.json": "5" });
  });

  it("claims nothing that it has not written", () => {
    run(TWO);
    symlinkSync("nowhere", join(root, "b/sub"));
    expect(() => run(NEXT)).toThrow();
    rmSync(join(root, "b/sub"));
    foreign("c/new");
    expect(refusal(NEXT)).toBeInstanceOf(ConfigurationError);
    expectUntouched("c/new");
  });
});

describe("the list of our files", () => {
  it("lets go of what has become a folder of somebody", () => {
    run(TWO);
    rmSync(join(root, "a/main.tf.json"));
    foreign("a/main.tf.json/theirs");
    run({ b: { "main.tf.json": "3" } });
    expectUntouched("a/main.tf.json/theirs");
    expect(manifest()).toEqual(["b/main.tf.json"]);
  });

  it.each(["null", "{}", '["../theirs.txt"]', '["/theirs.txt"]', "[1]", "no JSON"])(
    "is none where it says %s",
    (text) => {
      run(TWO);
      foreign("../theirs.txt");
      writeFileSync(join(root, "manifest.json"), text);
      run(TWO);
      expectUntouched("../theirs.txt");
      expect(tree()).toEqual(TWO_WRITTEN);
    },
  );
});
