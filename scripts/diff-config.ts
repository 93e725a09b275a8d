/**
 * Prints the clusters.yaml that reproduces the task definition of a file, and in what it differs.
 * `-` is the standard input.
 */
import { readFileSync } from "node:fs";
import { ConfigurationError } from "../lib/core/problem";
import { diffConfig } from "../lib/diff-config";

/** Its number; asking `process.stdin` for it would make it one that can't be waited for. */
const STANDARD_INPUT = 0;

const USAGE = `Usage: npm run diff-config -- <file>

  <file>  what \`aws ecs describe-task-definition --output json\` prints, or a file for
          \`aws ecs register-task-definition --cli-input-json\`; - reads the standard input`;

function main(files: readonly string[]): void {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(USAGE);
  const name = file === "-" ? "standard input" : file;
  process.stdout.write(diffConfig(read(file, name), name));
}

function read(file: string, name: string): string {
  try {
    return readFileSync(file === "-" ? STANDARD_INPUT : file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it can't be read";
    throw new ConfigurationError(name, [{ path: [], message: `must be a readable file, but ${reason}.` }]);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
