import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Files that a killed run may leave until the next run, which aren't part of the output. */
const LEFT = /^\.(staged|lock-\d+)/;

/** The content of all files of an output folder, by path. */
export function outputOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((file) => [relative(folder, file), file] as const)
    .filter(([path]) => !LEFT.test(path));
  return Object.fromEntries(files.sort().map(([path, file]) => [path, readFileSync(file, "utf8")]));
}

/** The remains of killed runs. */
export function leftIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => LEFT.test(name));
}
