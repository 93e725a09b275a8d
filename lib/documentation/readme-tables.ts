import type * as z from "zod";
import type { Feature, Only } from "../core/feature";
import type { Host, HostTrait } from "../core/host";
import { compare } from "../core/merge";
import { list } from "../core/problem";
import type { Registries } from "../core/setting";
import type { Features } from "../core/toggles";
import { type JsonSchema, jsonSchema } from "./json-schema";
import { code, table } from "./markdown";

/** A row for each feature and each of its options. A feature's requirements aren't repeated in its options' rows. */
export function featuresTable(registry: Features, hosts: Readonly<Record<string, Host>>): string {
  const hostsWith = (traits: readonly HostTrait[]) => {
    const names = Object.keys(hosts).filter((name) => traits.every((trait) => hosts[name]?.traits.includes(trait)));
    return names.length === Object.keys(hosts).length ? "all" : names.map(code).join(", ");
  };
  // Sorted, because the order of a module's exports depends on its loader.
  const features = Object.entries(registry).sort(([a], [b]) => compare(a, b));
  const rows = features.flatMap(([name, { summary, requires, options, optionRequires = {}, ...feature }]) => {
    const needs = [
      ...only("launchType", feature.launchTypes),
      ...only("site", feature.sites),
      ...only("networkMode", feature.networkModes),
      ...agent(feature.since),
      ...(feature.brokenIn ?? []).map(({ version }) => `not Agent ${version}`),
      ...Object.keys(feature.needs ?? {}).map(code),
      ...Object.keys(feature.through ?? {}).map((other) => `not ${code(`${other}: false`)}`),
      ...Object.keys({ ...feature.excludes, ...feature.replaces }).map((other) => `not ${code(other)}`),
    ];
    const optionRows = nestedRows(jsonSchema(options), name).map(({ key, value, fallback, meaning, isOfApi }) => {
      const option = key.slice(name.length + 1);
      const traits = optionRequires[option];
      const other = feature.optionNeeds?.[option];
      const optionNeeds = [
        ...only("site", feature.optionSites?.[option]),
        ...agent(feature.optionSince?.[option]),
        ...(other ? [code(other)] : []),
      ];
      const description = isOfApi ? `${meaning}: ${value}` : meaning;
      return [
        code(key),
        fallback,
        description,
        traits ? hostsWith([...requires, ...traits]) : "",
        optionNeeds.join("; "),
      ];
    });
    return [[code(name), byDefault(feature), summary, hostsWith(requires), needs.join("; ")], ...optionRows];
  });
  return table(["Feature", "Default", "Description", "Hosts", "Requires"], rows);
}

/**
 * Whether a feature is on by default.
 * @param whereSupported text for a feature that is on wherever it is supported
 */
export function byDefault(
  { onByDefault, leftToAgent, imageFlavor }: Partial<Feature>,
  whereSupported = "on with these hosts and sites",
): string {
  if (imageFlavor !== undefined) return `on with ${code(`image.flavor: ${imageFlavor}`)}`;
  if (leftToAgent) return "the Agent's default";
  return onByDefault ? whereSupported : "off";
}

function agent(since: string | undefined): string[] {
  return since === undefined ? [] : [`Agent ${since}`];
}

/**
 * A row for each key of a cluster, including nested keys. Features have their own table.
 * @param fallbacks defaults as text, by key, for keys without a default in the schema
 */
export function keysTable(cluster: z.ZodType, fallbacks: Readonly<Record<string, string>> = {}): string {
  const rows = nestedRows(jsonSchema(cluster)).filter(({ key }) => !key.startsWith("features."));
  return table(
    ["Key", "Type", "Default", "Description"],
    rows.map(({ key, value, fallback, meaning }) => [code(key), value, fallback || (fallbacks[key] ?? ""), meaning]),
  );
}

/** Defaults that depend on the host or on other keys, as text, by setting: the first host's, then those that differ. */
export function hostDefaults({ settings, hosts }: Pick<Registries, "settings" | "hosts">): Record<string, string> {
  const names = Object.keys(hosts);
  const typeName = (defaultOn: (host: Host) => unknown) => {
    const byHost = Object.values(hosts).map((host) => code(String(defaultOn(host))));
    return [...new Set(byHost)].map((value, index) => {
      const on = names.filter((_name, at) => byHost[at] === value);
      return index === 0 ? value : `${value} on ${list(on.map(code))}`;
    });
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, { defaultOn, defaultUnless = [] }]) => {
      if (defaultOn === undefined) return [];
      const unless = defaultUnless.length === 0 ? [] : [`none with ${list(defaultUnless.map(code), "or")}`];
      return [[key, [...typeName(defaultOn), ...unless].join("; ")]];
    }),
  );
}

/** Replaces the content between the markers `<!-- name -->` and `<!-- /name -->` with the tables. */
export function fillIn(text: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((filled, [name, content]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, after] = [filled.indexOf(start), filled.indexOf(end)];
    if (before < 0 || after < before)
      throw new Error(`The file must have the markers ${start} and ${end}, in this order.`);
    // Prettier would pad every row to the length of the longest cell.
    const block = content.startsWith("```")
      ? `${start}\n\n${content}\n\n`
      : `${start}\n\n<!-- prettier-ignore -->\n${content}\n\n`;
    return filled.slice(0, before) + block + filled.slice(after);
  }, text);
}

interface Row {
  readonly key: string;
  readonly value: string;
  readonly fallback: string;
  readonly meaning: string;
  /** Whether the value is a link to the API reference. */
  readonly isOfApi: boolean;
}

function nestedRows({ properties = {}, required = [] }: JsonSchema, prefix = ""): Row[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const schema = property as JsonSchema;
    const key = prefix === "" ? name : `${prefix}.${name}`;
    const nested = nestedIn(schema);
    const row = {
      key,
      value: valueOf(schema),
      fallback: required.includes(name) ? "required" : fallbackOf(schema, nested !== undefined),
      meaning: schema.description ?? "",
      isOfApi: schema.type === "object" && schema.$comment !== undefined,
    };
    return [row, ...(nested ? nestedRows(nested, schema.type === "array" ? `${key}[]` : key) : [])];
  });
}

/** The map whose keys get their own rows. */
function nestedIn(schema: JsonSchema): JsonSchema | undefined {
  const candidates = [schema, schema.items, ...(schema.anyOf ?? [])] as (JsonSchema | undefined)[];
  // AWS documents the API's own structures.
  return candidates.find((candidate) => candidate?.properties !== undefined && candidate.$comment === undefined);
}

function valueOf(schema: JsonSchema): string {
  const { enum: words, const: word, anyOf, type, minimum, maximum } = schema;
  if (words) return words.map((each) => code(String(each))).join(", ");
  if (word !== undefined) return code(String(word));
  if (anyOf) return list(anyOf.map(valueOf), "or");
  switch (type) {
    case "string":
      return "text";
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return `${minimum} to ${maximum}`;
    case "array":
      return `list of ${valueOf(schema.items as JsonSchema)}`;
    case "object":
      if (schema.$comment !== undefined) return `[${/API_(\w+)/.exec(schema.$comment)?.[1]}](${schema.$comment})`;
      return typeof schema.additionalProperties === "object" ? `map of ${valueOf(schema.additionalProperties)}` : "map";
    default:
      throw new Error(`No words for the values of ${JSON.stringify(schema)}`);
  }
}

/** Defaults of nested keys are in their own rows. */
function fallbackOf({ default: value }: JsonSchema, hasNested: boolean): string {
  if (value === undefined || (hasNested && JSON.stringify(value) === "{}")) return "";
  return code(typeof value === "string" ? value : JSON.stringify(value));
}

function only(key: string, limit: Only<string> | undefined): string[] {
  return limit
    ? [
        list(
          limit.only.map((value) => code(`${key}: ${value}`)),
          "or",
        ),
      ]
    : [];
}
