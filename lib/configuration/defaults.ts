type Settings = Readonly<Record<string, unknown>>;

/** A cluster over its defaults, leaf by leaf: maps merge; scalars and lists replace. */
export function mergeDefaults(defaults: Settings, cluster: Settings): Settings {
  const merged = Object.entries(cluster).map(([key, value]): [string, unknown] => {
    const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    return [key, isMap(fallback) && isMap(value) ? mergeDefaults(fallback, value) : value];
  });
  return Object.fromEntries([...Object.entries(defaults), ...merged]);
}

export function isMap(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
