import { existsSync } from "node:fs";
import { type Command, print, usageError } from "../app/command";
import { clustersFile } from "../app/environment";
import { CommandError } from "../app/error";
import { writeOutput } from "../app/output";
import { catalog } from "../catalog";
import { loadConfiguration } from "../configuration/load";
import { checkModule, type Module } from "../configuration/modules";
import { ConfigurationError } from "../core/problem";
import { terraformModule } from "../outputs/terraform-module";
import { COMMANDS } from "./index";
import { CONFIG, FORMAT } from "./options";

/** For teams without Node.js: the module needs Terraform only. */
export const command: Command = {
  name: "module",
  summary: COMMANDS.module,
  forms: ["<name>"],
  about: `If the configuration has an entry of this name in \`modules\`, the entry's values become the defaults of
the module's variables. Otherwise, no configuration is needed.`,
  operands: ["name"],
  options: {
    host: { value: "<host>", summary: "linux, amazon-linux-1 or windows, if `modules` has no such entry" },
    out: { value: "<folder>", summary: "Output folder (default: modules/<name>)" },
    ...CONFIG,
    ...FORMAT,
  },
  run(args, env) {
    const [name] = args.operands;
    if (name === undefined) throw usageError(command, env, "missing argument <name>.");
    const module = moduleOf(name, args.value("host"), args.value("config"), clustersFile(env));
    const folder = args.value("out") ?? `modules/${name}`;
    writeOutput(folder, (output) => {
      for (const [path, text] of terraformModule(catalog, module)) output.write(path, text);
    });
    print(`Wrote the module ${name} to ${folder}. Its README.md describes how to use it.`);
  },
};

function moduleOf(name: string, host: string | undefined, config: string | undefined, byDefault: string): Module {
  const path = config ?? byDefault;
  const configured = config !== undefined || existsSync(path) ? loadConfiguration(catalog, path).modules : [];
  const entry = configured.find((module) => module.name === name);
  if (entry !== undefined) {
    if (host === undefined || host === entry.host) return entry;
    throw new CommandError(
      `${path} has the module ${name} for the host ${entry.host}. Remove --host, or choose another name.`,
    );
  }
  const { value, problems } = checkModule(catalog, { name, ...(host !== undefined && { host }) });
  if (problems) throw new ConfigurationError("datadog-agent-ecs module", problems);
  return value;
}
