import type { Arguments } from "../app/arguments";
import type { Option } from "../app/command";
import { clustersFile } from "../app/environment";

/** Options that several commands share. */
export const CONFIG: Readonly<Record<string, Option>> = {
  config: { value: "<path>", summary: "Configuration file or folder (default: $CLUSTERS_FILE or clusters.yaml)" },
};
export const FORMAT: Readonly<Record<string, Option>> = {
  format: { value: "<format>", summary: "Format of problems: text, json (with codes), or github (annotations)" },
  json: { summary: "Same as --format json" },
};

/** The path of the configuration. */
export function configPath(args: Arguments, env: NodeJS.ProcessEnv): string {
  return args.value("config") ?? clustersFile(env);
}
