/** Says of a stack of clusters.yaml what its daemons consist of, and why; `npm run explain` says how to use it. */
import { loadClusters } from "../lib/configuration/load";
import { ConfigurationError } from "../lib/core/problem";
import { explainStack, stackNames } from "../lib/explain";

const [stack, feature, ...others] = process.argv.slice(2);

try {
  const clusters = loadClusters(process.env.CLUSTERS_FILE ?? "clusters.yaml");
  if (stack === undefined || stack.startsWith("-") || others.length > 0) {
    console.log(`Usage: npm run explain -- <stack> [feature]

Says what the Agents of a stack consist of, and why: environment, mounts, ports, capabilities and
what else each feature adds. With the name of a feature that is off, what it would add.

Stacks:
${stackNames(clusters)
  .map((name) => `  ${name}`)
  .join("\n")}`);
  } else {
    console.log(explainStack(clusters, stack, feature));
  }
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
