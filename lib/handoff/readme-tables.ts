import type { z } from "zod";
import type { Feature, Only } from "../core/feature";
import type { Host, HostTrait } from "../core/host";
import { compare } from "../core/merge";
import { list } from "../core/problem";
import type { Registry } from "../core/toggles";
import { type JsonSchema, jsonSchema } from "./json-schema";
import { code, table } from "./markdown";

/** A row per feature and per option of it. What a feature needs, its options need; their cells are left empty. */
export function featuresTable(registry: Registry, hosts: Readonly<Record<string, Host>>): string {
  const hostsWith = (traits: readonly HostTrait[]) => {
    const names = Object.keys(hosts).filter((name) => traits.every((trait) => hosts[name]?.traits.includes(trait)));
    return names.length === Object.keys(hosts).length ? "all" : names.map(code).join(", ");
  };
  // A module has its exports in the order that its loader likes.
  const features = Object.entries(registry).sort(([a], [b]) => compare(a, b));
  const rows = features.flatMap(([name, { summary, requires, options, optionRequires = {}, ...feature }]) => {
    const needs = [
      ...only("launchType", feature.launchTypes),
      ...only("site", feature.sites),
      ...only("networkMode", feature.networkModes),
      ...agent(feature.since),
      ...Object.keys({ ...feature.excludes, ...feature.replaces }).map((other) => `not ${code(other)}`),
    ];
    const optionRows = nestedRows(jsonSchema(options), name).map(({ key, fallback, meaning }) => {
      const option = key.slice(name.length + 1);
      const traits = optionRequires[option];
      const other = feature.optionNeeds?.[option];
      const optionNeeds = [...agent(feature.optionSince?.[option]), ...(other ? [code(other)] : [])];
      return [code(key), fallback, meaning, traits ? hostsWith([...requires, ...traits]) : "", optionNeeds.join("; ")];
    });
    return [[code(name), byDefault(feature), summary, hostsWith(requires), needs.join("; ")], ...optionRows];
  });
  return table(["Feature", "Default", "What it does", "Hosts", "Needs"], rows);
}

/**
 * Whether a feature is on where it is left open.
 * @param whereItWorks the words for one that is on wherever it can be
 */
export function byDefault(
  { onByDefault, leftToAgent, imageFlavor }: Partial<Feature>,
  whereItWorks = "on with these hosts and sites",
): string {
  if (imageFlavor !== undefined) return `on with ${code(`image.flavor: ${imageFlavor}`)}`;
  if (leftToAgent) return "the Agent's own";
  return onByDefault ? whereItWorks : "off";
}

function agent(since: string | undefined): string[] {
  return since === undefined ? [] : [`Agent ${since}`];
}

/** A row per key of a cluster, keys of keys included. Features have a table of their own. */
export function keysTable(cluster: z.ZodType): string {
  const rows = nestedRows(jsonSchema(cluster)).filter(({ key }) => !key.startsWith("features."));
  return table(
    ["Key", "Value", "Default", "Meaning"],
    rows.map(({ key, value, fallback, meaning }) => [code(key), value, fallback, meaning]),
  );
}

/** The text with each table between its markers, `<!-- name -->` and `<!-- /name -->`. */
export function fillIn(text: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((filled, [name, content]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, after] = [filled.indexOf(start), filled.indexOf(end)];
    if (before < 0 || after < before) throw new Error(`The markers ${start} and ${end} must be there, in this order.`);
    // Rows of one long cell would make every other row as long, if they were aligned.
    const block = `${start}\n\n<!-- prettier-ignore -->\n${content}\n\n`;
    return filled.slice(0, before) + block + filled.slice(after);
  }, text);
}

interface Row {
  readonly key: string;
  readonly value: string;
  readonly fallback: string;
  readonly meaning: string;
}

function nestedRows({ properties = {}, required = [] }: JsonSchema, prefix = ""): Row[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const schema = property as JsonSchema;
    const key = prefix === "" ? name : `${prefix}.${name}`;
    const nested = nestedIn(schema);
    const row = {
      key,
      value: valueOf(schema),
      fallback: required.includes(name) ? "must be given" : fallbackOf(schema, nested !== undefined),
      meaning: schema.description ?? "",
    };
    return [row, ...(nested ? nestedRows(nested, schema.type === "array" ? `${key}[]` : key) : [])];
  });
}

/** The map whose keys get rows of their own. */
function nestedIn(schema: JsonSchema): JsonSchema | undefined {
  const candidates = [schema, schema.items, ...(schema.anyOf ?? [])] as (JsonSchema | undefined)[];
  return candidates.find((candidate) => candidate?.properties !== undefined);
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
      return typeof schema.additionalProperties === "object" ? `map of ${valueOf(schema.additionalProperties)}` : "map";
    default:
      throw new Error(`No words for the values of ${JSON.stringify(schema)}`);
  }
}

/** What nested keys have by default stands in their own rows. */
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
