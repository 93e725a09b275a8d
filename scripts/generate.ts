/**
 * Writes what is derived from the code: the JSON Schema of clusters.yaml, the tables of the README, and the picture of
 * what the clusters.yaml that ships deploys.
 * With `--check` nothing is written; it fails where a file is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadClusters } from "../lib/configuration/load";
import { clusterSchema, clustersFileSchema } from "../lib/configuration/schema";
import * as registry from "../lib/features";
import { accessTable } from "../lib/handoff/access-table";
import { jsonSchema } from "../lib/handoff/json-schema";
import { picture } from "../lib/handoff/picture";
import { daemonOf } from "../lib/handoff/picture-facts";
import { featuresTable, fillIn, keysTable } from "../lib/handoff/readme-tables";
import { hosts } from "../lib/hosts";

const schema = jsonSchema(clustersFileSchema, "Datadog Agents of ECS clusters (clusters.yaml)");
const tables = {
  features: featuresTable(registry, hosts),
  keys: keysTable(clusterSchema),
  access: accessTable(registry, hosts),
};

const files = {
  "clusters.schema.json": `${JSON.stringify(schema, null, 2)}\n`,
  "docs/agent.svg": picture(loadClusters("clusters.yaml").map(daemonOf)),
  "README.md": fillIn(readFileSync("README.md", "utf8"), tables),
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
