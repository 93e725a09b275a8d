import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { App, Manifest, DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { ClusterOnHost } from "./lib/configuration/hosts";
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
  const byStack = new Map<string, [ClusterOnHost, ...ClusterOnHost[]]>();
  for (const cluster of clusters) {
    const hosts = byStack.get(cluster.name);
    if (hosts) hosts.push(cluster);
    else byStack.set(cluster.name, [cluster]);
  }
  const stacks = [...byStack.values()].map((hosts) => new DatadogAgentStack(app, ...hosts));
  app.synth();

  const resolver = new DefaultTokenResolver(new StringConcat());
  for (const stack of stacks) {
    const folder = join(app.outdir, app.manifest.forStack(stack).workingDirectory);
    // A host of the last run may be gone.
    for (const file of readdirSync(folder)) if (file.startsWith("task-definition")) rmSync(join(folder, file));
    for (const [index, { cluster, daemon }] of stack.daemons.entries()) {
      const task = Tokenization.resolve(daemon.task, { scope: stack, resolver }) as Task;
      const file = index === 0 ? "task-definition.json" : `task-definition-${cluster.host}.json`;
      writeFileSync(join(folder, file), awsCliJson(task));
    }
  }

  const folders = stackFolders(outdir);
  const gone = formerStacks.filter((folder) => !folders.includes(folder));
  for (const folder of gone) rmSync(join(outdir, folder), { recursive: true, force: true });

  const rows = stacks.flatMap(({ daemons, variables }) =>
    daemons.map(({ cluster: { name, cluster = "", host }, daemon: { features, task } }) => ({
      stack: name,
      cluster,
      host,
      features,
      task,
      variables,
    })),
  );
  console.log(summaryTable(rows));
  for (const { node, notices } of stacks) {
    for (const notice of notices) console.warn(`\nWarning, ${node.id}: ${notice}`);
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
