import type * as z from "zod";
import { AGENT_ACCESS } from "../core/agent";
import { type Contribution, contributionOf, type Feature } from "../core/feature";
import type { Host, HostMount, HostTrait } from "../core/host";
import { compare } from "../core/merge";
import type { Features } from "../core/toggles";
import { code, table } from "./markdown";

/** A row for the Agent and for each feature that has more access to a host, with any of its options on any host. */
export function accessTable(registry: Features, hosts: Readonly<Record<string, Host>>): string {
  const base = Object.values(hosts).map(({ agentMounts }): Contribution => ({ mounts: agentMounts }));
  const features = Object.entries(registry)
    .sort(([a], [b]) => compare(a, b))
    .map(([name, feature]) => accessRow(code(name), contributionsOf(feature, hosts), feature.access))
    .filter(([, ...seen]) => seen.slice(0, -1).some(Boolean));
  return table(
    ["Feature", "Host paths", "Capabilities", "PID namespace", "Why"],
    [accessRow("Agent without features", base, AGENT_ACCESS), ...features],
  );
}

function accessRow(name: string, contributions: readonly Contribution[], why = ""): readonly string[] {
  const mounts = contributions.flatMap((contribution) => contribution.mounts ?? []);
  const capabilities = new Set(contributions.flatMap((contribution) => contribution.capabilities ?? []));
  return [
    name,
    [...places(mounts, true), ...places(mounts, false)].join("; "),
    [...capabilities].sort().map(code).join(", "),
    contributions.some(({ pidMode }) => pidMode === "host") ? "host" : "",
    why,
  ];
}

function places(mounts: readonly HostMount[], readOnly: boolean): readonly string[] {
  const paths = new Set(mounts.filter((mount) => mount.readOnly === readOnly).map(({ volume }) => placeOf(volume)));
  return paths.size === 0 ? [] : [`${readOnly ? "read-only" : "read-write"}: ${[...paths].join(", ")}`];
}

function placeOf({ name, host }: HostMount["volume"]): string {
  return host?.sourcePath === undefined ? `Docker volume ${code(name)}` : code(host.sourcePath);
}

/** What a feature adds on every host that supports it, with every combination of its boolean options. */
function contributionsOf(feature: Feature, hosts: Readonly<Record<string, Host>>): readonly Contribution[] {
  const { requires, optionRequires = {} } = feature;
  return Object.values(hosts).flatMap((host) => {
    const has = (traits: readonly HostTrait[] = []) => traits.every((trait) => host.traits.includes(trait));
    if (!has(requires)) return [];
    return combinations(feature.options)
      .filter((options) => Object.entries(optionRequires).every(([option, traits]) => !options[option] || has(traits)))
      .map((options) => contributionOf(feature, options, host));
  });
}

/** Every combination of the boolean options. Other options have their defaults. */
function combinations({ shape }: z.ZodObject): readonly Record<string, unknown>[] {
  return Object.entries(shape).reduce<readonly Record<string, unknown>[]>(
    (combined, [option, schema]) =>
      combined.flatMap((options) => valuesOf(schema as z.ZodType).map((value) => ({ ...options, [option]: value }))),
    [{}],
  );
}

function valuesOf(schema: z.ZodType): readonly unknown[] {
  const isSwitch = schema.safeParse(true).success;
  return isSwitch ? [true, false] : [schema.safeParse(undefined).data];
}
