import { mkdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { outputError } from "./error";
import { commit, isInterrupted, recover, removeEmpty } from "./journal";
import { WORK } from "./layout";
import { locked } from "./lock";
import { Staging } from "./staging";

/**
 * Writes an output folder atomically: all files or none, even if the process is killed. Unchanged files aren't touched,
 * files that the previous run wrote and this run doesn't are deleted, and other files stay.
 *
 * New files are first written to a staging folder inside the output folder and then renamed into place. A journal
 * lists the renames; if the process is killed, the next run finishes them.
 * @param build writes the files
 * @param keeps whether a folder stays when it becomes empty
 * @throws CommandError if the folder can't be written
 * @throws ConfigurationError if a file that this package didn't write would be overwritten
 */
export function writeOutput<T>(
  outdir: string,
  build: (output: Pick<Staging, "write" | "scratch">) => T,
  keeps: (folder: string) => boolean = () => false,
): T {
  return withOutputErrors(outdir, () => {
    const created = mkdirSync(outdir, { recursive: true });
    try {
      return locked(outdir, () => {
        recover(outdir);
        try {
          const staging = new Staging(outdir);
          const result = build(staging);
          commit(outdir, staging.journal(keeps));
          return result;
        } finally {
          if (!isInterrupted(outdir)) rmSync(join(outdir, WORK), { recursive: true, force: true });
        }
      });
    } catch (error) {
      if (created !== undefined) removeEmpty(dirname(created), relative(dirname(created), outdir));
      throw error;
    }
  });
}

/**
 * Finishes the renames of a run that was killed. Does nothing if there is no such run.
 * @throws CommandError if the folder can't be written
 */
export function finishInterruptedRun(outdir: string): void {
  if (isInterrupted(outdir)) withOutputErrors(outdir, () => locked(outdir, () => recover(outdir)));
}

function withOutputErrors<T>(outdir: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw outputError(outdir, error);
  }
}
