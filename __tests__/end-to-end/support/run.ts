import { spawn } from "node:child_process";

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Record<string, string>;
  /** Statuses other than 0 that are no failure. */
  readonly accept?: readonly number[];
  readonly signal?: AbortSignal;
}

/** Runs a command to its end and gives back what it printed; fails with that text if its status isn't accepted. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const { cwd, environment, accept = [0], signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", TF_IN_AUTOMATION: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", (error) => (signal?.aborted ? resolve({ status: null, stdout, stderr }) : reject(error)));
    child.once("close", (status) => {
      if (signal?.aborted || (status !== null && accept.includes(status))) resolve({ status, stdout, stderr });
      else reject(new Error(`${[command, ...args].join(" ")}: exit status ${status}\n${stderr || stdout}`));
    });
  });
}
