/**
 * Writes what is derived from the code: the JSON Schema of clusters.yaml, the tables of the README, the interfaces of
 * what people see of the schemas in TypeScript, and the picture of what the clusters.yaml that ships deploys.
 * With `--check` nothing is written; it fails where a file is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadClusters } from "../lib/configuration/load";
import { clusterSchema, clustersFileSchema, daemonSchema, moduleSchema } from "../lib/configuration/schema";
import * as registry from "../lib/features";
import { accessTable } from "../lib/handoff/access-table";
import { checkedJsonSchema, jsonSchema } from "../lib/handoff/json-schema";
import { picture } from "../lib/handoff/picture";
import { daemonOf } from "../lib/handoff/picture/facts";
import { byDefault, featuresTable, fillIn, keysTable } from "../lib/handoff/readme-tables";
import { typescriptInterface } from "../lib/handoff/typescript-interface";
import { hosts } from "../lib/hosts";

const schema = jsonSchema(clustersFileSchema, "Datadog Agents of ECS clusters (clusters.yaml)");
const tables = {
  features: featuresTable(registry, hosts),
  keys: keysTable(clusterSchema),
  access: accessTable(registry, hosts),
};
const featuresByDefault = Object.fromEntries(
  Object.entries(registry).map(([name, feature]) => [`features.${name}`, byDefault(feature, "on where it works")]),
);
const interfaces = [
  "// Written by `npm run generate` from the schemas.\n",
  typescriptInterface(
    "DatadogAgentDaemonProps",
    [
      "Props of {@link DatadogAgentDaemon}: `cluster`, `apiKey`, and the keys of a cluster of clusters.yaml. Strings may",
      "hold tokens and Terraform expressions, except where a value decides what is built. The README's table of features",
      "says what each needs of the host, the site and the launch type.",
    ],
    jsonSchema(daemonSchema),
    featuresByDefault,
  ),
  typescriptInterface(
    "Cluster",
    ["A cluster of clusters.yaml, checked and with defaults in place of what was left out."],
    checkedJsonSchema(clusterSchema),
    featuresByDefault,
  ),
  typescriptInterface(
    "Module",
    ["An entry of `modules` of clusters.yaml, checked and with defaults in place of what was left out."],
    checkedJsonSchema(moduleSchema),
    featuresByDefault,
  ),
];

const files = {
  "clusters.schema.json": `${JSON.stringify(schema, null, 2)}\n`,
  "docs/agent.svg": picture(loadClusters("clusters.yaml").map(daemonOf)),
  "README.md": fillIn(readFileSync("README.md", "utf8"), tables),
  "lib/configuration/interfaces.ts": interfaces.join("\n"),
};
const stale = Object.entries(files).filter(([file, text]) => !existsSync(file) || readFileSync(file, "utf8") !== text);

if (!process.argv.includes("--check")) {
  for (const [file, text] of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
} else if (stale.length > 0) {
  console.error(`Not up to date: ${stale.map(([file]) => file).join(", ")}. Run \`npm run generate\`.`);
  process.exitCode = 1;
}
