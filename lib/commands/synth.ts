import { type Command, print, printError } from "../app/command";
import { readEnvironment } from "../app/environment";
import { nextSteps } from "../app/next-steps";
import { orphanedStateWarnings } from "../app/orphaned-states";
import { finishInterruptedRun, writeOutput } from "../app/output";
import { stackNames } from "../app/output/file-list";
import { progressLine } from "../app/progress";
import { notices, table } from "../app/report";
import { catalog } from "../catalog";
import { loadConfiguration } from "../configuration/load";
import { synthesizeStacks } from "../constructs/clusters-app";
import { terraformModule } from "../outputs/terraform-module";
import { COMMANDS } from "./index";
import { CONFIG, configPath, FORMAT } from "./options";

export const command: Command = {
  name: "synth",
  summary: COMMANDS.synth,
  forms: [""],
  options: {
    ...CONFIG,
    out: { value: "<folder>", summary: "Output folder (default: $CDKTF_OUTDIR or cdktf.out)" },
    ...FORMAT,
  },
  run(args, env) {
    const { outdir: byDefault, isCdktfCli } = readEnvironment(env);
    const outdir = args.value("out") ?? byDefault;
    const previous = stackNames(outdir);
    finishInterruptedRun(outdir);
    // Everything is checked before anything is written.
    const { stacks: configured, modules } = loadConfiguration(catalog, configPath(args, env));

    const progress = progressLine(process.stderr);
    const stacks = writeOutput(
      outdir,
      (output) => {
        for (const module of modules) {
          for (const [path, text] of terraformModule(catalog, module))
            output.write(`modules/${module.name}/${path}`, text);
        }
        return synthesizeStacks(configured, output, progress);
      },
      (folder) => isCdktfCli && folder.startsWith("stacks/"),
    );
    progress();

    // The CDKTF CLI prints its own next steps.
    const next = isCdktfCli ? [] : [nextSteps(outdir, stacks, modules)];
    print([...(stacks.length > 0 ? [table(stacks)] : []), ...next].join("\n\n"));
    const names = new Set(stacks.map(({ node }) => node.id));
    const removed = previous.filter((name) => !names.has(name));
    for (const text of [...notices(stacks), ...orphanedStateWarnings(outdir, removed)]) printError(`\n${text}`);
  },
};
