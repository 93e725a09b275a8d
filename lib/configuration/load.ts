import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { agentTask } from "../core/agent-task";
import type { Catalog } from "../core/catalog";
import { ConfigurationError, formatPath, type Path, printable } from "../core/problem";
import { coded, type CodedProblem } from "../core/problem-codes";
import { apiKeySource } from "./api-key";
import { check, type CheckResult, checkShape } from "./check";
import { mergeDefaults } from "./defaults";
import { nameProblems, serviceProblems } from "./duplicates";
import { hostsProblems, perHost } from "./hosts";
import type { Module } from "./interfaces";
import { checkModule } from "./modules";
import { stacksOf, stackProblems, type StackConfiguration } from "./stacks";
import { Checked, type ClusterOnHost } from "./types";
import { type LocatedProblem, readYaml, type YamlText } from "./yaml";

type Raw = Readonly<Record<string, unknown>>;

/** The form that is needed to merge clusters with their defaults and check them one by one. */
const entries = z.array(z.record(z.string(), z.unknown()));
const outline = z.strictObject({
  defaults: z.record(z.string(), z.unknown()).optional(),
  clusters: entries.optional(),
  modules: entries.optional(),
});

/** The file whose defaults apply to all files in the folder. */
const DEFAULTS_FILE = /(?:^|[/\\])defaults\.ya?ml$/;

/** Placeholders for an API key that is a required variable. */
const API_KEY_PLACEHOLDER = { secretsManagerArn: "${var.api_key_secret_arn}" };
const SENSITIVE_VARIABLE_PLACEHOLDER = { sensitiveVariable: "${var.api_key}" };

/** A configuration file or folder. */
export interface Configuration {
  /** The stacks, in the order of their first clusters. */
  readonly stacks: readonly StackConfiguration[];
  /** The Terraform modules to generate. */
  readonly modules: readonly Module[];
}

interface Source {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a file, or all YAML files in a folder, sorted by name. Defaults apply to their file; those in `defaults.yaml`
 * apply to all.
 * @param path a file such as clusters.yaml, or a folder of such files
 * @throws {@link ConfigurationError} with all problems and their lines
 */
export function loadConfiguration(catalog: Catalog, path: string): Configuration {
  const isFolder = isDirectory(path);
  const files = isFolder
    ? reading(() => readdirSync(path), path)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) {
    throw new ConfigurationError(path, [
      { code: "unreadable-file", path: [], message: "has no .yaml or .yml file. Add one." },
    ]);
  }
  const sources = files.map((file) => ({ file, text: read(file) }));
  return parse(catalog, path, sources, isFolder);
}

/** Parses the text of one file; `file` is its name in errors. */
export function parseConfiguration(catalog: Catalog, text: string, file: string): Configuration {
  return parse(catalog, file, [{ file, text }], false);
}

/** False if the path is inaccessible; reading it then throws the error. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function read(file: string): string {
  const bytes = reading(() => readFileSync(file), file);
  if (isUtf8(bytes)) return bytes.toString();
  const message = "must be UTF-8 text, got other bytes. Save the file as UTF-8.";
  throw new ConfigurationError(file, [{ code: "unreadable-file", path: [], message }]);
}

/** Why a path can't be read, by error code. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of its path isn't a folder"],
  ["EACCES", "its permissions don't allow it"],
]);

function reading<Result>(readIt: () => Result, path: string): Result {
  try {
    return readIt();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const message = `can't be read: ${REASONS.get(code) ?? `the system returned ${code}`}. Set --config or CLUSTERS_FILE to another path.`;
    throw new ConfigurationError(path, [{ code: "unreadable-file", path: [], message }]);
  }
}

/** A cluster or module in a file. */
interface Entry {
  readonly part: Part;
  readonly path: Path;
  readonly given: Raw;
}

/** One parsed file. */
interface Part {
  readonly file: string;
  readonly yaml: YamlText;
  readonly defaults: Raw;
  readonly data: z.output<typeof outline>;
}

interface PlacedProblem extends LocatedProblem {
  readonly file: string;
}

function parse(catalog: Catalog, name: string, sources: readonly Source[], isFolder: boolean): Configuration {
  const parts = readParts(name, sources);
  const common = parts.find(({ file }) => isFolder && DEFAULTS_FILE.test(file));
  const entriesOf = (key: "clusters" | "modules") =>
    parts.flatMap((part) => (part.data[key] ?? []).map((given, index): Entry => ({ part, path: [key, index], given })));
  const [clusters, modules] = [entriesOf("clusters"), entriesOf("modules")];
  const label = ({ part, path }: Entry) => `${formatPath(path)}${isFolder ? ` of ${printable(part.file)}` : ""}`;

  const notInDefaults = Object.entries(catalog.settings).filter(([, setting]) => setting.notInDefaults !== undefined);
  const merged = clusters.map(({ part, given }) => {
    const defaults = common && part !== common ? mergeDefaults(catalog, common.defaults, part.defaults) : part.defaults;
    // Keys that are refused in the defaults must not add problems to each cluster.
    const allowed = Object.entries(defaults).filter(([key]) => !notInDefaults.some(([refused]) => refused === key));
    return mergeDefaults(catalog, Object.fromEntries(allowed), given);
  });
  const variants = merged.map((cluster) => perHost(catalog, cluster));
  const checked = variants.map((onHosts) => onHosts.map((entry) => checkCluster(catalog, entry)));
  const checkedModules = modules.map(({ given }) => checkModule(catalog, given));

  const clusterAt = (index: number) => label(clusters[index] as Entry);
  const ofClusters = [
    ...checked.flatMap((onHosts, index) =>
      [...coded("host-and-hosts", hostsProblems(merged[index] ?? {})), ...firstPerPath(onHosts)].map((problem) =>
        at(index, problem),
      ),
    ),
    ...coded("duplicate-name", nameProblems(merged, clusterAt)),
    ...coded(
      "duplicate-service",
      serviceProblems(
        variants.map((onHosts) => onHosts.map(({ cluster }) => cluster)),
        clusterAt,
      ),
    ),
    ...stackProblems(catalog, merged, clusterAt),
  ];
  const ofModules = [
    ...checkedModules.flatMap(({ problems = [] }, index) => problems.map((problem) => at(index, problem))),
    ...coded(
      "duplicate-name",
      nameProblems(
        modules.map(({ given }) => given),
        (index) => label(modules[index] as Entry),
      ),
    ),
  ];
  const problems = [
    ...parts.flatMap((part) =>
      notInDefaults
        .filter(([key]) => Object.hasOwn(part.defaults, key))
        .map(([key, { notInDefaults: because }]) =>
          place(part, {
            code: "not-in-defaults",
            path: ["defaults", key],
            message: `can't be set in \`defaults\`: ${because}. Set it in each cluster.`,
          }),
        ),
    ),
    ...ofClusters.map((problem) => placeIn(clusters, problem, common)),
    ...ofModules.map((problem) => placeIn(modules, problem)),
  ];
  if (clusters.length + modules.length === 0) {
    const message = "must have at least one entry in `clusters` or `modules`, got none.";
    problems.push(place(parts[0] as Part, { code: "missing-entry", path: [], message }));
  }
  if (problems.length > 0) throw failure(name, problems);
  return {
    stacks: stacksOf(checked.map((onHosts) => onHosts.flatMap(({ value }) => value ?? []))),
    modules: checkedModules.flatMap(({ value }) => value ?? []),
  };
}

function readParts(name: string, sources: readonly Source[]): readonly Part[] {
  const problems: PlacedProblem[] = [];
  const parts = sources.flatMap(({ file, text }): Part[] => {
    const yaml = readYaml(text);
    const top = yaml.problems.length > 0 ? undefined : checkShape(outline, yaml.data, new Set());
    const found = top === undefined ? yaml.problems : (top.problems ?? []).map(yaml.locate);
    problems.push(...found.map((problem) => ({ ...problem, file })));
    return top?.value ? [{ file, yaml, defaults: top.value.defaults ?? {}, data: top.value }] : [];
  });
  if (problems.length > 0) throw failure(name, problems);
  return parts;
}

function checkCluster(
  catalog: Catalog,
  { cluster, leftOut }: ReturnType<typeof perHost>[number],
): CheckResult<Checked<ClusterOnHost>> {
  const result = check<ClusterOnHost>(catalog, catalog.schemas.cluster, cluster);
  if (result.problems) return result;
  const values = { ...result.value, leftOut };
  const { sensitiveVariable, ...apiKey }: ClusterOnHost["apiKey"] = { ...API_KEY_PLACEHOLDER, ...values.apiKey };
  const source = apiKeySource(sensitiveVariable ? SENSITIVE_VARIABLE_PLACEHOLDER : apiKey);
  const task = agentTask(catalog, values, source);
  return task.problems.length > 0
    ? { problems: coded("invalid-task", task.problems) }
    : { value: new Checked(catalog, values, task, source) };
}

/** Keeps one problem per path: that of the first host. */
function firstPerPath(onHosts: readonly CheckResult<unknown>[]): readonly CodedProblem[] {
  const reported = new Set<string>();
  return onHosts.flatMap(({ problems = [] }) => {
    const unreported = problems.filter(({ path }) => !reported.has(JSON.stringify(path)));
    for (const { path } of unreported) reported.add(JSON.stringify(path));
    return unreported;
  });
}

/** Adds the index of the entry to the path. */
function at(index: number, problem: CodedProblem): CodedProblem {
  return { ...problem, path: [index, ...problem.path] };
}

/** Locates a problem in the entry, or in the defaults that the value is from. */
function placeIn(all: readonly Entry[], problem: CodedProblem, common?: Part): PlacedProblem {
  const [index, ...path] = problem.path;
  const { part, path: entry, given } = all[Number(index)] as Entry;
  const inDefaults = path.length > 0 && !isIn(given, path);
  for (const holder of inDefaults && common ? [part, common] : inDefaults ? [part] : []) {
    if (isIn(holder.defaults, path)) return place(holder, { ...problem, path: ["defaults", ...path] });
  }
  return place(part, { ...problem, path: [...entry, ...path] });
}

function place({ file, yaml }: Part, problem: CodedProblem): PlacedProblem {
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

/** Sorts by location. Problems in the defaults occur in every cluster and are shown once. */
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
