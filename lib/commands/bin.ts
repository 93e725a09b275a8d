#!/usr/bin/env node
/** The command line of the package: starts a command from one of the files next to this one. */
import { join } from "node:path";
import { describeWord, didYouMean } from "../core/problem";
import { VERSION } from "../version";
import { requireCached } from "../app/compile-cache.cjs";
import { COMMANDS, WITH_CDKTF } from "./index";

const names = Object.keys(COMMANDS);
const width = Math.max(...names.map(({ length }) => length));

const USAGE = `Usage: datadog-agent-ecs <command> [options]

Run the Datadog Agent on every container instance of Amazon ECS clusters, with Terraform.

Commands:
${Object.entries(COMMANDS)
  .map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`)
  .join("\n")}

Options:
  --help     Print this message; after a command, print the command's options
  --version  Print the version
`;

const [name] = process.argv.splice(2, 1);
if (name === undefined || name === "--help" || name === "-h") process.stdout.write(USAGE);
else if (name === "--version") process.stdout.write(`${VERSION}\n`);
else if (Object.hasOwn(COMMANDS, name)) {
  // CDKTF is only loaded if it is needed.
  const file = WITH_CDKTF.includes(name) ? "synth.js" : "commands.js";
  const { run } = requireCached(join(__dirname, file), join(__dirname, "compile-cache")) as {
    run: (name: string) => void;
  };
  run(name);
} else {
  process.stderr.write(`Unknown command ${describeWord(name)}.${didYouMean(name, names)}\n\n${USAGE}`);
  process.exitCode = 2;
}
