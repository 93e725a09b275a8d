import { type Command, print, usageOf } from "../app/command";
import { clustersFile } from "../app/environment";
import { catalog } from "../catalog";
import { loadConfiguration } from "../configuration/load";
import type { StackConfiguration } from "../configuration/stacks";
import { ConfigurationError } from "../core/problem";
import { diagram } from "../outputs/diagram";
import { explainStack } from "../outputs/explain";
import { COMMANDS } from "./index";
import { CONFIG, configPath, FORMAT } from "./options";

export const command: Command = {
  name: "explain",
  summary: COMMANDS.explain,
  forms: ["<stack> [feature]", "--diagram"],
  about: `Lists the environment variables, mounts, ports and capabilities that each feature adds. For a feature
that is off, lists what it would add.`,
  operands: ["stack", "feature"],
  options: {
    diagram: { summary: "Print a Mermaid diagram of all stacks" },
    ...CONFIG,
    ...FORMAT,
  },
  appendix: () => stackListOrNothing(),
  run(args, env) {
    const path = configPath(args, env);
    const { stacks } = loadConfiguration(catalog, path);
    const [stack, feature] = args.operands;
    if (stack === undefined && !args.has("diagram")) {
      print(usageOf(command, env) + stackList(stacks));
      return;
    }
    if (stacks.length === 0) {
      const message = "has only `modules`, and explain needs `clusters`. See the README.md of a module instead.";
      throw new ConfigurationError(path, [{ path: [], message }]);
    }
    print(stack === undefined ? diagram(stacks).trimEnd() : explainStack(catalog, stacks, stack, feature));
  },
};

function stackList(stacks: readonly StackConfiguration[]): string {
  if (stacks.length === 0) return "\n\nStacks: none (the configuration has only `modules`)";
  return ["\n\nStacks:", ...stacks.map(({ name }) => `  ${name}`)].join("\n");
}

/** Help works without a valid configuration. */
function stackListOrNothing(): string {
  try {
    return stackList(loadConfiguration(catalog, clustersFile(process.env)).stacks);
  } catch (error) {
    if (error instanceof ConfigurationError) return "";
    throw error;
  }
}
