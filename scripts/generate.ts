/**
 * Writes the files that are generated from the code: the JSON Schema of clusters.yaml, the tables in docs, the README's
 * diagram, and the TypeScript interfaces of the schemas. With `--check`, writes nothing and fails if a file isn't up to
 * date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, printError, runCommand } from "../lib/app/command";
import { catalog } from "../lib/catalog";
import { loadConfiguration } from "../lib/configuration/load";
import { accessTable } from "../lib/documentation/access-table";
import { checkedJsonSchema, jsonSchema } from "../lib/documentation/json-schema";
import { byDefault, featuresTable, fillIn, hostDefaults, keysTable } from "../lib/documentation/readme-tables";
import { settingsTable } from "../lib/documentation/settings-table";
import { diagram } from "../lib/outputs/diagram";
import { explainStack } from "../lib/outputs/explain";
import { typescriptInterfaces } from "../lib/documentation/typescript-interface";

/** The content of each generated file, by path. */
function generated(): Readonly<Record<string, string>> {
  const { features, hosts, schemas, settings } = catalog;
  const schema = jsonSchema(schemas.file, "Datadog Agents of ECS clusters (clusters.yaml)");
  const fallbacks = {
    ...hostDefaults(catalog),
    ...Object.fromEntries(
      Object.entries(features).map(([name, feature]) => [
        `features.${name}`,
        byDefault(feature, "on where it is supported"),
      ]),
    ),
  };
  const { stacks } = loadConfiguration(catalog, "clusters.yaml");
  const explained = explainStack(catalog, stacks, "datadog-agent", "logs");
  const asBlock = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  /** The generated parts of each file, by the name of their markers. */
  const tables = {
    "README.md": {
      diagram: asBlock("mermaid", diagram(stacks)),
    },
    "docs/configuration.md": {
      explain: asBlock("text", explained.slice(explained.indexOf("  logs:"))),
      features: featuresTable(features, hosts),
      keys: keysTable(schemas.cluster, fallbacks),
    },
    "docs/security.md": { access: accessTable(features, hosts) },
    "docs/settings.md": { settings: settingsTable(settings) },
  };
  const interfaces = typescriptInterfaces(
    [
      {
        name: "DatadogAgentDaemonProps",
        summary: [
          "Props of {@link DatadogAgentDaemon}: `cluster`, `apiKey`, and the keys of a cluster of clusters.yaml. Strings may",
          "contain tokens and Terraform expressions, unless the value determines which resources are created. The table of",
          "features in docs/configuration.md lists the host, site and launch type that each feature requires.",
        ],
        schema: jsonSchema(schemas.daemon),
      },
      {
        name: "Cluster",
        summary: ["A checked cluster of clusters.yaml, with defaults."],
        schema: checkedJsonSchema(schemas.cluster),
        qualifier: "Checked",
      },
      {
        name: "Settings",
        summary: ["The checked settings that clusters.yaml, the construct and a module share, with defaults."],
        schema: checkedJsonSchema(schemas.settings.strict()),
        qualifier: "Checked",
      },
      {
        name: "Module",
        summary: ["A checked entry of `modules` of clusters.yaml, with defaults."],
        schema: checkedJsonSchema(schemas.module),
        qualifier: "Checked",
      },
    ],
    fallbacks,
  );

  return {
    "clusters.schema.json": `${JSON.stringify(schema, null, 2)}\n`,
    ...Object.fromEntries(
      Object.entries(tables).map(([file, ofFile]) => [file, fillIn(readFileSync(file, "utf8"), ofFile)]),
    ),
    "lib/configuration/interfaces.ts": `// Written by \`npm run generate\` from the schemas.\n\n${interfaces}`,
  };
}

const generate: Command = {
  name: "generate",
  summary: "Write the generated files",
  forms: ["[--check]"],
  about: `Writes clusters.schema.json, the tables in docs, the diagram in README.md, and
lib/configuration/interfaces.ts.`,
  options: { check: { summary: "Write nothing, and fail if a file isn't up to date" } },
  run(args) {
    const stale = Object.entries(generated()).filter(
      ([file, text]) => !existsSync(file) || readFileSync(file, "utf8") !== text,
    );
    if (!args.has("check")) {
      for (const [file, text] of stale) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    } else if (stale.length > 0) {
      printError(`Files that aren't up to date: ${stale.map(([file]) => file).join(", ")}. Run \`npm run generate\`.`);
      process.exitCode = 1;
    }
  },
};

runCommand(generate, process.argv.slice(2));
