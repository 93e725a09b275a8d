import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { API_KEY, type ApiKeySource } from "../../agent";
import { agentTask } from "../../agent-task";
import type { ClusterOnHost } from "../../configuration/hosts";
import type { Task } from "../../core/assemble";
import { isExpression, unescapeTemplate } from "../../core/expression";
import { hostPorts } from "../../summary";

/** A daemon: what was configured, and the task that comes out. */
export interface Daemon {
  readonly cluster: ClusterOnHost;
  readonly task: Task;
}

/** The daemon of a checked cluster. What its stack asks for or creates stands in the task as an expression. */
export function daemonOf(cluster: ClusterOnHost): Daemon {
  return { cluster, task: agentTask(cluster, apiKeySource(cluster)).task };
}

function apiKeySource({ apiKey }: ClusterOnHost): ApiKeySource {
  if (apiKey === undefined) return { arn: "${var.api_key_secret_arn}" };
  if (apiKey.sensitiveVariable) return { value: "${var.api_key}" };
  return { arn: apiKey.secretsManagerArn ?? apiKey.ssmParameterArn ?? "${aws_secretsmanager_secret.api_key.arn}" };
}

/** A container, and what is worth knowing of it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly notes: readonly string[];
}

/** What the picture says of a daemon: texts alone, each of them something that its task has. */
export interface Facts {
  readonly cluster: string;
  readonly service: string;
  readonly instance: string;
  readonly operatingSystem: string;
  readonly family: string;
  readonly agent: Container;
  readonly sidecars: readonly Container[];
  /** What applications send, and to which port or socket. */
  readonly receivers: readonly { readonly what: string; readonly where: string }[];
  readonly mounts: { readonly readOnly: readonly string[]; readonly readWrite: readonly string[] };
  /** Where the API key comes from. */
  readonly apiKey: readonly string[];
  readonly roles: { readonly task: string; readonly execution: string };
  readonly site: string;
  /** Whether the data leaves by an HTTP proxy. */
  readonly viaProxy: boolean;
  /** Whether a container beside the Agent is the one that sends. */
  readonly bySidecar: boolean;
}

/** What applications send to a port; the task itself doesn't say. */
const SENT_TO_PORT: Readonly<Record<number, string>> = { 8125: "metrics", 8126: "traces", 4317: "OTLP", 4318: "OTLP" };

/** The variables by which the Agent listens on a socket, and what applications send there. */
const SENT_TO_SOCKET = { DD_DOGSTATSD_SOCKET: "metrics", DD_APM_RECEIVER_SOCKET: "traces" };

const OPERATING_SYSTEMS = { linux: "Linux", "amazon-linux-1": "Amazon Linux 1", windows: "Windows" };

/** What is drawn of a daemon. Of the environment only what is named here, since any variable may hold a secret. */
export function factsOf({ cluster, task }: Daemon): Facts {
  const [agent, ...sidecars] = task.containerDefinitions;
  const environment = new Map(agent.environment?.map(({ name = "", value = "" }) => [name, shown(value)]));
  const bySidecar = sidecars.length > 0 && environment.get("DD_FIPS_ENABLED") === "true";
  const { taskRoleArn, executionRoleArn } = cluster;
  return {
    cluster: clusterName(cluster),
    service: shown(cluster.serviceName),
    instance: cluster.launchType === "EXTERNAL" ? "ECS Anywhere instance" : "EC2 instance",
    operatingSystem: OPERATING_SYSTEMS[cluster.host],
    family: shown(task.family),
    agent: containerOf(agent, [
      `network mode ${task.networkMode ?? "default"}`,
      ...(task.pidMode === undefined ? [] : ["sees the host's processes"]),
      ...(agent.healthCheck ? [`health check every ${agent.healthCheck.interval} s`] : []),
      ...capabilitiesOf(agent),
    ]),
    sidecars: sidecars.map((sidecar) =>
      containerOf(sidecar, hostPorts({ family: task.family, containerDefinitions: [sidecar] })),
    ),
    receivers: receiversOf(agent, environment),
    mounts: mountsOf(agent, task),
    apiKey: apiKeyOf(agent),
    roles: {
      task: taskRoleArn === undefined ? "sees ECS and EC2" : "yours",
      execution: executionRoleArn !== undefined ? "yours" : agent.secrets ? "reads the API key" : "starts the task",
    },
    site: environment.get("DD_SITE") ?? "",
    viaProxy: environment.has("DD_PROXY_HTTPS") || environment.has("DD_PROXY_HTTP"),
    bySidecar,
  };
}

/** Without the rest of an ARN; or the variable that asks for it, which has the name of the cluster in a shared stack. */
function clusterName({ name, stack, cluster }: ClusterOnHost): string {
  if (cluster !== undefined) return shown(cluster).replace(/^arn:.*:cluster\//, "");
  return stack === undefined ? "var.cluster" : `var.cluster_${name.replaceAll("-", "_")}`;
}

function containerOf({ name = "", image = "", cpu = 0, memory = 0 }: ContainerDefinition, more: readonly string[]) {
  return { name, image: shown(image), notes: [`${shown(cpu)} CPU units, ${shown(memory)} MiB`, ...more] };
}

function capabilitiesOf({ linuxParameters }: ContainerDefinition): readonly string[] {
  const added = linuxParameters?.capabilities?.add ?? [];
  return added.length === 0 ? [] : [`capabilities ${added.join(", ")}`];
}

function receiversOf({ portMappings = [] }: ContainerDefinition, environment: ReadonlyMap<string, string>) {
  return [
    ...portMappings.map(({ containerPort = 0, protocol = "tcp" }) => ({
      what: SENT_TO_PORT[containerPort] ?? "data",
      where: `${containerPort}/${protocol}`,
    })),
    ...Object.entries(SENT_TO_SOCKET).flatMap(([variable, what]) => {
      const socket = environment.get(variable);
      return socket === undefined ? [] : [{ what, where: socket.split("/").at(-1) ?? "" }];
    }),
  ];
}

/** By the paths of the host. */
function mountsOf({ mountPoints = [] }: ContainerDefinition, { volumes = [] }: Task): Facts["mounts"] {
  const places = (wanted: boolean) =>
    mountPoints
      .filter(({ readOnly = false }) => readOnly === wanted)
      .map(({ sourceVolume = "" }) => {
        const path = volumes.find(({ name }) => name === sourceVolume)?.host?.sourcePath;
        return path ?? `${sourceVolume}, a Docker volume`;
      });
  return { readOnly: places(true).sort(), readWrite: places(false).sort() };
}

function apiKeyOf({ secrets = [] }: ContainerDefinition): readonly string[] {
  const arn = secrets.find(({ name }) => name === API_KEY)?.valueFrom;
  if (arn === undefined) return ["Terraform variable"];
  if (isExpression(arn)) return ["Secrets Manager", shown(arn)];
  return [arn.split(":")[2] === "ssm" ? "SSM parameter" : "Secrets Manager"];
}

/** A value as people write it: an expression by its name, a text as it reaches ECS. */
function shown(value: string | number): string {
  const text = String(value);
  return isExpression(text) ? text.replace(/^\$\{([^{}]*)\}$/, "$1") : unescapeTemplate(text);
}
