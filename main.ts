import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { App, Manifest, DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { ClusterOnHost } from "./lib/configuration/hosts";
import { loadConfiguration } from "./lib/configuration/load";
import { stackOf } from "./lib/configuration/stacks";
import type { Task } from "./lib/core/assemble";
import { ConfigurationError } from "./lib/core/problem";
import { DatadogAgentStack } from "./lib/datadog-agent-stack";
import { awsCliJson } from "./lib/handoff/aws-cli";
import { terraformModule } from "./lib/handoff/terraform-module";
import { writeFolders } from "./lib/handoff/write-folders";
import { progressLine } from "./lib/progress";
import { summaryTable } from "./lib/summary";

/**
 * CDKTF resolves every stack a first time to find references from one to another. What comes from a file has none; that
 * is a fifth of a large run.
 */
class ClustersStack extends DatadogAgentStack {
  override prepareStack(): void {}
}

function main(): void {
  // Everything is checked before anything is written.
  const { clusters, modules } = loadConfiguration(process.env.CLUSTERS_FILE ?? "clusters.yaml");

  const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
  mkdirSync(outdir, { recursive: true });
  const formerStacks = stackFolders(outdir);
  const moduleFiles = modules.map((module) => [module.name, terraformModule(module)] as const);
  writeFolders(join(outdir, "modules"), new Map(moduleFiles));

  // Stack traces would bring the machine's paths into the output.
  const app = new App({ outdir, stackTraces: false });
  const byStack = new Map<string, [ClusterOnHost, ...ClusterOnHost[]]>();
  for (const cluster of clusters) {
    const sharing = byStack.get(stackOf(cluster));
    if (sharing) sharing.push(cluster);
    else byStack.set(stackOf(cluster), [cluster]);
  }
  const stackOfName = new Map<string, DatadogAgentStack>();
  const progress = progressLine(process.stderr);
  const stacks = [...byStack.values()].map((sharing, index) => {
    progress("Stacks created", index, byStack.size);
    const stack = new ClustersStack(app, ...sharing);
    for (const { name } of sharing) stackOfName.set(name, stack);
    return stack;
  });
  for (const [stack, sharing] of [...byStack.values()].entries()) {
    const names = sharing.flatMap(({ dependsOn = [] }) => dependsOn);
    stacks[stack]?.deployAfter([...new Set(names.flatMap((name) => stackOfName.get(name) ?? []))]);
  }
  app.synth();

  const resolver = new DefaultTokenResolver(new StringConcat());
  for (const [index, stack] of stacks.entries()) {
    progress("Task definitions written", index, stacks.length);
    const folder = join(app.outdir, app.manifest.forStack(stack).workingDirectory);
    const stale = new Set(readdirSync(folder).filter((file) => file.startsWith("task-definition")));
    const first = new Set<string>();
    for (const { cluster, daemon } of stack.daemons) {
      const task = Tokenization.resolve(daemon.task, { scope: stack, resolver }) as Task;
      const parts = [
        "task-definition",
        ...(cluster.stack === undefined ? [] : [cluster.name]),
        ...(first.has(cluster.name) ? [cluster.host] : []),
      ];
      first.add(cluster.name);
      const file = `${parts.join("-")}.json`;
      writeFileSync(join(folder, file), awsCliJson(task));
      stale.delete(file);
    }
    // A cluster or a host of the last run may be gone.
    for (const file of stale) rmSync(join(folder, file));
  }

  progress();

  const folders = stackFolders(outdir);
  const gone = formerStacks.filter((folder) => !folders.includes(folder));
  // The CDKTF CLI, which sets this, removes them itself, and fails where they are gone already.
  if (process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS === undefined) {
    for (const folder of gone) rmSync(join(outdir, folder), { recursive: true, force: true });
  }

  const rows = stacks.flatMap(({ daemons, variables }) =>
    daemons.map(({ cluster: { name, stack = name, cluster = "", host }, daemon: { features, task } }) => ({
      stack,
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
