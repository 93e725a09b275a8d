import type { Catalog } from "../../core/catalog";
import { hostOf } from "../../core/scope";
import { clustersYaml } from "./accept";
import { ConfigurationError, formatPath } from "../../core/problem";
import { complete, type Completed } from "./complete";
import { unsupportedArguments, type RunningService, stackNameOf } from "./service";
import type { Subject } from "./source";
import { type Definition, readDefinition } from "./definition";
import { differencesBetween, factsOfCluster } from "./differences";
import { type Facts, factsOf } from "./facts";
import { API_KEY } from "../../core/agent";
import type { ClusterOnHost } from "../../configuration/types";
import { variablePath } from "./paths";
import { recognizeFeatures } from "./features";
import { runningImage } from "./image";
import { recognizeHost } from "./host";
import { reasonOf } from "./reasons";
import { mayBeSecret } from "./secrets";
import type { Entry } from "./settings";
import { comments, differenceLines } from "./text";

/** An imported Agent: its entry in the file, and the comments about it. */
interface Imported {
  readonly entry: Entry;
  readonly toFillIn: readonly string[];
  readonly differences: readonly string[];
}

/**
 * Generates a clusters.yaml that reproduces a task definition, with the differences as comments at the end.
 * @param text output of `aws ecs describe-task-definition`, or another supported format
 * @param file the file's name, for errors
 * @param container the name of the Agent's container, if it isn't detected
 * @throws ConfigurationError if the text isn't a task definition with an Agent
 */
export function importDefinition(catalog: Catalog, text: string, file: string, container?: string): string {
  return render([imported(catalog, readDefinition(text, file, container), "datadog-agent")]);
}

/**
 * Generates a clusters.yaml that reproduces running services and adopts them.
 * @param onlyAgents whether to skip services without an Agent
 * @throws ConfigurationError if no service runs an Agent, or a service can't be adopted
 */
export function importServices(
  catalog: Catalog,
  running: readonly { readonly service: RunningService; readonly definition: string }[],
  { container, onlyAgents }: { readonly container?: string | undefined; readonly onlyAgents: boolean },
): string {
  const skipped: string[] = [];
  const read = running.flatMap(({ service, definition }) => {
    const heading = `the service ${service.serviceName}`;
    if (service.schedulingStrategy === "REPLICA") {
      const message =
        "has the scheduling strategy REPLICA, and Terraform can't change it to DAEMON without replacing the service. Import its task definition from a file instead.";
      throw new ConfigurationError(heading, [{ path: [], message }]);
    }
    try {
      return [{ service, definition: readDefinition(definition, heading, container) }];
    } catch (error) {
      if (!onlyAgents || !(error instanceof ConfigurationError)) throw error;
      skipped.push(`  ${service.serviceName} (${String(error.problems[0]?.message).replace(/\.$/, "")})`);
      return [];
    }
  });
  if (read.length === 0) {
    const message = "has no daemon service that runs an Agent. Choose a service with --service.";
    throw new ConfigurationError("the cluster", [{ path: [], message }]);
  }
  const services = read.map(({ service }) => service);
  return render(
    read.map(({ service, definition }) => imported(catalog, definition, stackNameOf(service, services), service)),
    skipped.length > 0 ? ["Daemon services that aren't imported:", ...skipped, ""] : [],
  );
}

function imported(catalog: Catalog, definition: Definition, name: string, service?: RunningService): Imported {
  const hostName = recognizeHost(catalog, definition);
  const original = factsOf(definition, hostOf(catalog, { host: hostName }));
  const recognized = recognizeFeatures(catalog, original, hostName, runningImage(original));
  const subject = { catalog, definition, hostName, original, name, ...(service && { service }) };
  const completed = complete(subject, recognized);
  const { entry, cluster } = completed;
  const differences = differencesBetween(original, factsOfCluster(catalog, cluster));
  const reason = reasonOf({ catalog, original, recognized, ...completed });
  return {
    entry,
    toFillIn: keysToFillIn(subject, entry, cluster),
    differences: [...differenceLines(differences, reason), ...serviceDifferenceLines(completed, service)],
  };
}

/** The settings of a service that clusters.yaml doesn't reproduce. */
function serviceDifferenceLines(
  { refusals, findings }: Completed,
  service: RunningService | undefined,
): readonly string[] {
  if (service === undefined) return [];
  const refused = refusals.filter(
    ({ path: [key, ...rest] }) =>
      !["features", "environment", "environmentOverrides", "networkMode"].includes(String(key)) &&
      findings.get(String(key))?.factOf(rest) === undefined,
  );
  const lines = [
    ...refused.map(({ path, message }) => `  ${formatPath(path)} (${message.replace(/\.$/, "")})`),
    ...unsupportedArguments(service).map((name) => `  ${name} (not supported by clusters.yaml)`),
  ];
  return lines.length > 0 ? ["Only in the original service:", ...new Set(lines)] : [];
}

function render(all: readonly Imported[], more: readonly string[] = []): string {
  const clusters = all.map(({ entry, toFillIn }) => {
    const [, ...lines] = clustersYaml(entry).trimEnd().split("\n");
    return [...lines, ...(toFillIn.length > 0 ? [comments(toFillIn, "    ")] : [])].join("\n");
  });
  const differences = all.flatMap(({ entry, differences: lines }) => [
    ...(all.length > 1 ? [`${String(entry.name)}:`] : []),
    ...lines,
    "",
  ]);
  return `# yaml-language-server: $schema=./clusters.schema.json
clusters:
${clusters.join("\n")}

${comments([...differences, ...more, ...NEXT_STEPS])}
`;
}

/** Keys that the user must fill in, and hints about them. */
function keysToFillIn(
  { catalog, definition: { taskDefinitionArn }, original, service }: Subject,
  { apiKey }: Entry,
  cluster: ClusterOnHost,
): readonly string[] {
  return [
    ...(service === undefined ? ["cluster: <name of the ECS cluster>"] : []),
    ...hostHint(catalog, cluster),
    ...networkHint(cluster, original),
    ...(apiKey === undefined ? apiKeyHint(original) : []),
    ...(taskDefinitionArn !== undefined && !mayBeSecret(taskDefinitionArn) && /^arn:[\w:/-]+$/.test(taskDefinitionArn)
      ? [
          service === undefined
            ? `adopt: { serviceArn: "<ARN of the running service>", taskDefinitionArn: "${taskDefinitionArn}" }`
            : `To also adopt the task definition, add to \`adopt\`: taskDefinitionArn: "${taskDefinitionArn}"`,
        ]
      : []),
  ];
}

/** Several hosts have the same operating system, and mounts may have been copied from a sample for another host. */
function hostHint({ hosts }: Catalog, { host }: ClusterOnHost): readonly string[] {
  const osType = hosts[host]?.osType;
  const alike = Object.keys(hosts).filter((name) => hosts[name]?.osType === osType);
  if (alike[0] === host || alike.length < 2) return [];
  return [
    `The mounts match \`host: ${host}\`: ${String(hosts[host]?.summary)}.`,
    ...alike
      .filter((name) => name !== host)
      .map((name) => `If the instances run ${String(hosts[name]?.summary)}, set \`host: ${name}\`.`),
  ];
}

/** Subnets and security groups belong to the service, so a task definition doesn't have them. */
function networkHint({ networkMode }: ClusterOnHost, original: Facts): readonly string[] {
  if (original.get("networkMode")?.text !== "awsvpc" || networkMode === "awsvpc") return [];
  return [
    "The original uses network mode awsvpc. Uncomment these keys, and fill in the subnets and security groups of its service:",
    "networkMode: awsvpc",
    "subnets: [<IDs of the subnets>]",
    "securityGroups: [<IDs of the security groups>]",
  ];
}

function apiKeyHint(original: Facts): readonly string[] {
  const variable = original.get(variablePath(API_KEY));
  const where =
    variable?.secret === true
      ? "The API key is in the task definition, where anyone who may describe it can read it. "
      : "";
  return [
    `${where}Store the key in a secret, and set its ARN here:`,
    'apiKey: { secretsManagerArn: "<full ARN of the secret>" }',
  ];
}

const NEXT_STEPS = [
  "Next steps: Save this as clusters.yaml, and fill in the commented keys. `adopt` imports the running service and its",
  "task definition into Terraform's state. `npm run synth` writes the stack, and `terraform plan` shows the changes.",
];
