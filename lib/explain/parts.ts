import type { z } from "zod";
import type { ClusterOnHost } from "../configuration/hosts";
import type { Contribution, Feature, Only, Sidecar } from "../core/feature";
import { isExpression, unescapeTemplate } from "../core/expression";
import { type HostMount, HOST_TRAITS, type HostTrait } from "../core/host";
import { compare } from "../core/merge";
import { LIKE_A_KEY, list } from "../core/problem";
import { hosts } from "../hosts";
import { portRanges } from "../summary";
import { columns, wrap } from "../text";

/** A label and the lines beside it; without lines there is nothing to tell. */
export type Row = readonly [label: string, lines: readonly string[]];

const LABELS = 17;

/** A title with its rows below it. */
export function block(title: string, rows: readonly Row[]): string {
  const lines = rows.flatMap(([label, beside]) =>
    beside.map((line, index) => `  ${(index === 0 ? label : "").padEnd(LABELS)}${line}`),
  );
  return [title, ...lines].join("\n");
}

const IMAGE_DIGEST = /@sha256:[0-9a-f]{64}$/;

/** A text of a configuration as a person wrote it, unless it may be a secret. */
export function shown(text: string): string {
  if (LIKE_A_KEY.test(text.replace(IMAGE_DIGEST, ""))) return "not shown: it may be a secret";
  return isExpression(text) ? text.replace(/^\$\{([^{}]*)\}$/, "$1") : unescapeTemplate(text);
}

/** What a contribution puts into the task of this cluster. */
export function contributionRows(contribution: Contribution, cluster: ClusterOnHost): readonly Row[] {
  const { environment = {}, secrets = {}, mounts = [], ports = [], capabilities = [], sidecars = [] } = contribution;
  const { pidMode, advisedMemoryMiB } = contribution;
  const place = cluster.networkMode === "awsvpc" ? "of the task's own network interface" : "of every instance";
  const memoryMiB = cluster.memoryMiB ?? hosts[cluster.host].memoryMiB;
  return [
    ["Environment", variableLines(environment, cluster.environment)],
    ["Secrets", columns(sorted(secrets).map(([name, arn]) => [name, shown(arn)]))],
    ["Mounts", columns(mounts.map(mountCells))],
    ["Ports", rangesOf(ports).map((range) => `${range} ${place}`)],
    ["Capabilities", wrap([...capabilities].sort().join(", "))],
    ["PID mode", pidMode === undefined ? [] : [`${pidMode}: the processes of the whole instance`]],
    ["Sidecars", columns(sidecars.flatMap(sidecarCells))],
    [
      "Memory",
      advisedMemoryMiB === undefined
        ? []
        : [`${advisedMemoryMiB} MiB are advised; the container has ${String(memoryMiB)} MiB`],
    ],
  ];
}

/** Variables and their values; the user's own win. */
export function variableLines(
  variables: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): readonly string[] {
  return columns(
    sorted(variables).map(([name, value]) => [
      name,
      shown(value),
      ...(name in own ? ["overridden: `environment` has it, too"] : []),
    ]),
  );
}

function mountCells({ volume, containerPath, readOnly }: HostMount): readonly string[] {
  return [
    volume.host?.sourcePath ?? `Docker volume ${volume.name}`,
    `at ${containerPath}`,
    readOnly ? "read-only" : "read-write",
  ];
}

function sidecarCells({ name, image, cpu, memoryMiB, environment, ports }: Sidecar): readonly (readonly string[])[] {
  const facts = [
    ["image", shown(image)],
    ["cpu", `${cpu} CPU units`],
    ["memory", `${memoryMiB} MiB`],
    ["ports", rangesOf(ports).join(", ")],
    ...sorted(environment).map(([variable, value]) => [variable, shown(value)]),
  ];
  return facts.map((fact, index) => [index === 0 ? name : "", ...fact]);
}

function rangesOf(ports: NonNullable<Contribution["ports"]>): readonly string[] {
  return portRanges(ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol })));
}

/** What a feature with these options needs of its surroundings. */
export function needsLines(feature: Feature, options: Readonly<Record<string, unknown>>): readonly string[] {
  const { requires, launchTypes, sites, networkModes, since, imageFlavor, excludes, replaces } = feature;
  const { optionRequires = {}, optionSince = {}, optionNeeds = {} } = feature;
  const ofOption = Object.keys(options)
    .filter((option) => options[option])
    .flatMap((option) =>
      [
        ...(optionRequires[option] ?? []).map(hostWith),
        ...agentFrom(optionSince[option]),
        ...(optionNeeds[option] === undefined ? [] : [`features.${optionNeeds[option]}`]),
      ].map((need) => `${need}, for ${option}`),
    );
  return [
    ...requires.map(hostWith),
    ...only("launchType", launchTypes),
    ...only("site", sites),
    ...only("networkMode", networkModes),
    ...agentFrom(since),
    ...(imageFlavor === undefined ? [] : [`image.flavor ${imageFlavor}, which it adds`]),
    ...Object.entries({ ...excludes, ...replaces }).map(([other, because]) => `features.${other} off: ${because}`),
    ...ofOption,
  ].flatMap(wrap);
}

const hostWith = (trait: HostTrait) => `a host that ${HOST_TRAITS[trait]}`;
const agentFrom = (version: string | undefined) => (version === undefined ? [] : [`Agent ${version} or later`]);

function only(key: string, limit: Only<string> | undefined): readonly string[] {
  return limit === undefined ? [] : [`${key} ${list(limit.only, "or")}: ${limit.because}`];
}

/** The options with their values, or with their defaults where the feature has no options yet. */
export function optionLines(
  name: string,
  { options: { shape } }: Feature,
  options: Readonly<Record<string, unknown>> | undefined,
  { leftOut, host }: ClusterOnHost,
): readonly string[] {
  return columns(
    Object.entries(shape).map(([option, schema]) => {
      const { description = "" } = schema as z.ZodType;
      const missing = leftOut.includes(`features.${name}.${option}`) ? ` (left out on ${host})` : "";
      return [option, `${valueWords(schema as z.ZodType, options?.[option])}${missing}`, description];
    }),
  );
}

function valueWords(schema: z.ZodType, given: unknown): string {
  const byDefault = schema.safeParse(undefined);
  const value = given ?? byDefault.data;
  if (value === undefined) return byDefault.success ? "not given" : "must be given";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((each) => shown(String(each))).join(", ");
  return shown(typeof value === "string" ? value : JSON.stringify(value));
}

function sorted(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => compare(a, b));
}
