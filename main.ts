import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { loadClusters } from "./lib/configuration/load";
import type { Task } from "./lib/core/assemble";
import { ConfigurationError } from "./lib/core/problem";
import { DatadogAgentStack } from "./lib/datadog-agent-stack";
import { awsCliJson } from "./lib/handoff/aws-cli";
import { summaryTable } from "./lib/summary";

function main(): void {
  // Everything is checked before anything is written.
  const clusters = loadClusters(process.env.CLUSTERS_FILE ?? "clusters.yaml");

  const app = new App();
  const stacks = clusters.map((cluster) => ({ cluster, stack: new DatadogAgentStack(app, cluster) }));
  app.synth();

  const resolver = new DefaultTokenResolver(new StringConcat());
  for (const { stack } of stacks) {
    const { workingDirectory } = app.manifest.forStack(stack);
    const task = Tokenization.resolve(stack.daemon.task, { scope: stack, resolver }) as Task;
    writeFileSync(join(app.outdir, workingDirectory, "task-definition.json"), awsCliJson(task));
  }

  const rows = stacks.map(({ cluster, stack }) => ({
    stack: cluster.name,
    cluster: cluster.cluster ?? "",
    host: cluster.host,
    features: stack.daemon.features,
    task: stack.daemon.task,
    variables: stack.variables,
  }));
  console.log(summaryTable(rows));
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
