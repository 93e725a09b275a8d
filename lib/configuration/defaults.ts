type Settings = Readonly<Record<string, unknown>>;

/** Keys that hold one of several things: the cluster's choice replaces the default one. */
const CHOICES: readonly string[] = ["apiKey", "backend"];

/** A cluster over its defaults, leaf by leaf: maps merge; scalars, lists and choices replace. */
export function mergeDefaults(defaults: Settings, cluster: Settings): Settings {
  const merged = Object.entries(cluster).map(([key, value]): [string, unknown] => {
    const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    return [key, isMap(fallback) && isMap(value) && !CHOICES.includes(key) ? mergeDefaults(fallback, value) : value];
  });
  return Object.fromEntries([...Object.entries(defaults), ...merged]);
}

export function isMap(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
