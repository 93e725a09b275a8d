import { parameterOf } from "../configuration/api-key";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { ClusterConfiguration, StackConfiguration } from "../configuration/stacks";
import type { Checked, ClusterOnHost } from "../configuration/types";
import { isExpression, unescapeTemplate } from "../core/expression";
import { LIKE_A_KEY } from "../core/problem";
import { hostOf } from "../core/scope";
import { portRanges } from "../summary";

/**
 * A Mermaid flowchart of a configuration: stacks, clusters, hosts, the Agent with its features, ports and sockets, roles,
 * API key and Datadog site. GitHub renders it in a `mermaid` code block.
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function diagram(stacks: readonly StackConfiguration[]): string {
  const sites = [...new Set(stacks.flatMap(({ clusters }) => clusters.flatMap(sitesOf)))];
  const stackId = (name: string) => `s${stacks.findIndex((stack) => stack.name === name) + 1}`;
  const order = stacks.flatMap(({ name, dependsOn }) =>
    dependsOn.map((before) => `${stackId(before)} -. ${label("deployed before")} .-> ${stackId(name)}`),
  );
  return [
    "flowchart LR",
    ...indented([
      ...stacks.flatMap((stack) => stackLines(stack, stackId(stack.name), sites)),
      ...sites.map((site, index) => `${siteId(index)}((${label("Datadog", site)}))`),
      ...order,
    ]),
    "",
  ].join("\n");
}

function sitesOf({ onHosts }: ClusterConfiguration): readonly string[] {
  return onHosts.map(({ values }) => values.site);
}

const siteId = (index: number) => `site${index + 1}`;

function stackLines({ name, clusters }: StackConfiguration, id: string, sites: readonly string[]): readonly string[] {
  return subgraph(
    id,
    ["Stack", name],
    clusters.flatMap((cluster, index) => clusterLines(cluster, `${id}c${index + 1}`, sites)),
  );
}

function clusterLines({ onHosts }: ClusterConfiguration, id: string, sites: readonly string[]): readonly string[] {
  const [{ values }] = onHosts;
  return subgraph(
    id,
    ["ECS cluster", values.cluster ?? `${values.name} (var.cluster)`],
    onHosts.flatMap((checked, index) => daemonLines(checked, `${id}h${index + 1}`, sites)),
  );
}

function daemonLines(checked: Checked<ClusterOnHost>, id: string, sites: readonly string[]): readonly string[] {
  const { values, task } = checked;
  const [agent, ...sidecars] = task.task.containerDefinitions;
  const agentId = `${id}_agent`;
  const endpoints = endpointsOf(checked, agent);
  const { apiKey, taskRoleArn, executionRoleArn } = values;
  return [
    ...subgraph(
      id,
      [`Every ${values.host} instance`, values.launchType],
      [
        `${agentId}[${label("Datadog Agent", `service ${values.serviceName}`, ...rows(task.features.toSorted()))}]`,
        ...(endpoints.length > 0
          ? [`${id}_apps[${label("Applications")}]`, `${id}_apps -- ${label(...rows(endpoints))} --> ${agentId}`]
          : []),
        ...sidecars.flatMap(({ name = "" }, index) => [
          `${id}_sidecar${index + 1}[${label("Sidecar", name)}]`,
          `${agentId} --- ${id}_sidecar${index + 1}`,
        ]),
      ],
    ),
    `${id}_task_role([${label("Task role", roleName(taskRoleArn))}])`,
    `${agentId} -. ${label("assumes")} .-> ${id}_task_role`,
    `${id}_execution_role([${label("Execution role", roleName(executionRoleArn))}])`,
    `${id}_key[(${label("API key", apiKeyLocation(apiKey))})]`,
    `${id}_execution_role -. ${label("reads")} .-> ${id}_key`,
    `${id}_key -- ${label("DD_API_KEY")} --> ${agentId}`,
    `${agentId} --> ${siteId(sites.indexOf(values.site))}`,
  ];
}

/** The ports and sockets on which the Agent receives data from applications. */
function endpointsOf({ values, catalog }: Checked<ClusterOnHost>, agent: ContainerDefinition): readonly string[] {
  const ports = (agent.portMappings ?? []).map(({ containerPort = 0, protocol = "tcp" }) => ({
    port: containerPort,
    protocol,
  }));
  const shared = hostOf(catalog, values).socketMounts.map(({ containerPath }) => containerPath);
  const mounted = (agent.mountPoints ?? []).map(({ containerPath = "" }) => containerPath);
  return [...portRanges(ports), ...mounted.filter((path) => shared.includes(path)).map((path) => `sockets in ${path}`)];
}

function roleName(arn: string | undefined): string {
  return arn === undefined ? "created" : (arn.split("/").at(-1) ?? "");
}

function apiKeyLocation(apiKey: ClusterOnHost["apiKey"]): string {
  if (apiKey?.createSecret !== undefined) return `secret ${apiKey.createSecret.name}, created`;
  if (parameterOf(apiKey ?? {}) !== undefined) return "SSM parameter";
  if (apiKey?.sensitiveVariable) return "var.api_key";
  return apiKey?.secretsManagerArn === undefined ? "var.api_key_secret_arn" : "Secrets Manager secret";
}

const WORDS_PER_ROW = 3;

function rows(words: readonly string[]): readonly string[] {
  return words.flatMap((_word, index) =>
    index % WORDS_PER_ROW === 0 ? [words.slice(index, index + WORDS_PER_ROW).join(", ")] : [],
  );
}

function subgraph(id: string, title: readonly string[], lines: readonly string[]): readonly string[] {
  return [`subgraph ${id}[${label(title.join(": "))}]`, ...indented(lines), "end"];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

/** A quoted label. Characters that Mermaid or HTML could parse are escaped as character codes. */
function label(...lines: readonly string[]): string {
  const written = lines.map((line) => escaped(LIKE_A_KEY.test(line) ? "hidden (may be a secret)" : plain(line)));
  return `"${written.join("<br/>")}"`;
}

function plain(text: string): string {
  return isExpression(text) ? text : unescapeTemplate(text);
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:/()_-]/gu, (character) => `#${String(character.codePointAt(0))};`);
}
