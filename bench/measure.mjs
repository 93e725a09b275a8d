// Measures commands.
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";

/** CPU time of a command and its children in milliseconds. Uses bash's `time`, because Node.js doesn't measure it. */
export async function cpuTime(command) {
  const text = await run({
    ...command,
    argv: ["bash", "-c", 'TIMEFORMAT="%3U %3S"; time "$@"', "bash", ...command.argv],
  });
  const [user, system] = text.trim().split("\n").at(-1).split(" ").map(Number);
  return (user + system) * 1000;
}

/** Peak memory of a Node.js process in MiB. */
export async function peakMemory(command) {
  const [node, ...args] = command.argv;
  const report = 'process.on("exit", () => console.error(`\\n${process.resourceUsage().maxRSS}`))';
  const text = await run({ ...command, argv: [node, "--import", `data:text/javascript,${report}`, ...args] });
  return Number(text.trim().split("\n").at(-1)) / 1024;
}

/** Runs a command and returns its standard error. Rejects with that text if the command fails. */
export function run({ argv: [file, ...args], cwd = tmpdir(), env = {} }) {
  // Loading custom certificates takes a tenth of a second in every Node.js process.
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...environment } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...environment, CHECKPOINT_DISABLE: "1", CI: "1", ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let text = "";
    child.stderr.on("data", (chunk) => (text += chunk));
    child.once("error", reject);
    child.once("close", (status) =>
      status === 0 ? resolve(text) : reject(new Error(`${file} ${args.at(-1)}: exit status ${status}\n${text}`)),
    );
  });
}

/** The first error message of a failed command. */
export function reasonOf({ message }) {
  const problem = message.split("\n").find((text) => /must|Error/.test(text)) ?? message;
  return problem.trim().split(". ")[0];
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
