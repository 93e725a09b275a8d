import { readFileSync } from "node:fs";
import { z } from "zod";
import { agentTask } from "../agent-task";
import { ConfigurationError, formatPath, type Path, type Problem } from "../core/problem";
import { check, type Checked, checkShape } from "./check";
import { mergeDefaults } from "./defaults";
import { type ClusterOnHost, hostsProblems, perHost } from "./hosts";
import { clusterSchema, clustersFileSchema } from "./schema";
import { type LocatedProblem, readYaml } from "./yaml";

/** Only what must hold before the clusters can be merged with their defaults and checked one by one. */
const outline = clustersFileSchema.extend({
  defaults: z.record(z.string(), z.unknown()).optional(),
  clusters: z.array(z.record(z.string(), z.unknown())).min(1, { error: "must have at least one cluster" }),
});

/** What stands in for an open API key while a cluster is checked. */
const OPEN_API_KEY = { arn: "${var.api_key_secret_arn}" };

/**
 * Reads a file of clusters, defaults merged in; a cluster of several hosts gives one value for each of them, in order.
 * @throws ConfigurationError with every problem of the file, each with its line
 */
export function loadClusters(file: string): readonly ClusterOnHost[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it can't be read";
    throw new ConfigurationError(file, [
      {
        path: [],
        message: `must be a readable file, but ${reason}. CLUSTERS_FILE names another file than clusters.yaml.`,
      },
    ]);
  }
  return parseClusters(text, file);
}

/** The same for text that is read already; `file` is its name in the errors. */
export function parseClusters(text: string, file: string): readonly ClusterOnHost[] {
  const yaml = readYaml(text);
  const failure = (problems: readonly LocatedProblem[]) => {
    const inOrder = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
    return new ConfigurationError(file, inOrder, (problem) => {
      const { line, column, path } = problem as LocatedProblem;
      return `${file}:${line}:${column} ${formatPath(path)}`.trimEnd();
    });
  };
  if (yaml.problems.length > 0) throw failure(yaml.problems);

  const top = checkShape(outline, yaml.data);
  if (top.problems) throw failure(top.problems.map(yaml.locate));

  const { defaults = {}, clusters } = top.value;
  const merged = clusters.map((cluster) => mergeDefaults(defaults, cluster));
  const variants = merged.map(perHost);
  const checked = variants.map((onHosts) => onHosts.map(checkCluster));
  const problems = [
    ...("name" in defaults
      ? [{ path: ["defaults", "name"], message: "must be each cluster's own: it names the stack." }]
      : []),
    ...checked.flatMap((onHosts, index) =>
      [...hostsProblems(merged[index] ?? {}), ...firstOfPlace(onHosts)].map((problem) =>
        inFile(problem, index, top.value),
      ),
    ),
    ...duplicates(variants.map((onHosts) => onHosts.map(({ cluster }) => cluster))),
  ];
  if (problems.length > 0) throw failure(distinct(problems).map(yaml.locate));
  return checked.flat().flatMap(({ value }) => value ?? []);
}

function checkCluster({ cluster, leftOut }: ReturnType<typeof perHost>[number]): Checked<ClusterOnHost> {
  const checked = check(clusterSchema, cluster);
  if (checked.problems) return checked;
  const { problems } = agentTask(checked.value, OPEN_API_KEY);
  return problems.length > 0 ? { problems } : { value: { ...checked.value, leftOut } };
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

/** A problem of a merged cluster stands in the cluster, or in the defaults where the value came from there. */
function inFile({ path, message }: Problem, index: number, file: { readonly defaults?: unknown }): Problem {
  const inDefaults = isIn(file, ["defaults", ...path]) && !isIn(file, ["clusters", index, ...path]);
  return { path: [...(inDefaults && path.length > 0 ? ["defaults"] : ["clusters", index]), ...path], message };
}

function isIn(data: unknown, path: Path): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return true;
}

/** Stacks need a name each (file systems may ignore case), and so do the services of a cluster, on all its hosts. */
function duplicates(entries: readonly (readonly Readonly<Record<string, unknown>>[])[]): Problem[] {
  const names = new Map<string, number>();
  const services = new Map<string, number>();
  return entries.flatMap((onHosts, index) => {
    const problems: Problem[] = [];
    const claim = (holders: Map<string, number>, key: string, path: Path, message: (holder: number) => string) => {
      const holder = holders.get(key);
      if (holder === undefined) holders.set(key, index);
      else problems.push({ path: ["clusters", index, ...path], message: message(holder) });
    };
    const name = onHosts[0]?.name;
    if (typeof name === "string") {
      claim(names, name.toLowerCase(), ["name"], (holder) => `must be unique, got the name of clusters[${holder}].`);
    }
    for (const { cluster, region, serviceName = "datadog-agent" } of onHosts) {
      if (typeof cluster !== "string" || typeof serviceName !== "string") continue;
      claim(
        services,
        JSON.stringify([region, cluster, serviceName]),
        [],
        (holder) =>
          `must have a service of its own in its ECS cluster, got ${JSON.stringify(serviceName)} like clusters[${holder}]. Give it another \`serviceName\`.`,
      );
    }
    return problems;
  });
}

/** A problem of the defaults shows up in every cluster. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
