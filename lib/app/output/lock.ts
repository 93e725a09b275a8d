import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../error";

const LOCK = /^\.lock-(\d+)$/;
const TIMEOUT_MILLISECONDS = 60_000;

/**
 * Runs an action while no other run writes to the folder. A lock is a folder named after its process ID: creating it is
 * atomic, and the lock of a killed process is ignored. Two runs that lock at the same time both release and retry.
 * @throws CommandError if another run doesn't end within the timeout
 */
export function locked<T>(outdir: string, action: () => T, timeoutMilliseconds = TIMEOUT_MILLISECONDS): T {
  const own = lockOf(outdir, process.pid);
  const deadline = performance.now() + timeoutMilliseconds;
  for (;;) {
    mkdirSync(own, { recursive: true });
    const others = readdirSync(outdir).flatMap((name) => LOCK.exec(name)?.slice(1).map(Number) ?? []);
    const running = others.find(isRunning);
    if (running === undefined) {
      for (const pid of others) if (pid !== process.pid) rmSync(lockOf(outdir, pid), { recursive: true, force: true });
      break;
    }
    rmSync(own, { recursive: true, force: true });
    if (performance.now() > deadline) {
      throw new CommandError(
        `Another run (process ${running}) is writing to ${outdir}. Wait for it to end, ` +
          `or remove ${lockOf(outdir, running)} if that process isn't a run of this command.`,
      );
    }
    wait(10 + Math.random() * 40);
  }
  try {
    return action();
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function lockOf(outdir: string, pid: number): string {
  return join(outdir, `.lock-${pid}`);
}

/** A lock with this process's ID is stale: in containers, process IDs start at 1 again. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
