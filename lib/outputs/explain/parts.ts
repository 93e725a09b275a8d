import type * as z from "zod";
import type { ClusterOnHost } from "../../configuration/types";
import type { Contribution, Feature, Only, Sidecar } from "../../core/feature";
import { isExpression, unescapeTemplate } from "../../core/expression";
import { type Host, type HostMount, HOST_TRAITS, type HostTrait } from "../../core/host";
import { compare } from "../../core/merge";
import { LIKE_A_KEY, list } from "../../core/problem";
import { mayBeSecret } from "../../core/secrets";
import { portRanges } from "../../summary";
import { columns, wrap } from "../text";

/** A label and its lines. A row without lines isn't printed. */
export type Row = readonly [label: string, lines: readonly string[]];

const MIN_LABEL_WIDTH = 17;

/** A title with rows. Empty if no row has lines. */
export function block(title: string, rows: readonly Row[]): string {
  const width = Math.max(MIN_LABEL_WIDTH, ...rows.map(([label]) => label.length + 2));
  const lines = rows.flatMap(([label, values]) =>
    values.map((line, index) => `  ${(index === 0 ? label : "").padEnd(width)}${line}`),
  );
  return lines.length === 0 ? "" : [title, ...lines].join("\n");
}

const IMAGE_DIGEST = /@sha256:[0-9a-f]{64}$/;

export const HIDDEN = "hidden (may be a secret)";

/** Text as it was written in the configuration, unless it may be a secret. */
export function shown(text: string): string {
  if (LIKE_A_KEY.test(text.replace(IMAGE_DIGEST, ""))) return HIDDEN;
  return isExpression(text) ? text.replace(/^\$\{([^{}]*)\}$/, "$1") : unescapeTemplate(text);
}

/** The rows for a contribution to the task of a cluster. */
export function contributionRows(contribution: Contribution, cluster: ClusterOnHost, host: Host): readonly Row[] {
  const { environment = {}, secrets = {}, mounts = [], ports = [], capabilities = [], sidecars = [] } = contribution;
  const { fallback = {}, dockerLabels = {}, pidMode, advisedMemoryMiB } = contribution;
  const place = cluster.networkMode === "awsvpc" ? "on the task's network interface" : "on every container instance";
  const memoryMiB = cluster.memoryMiB ?? host.memoryMiB;
  return [
    ["Environment", variableLines(environment, cluster)],
    ["Default values", variableLines(fallback, cluster)],
    ["Secrets", columns(sorted(secrets).map(([name, arn]) => [name, shown(arn)]))],
    ["Docker labels", columns(sorted(dockerLabels).map(([name, value]) => [name, shownLabel(value)]))],
    ["Mounts", columns(mounts.map(mountCells))],
    ["Ports", rangesOf(ports).map((range) => `${range} ${place}`)],
    ["Capabilities", wrap([...capabilities].sort().join(", "))],
    ["PID mode", pidMode === undefined ? [] : [`${pidMode}: all processes of the container instance`]],
    ["Sidecars", columns(sidecars.flatMap(sidecarCells))],
    [
      "Memory",
      advisedMemoryMiB === undefined ? [] : [`${advisedMemoryMiB} MiB recommended, ${String(memoryMiB)} MiB set`],
    ],
  ];
}

/** The labels of checks may contain passwords. */
function shownLabel(value: string): string {
  return mayBeSecret(value) ? HIDDEN : shown(value);
}

/** Environment variables and their values. `environment` and `environmentOverrides` take precedence. */
export function variableLines(
  variables: Readonly<Record<string, string>>,
  { environment, environmentOverrides }: Pick<ClusterOnHost, "environment" | "environmentOverrides">,
): readonly string[] {
  const given = { environment, environmentOverrides };
  return columns(
    sorted(variables).map(([name, value]) => [
      name,
      shown(value),
      ...Object.entries(given).flatMap(([key, own]) => (name in own ? [`overridden by \`${key}\``] : [])),
    ]),
  );
}

function mountCells({ volume, containerPath, readOnly }: HostMount): readonly string[] {
  return [sourceOf(volume), `at ${containerPath}`, readOnly ? "read-only" : "read-write"];
}

function sourceOf({ name, host, efsVolumeConfiguration: efs }: HostMount["volume"]): string {
  if (efs !== undefined)
    return `EFS file system ${shown(String(efs.fileSystemId))}, directory ${shown(efs.rootDirectory ?? "/")}`;
  return host?.sourcePath ?? `Docker volume ${name}`;
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

/** The requirements of a feature with the given options. */
export function requirementLines(feature: Feature, options: Readonly<Record<string, unknown>>): readonly string[] {
  const { requires, launchTypes, sites, networkModes, since, imageFlavor, needs, excludes, replaces } = feature;
  const { optionRequires = {}, optionSites = {}, optionSince = {}, optionNeeds = {} } = feature;
  const ofOption = Object.keys(options)
    .filter((option) => isInUse(options[option]))
    .flatMap((option) =>
      [
        ...(optionRequires[option] ?? []).map(hostWith),
        ...only("site", optionSites[option]),
        ...agentFrom(optionSince[option]),
        ...(optionNeeds[option] === undefined ? [] : [`features.${optionNeeds[option]}`]),
      ].map((requirement) => `${option}: ${requirement}`),
    );
  return [
    ...requires.map(hostWith),
    ...only("launchType", launchTypes),
    ...only("site", sites),
    ...only("networkMode", networkModes),
    ...agentFrom(since),
    ...(feature.brokenIn ?? []).map(({ version, because }) => `not Agent ${version}: ${because}`),
    ...(imageFlavor === undefined ? [] : [`image.flavor ${imageFlavor}, which the feature sets`]),
    ...Object.entries(needs ?? {}).map(([other, because]) => `features.${other}: ${because}`),
    ...Object.entries(feature.through ?? {}).map(
      ([other, because]) => `features.${other} not set to false: ${because}`,
    ),
    ...Object.entries({ ...excludes, ...replaces }).map(([other, because]) => `features.${other} off: ${because}`),
    ...ofOption,
  ].flatMap((text) => wrap(text));
}

function isInUse(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

const hostWith = (trait: HostTrait) => `a host that ${HOST_TRAITS[trait]}`;
const agentFrom = (version: string | undefined) => (version === undefined ? [] : [`Agent ${version} or later`]);

function only(key: string, limit: Only<string> | undefined): readonly string[] {
  return limit === undefined ? [] : [`${key} ${list(limit.only, "or")}: ${limit.because}`];
}

/** The options with their values, or with their defaults if the feature is off. */
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
      return [option, `${valueText(schema as z.ZodType, options?.[option])}${missing}`, description];
    }),
  );
}

function valueText(schema: z.ZodType, given: unknown): string {
  const byDefault = schema.safeParse(undefined);
  const value = given ?? byDefault.data;
  if (value === undefined) return byDefault.success ? "not set" : "required";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((each) => shown(String(each))).join(", ");
  return shown(typeof value === "string" ? value : JSON.stringify(value));
}

function sorted(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => compare(a, b));
}
