import type { Catalog } from "../../core/catalog";
import type { Host } from "../../core/host";
import { portKey } from "../../core/assemble";
import type { Port } from "../../core/feature";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import { isOperator, type Operator, type Term } from "../../core/term";
import { availableFeatures, type Module } from "../../configuration/modules";
import { listCode, literal, mapCode, snakeCase } from "./hcl";
import { type Names, namesInFeature, namesOf } from "./names";
import { type Printed, printEntries, printItems, printList, printTerm } from "./print";

type Fields = Readonly<Record<string, Term | undefined>>;

/**
 * What the host and the settings contribute to the task, by setting. Null values in contributions are dropped when they are
 * merged.
 */
export function baseCode(catalog: Catalog, module: Module): string {
  const names = namesOf(catalog, module);
  const host = hostOf(catalog, module);
  const ofSettings = Object.entries<Setting>(catalog.settings).flatMap(
    ([key, { contribution = {}, container = {} }]) => {
      const { dockerLabels } = container;
      // Labels of the container are merged with the labels of other contributions.
      const all = dockerLabels === undefined ? contribution : { ...fieldsOf(contribution), dockerLabels };
      return entryOf(snakeCase(key), contributionCode(all, names));
    },
  );
  return mapCode([["agent", contributionCode({ mounts: host.agentMounts }, names)], ...ofSettings]);
}

/** What each feature that the host supports contributes, depending on its options. */
export function featuresCode(catalog: Catalog, module: Module): string {
  const names = namesOf(catalog, module);
  const host: Host = hostOf(catalog, module);
  return mapCode(
    availableFeatures(catalog, module).map(({ name, feature }) => {
      const { instanceActions } = feature;
      const code = contributionCode(feature.on(host), namesInFeature(names, name), [
        ...(instanceActions === undefined ? [] : [["instance_actions", literal(instanceActions)] as const]),
      ]);
      return [snakeCase(name), code];
    }),
  );
}

function entryOf(key: string, code: string): readonly (readonly [string, string])[] {
  return code === "{}" ? [] : [[key, code]];
}

/** A contribution with the field names of ECS, without empty parts. */
function contributionCode(
  template: Term,
  names: Names,
  others: readonly (readonly [key: string, code: string])[] = [],
): string {
  const { environment, fallback, secrets, dockerLabels, mounts, volumes, ports, ...more } = fieldsOf(template);
  const { capabilities, droppedCapabilities, writable, sidecars, containers, placementConstraints } = more;
  const { pidMode, advisedMemoryMiB } = more;
  const scalar = (key: string, term: Term | undefined) => {
    const printed = term === undefined ? undefined : printTerm(term, names);
    return printed === undefined ? [] : [[key, printed.code] as const];
  };
  return mapCode([
    ...entryOf("environment", mapOf(environment, names)),
    ...entryOf("default_environment", mapOf(fallback, names)),
    ...entryOf("secrets", mapOf(secrets, names)),
    ...entryOf("docker_labels", mapOf(dockerLabels, names)),
    ...listOf("mounts", mounts && mappedItems(mounts, mountFields), names),
    ...listOf("ports", ports && mappedItems(ports, portFields), names),
    ...listOf("writable", writable, names),
    ...listOf("volumes", volumes && mappedItems(volumes, volumeFields), names),
    ...listOf("capabilities", capabilities, names),
    ...listOf("dropped_capabilities", droppedCapabilities, names),
    ...listOf("containers", containers, names),
    ...listOf("placement_constraints", placementConstraints, names),
    ...sidecarList(sidecars, names),
    ...scalar("pid_mode", pidMode),
    ...scalar("recommended_memory_mib", advisedMemoryMiB),
    ...others,
  ]);
}

/** The fields of a map. A condition on the map becomes a condition on each field. */
function fieldsOf(template: Term | undefined): Fields {
  if (template === undefined || typeof template !== "object") return {};
  if (!isOperator(template)) return template as Fields;
  if (template.$ === "merge") return Object.assign({}, ...template.maps.map(fieldsOf)) as Fields;
  if (template.$ !== "when") throw new Error(`A contribution must be a map, got the operator ${template.$}.`);
  const fields = Object.entries(fieldsOf(template.then)).map(([key, then]) => [
    key,
    then && ({ ...template, then } satisfies Operator),
  ]);
  return Object.fromEntries(fields) as Fields;
}

function mapOf(map: Term | undefined, names: Names): string {
  if (map === undefined) return "{}";
  if (isOperator(map) && map.$ !== "when" && map.$ !== "merge") return printTerm(map, names)?.code ?? "{}";
  return mapCode(printEntries(fieldsOf(map), names).map(([key, { code }]) => [key, code]));
}

function listOf(key: string, list: Term | undefined, names: Names): readonly (readonly [string, string])[] {
  if (list === undefined) return [];
  const items = printItems(list, names);
  const code = items === undefined ? printList(list, names) : listCode(items.map((item) => item.code));
  return code === "[]" ? [] : [[key, code]];
}

/** The list with the fields of its items renamed. */
function mappedItems(list: Term, fields: (item: Fields) => Fields): Term {
  if (Array.isArray(list)) return (list as readonly Term[]).map((item) => mappedItem(item, fields));
  if (!isOperator(list)) return list;
  if (list.$ === "concat") return { ...list, lists: list.lists.map((each) => mappedItems(each, fields)) };
  if (list.$ === "when") return { ...list, then: mappedItems(list.then, fields) };
  return list.$ === "each" ? { ...list, item: mappedItem(list.item, fields) } : list;
}

function mappedItem(item: Term, fields: (item: Fields) => Fields): Term {
  if (isOperator(item)) return item.$ === "when" ? { ...item, then: mappedItem(item.then, fields) } : item;
  return fields(item as Fields);
}

function mountFields({ containerPath, readOnly, volume }: Fields): Fields {
  return { path: containerPath, ...volumeFields(fieldsOf(volume)), read_only: readOnly };
}

function volumeFields({ name, host, ...kinds }: Fields): Fields {
  return {
    volume: name,
    host_path: fieldsOf(host).sourcePath,
    ...Object.fromEntries(VOLUME_KINDS.map((kind) => [snakeCase(kind), kinds[kind]])),
  };
}

/** The types of volumes that have a configuration in the API. Others are bind mounts. */
export const VOLUME_KINDS = [
  "dockerVolumeConfiguration",
  "efsVolumeConfiguration",
  "fsxWindowsFileServerVolumeConfiguration",
] as const;

/** The host port is the container port unless it is set. */
function portFields({ containerPort, hostPort, protocol }: Fields): Fields {
  return { containerPort, hostPort, protocol };
}

/** The ports of a sidecar. No other contribution changes them. */
function sidecarPortFields({ containerPort, hostPort = containerPort, protocol }: Fields): Fields {
  return { containerPort, hostPort, protocol };
}

function sidecarList(list: Term | undefined, names: Names): readonly (readonly [string, string])[] {
  if (list === undefined) return [];
  const items = printItems(list, names, sidecarOf);
  if (items === undefined) throw new Error("The number of sidecars must be known when the module is generated.");
  return items.length === 0 ? [] : [["sidecars", listCode(items.map(({ code }) => code))]];
}

/** The container definition of a sidecar. */
function sidecarOf(sidecar: Term, names: Names): Printed {
  const { name, image, cpu, memoryMiB, environment = {}, ports = [] } = fieldsOf(sidecar);
  const fields = printEntries({ name, image, essential: true, cpu, memory: memoryMiB }, names);
  const variables = Object.entries(fieldsOf(environment)).sort(([a], [b]) => (a < b ? -1 : 1));
  const lists = [
    [
      "environment",
      printList(
        variables.map(([key, value]) => wrapVariable({ name: key, value })),
        names,
      ),
    ],
    ["portMappings", portsCode(ports, names)],
  ] as const;
  const code = mapCode([
    ...fields.map(([key, value]) => [key, value.code] as const),
    ...lists.filter(([, list]) => list !== "[]"),
  ]);
  return { code, nullable: false };
}

/** Moves a condition on the value to the whole variable, so that there is no variable without a value. */
function wrapVariable({ name, value }: { readonly name: string; readonly value: Term | undefined }): Term {
  if (value !== undefined && isOperator(value) && value.$ === "when") {
    return { ...value, then: wrapVariable({ name, value: value.then }) };
  }
  return { name, value };
}

/** Sorted by number, as ECS returns them. */
function portsCode(ports: Term, names: Names): string {
  const isKnown = (port: unknown): port is Port => typeof (port as Partial<Port>).containerPort === "number";
  const all = ports as readonly Term[];
  if (Array.isArray(ports) && all.every(isKnown)) {
    const sorted = all.toSorted((a, b) => (portKey(a) < portKey(b) ? -1 : 1));
    return printList(mappedItems(sorted, sidecarPortFields), names);
  }
  const code = printList(mappedItems(ports, sidecarPortFields), names);
  // A range is sorted already.
  if (code === "[]" || code.startsWith("[for index in range(")) return code;
  return `values({ for port in ${code} : format("%05d/%s", port.containerPort, port.protocol) => port })`;
}
