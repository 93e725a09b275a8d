import type { Catalog } from "./catalog";
import type { NetworkMode } from "./ecs";
import { type Scope, valueIn } from "./evaluate";
import type { Host } from "./host";
import type { Image } from "./image";
import type { Site } from "./sites";
import { isOn, optionsOf, type Target, type Toggles } from "./toggles";

/** The settings that code reads by name. All others are looked up by path. */
export interface AgentSettings {
  /** A name in the registry of hosts. */
  readonly host: string;
  readonly site: Site;
  readonly image: Image;
  readonly features: Toggles;
  readonly networkMode?: NetworkMode | undefined;
  /** The user's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The user's environment that overrides variables of other keys. */
  readonly environmentOverrides?: Readonly<Record<string, string>> | undefined;
}

export function hostOf({ hosts }: Pick<Catalog, "hosts">, { host: name }: Pick<AgentSettings, "host">): Host {
  const host = hosts[name];
  if (host === undefined) throw new Error(`There is no host ${name}.`);
  return host;
}

export function targetOf(catalog: Pick<Catalog, "hosts">, settings: AgentSettings): Target {
  return { host: hostOf(catalog, settings), site: settings.site, image: settings.image };
}

/** The scope of a configuration: with the defaults of its host and the options of its features. */
export function scopeOf({ features, settings: registry, hosts, secretKeys }: Catalog, settings: AgentSettings): Scope {
  const target = targetOf({ hosts }, settings);
  const given = valueIn(settings);
  const options = new Map<string, (path: string) => unknown>();
  const on = new Map<string, boolean>();
  const isFeatureOn = (name: string) => {
    const known = on.get(name) ?? isOn(features, name, settings.features, target);
    on.set(name, known);
    return known;
  };
  const option = (path: string) => {
    const [name = "", ...rest] = path.slice("features.".length).split(".");
    const feature = features[name];
    if (feature === undefined || rest.length === 0 || !isFeatureOn(name)) return undefined;
    const lookUp = options.get(name) ?? valueIn(optionsOf(feature, settings.features[name]));
    options.set(name, lookUp);
    return lookUp(rest.join("."));
  };
  return {
    value: (path) => {
      if (path.startsWith("features.")) return option(path);
      const value = given(path);
      if (value !== undefined) return value;
      const { defaultOn, defaultUnless = [] } = registry[path] ?? {};
      return defaultUnless.some((other) => given(other) !== undefined) ? undefined : defaultOn?.(target.host);
    },
    host: target.host,
    image: settings.image,
    isOn: isFeatureOn,
    secretKeys,
    isOff: (name) => settings.features[name] === false,
  };
}
