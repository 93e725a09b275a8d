import { spawn } from "node:child_process";

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Record<string, string>;
  /** Exit statuses that are not a failure. */
  readonly accept?: readonly number[];
  readonly signal?: AbortSignal;
  /** The standard input of the command. */
  readonly input?: string;
}

/** Runs a command and returns its output. Fails with the output if the exit status isn't accepted. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const { cwd, environment, accept = [0], signal, input } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", TF_IN_AUTOMATION: "1", ...environment },
      stdio: ["pipe", "pipe", "pipe"],
      // A separate process group, so that Terraform's provider processes are killed as well.
      detached: signal !== undefined,
    });
    const kill = () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    signal?.addEventListener("abort", kill);
    child.once("exit", () => signal?.removeEventListener("abort", kill));
    child.stdin.end(input);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (status) => {
      if (signal?.aborted || (status !== null && accept.includes(status))) resolve({ status, stdout, stderr });
      else reject(new Error(`${[command, ...args].join(" ")}: exit status ${status}\n${stderr || stdout}`));
    });
  });
}
