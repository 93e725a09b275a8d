import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { ConfigurationError } from "../core/problem";

/** The paths that the last run wrote: they tell our files from those of others. */
const MANIFEST = "manifest.json";

/** Where new files wait until all of them are written. */
const STAGED = ".staged";

/**
 * Writes folders below a root, all of them or nothing: every file is staged first and then takes its place by a rename;
 * if one can't, those before it get their former text back. Files that the last run wrote and this one doesn't are
 * removed. Other files are left alone.
 * @param folders the texts by folder, and by path in the folder
 * @throws ConfigurationError where files that are not ours stand in the way
 */
export function writeFolders(root: string, folders: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
  const texts = new Map(
    [...folders].flatMap(([folder, files]) => [...files].map(([path, text]) => [`${folder}/${path}`, text])),
  );
  if (texts.size === 0 && !existsSync(root)) return;
  const former = readManifest(root);
  refuseForeign(root, texts, former);

  const stale = former.filter((path) => !texts.has(path));
  const staged = join(root, STAGED);
  try {
    for (const [path, text] of texts) write(join(staged, path), text);
    // Until all is done both the former files and the new ones are ours.
    writeManifest(root, [...new Set([...former, ...texts.keys()])]);
    try {
      replaceAll(root, staged, [...texts.keys()]);
    } catch (error) {
      writeManifest(root, former);
      throw error;
    }
    for (const path of stale) if (entryAt(root, path)?.isFile()) rmSync(join(root, path));
    writeManifest(root, [...texts.keys()]);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  for (const path of stale) removeEmpty(root, dirname(path));
  if (texts.size === 0) {
    rmSync(join(root, MANIFEST));
    removeEmpty(root, ".");
  }
}

/** What isn't a list of paths below the root is no manifest of ours. */
function readManifest(root: string): readonly string[] {
  try {
    const paths = JSON.parse(readFileSync(join(root, MANIFEST), "utf8")) as unknown;
    const isOurs = (path: unknown) => typeof path === "string" && !isAbsolute(path) && !path.split("/").includes("..");
    return Array.isArray(paths) && paths.every(isOurs) ? (paths as string[]) : [];
  } catch {
    return [];
  }
}

function writeManifest(root: string, paths: readonly string[]): void {
  const staged = join(root, STAGED, MANIFEST);
  write(staged, `${JSON.stringify([...paths].sort(), null, 2)}\n`);
  renameSync(staged, join(root, MANIFEST));
}

/** A file that says what ours would is as good as ours: the manifest may have been lost. */
function refuseForeign(root: string, texts: ReadonlyMap<string, string>, former: readonly string[]): void {
  const inTheWay = new Set<string>();
  for (const [path, text] of texts) {
    const parents = path
      .split("/")
      .slice(0, -1)
      .map((_, index, names) => names.slice(0, index + 1).join("/"));
    const blocked = parents.find((parent) => isFile(join(root, parent)));
    const entry = blocked === undefined ? entryAt(root, path) : undefined;
    if (blocked !== undefined) inTheWay.add(blocked);
    else if (entry && !(entry.isFile() && (former.includes(path) || readFileSync(join(root, path), "utf8") === text))) {
      inTheWay.add(path);
    }
  }
  if (inTheWay.size === 0) return;
  throw new ConfigurationError(
    root,
    [...inTheWay].map((path) => ({
      path: [path],
      message: "must not be there: this run would overwrite what no run has written. Move it away.",
    })),
    ({ path }) => join(root, String(path[0])),
  );
}

/** Links are followed: a folder of ours may be elsewhere. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

/** What stands at a path, links not followed. */
function entryAt(root: string, path: string): Stats | undefined {
  return lstatSync(join(root, path), { throwIfNoEntry: false });
}

function replaceAll(root: string, staged: string, paths: readonly string[]): void {
  const replaced = new Map<string, Buffer | undefined>();
  try {
    for (const path of paths) {
      const target = join(root, path);
      replaced.set(target, existsSync(target) ? readFileSync(target) : undefined);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(staged, path), target);
    }
  } catch (error) {
    for (const [target, text] of replaced) {
      if (text === undefined) rmSync(target, { force: true });
      else writeFileSync(target, text);
    }
    throw error;
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Removes a folder of ours, and those around it, as far as nothing else is in them. */
function removeEmpty(root: string, folder: string): void {
  try {
    rmdirSync(join(root, folder));
  } catch {
    return;
  }
  if (folder !== ".") removeEmpty(root, dirname(folder));
}
