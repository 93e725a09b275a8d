import { isDeepStrictEqual } from "node:util";
import { API_KEY } from "../../core/agent";
import { emptyMount, osTypeConstraint } from "../../core/assemble";
import type { Host } from "../../core/host";
import { LIKE_A_KEY, type Path } from "../../core/problem";
import { agentIndex, type Container, type Definition } from "./definition";
import { type Facts, isPlaceholder } from "./facts";
import { expressionOf, mountedVolume, mountOf, mountsOf } from "./mounts";
import { AGENT, container, LABELS, VARIABLES } from "./paths";
import { mayBeSecret } from "./secrets";

/** The values of a task definition in the structure of the settings' templates. Contains no secrets. */
export interface View {
  readonly container: Parts;
  readonly task: Parts;
  readonly contribution: Parts;
  readonly service: Parts;
}

export type Part = keyof View;
type Parts = Readonly<Record<string, unknown>>;

const SECRETS = `${AGENT}.secrets.`;
const CAPABILITIES = `${AGENT}.linuxParameters.capabilities.add.`;
const DROPPED = `${AGENT}.linuxParameters.capabilities.drop.`;
const CONSTRAINTS = "placementConstraints[";

/**
 * @param rest the facts of the definition that features don't add
 * @param host the host, whose mounts and constraints aren't in the view
 * @param contributed names of the Docker labels that settings contribute
 * @param service the known arguments of the service
 */
export function viewOf(
  definition: Definition,
  rest: Facts,
  { host, contributed }: { readonly host: Host; readonly contributed: readonly string[] },
  service: Parts = {},
): View {
  const agent = definition.containerDefinitions[agentIndex(definition)] as Container;
  const { environment: _variables, secrets: _secrets, ...fields } = agent;
  const { containerDefinitions: _containers, cpu, memory, ...task } = definition;
  const known = namedBelow(rest, CONSTRAINTS);
  const constraints = definition.placementConstraints.filter((constraint) => {
    const expression = expressionOf(constraint);
    return expression in known && expression !== osTypeConstraint(host).expression;
  });
  const secrets = agent.secrets.filter(({ name }) => name !== API_KEY && rest.get(SECRETS + name)?.secret === false);
  return {
    container: withoutSecrets({
      ...fields,
      // Without `cpu`, ECS doesn't limit the CPU.
      cpu: agent.cpu || 0,
      dockerLabels: otherLabels(rest, contributed),
      healthCheck: agent.healthCheck.command.length > 0 ? agent.healthCheck : undefined,
    }),
    task: withoutSecrets({ ...task, cpu: cpu && String(cpu), memory: memory && String(memory) }),
    contribution: {
      environment: namedBelow(rest, VARIABLES),
      dockerLabels: namedBelow(rest, LABELS),
      secrets: Object.fromEntries(secrets.map(({ name, valueFrom }) => [name, valueFrom])),
      // The list itself is derived from the host.
      writable: agent.readonlyRootFilesystem === true ? [] : undefined,
      mounts: mountsIn(definition, rest, host),
      volumes: unmounted(definition),
      ports: portsIn(agent, definition, rest),
      capabilities: Object.keys(namedBelow(rest, CAPABILITIES)),
      droppedCapabilities: Object.keys(namedBelow(rest, DROPPED)),
      containers: containersIn(definition, rest),
      placementConstraints: constraints.map(({ expression }) => expression),
      pidMode: rest.has("pidMode") ? withoutSecrets(task).pidMode : undefined,
    },
    service: withoutSecrets(service),
  };
}

/** The Docker labels that no setting contributes. Undefined if there are none. */
function otherLabels(rest: Facts, contributed: readonly string[]): Parts | undefined {
  const labels = Object.entries(namedBelow(rest, LABELS)).filter(([name]) => !contributed.includes(name));
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}

/** The mounts that neither the host nor features add, with their volumes. */
function mountsIn(definition: Definition, rest: Facts, host: Host): readonly object[] {
  const index = agentIndex(definition);
  const isReadonly = definition.containerDefinitions[index]?.readonlyRootFilesystem === true;
  const base = new Set(host.agentMounts.map((mount) => mountOf(mount).path));
  return mountsOf(definition, index).flatMap(({ path }, at) => {
    const mounted = mountedVolume(definition, index, at);
    const fact = rest.get(`${AGENT}.mountPoints[${path}]`);
    if (mounted === undefined || !isHarmless(mounted.volume)) return [];
    if (fact === undefined || fact.secret || base.has(path)) return [];
    const { containerPath, readOnly, volume } = mounted;
    const mount = { containerPath, readOnly, volume: renamed(withoutEmpty(volume), host) };
    return isReadonly && isDeepStrictEqual(mount, emptyMount(containerPath)) ? [] : [mount];
  });
}

/** Renames a volume if a host or feature has a different volume of the same name. */
function renamed(volume: NamedVolume, host: Host): NamedVolume {
  const taken = [...host.agentMounts, ...host.logMounts, ...host.socketMounts].some(
    (mount) => mount.volume.name === volume.name && !isDeepStrictEqual(mount.volume, volume),
  );
  return taken ? { ...volume, name: `${volume.name}-of-mounts` } : volume;
}

type NamedVolume = { readonly name: string } & object;

/** The volumes that the Agent's container doesn't mount. */
function unmounted(definition: Definition): readonly object[] {
  const mounted = new Set(
    definition.containerDefinitions[agentIndex(definition)]?.mountPoints.map(({ sourceVolume }) => sourceVolume),
  );
  return definition.volumes.filter((volume) => !mounted.has(volume.name) && isHarmless(volume)).map(withoutEmpty);
}

/** ECS returns an empty `host` for a volume that was registered without one. */
export function withoutEmpty(volume: Definition["volumes"][number]): NamedVolume {
  const { host, ...others } = volume;
  return { ...others, ...(host?.sourcePath ? { host } : {}) };
}

/** The ports that features don't add, or add with another host port. */
function portsIn({ portMappings }: Container, { networkMode }: Definition, rest: Facts): readonly object[] {
  const isShared = networkMode === "host" || networkMode === "awsvpc";
  return portMappings.flatMap(({ containerPort, hostPort, protocol }) => {
    if (containerPort === undefined || !rest.has(`${AGENT}.portMappings[${containerPort}/${protocol}]`)) return [];
    return [{ containerPort, ...(!isShared && hostPort !== containerPort && { hostPort }), protocol }];
  });
}

/** The containers that features don't add. */
function containersIn(definition: Definition, rest: Facts): readonly unknown[] {
  const { rawContainers, containerDefinitions } = definition;
  return rawContainers.flatMap((raw, index) => {
    const name = containerDefinitions[index]?.name ?? "";
    return index !== agentIndex(definition) && rest.has(container(name)) ? [withoutSecrets(raw)] : [];
  });
}

/** A copy without text that may be a secret, and without placeholders. */
function withoutSecrets(parts: Parts): Parts {
  const scrubbed = (value: unknown, name: string): unknown => {
    if (typeof value === "string") {
      // An ARN isn't a secret, even if the name suggests one.
      const label = value.startsWith("arn:") ? "" : name;
      return mayBeSecret(value, label) || isPlaceholder(value) ? undefined : value;
    }
    if (Array.isArray(value)) return value.map((each) => scrubbed(each, name)).filter((each) => each !== undefined);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, scrubbed(inner, key)] as const);
    return Object.fromEntries(entries.filter(([key, inner]) => inner !== undefined && !LIKE_A_KEY.test(key)));
  };
  return scrubbed(parts, "") as Parts;
}

/** Whether a volume contains no text that may be a secret. Without that text it would be a different volume. */
function isHarmless(volume: Parts): boolean {
  return isDeepStrictEqual(withoutSecrets(volume), volume);
}

/** The names and values below a path that aren't secrets. */
export function namedBelow(facts: Facts, path: string): Readonly<Record<string, string>> {
  const below = [...facts].filter(([at, { secret }]) => at.startsWith(path) && !secret);
  return Object.fromEntries(below.map(([, { name, text }]) => [name, text]));
}

/** The path of the fact at a path of a view. */
export function factAt(facts: Facts, view: View, part: Part, at: Path): string | undefined {
  const [field, key] = at;
  const named = (base: string, name: unknown) =>
    [...facts].find(([path, fact]) => path.startsWith(base) && fact.name === name)?.[0];
  switch (part) {
    case "container":
      return [...at.keys()]
        .map((last) => [AGENT, ...at.slice(0, last + 1)].join("."))
        .findLast((path) => facts.has(path));
    case "task":
      return facts.has(String(field)) ? String(field) : undefined;
    case "contribution":
      if (key === undefined) return undefined;
      if (field === "environment") return named(VARIABLES, key);
      if (field === "secrets") return `${SECRETS}${key}`;
      if (field === "dockerLabels") return named(LABELS, key);
      return inList(String(field), itemAt(view.contribution[String(field)], key), named);
    case "service":
      return undefined;
  }
}

function itemAt(list: unknown, index: unknown): unknown {
  return (list as readonly unknown[] | undefined)?.[Number(index)];
}

type Named = (base: string, name: unknown) => string | undefined;

/** The path of the fact for an item in a list of a contribution. */
function inList(field: string, item: unknown, named: Named): string | undefined {
  const { containerPath, containerPort, protocol, name } = (item ?? {}) as Readonly<Record<string, unknown>>;
  switch (field) {
    case "capabilities":
      return named(CAPABILITIES, item);
    case "droppedCapabilities":
      return named(DROPPED, item);
    case "placementConstraints":
      return named(CONSTRAINTS, expressionOf({ expression: String(item) }));
    case "mounts":
      return named(`${AGENT}.mountPoints[`, containerPath);
    case "ports":
      return `${AGENT}.portMappings[${String(containerPort)}/${String(protocol)}]`;
    case "containers":
      return container(String(name));
    case "volumes":
      return named("volumes[", name);
    default:
      return undefined;
  }
}
