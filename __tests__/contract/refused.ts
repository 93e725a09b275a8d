import type { CatalogRule } from "../../lib/core/catalog";
import { problemsOfRule } from "../../lib/core/rule";
import { type AgentSettings, scopeOf } from "../../lib/core/scope";
import { ARN_PARTS, type Condition, ITEM, pathsOf } from "../../lib/core/term";
import { jsonSchema } from "../../lib/documentation/json-schema";
import { type Configuration, placed, type Taker, without } from "./accepted";
import { schemaAt } from "./places";
import { simplest, valuesOf } from "./values";

export interface Refusal {
  readonly configuration: Configuration;
  readonly messages: readonly string[];
}

/** The first configuration that the schema accepts and a rule refuses, with the messages. */
export function refusalBy(taker: Taker, rule: CatalogRule): Refusal | undefined {
  const schema = jsonSchema(taker.schema);
  const named = namedIn(rule.holds);
  const inItems = itemPathsOf(rule.holds);
  const paths = [...new Set([...pathsOf(rule.holds), ...inItems, ...named.map(([path]) => path)])]
    // A list is given by its items.
    .filter((path) => !inItems.some((inner) => inner.startsWith(`${path}.0.`)))
    .sort();
  const choices = paths.flatMap((path) => {
    const keys = path.split(".");
    const place = schemaAt(schema, keys);
    if (place === undefined) return [];
    const ofSchema = valuesOf(place);
    const ofRule = named.flatMap(([at, make]) => (at === path ? make(ofSchema) : []));
    return [{ keys, values: [...ofRule, ...(place.enum ?? ofSchema.slice(0, VALUES))] }];
  });

  const search = (configuration: Configuration, [choice, ...rest]: typeof choices): Refusal | undefined => {
    if (choice === undefined) return refusal(taker, rule, configuration);
    const given = choice.values.map((value) => placed(schema, configuration, choice.keys, value));
    for (const each of [configuration, without(configuration, choice.keys), ...given]) {
      const found = search(each, rest);
      if (found) return found;
    }
    return undefined;
  };
  return search(taker.base, choices);
}

/** How many values of a schema are tried at a path, in addition to those from the rule. */
const VALUES = 3;

function refusal({ catalog, schema }: Taker, rule: CatalogRule, configuration: Configuration): Refusal | undefined {
  const settings = schema.safeParse(configuration).data as AgentSettings | undefined;
  const problems = settings === undefined ? [] : problemsOfRule(rule, scopeOf(catalog, settings));
  return problems.length === 0 ? undefined : { configuration, messages: problems.map(({ message }) => message) };
}

/** Values that decide a condition, by path. Some are derived from values of the schema. */
type Named = readonly [path: string, make: (ofSchema: readonly unknown[]) => readonly unknown[]];

function namedIn(condition: Condition): readonly Named[] {
  switch (condition.$) {
    case "equals":
      return inSetting(condition.path, () => [condition.value]);
    case "oneOf":
      return inSetting(condition.path, () => condition.values);
    case "matches": {
      const texts = simplest(new RegExp(condition.pattern, "u"));
      return inSetting(condition.path, (ofSchema) => [
        ...texts.flatMap((text) => [`a${text}`, text]),
        ...ofSchema.map((value) => `${String(value)}:a::`),
      ]);
    }
    case "atLeast":
      return inSetting(condition.path, () => [condition.minimum - 1]);
    case "has":
      return inSetting(condition.path, (ofSchema) => [{ [condition.key]: valueIn(ofSchema) }]);
    case "hasNone":
      return inSetting(condition.path, (ofSchema) => condition.keys.map((key) => ({ [key]: valueIn(ofSchema) })));
    case "agentBefore": {
      const [major, minor] = condition.version.split(".");
      return [["image.tag", () => [`${major}.${Number(minor) - 1}`]]];
    }
    case "imageFlavor":
      return [["image.flavor", () => [condition.part]]];
    case "hostHas":
      return [["host", (ofSchema) => ofSchema]];
    case "sameArnPart":
      return condition.paths.map((path) => [path, (ofSchema) => ofSchema.map((arn) => otherIn(arn, condition.part))]);
    case "and":
    case "or":
    case "exactlyOne":
      return condition.conditions.flatMap(namedIn);
    case "not":
      return namedIn(condition.condition);
    case "every":
      return namedIn(inFirstItem(condition.condition, condition.path));
    default:
      return [];
  }
}

/** The same condition on the first item of a list. */
function inFirstItem(condition: Condition, list: string): Condition {
  return JSON.parse(JSON.stringify(condition).replaceAll(`"${ITEM}`, `"${list}.0`)) as Condition;
}

function itemPathsOf(condition: Condition): readonly string[] {
  switch (condition.$) {
    case "every":
      return pathsOf(inFirstItem(condition.condition, condition.path));
    case "not":
      return itemPathsOf(condition.condition);
    case "and":
    case "or":
    case "exactlyOne":
      return condition.conditions.flatMap(itemPathsOf);
    default:
      return [];
  }
}

/** A value for a map with any keys. */
function valueIn(ofSchema: readonly unknown[]): unknown {
  return Object.values(ofSchema[0] as object)[0];
}

function inSetting(path: string, make: Named[1]): readonly Named[] {
  return path.startsWith(ITEM) ? [] : [[path, make]];
}

/** The ARN with another digit at the end of a part. */
function otherIn(arn: unknown, part: keyof typeof ARN_PARTS): string {
  return String(arn)
    .split(":")
    .map((text, index) => (index === ARN_PARTS[part] ? text.replace(/.$/, "9") : text))
    .join(":");
}
