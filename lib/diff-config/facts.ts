import { AGENT_CONTAINER } from "../core/assemble";
import type { Host } from "../core/host";
import { compare } from "../core/merge";
import { describe, LIKE_A_KEY } from "../core/problem";
import { agentIndex, type Container, type Definition } from "./definition";
import { expressionOf, mountsOf } from "./mounts";
import { mayBeSecret, NOT_SHOWN, shownText } from "./secrets";

/** One thing that a task definition says. */
export interface Fact {
  /** What it is called in its map or list: a variable's name, a tag's key. */
  readonly name: string;
  /** As the definition has it. */
  readonly text: string;
  /** What counts when definitions are compared: without accidents such as order. */
  readonly value: string;
  readonly shown: string;
  /** It may be a secret: nothing of it may be shown or taken over. */
  readonly secret: boolean;
}

/** What a task definition says, each thing at its path. What ECS has by default isn't there. */
export type Facts = ReadonlyMap<string, Fact>;

const container = (name: string) => `containerDefinitions[${name}]`;
export const AGENT = container(AGENT_CONTAINER);

/** The part of a path that stands for a container. */
export const CONTAINER_PATH = /^containerDefinitions\[.*?\]/;

/** What describe-task-definition adds, which isn't part of the definition. */
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
  options?: { readonly name?: string; readonly value?: string; readonly shown?: string },
) => void;

/** What a path calls something. */
type Label = (name: string) => string;

/** A definition as facts. The Agent's container is called like ours, whatever its name is there. */
export function factsOf(definition: Definition, host: Host): Facts {
  const facts = new Map<string, Fact>();
  const put: Put = (path, text, { name = "", value = String(text), shown } = {}) => {
    const secret = mayBeSecret(String(text), name);
    const plain = shown ?? (typeof text === "number" ? String(text) : shownText(text));
    facts.set(path, { name, text: String(text), value, shown: secret ? NOT_SHOWN : plain, secret });
  };
  const label = labels();
  const agent = agentIndex(definition);
  putTask(definition, host, put, label);
  for (const [index, each] of definition.containerDefinitions.entries()) {
    const path = index === agent ? AGENT : container(label(each.name));
    putContainer(path, each, definition, put, label);
    for (const { path: at, source, readOnly } of mountsOf(definition, index)) {
      put(`${path}.mountPoints[${label(at)}]`, `${source}, ${readOnly ? "read-only" : "read-write"}`, { name: at });
    }
  }
  return facts;
}

function putTask(definition: Definition, host: Host, put: Put, label: Label): void {
  const { family, taskRoleArn, executionRoleArn, networkMode = host.networkMode, ...described } = definition;
  const { requiresCompatibilities, cpu, memory, placementConstraints, containerDefinitions, ...more } = described;
  const { volumes, tags, ...rest } = more;
  if (family) put("family", family);
  for (const [role, arn] of Object.entries({ taskRoleArn, executionRoleArn })) {
    // Which role is made is of no account before it is.
    if (arn)
      put(role, arn, { value: isOpen(arn) ? "created" : arn, ...(isOpen(arn) && { shown: "a role that is created" }) });
  }
  if (networkMode !== undefined) put("networkMode", networkMode);
  if (requiresCompatibilities.length > 0) put("requiresCompatibilities", requiresCompatibilities.toSorted().join(", "));
  if (cpu !== undefined) put("cpu", units(cpu), { shown: units(cpu) });
  if (memory !== undefined) put("memory", units(memory), { shown: units(memory) });
  for (const constraint of placementConstraints) {
    const expression = expressionOf(constraint);
    put(`placementConstraints[${label(expression)}]`, constraint.type, { name: expression });
  }
  for (const { key, value } of tags) put(`tags.${label(key)}`, value, { name: key });
  const mounted = new Set(
    containerDefinitions.flatMap(({ mountPoints }) => mountPoints.map((point) => point.sourceVolume)),
  );
  for (const { name } of volumes)
    if (!mounted.has(name)) put(`volumes[${label(name)}]`, "a volume", { name, shown: "a volume" });
  const own = Object.entries(rest).filter(([key]) => !ONLY_DESCRIBED.includes(key));
  putRest("", Object.fromEntries(own), put, label);
}

function putContainer(path: string, given: Container, { networkMode }: Definition, put: Put, label: Label) {
  const { name, image, essential, cpu, memory, environment, secrets, portMappings, ...more } = given;
  const { mountPoints: _mounts, linuxParameters, healthCheck, ...rest } = more;
  put(path, "a container", { name, shown: "a container" });
  if (path === AGENT) put(`${path}.name`, name);
  put(`${path}.image`, image, { value: /[:@][^/]*$/.test(image) ? image : `${image}:latest` });
  if (!essential) put(`${path}.essential`, "false", { shown: "false" });
  if (cpu !== 0) put(`${path}.cpu`, cpu);
  if (memory !== undefined) put(`${path}.memory`, memory);
  for (const { name, value } of environment) {
    // The Agent's list of tags is a set.
    const sorted = name === "DD_TAGS" ? value.split(/\s+/).filter(Boolean).sort(compare).join(" ") : value;
    put(`${path}.environment.${label(name)}`, value, { name, value: sorted });
  }
  for (const { name, valueFrom } of secrets) {
    const value = isOpen(valueFrom) ? "open" : valueFrom.replace(/:::$/, "");
    // The name is that of a secret, and what stands here is where it is.
    put(`${path}.secrets.${label(name)}`, valueFrom, { name: LIKE_A_KEY.test(name) ? name : "", value });
  }
  for (const { containerPort = "", hostPort, protocol, containerPortRange, ...others } of portMappings) {
    const at = `${path}.portMappings[${label(`${String(containerPort) || String(containerPortRange)}/${protocol}`)}]`;
    const fixed = networkMode === "host" || networkMode === "awsvpc" ? Number(containerPort) : hostPort;
    put(at, `host port ${fixed || "of Docker's choice"}`, { shown: fixed ? `host port ${fixed}` : "any host port" });
    putRest(`${at}.`, others, put, label);
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

/** What has no counterpart here: that it is there. */
function putRest(base: string, rest: Readonly<Record<string, unknown>>, put: Put, label: Label): void {
  for (const [key, value] of Object.entries(rest)) {
    if (isDefault(key, value)) continue;
    const path = `${base}${label(key)}`;
    if (typeof value === "string" || typeof value === "number") put(path, value, { name: key });
    else {
      const shown = typeof value === "boolean" ? String(value) : describe(value);
      put(path, JSON.stringify(value), { name: key, shown });
    }
  }
}

function isDefault(key: string, value: unknown): boolean {
  if (key === "versionConsistency" && value === "enabled") return true;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === false || value === "" || value === 0;
}

/** Whether it is a placeholder of our own file for the AWS CLI. */
export function isOpen(text: string): boolean {
  return text.startsWith("<REPLACE ");
}

/** CPU units or MiB, which ECS also takes as `1 vCPU` and `1GB`. */
function units(text: string | number): string {
  const [, amount] = /^\s*([\d.]+)\s*(?:vcpus?|gb)\s*$/i.exec(String(text)) ?? [];
  return amount === undefined ? String(text).trim() : String(Number(amount) * 1024);
}

/** Names as paths show them: one that may be a secret isn't shown, and told apart by a number. */
function labels(): Label {
  let hidden = 0;
  return (name) => {
    if (LIKE_A_KEY.test(name)) return `(not shown, ${++hidden})`;
    return /^[\w./:=+@!-][\w ./:=+@!-]*$/.test(name) ? name : JSON.stringify(name);
  };
}
