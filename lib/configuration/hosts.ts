import type * as z from "zod";
import { type Catalog, schemaOf } from "../core/catalog";
import type { Feature } from "../core/feature";
import { holds, scopeOfOptions } from "../core/evaluate";
import { optionsAreValid } from "../core/feature-rules";
import type { Host, HostTrait } from "../core/host";
import type { Problem } from "../core/problem";
import { empty } from "../core/term";
import { isMap } from "./defaults";

type Entry = Readonly<Record<string, unknown>>;

/** A cluster for one of its hosts, not checked yet. */
interface EntryOnHost {
  readonly cluster: Entry;
  readonly leftOut: readonly string[];
}

/**
 * Splits a cluster with several hosts into one per host. Settings that one host supports are left out on hosts that
 * don't, so that the checks only refuse what no host supports. Does nothing if the schema refuses `hosts`.
 */
export function perHost(catalog: Catalog, cluster: Entry): readonly EntryOnHost[] {
  const { hosts: _list, ...shared } = cluster;
  const { hosts } = catalog.schemas.cluster.shape as Readonly<Record<string, z.ZodType | undefined>>;
  const names = hosts?.safeParse(cluster.hosts).data as readonly string[] | undefined;
  if (names === undefined) return [{ cluster, leftOut: [] }];
  return names.map((name, index) => {
    const { settings, leftOut } = supportedSettings(
      catalog,
      index === 0 ? shared : forLaterHost(catalog, shared, name),
      name,
      names,
    );
    return { cluster: { ...settings, host: name }, leftOut };
  });
}

/** `host` and `hosts` exclude each other. `host` has a default, so only the file shows whether it is set. */
export function hostsProblems({ host, hosts: list }: Entry): readonly Problem[] {
  if (host === undefined || list === undefined) return [];
  const message = "can't be combined with `host`. Remove `host`: `hosts` can list a single host, too.";
  return [{ path: ["hosts"], message }];
}

/** The cluster for a host after the first. Only strings can get a suffix. */
function forLaterHost(catalog: Catalog, cluster: Entry, host: string): Entry {
  const changes = Object.entries(catalog.settings).flatMap(([key, setting]): [string, unknown][] => {
    if (setting.firstHostOnly) return [[key, undefined]];
    if (!setting.suffixedByHost) return [];
    const value = cluster[key] === undefined ? schemaOf(setting, catalog).parse(undefined) : cluster[key];
    return [[key, typeof value === "string" ? `${value}-${host}` : value]];
  });
  return withoutAbsent({ ...cluster, ...Object.fromEntries(changes) });
}

function withoutAbsent(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

/** The settings without those that another host supports and this one doesn't. */
function supportedSettings(catalog: Catalog, settings: Entry, name: string, names: readonly string[]) {
  const onlyOthersSupport = (has: (host: Host) => boolean) => {
    const isOn = (each: string) => catalog.hosts[each] !== undefined && has(catalog.hosts[each]);
    return !isOn(name) && names.some(isOn);
  };
  const isUnsupportedHere = (traits: readonly HostTrait[]) =>
    onlyOthersSupport((host) => traits.every((trait) => host.traits.includes(trait)));
  const leftOut: string[] = [];
  const left: Record<string, unknown> = { ...settings };

  for (const [key, { requires = [], valuesOn }] of Object.entries(catalog.settings)) {
    const isUnsupported =
      (requires.length > 0 && isUnsupportedHere(requires)) ||
      (valuesOn !== undefined && onlyOthersSupport((host) => valuesOn(host).includes(String(settings[key]))));
    if (!isUnsupported || holds(empty(key), scopeOfOptions(settings)) === true) continue;
    left[key] = undefined;
    leftOut.push(key);
  }
  const plain = withoutUnsupportedFlavor(catalog, settings.image, isUnsupportedHere);
  if (plain !== undefined) {
    left.image = plain;
    leftOut.push("image.flavor");
  }
  if (isMap(settings.features)) {
    const toggles = Object.entries(settings.features).map(([key, toggle]): [string, unknown] => {
      // Only own keys: a file can have the key `constructor`.
      const feature = Object.hasOwn(catalog.features, key) ? catalog.features[key] : undefined;
      if (feature === undefined) return [key, toggle];
      const rest = supportedToggle(feature, toggle, isUnsupportedHere);
      leftOut.push(...rest.leftOut.map((option) => ["features", key, ...option].join(".")));
      return [key, rest.toggle];
    });
    left.features = withoutAbsent(Object.fromEntries(toggles));
  }
  return { settings: withoutAbsent(left), leftOut };
}

/** The image without the flavor of features that the host doesn't support; undefined if nothing changes. */
function withoutUnsupportedFlavor(
  { features }: Catalog,
  image: unknown,
  isUnsupportedHere: (traits: readonly HostTrait[]) => boolean,
): object | undefined {
  if (!isMap(image) || typeof image.flavor !== "string") return undefined;
  const unsupported = Object.values(features)
    .filter(({ requires }) => isUnsupportedHere(requires))
    .map(({ imageFlavor }) => imageFlavor);
  const parts = image.flavor.split("-");
  const rest = parts.filter((part) => !unsupported.some((flavor) => flavor === part));
  if (rest.length === parts.length) return undefined;
  const { flavor: _flavor, ...plain } = image;
  return rest.length === 0 ? plain : { ...plain, flavor: rest.join("-") };
}

/**
 * A feature without the options that the host doesn't support. Off if the feature isn't supported or the rest is
 * invalid.
 */
function supportedToggle(
  feature: Feature,
  toggle: unknown,
  isUnsupportedHere: (traits: readonly HostTrait[]) => boolean,
): { toggle: unknown; leftOut: readonly (readonly string[])[] } {
  const { requires, optionRequires = {}, options } = feature;
  // `false` only if it could be on otherwise, because false is explicit and unset is not.
  const mayBeOn = feature.onByDefault === true || feature.leftToAgent === true || feature.imageFlavor !== undefined;
  const off = { toggle: mayBeOn ? false : undefined, leftOut: [[]] };
  if (toggle === false) return { toggle, leftOut: [] };
  if (isUnsupportedHere(requires)) return off;
  if (!isMap(toggle)) return { toggle, leftOut: [] };
  const unsupported = Object.entries(optionRequires)
    .filter(([option, traits = []]) => toggle[option] && isUnsupportedHere([...requires, ...traits]))
    .map(([option]) => option);
  if (unsupported.length === 0) return { toggle, leftOut: [] };
  const rest = Object.fromEntries(Object.entries(toggle).filter(([option]) => !unsupported.includes(option)));
  const parsed = options.safeParse(rest);
  // Invalid options are refused on the host that supports all of them.
  return parsed.success && optionsAreValid(feature, parsed.data)
    ? { toggle: rest, leftOut: unsupported.map((option) => [option]) }
    : off;
}
