import { existsSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JOURNAL, UNDO, WORK } from "./layout";

/** A rename. All paths are relative to the output folder. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** A second name of the file that is replaced. */
  readonly backup?: string;
}

/** The changes that turn the previous output into the next. */
export interface Journal {
  readonly moves: readonly Move[];
  /** Folders to remove if they are empty, with their empty parents. */
  readonly emptied: readonly string[];
}

/** Applies a journal: all renames, or none if one fails. If the process is killed, the next run finishes the journal. */
export function commit(outdir: string, journal: Journal): void {
  if (journal.moves.length === 0) return;
  const file = join(outdir, JOURNAL);
  writeFileSync(`${file}.new`, JSON.stringify(journal));
  renameSync(`${file}.new`, file);
  finish(outdir, journal);
}

/** Finishes the journal of a killed run and removes its staging folder. */
export function recover(outdir: string): void {
  if (existsSync(join(outdir, UNDO))) undo(outdir, readJournal(outdir, UNDO));
  else if (existsSync(join(outdir, JOURNAL))) finish(outdir, readJournal(outdir, JOURNAL));
  rmSync(join(outdir, WORK), { recursive: true, force: true });
}

/** Whether a killed run left a journal to finish. */
export function isInterrupted(outdir: string): boolean {
  return existsSync(join(outdir, JOURNAL)) || existsSync(join(outdir, UNDO));
}

function readJournal(outdir: string, file: string): Journal {
  return JSON.parse(readFileSync(join(outdir, file), "utf8")) as Journal;
}

/** Skips renames that are done: their source no longer exists. */
function finish(outdir: string, journal: Journal): void {
  try {
    for (const { from, to } of journal.moves) {
      if (existsSync(join(outdir, from))) renameSync(join(outdir, from), join(outdir, to));
    }
  } catch (error) {
    renameSync(join(outdir, JOURNAL), join(outdir, UNDO));
    undo(outdir, journal);
    throw error;
  }
  for (const folder of journal.emptied) removeEmpty(outdir, folder);
  rmSync(join(outdir, JOURNAL));
}

function undo(outdir: string, { moves }: Journal): void {
  for (const { from, to, backup } of [...moves].reverse()) {
    // The source still exists, so it hasn't been renamed.
    if (existsSync(join(outdir, from))) continue;
    const [source, target] = backup === undefined ? [to, from] : [backup, to];
    if (existsSync(join(outdir, source))) renameSync(join(outdir, source), join(outdir, target));
  }
  rmSync(join(outdir, UNDO));
}

/** Removes a folder and its parents, as far as they are empty. */
export function removeEmpty(root: string, folder: string): void {
  if (folder === ".") return;
  try {
    rmdirSync(join(root, folder));
  } catch {
    return;
  }
  removeEmpty(root, dirname(folder));
}
