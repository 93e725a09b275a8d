import type { Host } from "../../core/host";
import { compare } from "../../core/merge";
import { describe, LIKE_A_KEY } from "../../core/problem";
import { parsedJson } from "../../core/read-back";
import { agentIndex, type Container, type Definition } from "./definition";
import { expressionOf, type MountedVolume, mountedVolume, mountsOf } from "./mounts";
import { AGENT, container, TAGS } from "./paths";
import { mayBeSecret, NOT_SHOWN, shownText } from "./secrets";

/** A value in a task definition. */
export interface Fact {
  /** The name in its map or list, such as a variable's name or a tag's key. */
  readonly name: string;
  /** The value as in the definition. */
  readonly text: string;
  /** The normalized value, for comparisons. */
  readonly value: string;
  /** The value as it is printed. */
  readonly shown: string;
  /** Whether it may be a secret, which must not be printed or copied. */
  readonly secret: boolean;
  /** A mount with its volume. */
  readonly mount?: MountedVolume;
}

/** The values of a task definition by path, without ECS's defaults. */
export type Facts = ReadonlyMap<string, Fact>;

/** Fields that describe-task-definition adds and register-task-definition doesn't accept. */
const ONLY_DESCRIBED = [
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
  "deleteRequestedAt",
];

type Put = (
  path: string,
  text: string | number,
  options?: {
    readonly name?: string;
    readonly value?: string;
    readonly shown?: string;
    readonly mount?: MountedVolume | undefined;
  },
) => void;

/** Formats a name for a path. */
type Label = (name: string) => string;

/** The facts of a definition. Paths always name the Agent's container datadog-agent, even if it has another name. */
export function factsOf(definition: Definition, host: Host): Facts {
  const facts = new Map<string, Fact>();
  const put: Put = (path, text, { name = "", value = String(text), shown, mount } = {}) => {
    const secret = mayBeSecret(String(text), name);
    const plain = shown ?? (typeof text === "number" ? String(text) : shownText(text));
    const fact = { name, text: String(text), value, shown: secret ? NOT_SHOWN : plain, secret };
    facts.set(path, { ...fact, ...(mount && { mount }) });
  };
  const label = labels();
  const agent = agentIndex(definition);
  putTask(definition, host, put, label);
  for (const [index, each] of definition.containerDefinitions.entries()) {
    const path = index === agent ? AGENT : container(label(each.name));
    putContainer(path, each, definition, put, label);
    for (const [place, { path: at, source, readOnly }] of mountsOf(definition, index).entries()) {
      put(`${path}.mountPoints[${label(at)}]`, `${source}, ${readOnly ? "read-only" : "read-write"}`, {
        name: at,
        mount: mountedVolume(definition, index, place),
      });
    }
  }
  return facts;
}

function putTask(definition: Definition, host: Host, put: Put, label: Label): void {
  const { family, taskRoleArn, executionRoleArn, networkMode = host.networkMode, ...described } = definition;
  const { requiresCompatibilities, cpu, memory, placementConstraints, containerDefinitions, ...more } = described;
  const { volumes, tags, agent: _agent, rawContainers: _raw, ...rest } = more;
  if (family) put("family", family);
  for (const [role, arn] of Object.entries({ taskRoleArn, executionRoleArn })) {
    // Any two roles that are created are equal.
    if (arn) {
      const isCreated = isPlaceholder(arn);
      put(role, arn, { value: isCreated ? "created" : arn, ...(isCreated && { shown: "a new role" }) });
    }
  }
  if (networkMode !== undefined) put("networkMode", networkMode);
  if (requiresCompatibilities.length > 0) put("requiresCompatibilities", requiresCompatibilities.toSorted().join(", "));
  if (cpu !== undefined) put("cpu", units(cpu), { shown: units(cpu) });
  if (memory !== undefined) put("memory", units(memory), { shown: units(memory) });
  for (const constraint of placementConstraints) {
    const expression = expressionOf(constraint);
    put(`placementConstraints[${label(expression)}]`, constraint.type, { name: expression });
  }
  for (const { key, value } of tags) put(`${TAGS}${label(key)}`, value, { name: key });
  const mounted = new Set(
    containerDefinitions.flatMap(({ mountPoints }) => mountPoints.map((point) => point.sourceVolume)),
  );
  for (const { name } of volumes)
    if (!mounted.has(name)) put(`volumes[${label(name)}]`, "a volume", { name, shown: "a volume" });
  const own = Object.entries(rest).filter(([key]) => !ONLY_DESCRIBED.includes(key));
  putRest("", Object.fromEntries(own), put, label);
}

function putContainer(path: string, given: Container, definition: Definition, put: Put, label: Label) {
  const { networkMode } = definition;
  const { name, image, essential, cpu, memory, environment, secrets, portMappings, ...more } = given;
  const { mountPoints: _mounts, linuxParameters, healthCheck, dockerLabels, ...rest } = more;
  put(path, "a container", { name, shown: "a container" });
  if (path === AGENT) put(`${path}.name`, name);
  put(`${path}.image`, image, { value: /[:@][^/]*$/.test(image) ? image : `${image}:latest` });
  if (!essential) put(`${path}.essential`, "false", { shown: "false" });
  if (cpu !== 0) put(`${path}.cpu`, cpu);
  if (memory !== undefined) put(`${path}.memory`, memory);
  for (const { name, value } of environment) {
    // The order of tags doesn't matter.
    const sorted = name === "DD_TAGS" ? value.split(/\s+/).filter(Boolean).sort(compare).join(" ") : value;
    put(`${path}.environment.${label(name)}`, value, { name, value: sorted });
  }
  for (const { name, valueFrom } of secrets) {
    const value = isPlaceholder(valueFrom) ? "unknown" : parameterArn(valueFrom, definition).replace(/:::$/, "");
    // The name suggests a secret, but the value is only its ARN.
    put(`${path}.secrets.${label(name)}`, valueFrom, { name: LIKE_A_KEY.test(name) ? name : "", value });
  }
  for (const { containerPort = "", hostPort, protocol, containerPortRange, ...others } of portMappings) {
    const at = `${path}.portMappings[${label(`${String(containerPort) || String(containerPortRange)}/${protocol}`)}]`;
    const fixed = networkMode === "host" || networkMode === "awsvpc" ? Number(containerPort) : hostPort;
    put(at, `host port ${fixed || "dynamic"}`, { shown: fixed ? `host port ${fixed}` : "dynamic host port" });
    putRest(`${at}.`, others, put, label);
  }
  for (const [name, value] of Object.entries(dockerLabels)) {
    put(`${path}.dockerLabels.${label(name)}`, value, { name, value: labelValue(name, value), shown: "a label" });
  }
  const { capabilities, ...parameters } = linuxParameters;
  for (const [what, names] of Object.entries(capabilities)) {
    for (const capability of names) {
      put(`${path}.linuxParameters.capabilities.${what}.${label(capability)}`, capability, { name: capability });
    }
  }
  putRest(`${path}.linuxParameters.`, parameters, put, label);
  if (healthCheck.command.length > 0) {
    const { command, ...times } = healthCheck;
    put(`${path}.healthCheck.command`, command.join(" "));
    for (const [time, seconds] of Object.entries(times)) put(`${path}.healthCheck.${time}`, seconds);
  }
  putRest(`${path}.`, rest, put, label);
}

/** Autodiscovery labels are JSON, where white space and the order of keys don't matter. */
function labelValue(name: string, text: string): string {
  const json = name.startsWith("com.datadoghq.ad.") ? parsedJson(text) : undefined;
  return json === undefined ? text : JSON.stringify(sorted(json));
}

/** Adds the fields that have no special handling. */
function putRest(base: string, rest: Readonly<Record<string, unknown>>, put: Put, label: Label): void {
  for (const [key, value] of Object.entries(rest)) {
    if (isDefault(key, value)) continue;
    const path = `${base}${label(key)}`;
    if (typeof value === "string" || typeof value === "number") put(path, value, { name: key });
    else {
      const shown = typeof value === "boolean" ? String(value) : describe(value);
      put(path, JSON.stringify(sorted(value)), { name: key, shown });
    }
  }
}

/** A copy with sorted keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function isDefault(key: string, value: unknown): boolean {
  if (key === "versionConsistency" && value === "enabled") return true;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === false || value === "" || value === 0;
}

/** Whether a value is a placeholder of a file that this package wrote for the AWS CLI. */
export function isPlaceholder(text: string): boolean {
  return text.startsWith("<REPLACE ");
}

/** The ARN of a parameter. ECS looks up a parameter name in the task definition's account and region. */
export function parameterArn(valueFrom: string, { taskDefinitionArn = "" }: Definition): string {
  const [, partition, region, account] = /^arn:([\w-]+):ecs:([\w-]+):(\d{12}):/.exec(taskDefinitionArn) ?? [];
  if (partition === undefined || valueFrom.startsWith("arn:")) return valueFrom;
  return `arn:${partition}:ssm:${String(region)}:${String(account)}:parameter/${valueFrom.replace(/^\//, "")}`;
}

/** CPU units or MiB. ECS also accepts `1 vCPU` and `1GB`. */
function units(text: string | number): string {
  const [, amount] = /^\s*([\d.]+)\s*(?:vcpus?|gb)\s*$/i.exec(String(text)) ?? [];
  return amount === undefined ? String(text).trim() : String(Number(amount) * 1024);
}

/** Formats names for paths. A name that may be a secret is replaced by a number. */
function labels(): Label {
  let hidden = 0;
  return (name) => {
    if (LIKE_A_KEY.test(name)) return `(hidden ${++hidden})`;
    return /^[\w./:=+@!-][\w ./:=+@!-]*$/.test(name) ? name : JSON.stringify(name);
  };
}
