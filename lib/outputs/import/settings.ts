import { isDeepStrictEqual } from "node:util";
import { schemaOf } from "../../core/catalog";
import type { Path } from "../../core/problem";
import { readBack, valueOfKey } from "../../core/read-back";
import type { Setting } from "../../core/setting";
import { hostOf } from "../../core/scope";
import type { Term } from "../../core/term";
import { customReaders } from "./custom-readers";
import type { Source } from "./source";
import { factAt, type Part } from "./view";

/** An unchecked entry of `clusters`. */
export type Entry = Readonly<Record<string, unknown>>;

/** The value of a setting and its source. */
export interface Found {
  readonly value: unknown;
  /**
   * The path of the fact that a part of the value was read from. For an empty path, the fact of the whole value, if it was
   * read from one fact.
   */
  readonly factOf: (path: Path) => string | undefined;
}

export type Findings = ReadonlyMap<string, Found>;

/**
 * Reads the settings of a cluster from a definition, except those that `complete.ts` derives at the end. The loader checks
 * the values.
 */
export function recognizeSettings(source: Source): Findings {
  const { catalog } = source;
  const found = Object.entries(catalog.settings).map(
    ([key, setting]) => [key, (customReaders[key] ?? byTemplates)(source, key, setting)] as const,
  );
  return new Map(found.filter(([, { value }]) => value !== undefined));
}

/** The entry for a file, without values that are the host's defaults. */
export function entryOf({ catalog, hostName, name }: Source, findings: Findings): Entry {
  const host = hostOf(catalog, { host: hostName });
  const defaults = Object.fromEntries(
    Object.entries(catalog.settings).map(([key, setting]) => [
      key,
      setting.defaultOn?.(host) ?? schemaOf(setting, catalog).safeParse(undefined).data,
    ]),
  );
  const entry = Object.fromEntries([...findings].map(([key, { value }]) => [key, value]));
  return { name, ...unlessDefault(entry, defaults) };
}

/** Whether a setting's value was read from one fact, so that it must be kept or removed as a whole. */
export function isAtomic(findings: Findings, key: unknown): boolean {
  return findings.get(String(key))?.factOf([]) !== undefined;
}

const PARTS: readonly Part[] = ["container", "task", "contribution", "service"];

function byTemplates({ catalog, view, original }: Source, key: string, setting: Setting): Found {
  const readings = PARTS.flatMap((part) => {
    const template = part === "service" ? known(setting.service, view.service) : setting[part];
    return readBack((template ?? {}) as Term, view[part])
      .readings.filter(({ path }) => path.split(".")[0] === key)
      .map((reading) => ({ ...reading, fact: factOf(part, reading.at) }));
  });
  function factOf(part: Part, at: Path) {
    return (rest: Path) => factAt(original, view, part, [...at, ...rest]);
  }
  return {
    value: valueOfKey(key, schemaOf(setting, catalog), readings),
    factOf: (path) => {
      const wanted = [key, ...path];
      const around = readings.find(({ path: read }) =>
        isDeepStrictEqual(wanted.slice(0, read.split(".").length), read.split(".")),
      );
      if (around) return around.fact(around.isText ? [] : wanted.slice(around.path.split(".").length));
      const all = new Set(readings.map(({ fact }) => fact([])));
      return all.size === 1 ? [...all][0] : undefined;
    },
  };
}

/** The arguments that are known. A task definition has none, which doesn't mean that they are off. */
function known(template: Setting["service"], service: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(template ?? {}).filter(([argument]) => argument in service));
}

/** A copy without default values, also in nested maps. */
function unlessDefault(given: Entry, defaults: Entry): Entry {
  const parts = Object.entries(given).map(([key, value]): [string, unknown] => {
    const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    if (isDeepStrictEqual(value, fallback)) return [key, undefined];
    if (!isMap(value)) return [key, value];
    const rest = unlessDefault(value, isMap(fallback) ? fallback : {});
    return [key, Object.keys(rest).length === 0 && Object.keys(value).length > 0 ? undefined : rest];
  });
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

function isMap(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
