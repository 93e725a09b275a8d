import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { assemble } from "../core/assemble";
import { escapeTemplate } from "../core/expression";
import type { Feature } from "../core/feature";
import type { Host } from "../core/host";
import { type JsonSchema, jsonSchema } from "../handoff/json-schema";
import { readDefinition } from "./definition";
import { type Facts, factsOf } from "./facts";

/** How a feature's options show in a task, found out by trying: nothing here knows any single feature. */

export type Options = Readonly<Record<string, unknown>>;

/** A value of every option that has few, and where the others can be read. */
export interface Variant {
  readonly options: Options;
  readonly readings: Readonly<Record<string, readonly Reading[]>>;
  /** What the feature adds with these, whatever the other options are. */
  readonly facts: Facts;
  /** Every path at which it may add something. */
  readonly paths: readonly string[];
}

/** Where the value of an option stands, and what stands around it. */
interface Reading {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly value: (text: string) => unknown;
}

/** Texts that no feature has of itself. */
const [MARK, SECOND_MARK] = ["\u{F0000}first", "\u{F0000}second"];

/** Every choice of switches and words that works on the host, the defaults first. */
export function variantsOf(feature: Feature, host: Host): readonly Variant[] {
  const { properties, required } = schemaOf(feature);
  const free = Object.entries(properties).filter(([, schema]) => valuesOf(schema) === undefined);
  const others = Object.fromEntries(
    free.map(([option, schema]) => [option, required.includes(option) ? markOf(schema) : schema.default]),
  );
  const combinations = Object.entries(properties).reduce<readonly Options[]>(
    (all, [option, schema]) =>
      valuesOf(schema)?.flatMap((value) => all.map((chosen) => ({ ...chosen, [option]: value }))) ?? all,
    [{}],
  );
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
      paths: [...new Set([...facts.keys(), ...probes.flatMap(({ paths }) => paths)])],
    };
  });
}

/** The options of a variant with what can be read of the others; undefined where they make no sense together. */
export function readOptions(feature: Feature, { options, readings }: Variant, given: Facts): Options | undefined {
  const read = Object.entries(readings).flatMap(([option, places]) => {
    const schema = feature.options.shape[option] as z.ZodType | undefined;
    const values = places.flatMap((place) => valuesAt(place, given));
    const value = values.find((each) => schema?.safeParse(asTemplates(each)).success);
    return value === undefined ? [] : [[option, value] as const];
  });
  const parsed = feature.options.safeParse({ ...options, ...Object.fromEntries(read) });
  if (!parsed.success || (feature.problems?.(parsed.data) ?? []).length > 0) return undefined;
  return withoutDefaults(feature, parsed.data);
}

/** What a feature adds to a task. */
export function contributed(feature: Feature, options: Options, host: Host): Facts {
  const factsWith = (contributors: Parameters<typeof assemble>[0]["contributors"]) => {
    const { task } = assemble({
      family: "agent",
      host,
      launchType: "EC2",
      networkMode: host.networkMode,
      image: "agent",
      cpu: 0,
      memoryMiB: 0,
      healthCheck: undefined,
      off: {},
      contributors,
      environment: {},
    });
    return factsOf(readDefinition(JSON.stringify(task), ""), host);
  };
  const bare = factsWith([]);
  const whole = factsWith([{ source: "", contribution: feature.on({ ...options }, host) }]);
  return new Map([...whole].filter(([path]) => !bare.has(path)));
}

/** What of the options a person has to write. */
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

/** The values of a switch or of a choice of words, the default first; undefined where there are too many to try. */
function valuesOf({ type, enum: words, default: fallback }: JsonSchema): readonly unknown[] | undefined {
  const values = type === "boolean" ? [true, false] : words;
  return values && [...new Set([fallback ?? values[0], ...values])];
}

/** A value that is found again wherever it comes to stand. */
function markOf({ type, minimum, maximum, default: fallback }: JsonSchema): unknown {
  if (type === "array") return [MARK, SECOND_MARK];
  if (type === "integer" || type === "number") return maximum === fallback ? minimum : maximum;
  return MARK;
}

function readingsOf(path: string, text: string, mark: unknown): Reading[] {
  if (typeof mark === "number") return text === String(mark) ? [{ path, before: "", after: "", value: Number }] : [];
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

/** Text as the loader hands it to a schema. */
function asTemplates(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asTemplates) : typeof value === "string" ? escapeTemplate(value) : value;
}
