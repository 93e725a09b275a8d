import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { App, Manifest, DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { loadClusters } from "./lib/configuration/load";
import type { Task } from "./lib/core/assemble";
import { ConfigurationError } from "./lib/core/problem";
import { DatadogAgentStack } from "./lib/datadog-agent-stack";
import { awsCliJson } from "./lib/handoff/aws-cli";
import { summaryTable } from "./lib/summary";

function main(): void {
  // Everything is checked before anything is written.
  const clusters = loadClusters(process.env.CLUSTERS_FILE ?? "clusters.yaml");

  const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
  mkdirSync(outdir, { recursive: true });
  const formerStacks = stackFolders(outdir);

  // Stack traces would bring the machine's paths into the output.
  const app = new App({ outdir, stackTraces: false });
  const stacks = clusters.map((cluster) => ({ cluster, stack: new DatadogAgentStack(app, cluster) }));
  app.synth();

  const resolver = new DefaultTokenResolver(new StringConcat());
  for (const { stack } of stacks) {
    const { workingDirectory } = app.manifest.forStack(stack);
    const task = Tokenization.resolve(stack.daemon.task, { scope: stack, resolver }) as Task;
    writeFileSync(join(app.outdir, workingDirectory, "task-definition.json"), awsCliJson(task));
  }

  const folders = stackFolders(outdir);
  const gone = formerStacks.filter((folder) => !folders.includes(folder));
  for (const folder of gone) rmSync(join(outdir, folder), { recursive: true, force: true });

  const rows = stacks.map(({ cluster, stack }) => ({
    stack: cluster.name,
    cluster: cluster.cluster ?? "",
    host: cluster.host,
    features: stack.daemon.features,
    task: stack.daemon.task,
    variables: stack.variables,
  }));
  console.log(summaryTable(rows));
  for (const { cluster, stack } of stacks) {
    for (const notice of stack.daemon.notices) console.warn(`\nWarning, ${cluster.name}: ${notice}`);
  }
  for (const state of gone.map((folder) => `terraform.${basename(folder)}.tfstate`)) {
    if (!existsSync(join(outdir, "..", state))) continue;
    console.warn(
      `\nWarning: ${state} is the state of a stack that is gone. If it was renamed, rename the file like it. ` +
        "If it was removed, bring it back, and let `npx cdktf destroy` remove what it has deployed.",
    );
  }
}

/** The folders of the stacks of the last run, as its manifest names them. */
function stackFolders(outdir: string): string[] {
  try {
    const { stacks } = JSON.parse(readFileSync(join(outdir, Manifest.fileName), "utf8")) as Manifest;
    return Object.values(stacks).map(({ workingDirectory }) => workingDirectory);
  } catch {
    return [];
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
