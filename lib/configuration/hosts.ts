import type { Feature } from "../core/feature";
import type { HostTrait } from "../core/host";
import type { Problem } from "../core/problem";
import type { Registry } from "../core/toggles";
import * as registry from "../features";
import { type HostName, hosts } from "../hosts";
import { isMap } from "./defaults";
import { type Cluster, clusterSchema, settingsSchema } from "./schema";

type Raw = Readonly<Record<string, unknown>>;

/** A cluster as it is for one of its hosts. */
export type ClusterOnHost = Omit<Cluster, "hosts"> & {
  /** The keys that aren't in force, because this host lacks what another host of the cluster has. */
  readonly leftOut: readonly string[];
};

/** One of a cluster's hosts: the cluster, not yet checked, as it is for that host. */
interface RawClusterOnHost {
  readonly cluster: Raw;
  readonly leftOut: readonly string[];
}

/**
 * A cluster of several operating systems as one cluster each. What one host lacks and another has is left out where it
 * is lacking, so that the checks refuse only what no host can do. A list that the schema refuses is left to it.
 */
export function perHost(cluster: Raw): readonly RawClusterOnHost[] {
  const { hosts: _list, ...shared } = cluster;
  const names = clusterSchema.shape.hosts.safeParse(cluster.hosts).data;
  if (names === undefined) return [{ cluster, leftOut: [] }];
  const { adopt: _one, ...notAdopted } = shared;
  return names.map((name, index) => {
    // A service that runs already is that of the first host, whose names are those that it would have alone.
    const { settings, leftOut } = available(index === 0 ? shared : notAdopted, name, names);
    const suffixed = index === 0 ? {} : { ...suffix("serviceName", shared, name), ...suffix("family", shared, name) };
    return { cluster: { ...settings, ...suffixed, host: name }, leftOut };
  });
}

/** Both keys say on which host the daemon runs. Only the file shows whether `host` was given: it has a default. */
export function hostsProblems({ host, hosts: list }: Raw): readonly Problem[] {
  if (host === undefined || list === undefined) return [];
  const message =
    "must be left out where `host` is given, got both. Leave `host` out: `hosts` may list a single one, too.";
  return [{ path: ["hosts"], message }];
}

/** Services of a cluster need a name each, and task definitions a family. Text alone can be extended. */
function suffix(
  key: "serviceName" | "family",
  { [key]: given = settingsSchema.shape[key].parse(undefined) }: Raw,
  name: HostName,
) {
  return { [key]: typeof given === "string" ? `${given}-${name}` : given };
}

/** The settings without what this host lacks and another one has. */
function available(settings: Raw, name: HostName, names: readonly HostName[]) {
  const { networkMode, features, capabilities } = settings;
  const lacksAlone = (has: (host: HostName) => boolean) => !has(name) && names.some(has);
  const lacks = (traits: readonly HostTrait[]) =>
    lacksAlone((host) => traits.every((trait) => hosts[host].traits.includes(trait)));
  const leftOut: string[] = [];
  const without = { ...settings };

  if (lacksAlone((host) => hosts[host].networkModes.some((mode) => mode === networkMode))) {
    delete without.networkMode;
    leftOut.push("networkMode");
  }
  const plain = plainImage(settings.image, lacks);
  if (plain !== undefined) {
    without.image = plain;
    leftOut.push("image.flavor");
  }
  if (Array.isArray(capabilities) && capabilities.length > 0 && lacks(["linux-containers"])) {
    delete without.capabilities;
    leftOut.push("capabilities");
  }
  if (isMap(features)) {
    const toggles = Object.entries(features).map(([key, toggle]): [string, unknown] => {
      // Own keys alone: a file may say `constructor`.
      const feature = Object.hasOwn(registry, key) ? (registry as Registry)[key] : undefined;
      if (feature === undefined) return [key, toggle];
      const left = availableToggle(feature, toggle, lacks);
      leftOut.push(...left.leftOut.map((option) => ["features", key, ...option].join(".")));
      return [key, left.toggle];
    });
    without.features = Object.fromEntries(toggles);
  }
  return { settings: without, leftOut };
}

/** The image without the flavor of a feature that the host lacks; undefined where there is none. */
function plainImage(image: unknown, lacks: (traits: readonly HostTrait[]) => boolean): object | undefined {
  if (!isMap(image) || typeof image.flavor !== "string") return undefined;
  const lacking = Object.values(registry as Registry)
    .filter(({ requires }) => lacks(requires))
    .map(({ imageFlavor }) => imageFlavor);
  const parts = image.flavor.split("-");
  const rest = parts.filter((part) => !lacking.some((flavor) => flavor === part));
  if (rest.length === parts.length) return undefined;
  const { flavor: _flavor, ...plain } = image;
  return rest.length === 0 ? plain : { ...plain, flavor: rest.join("-") };
}

/** A feature without the options that the host lacks; off, where it lacks the feature or nothing useful remains. */
function availableToggle(
  feature: Feature,
  toggle: unknown,
  lacks: (traits: readonly HostTrait[]) => boolean,
): { toggle: unknown; leftOut: readonly (readonly string[])[] } {
  const { requires, optionRequires = {}, options } = feature;
  const off = { toggle: false, leftOut: [[]] };
  if (toggle === false) return { toggle, leftOut: [] };
  if (lacks(requires)) return off;
  if (!isMap(toggle)) return { toggle, leftOut: [] };
  const lacking = Object.entries(optionRequires)
    .filter(([option, traits = []]) => toggle[option] && lacks([...requires, ...traits]))
    .map(([option]) => option);
  if (lacking.length === 0) return { toggle, leftOut: [] };
  const rest = Object.fromEntries(Object.entries(toggle).filter(([option]) => !lacking.includes(option)));
  const parsed = options.safeParse(rest);
  // Options that are wrong in themselves are refused on the host that has everything.
  return parsed.success && (feature.problems?.(parsed.data) ?? []).length === 0
    ? { toggle: rest, leftOut: lacking.map((option) => [option]) }
    : off;
}
