import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./lib/app/command";
import { command } from "./lib/commands/synth";

const args = process.argv.slice(2);

// `help` is in the parent folder of the bundle.
if (args.includes("--help") || args.includes("-h")) process.stdout.write(readFileSync(join(__dirname, "../help")));
else runCommand(command, args);
