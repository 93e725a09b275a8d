import { type Command, formatOf, print } from "../app/command";
import { catalog } from "../catalog";
import { loadConfiguration } from "../configuration/load";
import { COMMANDS } from "./index";
import { CONFIG, configPath, FORMAT } from "./options";

/** Runs without CDKTF, so that it is fast enough for editors and Git hooks. */
export const command: Command = {
  name: "validate",
  summary: COMMANDS.validate,
  forms: [""],
  options: { ...CONFIG, ...FORMAT },
  run(args, env) {
    const path = configPath(args, env);
    const { stacks, modules } = loadConfiguration(catalog, path);
    if (formatOf(args) === "json") {
      print(JSON.stringify({ problems: [] }, null, 2));
      return;
    }
    const daemons = stacks.flatMap(({ clusters }) => clusters.flatMap(({ onHosts }) => onHosts));
    const counts = [
      counted(stacks.length, "stack"),
      counted(daemons.length, "daemon service"),
      ...(modules.length > 0 ? [counted(modules.length, "module")] : []),
    ];
    print(`${path} is valid: ${counts.join(", ")}.`);
  },
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
