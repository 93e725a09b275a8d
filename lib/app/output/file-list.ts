import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { FILE_LIST, MANIFEST } from "./layout";

/** The files that earlier runs wrote, as paths relative to the output folder. */
export function writtenFiles(outdir: string): ReadonlySet<string> {
  return new Set([FILE_LIST, ...(readPaths(outdir, FILE_LIST) ?? filesInManifest(outdir))]);
}

export function fileListText(paths: Iterable<string>): string {
  return `${JSON.stringify([...paths].sort(), null, 2)}\n`;
}

/** The names of the stacks that the last run wrote. */
export function stackNames(outdir: string): readonly string[] {
  return Object.keys(readStacks(outdir));
}

/** The files of an output without a file list: another CDKTF app or an old version of this package wrote it. */
function filesInManifest(outdir: string): readonly string[] {
  const stacks = Object.values(readStacks(outdir));
  if (stacks.length === 0) return [];
  const ofStacks = stacks.flatMap(({ synthesizedStackPath, workingDirectory }) => [
    synthesizedStackPath,
    ...entriesOf(join(outdir, workingDirectory))
      .filter((file) => /^task-definition.*\.json$/.test(file))
      .map((file) => `${workingDirectory}/${file}`),
  ]);
  const modules = readPaths(outdir, `modules/${MANIFEST}`)?.map((path) => `modules/${path}`);
  return [MANIFEST, ...ofStacks, ...(modules ? [`modules/${MANIFEST}`, ...modules] : [])];
}

interface Stack {
  readonly synthesizedStackPath: string;
  readonly workingDirectory: string;
}

/** Empty if the file isn't a CDKTF manifest. */
function readStacks(outdir: string): Readonly<Record<string, Stack>> {
  const { stacks } = (readJson(join(outdir, MANIFEST)) ?? {}) as { readonly stacks?: unknown };
  if (typeof stacks !== "object" || stacks === null) return {};
  const isOurs = (stack: Partial<Stack> | null) =>
    [stack?.synthesizedStackPath, stack?.workingDirectory].every(isInside);
  return Object.values(stacks).every(isOurs) ? (stacks as Record<string, Stack>) : {};
}

/** Undefined if the file isn't a list of paths inside the output folder. */
function readPaths(outdir: string, file: string): readonly string[] | undefined {
  const paths = readJson(join(outdir, file));
  return Array.isArray(paths) && paths.every(isInside) ? paths : undefined;
}

function isInside(path: unknown): path is string {
  return typeof path === "string" && path !== "" && !isAbsolute(path) && !path.split(/[/\\]/).includes("..");
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
