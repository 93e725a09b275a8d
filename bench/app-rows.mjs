// Measures the app, compared with only loading cdktf, which every CDKTF app does.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configuration, inWaves, together } from "./configurations.mjs";
import { cpuTime, peakMemory, reasonOf, run } from "./measure.mjs";

const BARE = 'require("cdktf")';

/** @param root the repository; @param scratch a temporary folder */
export function appRows(root, scratch) {
  const app = (name, yaml, argv = [process.execPath, join(root, "app.cjs")]) => {
    const file = join(scratch, `${name}.yaml`);
    writeFileSync(file, yaml);
    return { argv, cwd: root, env: { CLUSTERS_FILE: file, CDKTF_OUTDIR: join(scratch, name) } };
  };
  const bare = { what: `\`${BARE}\``, command: { argv: [process.execPath, "-e", BARE], cwd: root } };
  const pair = (name, what, goal, command, against = bare) => ({
    name,
    what,
    goal,
    against: against.what,
    unavailable: () => refused(command),
    ours: () => cpuTime(command),
    theirs: () => cpuTime(against.command),
  });

  const one = app("one", configuration(1));
  const thousand = app("1000", configuration(1000));
  const flat = app("flat", configuration(90));
  return [
    pair("one", "1 cluster", 0.9, one),
    pair("validate", "`datadog-agent-ecs validate`, 1 cluster", 0.4, {
      ...one,
      argv: [process.execPath, join(root, "scripts/start.cjs"), "validate"],
    }),
    cliRow(root, scratch, app("cli", configuration(1))),
    pair("stacks", "1,000 clusters, a stack each", 20, thousand),
    pair(
      "one-stack",
      "1,000 clusters in one stack that share roles",
      12,
      app("together", configuration(1000, together)),
    ),
    pair("growth", "3,000 clusters", 3.1, app("3000", configuration(3000)), {
      what: "1,000 clusters",
      command: thousand,
    }),
    {
      name: "memory",
      what: "1,000 clusters, peak memory",
      goal: 256,
      unit: "MiB",
      ours: () => peakMemory(thousand),
    },
    pair("waves", "90 stacks in 9 waves of 10", 1.2, app("waves", configuration(90, inWaves(10))), {
      what: "90 stacks",
      command: flat,
    }),
  ];
}

/** Why the app rejects a configuration. An old version may not have one of its keys. */
async function refused(command) {
  try {
    await run(command);
  } catch (error) {
    return reasonOf(error);
  }
}

/** CDKTF's CLI, compared with the TypeScript loader of its project template. */
function cliRow(root, scratch, { cwd, env }) {
  const synth = (app) => ({
    argv: ["npx", "cdktf", "synth", "--app", app, "--output", env.CDKTF_OUTDIR],
    cwd,
    env,
  });
  const tools = join(scratch, "ts-node");
  const loader = `${join(tools, "node_modules/.bin/ts-node")} main.ts`;
  return {
    name: "cli",
    what: "`npx cdktf synth`, 1 cluster",
    against: "the same with `npx ts-node main.ts`",
    goal: 0.5,
    unavailable: async () => {
      try {
        await run({
          argv: ["npm", "install", "--prefix", tools, "--no-audit", "--no-fund", "ts-node@10.9.2"],
          cwd: scratch,
        });
      } catch {
        return "ts-node can't be installed here";
      }
    },
    ours: () => cpuTime(synth("node app.cjs")),
    theirs: () => cpuTime(synth(loader)),
  };
}
