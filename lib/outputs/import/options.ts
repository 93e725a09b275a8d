import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { assemble } from "../../core/assemble";
import { escapeTemplate } from "../../core/expression";
import { contributionOf, type Feature } from "../../core/feature";
import { optionsAreValid } from "../../core/feature-rules";
import type { Host } from "../../core/host";
import { type JsonSchema, jsonSchema } from "../../documentation/json-schema";
import { readBack, valueOfKey } from "../../core/read-back";
import type { Term } from "../../core/term";
import { readDefinition } from "./definition";
import { type Facts, factsOf } from "./facts";
import { LABELS, VARIABLES } from "./paths";
import { namedBelow, withoutEmpty } from "./view";

/** Finds out how a feature's options appear in a task by evaluating the feature with different options. */

export type Options = Readonly<Record<string, unknown>>;

/** A combination of enumerable options, and where the values of the other options can be read. */
export interface Variant {
  readonly options: Options;
  readonly readings: Readonly<Record<string, readonly Reading[]>>;
  /** What the feature adds with these options and the defaults of the others. */
  readonly facts: Facts;
  /** Every path at which it may add something. */
  readonly paths: readonly string[];
  /** The template of what the feature adds. */
  readonly template: Term;
}

/** The path of an option's value, and the text before and after it. */
interface Reading {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly value: (text: string) => unknown;
}

/** Marks that no feature contains. */
const [MARK, SECOND_MARK] = ["\u{F0000}first", "\u{F0000}second"];

/** Every combination of boolean and enum options that the host supports, starting with the defaults. */
export function variantsOf(feature: Feature, host: Host): readonly Variant[] {
  const { properties, required } = schemaOf(feature);
  const free = Object.entries(properties).filter(
    ([option, schema]) => valuesOf(schema, required.includes(option)) === undefined,
  );
  const others = Object.fromEntries(
    free.map(([option, schema]) => [option, required.includes(option) ? markOf(schema) : schema.default]),
  );
  const combinations = Object.entries(properties).reduce<readonly Options[]>(
    (all, [option, schema]) =>
      valuesOf(schema, required.includes(option))?.flatMap((value) =>
        all.map((chosen) => ({ ...chosen, [option]: value })),
      ) ?? all,
    [{}],
  );
  const template = feature.on(host) as Term;
  const works = (options: Options) =>
    Object.entries(feature.optionRequires ?? {}).every(
      ([option, traits = []]) => !options[option] || traits.every((trait) => host.traits.includes(trait)),
    );
  return combinations.filter(works).map((options) => {
    const facts = contributed(feature, { ...others, ...options }, host);
    const probes = free.map(([option, schema]) => {
      const probed = contributed(feature, { ...others, ...options, [option]: markOf(schema) }, host);
      const readings = [...probed].flatMap(([path, { text }]) => readingsOf(path, text, markOf(schema)));
      return { option, readings, paths: [...probed.keys()] };
    });
    return {
      options,
      facts,
      readings: Object.fromEntries(probes.map(({ option, readings }) => [option, readings])),
      template,
      paths: [...new Set([...facts.keys(), ...probes.flatMap(({ paths }) => paths)])],
    };
  });
}

/** The options of a variant with the values that were read of the others. Undefined if the combination is invalid. */
export function readOptions(feature: Feature, variant: Variant, given: Facts): Options | undefined {
  const { options, readings } = variant;
  const read = Object.entries(readings).flatMap(([option, places]) => {
    const schema = feature.options.shape[option] as z.ZodType | undefined;
    const values = places.flatMap((place) => valuesAt(place, given));
    const value = values.find((each) => schema?.safeParse(asTemplates(each)).success);
    return value === undefined ? [] : [[option, value] as const];
  });
  const structured = optionsByTemplate(feature, variant, given);
  // If the combination is invalid, it may be valid without the values that were read.
  const ways = [{ ...options, ...structured, ...Object.fromEntries(read) }, options];
  for (const way of ways) {
    const { success, data } = feature.options.safeParse(way);
    if (success && optionsAreValid(feature, data)) return withoutDefaults(feature, data);
  }
  return undefined;
}

/**
 * Maps and lists of maps appear in several places, and other options appear next to them, so they are read back through
 * the template.
 */
function optionsByTemplate(feature: Feature, { readings: free, paths, template }: Variant, given: Facts): Options {
  const { properties } = schemaOf(feature);
  if (!Object.values(properties).some(hasMaps)) return {};
  // The mounts of other features and settings are left out, and the order is the template's.
  const mounts = paths.flatMap((path) => {
    const { mount, secret = true } = given.get(path) ?? {};
    return secret || mount === undefined ? [] : [mount];
  });
  const made = {
    environment: namedBelow(given, VARIABLES),
    dockerLabels: namedBelow(given, LABELS),
    mounts: mounts.map(({ volume, ...mount }) => ({ ...mount, volume: withoutEmpty(volume) })),
  };
  const { readings } = readBack(template, made);
  const read = Object.keys(free).flatMap((option) => {
    const schema = feature.options.shape[option] as z.ZodType;
    const value = valueOfKey(option, schema, readings);
    return value !== undefined && schema.safeParse(asTemplates(value)).success ? [[option, value] as const] : [];
  });
  return Object.fromEntries(read);
}

/** A map of fixed keys, or a list of such maps. */
function hasMaps({ properties, items }: JsonSchema): boolean {
  return properties !== undefined || (items as JsonSchema | undefined)?.properties !== undefined;
}

/** The facts that a feature adds to a task. */
export function contributed(feature: Feature, options: Options, host: Host): Facts {
  const factsWith = (contributors: Parameters<typeof assemble>[0]["contributors"]) => {
    const { task } = assemble({
      host,
      networkMode: host.networkMode,
      image: "agent",
      container: {},
      task: {},
      off: {},
      contributors,
      environment: {},
    });
    return factsOf(readDefinition(JSON.stringify(task), ""), host);
  };
  const bare = factsWith([]);
  // Default values that others may override don't identify a feature.
  const { fallback: _fallback, ...contribution } = contributionOf(feature, options, host);
  const whole = factsWith([{ source: "", contribution }]);
  return new Map([...whole].filter(([path]) => !bare.has(path)));
}

/** The options that differ from their defaults. */
function withoutDefaults(feature: Feature, options: Options): Options {
  const { properties } = schemaOf(feature);
  return Object.fromEntries(
    Object.entries(options).filter(
      ([option, value]) => value !== undefined && !isDeepStrictEqual(value, properties[option]?.default),
    ),
  );
}

interface OptionSchemas {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

const schemas = new WeakMap<Feature, OptionSchemas>();

function schemaOf(feature: Feature): OptionSchemas {
  const { properties = {}, required = [] } = schemas.get(feature) ?? jsonSchema(feature.options);
  const schema = { properties: properties as OptionSchemas["properties"], required };
  schemas.set(feature, schema);
  return schema;
}

/**
 * The values of a boolean or enum option, starting with the default, or with undefined for an optional option without a
 * default. Undefined for options of other types.
 */
function valuesOf({ type, enum: words, default: fallback }: JsonSchema, isRequired: boolean) {
  const values: readonly unknown[] | undefined = type === "boolean" ? [true, false] : words;
  return values && [...new Set([fallback ?? (isRequired ? values[0] : undefined), ...values])];
}

/** A value that can be found in a task. */
function markOf({ type, minimum, maximum, default: fallback, items }: JsonSchema): unknown {
  const { properties } = (items ?? {}) as JsonSchema;
  if (properties !== undefined) return [Object.fromEntries(Object.keys(properties).map((key) => [key, MARK]))];
  if (type === "array") return [MARK, SECOND_MARK];
  if (type === "integer" || type === "number") return maximum === fallback ? minimum : maximum;
  return MARK;
}

function readingsOf(path: string, text: string, mark: unknown): Reading[] {
  if (typeof mark === "number") return text === String(mark) ? [{ path, before: "", after: "", value: Number }] : [];
  if (Array.isArray(mark) && typeof mark[0] === "object") return [];
  const [before, rest] = text.split(MARK);
  if (before === undefined || rest === undefined) return [];
  if (typeof mark === "string") return [{ path, before, after: rest, value: (found) => found }];
  const [between, after] = rest.split(SECOND_MARK);
  return between && after !== undefined ? [{ path, before, after, value: (found) => found.split(between) }] : [];
}

function valuesAt({ path, before, after, value }: Reading, given: Facts): unknown[] {
  const { text = "", secret = true } = given.get(path) ?? {};
  const length = text.length - before.length - after.length;
  if (secret || length <= 0 || !text.startsWith(before) || !text.endsWith(after)) return [];
  return [value(text.slice(before.length, before.length + length))];
}

/** Escapes text like the loader does before it checks a schema. */
function asTemplates(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asTemplates) : typeof value === "string" ? escapeTemplate(value) : value;
}
