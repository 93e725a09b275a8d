import type { Registries } from "../core/setting";

type Entry = Readonly<Record<string, unknown>>;

/** Merges a cluster with its defaults: maps are merged; scalars, lists and choices are replaced. */
export function mergeDefaults({ settings }: Pick<Registries, "settings">, defaults: Entry, cluster: Entry): Entry {
  return merge(defaults, cluster, (key) => Object.hasOwn(settings, key) && settings[key]?.isChoice === true);
}

function merge(defaults: Entry, over: Entry, isChoice: (key: string) => boolean): Entry {
  const merged = Object.entries(over).map(([key, value]): [string, unknown] => {
    const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    return [key, isMap(fallback) && isMap(value) && !isChoice(key) ? merge(fallback, value, () => false) : value];
  });
  return Object.fromEntries([...Object.entries(defaults), ...merged]);
}

export function isMap(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
