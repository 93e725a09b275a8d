import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { agentTask } from "../agent-task";
import { ConfigurationError, formatPath, type Path, type Problem } from "../core/problem";
import { apiKeySource } from "./api-key";
import { check, type Checked, checkShape } from "./check";
import { rememberTask } from "./checked-task";
import { mergeDefaults } from "./defaults";
import { nameProblems, serviceProblems } from "./duplicates";
import { type ClusterOnHost, hostsProblems, perHost } from "./hosts";
import { checkModule } from "./modules";
import { type Cluster, clusterSchema, clustersFileSchema, type Module } from "./schema";
import { stackProblems } from "./stacks";
import { type LocatedProblem, readYaml, type YamlText } from "./yaml";

type Raw = Readonly<Record<string, unknown>>;

/** Only what must hold before the clusters can be merged with their defaults and checked one by one. */
const entries = z.array(z.record(z.string(), z.unknown()));
const outline = clustersFileSchema.extend({
  defaults: z.record(z.string(), z.unknown()).optional(),
  clusters: entries.min(1, { error: "must have at least one cluster" }),
  modules: entries.optional(),
});

/** A file of a folder may have defaults or modules alone. */
const partOutline = outline.extend({ clusters: entries.optional() });

/** The file of a folder whose defaults are those of all its files. */
const DEFAULTS_FILE = /(?:^|[/\\])defaults\.ya?ml$/;

/** The keys that can't be in `defaults`, and why. */
const EACH_CLUSTERS_OWN = { name: "it names the stack", adopt: "there is one service to take over" };

/** What stands in for what is left open of an API key while a cluster is checked. */
const OPEN_API_KEY = { secretsManagerArn: "${var.api_key_secret_arn}" };
const OPEN_SENSITIVE_VARIABLE = { sensitiveVariable: "${var.api_key}" };

/** What a file or a folder asks for. */
export interface Configuration {
  /** With defaults merged in; a cluster of several hosts gives one value for each of them, in order. */
  readonly clusters: readonly ClusterOnHost[];
  /** The Terraform modules to write. */
  readonly modules: readonly Module[];
}

interface Source {
  readonly file: string;
  readonly text: string;
}

/**
 * The clusters of a file or a folder, checked, as {@link DatadogAgentStack} takes them.
 * @param path a file such as clusters.yaml, or a folder of such files
 * @returns with defaults merged in; a cluster of several hosts gives one value for each of them, in order
 * @throws {@link ConfigurationError} with every problem, each with its line
 */
export function loadClusters(path: string): readonly ClusterOnHost[] {
  return loadConfiguration(path).clusters;
}

/**
 * Reads a file, or all YAML files of a folder, in the order of their names. Defaults hold for the file that they are in,
 * those of `defaults.yaml` for all.
 * @param path a file such as clusters.yaml, or a folder of such files
 * @throws {@link ConfigurationError} with every problem, each with its line
 */
export function loadConfiguration(path: string): Configuration {
  const isFolder = isDirectory(path);
  const files = isFolder
    ? readdirSync(path)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) {
    throw new ConfigurationError(path, [{ path: [], message: "must have a file whose name ends in .yaml, got none." }]);
  }
  const sources = files.map((file) => ({ file, text: read(file) }));
  return parse(path, sources, isFolder);
}

/** The same for the text of one file that is read already; `file` is its name in the errors. */
export function parseConfiguration(text: string, file: string): Configuration {
  return parse(file, [{ file, text }], false);
}

/** Whatever can't be looked at is no folder; reading it says why. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it can't be read";
    throw new ConfigurationError(file, [
      {
        path: [],
        message: `must be a readable file, but ${reason}. CLUSTERS_FILE names another file than clusters.yaml.`,
      },
    ]);
  }
}

/** A cluster or a module, where it stands, and the defaults that are laid under it. */
interface Entry {
  readonly part: Part;
  readonly path: Path;
  readonly given: Raw;
}

/** One file, read and outlined. */
interface Part {
  readonly file: string;
  readonly yaml: YamlText;
  readonly defaults: Raw;
  readonly data: z.output<typeof partOutline>;
}

interface PlacedProblem extends LocatedProblem {
  readonly file: string;
}

function parse(name: string, sources: readonly Source[], isFolder: boolean): Configuration {
  const parts = readParts(name, sources, isFolder);
  const common = parts.find(({ file }) => isFolder && DEFAULTS_FILE.test(file));
  const entriesOf = (key: "clusters" | "modules") =>
    parts.flatMap((part) => (part.data[key] ?? []).map((given, index): Entry => ({ part, path: [key, index], given })));
  const [clusters, modules] = [entriesOf("clusters"), entriesOf("modules")];
  const label = ({ part, path }: Entry) => `${formatPath(path)}${isFolder ? ` of ${part.file}` : ""}`;

  const merged = clusters.map(({ part, given }) => {
    const { adopt: _refused, ...below } =
      common && part !== common ? mergeDefaults(common.defaults, part.defaults) : part.defaults;
    return mergeDefaults(below, given);
  });
  const variants = merged.map(perHost);
  const checked = variants.map((onHosts) => onHosts.map(checkCluster));
  const checkedModules = modules.map(({ given }) => checkModule(given));

  const clusterAt = (index: number) => label(clusters[index] as Entry);
  const ofClusters = [
    ...checked.flatMap((onHosts, index) =>
      [...hostsProblems(merged[index] ?? {}), ...firstOfPlace(onHosts)].map((problem) => at(index, problem)),
    ),
    ...nameProblems(merged, clusterAt),
    ...serviceProblems(
      variants.map((onHosts) => onHosts.map(({ cluster }) => cluster)),
      clusterAt,
    ),
    ...stackProblems(merged, clusterAt),
  ];
  const ofModules = [
    ...checkedModules.flatMap(({ problems = [] }, index) => problems.map((problem) => at(index, problem))),
    ...nameProblems(
      modules.map(({ given }) => given),
      (index) => label(modules[index] as Entry),
    ),
  ];
  const problems = [
    ...parts.flatMap((part) =>
      Object.entries(EACH_CLUSTERS_OWN)
        .filter(([key]) => key in part.defaults)
        .map(([key, because]) =>
          place(part, { path: ["defaults", key], message: `must be each cluster's own: ${because}.` }),
        ),
    ),
    ...ofClusters.map((problem) => placeIn(clusters, problem, common)),
    ...ofModules.map((problem) => placeIn(modules, problem)),
  ];
  if (clusters.length === 0)
    problems.push(place(parts[0] as Part, { path: [], message: "must have at least one cluster." }));
  if (problems.length > 0) throw failure(name, problems);
  return {
    clusters: checked.flat().flatMap(({ value }) => value ?? []),
    modules: checkedModules.flatMap(({ value }) => value ?? []),
  };
}

function readParts(name: string, sources: readonly Source[], isFolder: boolean): readonly Part[] {
  const problems: PlacedProblem[] = [];
  const parts = sources.flatMap(({ file, text }): Part[] => {
    const yaml = readYaml(text);
    const top = yaml.problems.length > 0 ? undefined : checkShape(isFolder ? partOutline : outline, yaml.data);
    const found = top === undefined ? yaml.problems : (top.problems ?? []).map(yaml.locate);
    problems.push(...found.map((problem) => ({ ...problem, file })));
    return top?.value ? [{ file, yaml, defaults: top.value.defaults ?? {}, data: top.value }] : [];
  });
  if (problems.length > 0) throw failure(name, problems);
  return parts;
}

function checkCluster({ cluster, leftOut }: ReturnType<typeof perHost>[number]): Checked<ClusterOnHost> {
  const checked = check(clusterSchema, cluster);
  if (checked.problems) return checked;
  const { sensitiveVariable, ...apiKey }: Cluster["apiKey"] = { ...OPEN_API_KEY, ...checked.value.apiKey };
  const source = apiKeySource(sensitiveVariable ? OPEN_SENSITIVE_VARIABLE : apiKey);
  const task = agentTask(checked.value, source);
  if (task.problems.length > 0) return { problems: task.problems };
  return { value: rememberTask({ ...checked.value, leftOut }, { ...task, apiKey: source }) };
}

/** What is wrong at a place is told once, in the words of the first host on which it is wrong. */
function firstOfPlace(onHosts: readonly Checked<ClusterOnHost>[]): readonly Problem[] {
  const told = new Set<string>();
  return onHosts.flatMap(({ problems = [] }) => {
    const untold = problems.filter(({ path }) => !told.has(JSON.stringify(path)));
    for (const { path } of untold) told.add(JSON.stringify(path));
    return untold;
  });
}

/** A problem of an entry, with the entry's index before its path. */
function at(index: number, { path, message }: Problem): Problem {
  return { path: [index, ...path], message };
}

/** Where a problem stands: in the entry, or in the defaults where the value came from there. */
function placeIn(all: readonly Entry[], { path: [index, ...path], message }: Problem, common?: Part): PlacedProblem {
  const { part, path: entry, given } = all[Number(index)] as Entry;
  const inDefaults = path.length > 0 && !isIn(given, path);
  for (const holder of inDefaults && common ? [part, common] : inDefaults ? [part] : []) {
    if (isIn(holder.defaults, path)) return place(holder, { path: ["defaults", ...path], message });
  }
  return place(part, { path: [...entry, ...path], message });
}

function place({ file, yaml }: Part, problem: Problem): PlacedProblem {
  return { ...yaml.locate(problem), file };
}

function isIn(data: unknown, path: Path): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return true;
}

/** In the order of the text. A problem of the defaults shows up in every cluster, and is told once. */
function failure(name: string, problems: readonly PlacedProblem[]): ConfigurationError {
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  const inOrder = distinct.sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
  return new ConfigurationError(name, inOrder, (problem) => {
    const { file, line, column, path } = problem as PlacedProblem;
    return `${file}:${line}:${column} ${formatPath(path)}`.trimEnd();
  });
}
