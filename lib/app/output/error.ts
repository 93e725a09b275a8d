import { join, sep } from "node:path";
import { CommandError } from "../error";
import { isInterrupted } from "./journal";
import { NEXT, WORK } from "./layout";

/** The system's own text for these codes would describe an internal step. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: "it, or a parent of it, isn't a folder",
  ENOTDIR: "it, or a parent of it, isn't a folder",
};

/** Turns a file system error into a one-line CommandError; returns any other error unchanged. */
export function outputError(outdir: string, error: unknown): unknown {
  const { syscall, code = "", message, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  // "ENOSPC: no space left on device, write"
  const reason = REASONS[code] ?? /^\w+: ([^,]*)/.exec(message)?.[1] ?? message;
  const state = isInterrupted(outdir)
    ? "The output is incomplete. The next run repairs it."
    : "The previous output is unchanged.";
  return new CommandError(
    `Can't write ${outputPath(outdir, path)}: ${reason}. Fix this, or set CDKTF_OUTDIR to another folder. ${state}`,
  );
}

/** The path in the output of a file in the staging folder, which users don't know. */
function outputPath(outdir: string, path = outdir): string {
  const target = path.replace(join(outdir, NEXT) + sep, outdir + sep);
  return [join(outdir, WORK), join(outdir, ".lock-")].some((own) => target.startsWith(own)) ? outdir : target;
}
