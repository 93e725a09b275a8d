import { missingTraitMessage } from "../../core/feature-rules";
import type { Catalog } from "../../core/catalog";
import type { Feature } from "../../core/feature";
import { replacersOf } from "../../core/toggles";
import {
  availableFeatures,
  missingTrait,
  type Module,
  type NamedFeature,
  optionDefaults,
  toggledFeatures,
} from "../../configuration/modules";
import { type JsonSchema, jsonSchema } from "../../documentation/json-schema";
import { expression, literal, mapCode, quote, snakeCase } from "./hcl";
import type { Names } from "./names";
import { optionalConditionsOf } from "./untyped-validation";
import type { Condition, Input } from "./validation";

/**
 * The variable of the features. Its type is `any`: an object type drops unknown names without an error, and no type takes
 * both `true` and a map of options.
 */
export function featuresInput(catalog: Catalog, module: Module): Input {
  const available = availableFeatures(catalog, module);
  return {
    type: "any",
    description:
      "Features to enable: a map from a feature's name to true, false, a map of options, or null for the default. The README lists all features and their options",
    default: {},
    nullable: false,
    conditions: [
      {
        condition: "can(keys(var.features))",
        message: "features must be a map of features, such as { apm = true, logs = { collect_all = false } }.",
      },
      unknownFeatures(catalog),
      {
        condition: `length(${INVALID_VALUES}) == 0`,
        message: formatted(
          "Each feature must be true, false or a map of options. Change %s.",
          `join(", ", [for name in ${INVALID_VALUES} : "features.\${name}"])`,
        ),
      },
      unknownOptions(catalog),
      ...unsupportedFeatures(catalog, module),
      ...Object.entries(catalog.features).flatMap(([name, feature]) => requiredOptions(module, name, feature)),
      ...optionsOfType(available, "boolean", '"true", "false", "null"', "must be true or false."),
      ...optionsOfType(available, "array", '"[", "n"', "must be a list."),
      ...available.flatMap(optionConditions),
    ],
  };
}

/** Names of features whose value is neither true, false, null nor a map. */
const INVALID_VALUES =
  '[for name in try(keys(var.features), []) : name if !contains(["true", "false", "null"], jsonencode(var.features[name])) && !can(keys(var.features[name]))]';

/** Other names of a feature that "did you mean" recognizes: without underscores, its initials, and its abbreviation. */
function aliasesOf(name: string, { summary }: Feature): readonly string[] {
  const words = snakeCase(name).split("_");
  const abbreviations = [...summary.matchAll(/\(([A-Za-z]{2,6})\)/g)].map(([, word = ""]) => word.toLowerCase());
  const initials = words.length > 1 ? [words.map(([letter]) => letter).join("")] : [];
  return [...new Set([words.join(""), ...initials, ...abbreviations])];
}

/** Suggests features that differ in a letter, have the same letters in another order, or begin alike. */
function unknownFeatures({ features }: Catalog): Condition {
  const names = Object.keys(features).map(snakeCase).sort();
  const unknown = `setsubtract(try(keys(var.features), []), ${literal(names)})`;
  const aliases = mapCode(
    Object.entries(features)
      .map(([name, feature]) => [snakeCase(name), literal(aliasesOf(name, feature))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const letters = `{ for name in ${unknown} : name => lower(replace(name, "/[^A-Za-z]/", "")) }`;
  const isNear = [
    "length(letters) > 2 && startswith(alias, letters)",
    'sort(split("", letters)) == sort(split("", alias))',
    'length(alias) > 2 && anytrue([for at in range(length(alias)) : can(regex("^${substr(alias, 0, at)}.?.?${substr(alias, at + 1, -1)}$", letters))])',
  ].join(", ");
  // An exact alias sorts before a similar one: npm is an abbreviation, and one letter away from apm.
  const ranked = `[for known, aliases in ${aliases} : [for alias in aliases : format("%d %s", alias == letters ? 0 : 1, known) if anytrue([${isNear}])]]`;
  const nearest = `split(" ", sort(flatten(${ranked}))[0])[1]`;
  return {
    condition: `length(${unknown}) == 0`,
    message: formatted(
      `Unknown feature %s. Known features are ${names.join(", ")}.`,
      `join(", ", [for name, letters in ${letters} : try(format("%s (did you mean %s?)", name, ${nearest}), name)])`,
    ),
  };
}

function unknownOptions({ features }: Catalog): Condition {
  const known = mapCode(
    Object.entries(features).map(([name, { options }]) => [
      snakeCase(name),
      literal(Object.keys(options.shape).map(snakeCase)),
    ]),
  );
  const each = (value: string) =>
    `flatten([for name, options in ${known} : [for option in try(keys(var.features[name]), []) : ${value} if !contains(options, option)]])`;
  const sentence =
    'length(options) == 0 ? "features.${name} has no options, got ${option}." : "Unknown option features.${name}.${option}. Its options are ${join(", ", options)}."';
  return {
    condition: `length(${each("option")}) == 0`,
    message: expression(`join(" ", ${each(sentence)})`),
  };
}

/** Features that the host can't run may only be off. */
function unsupportedFeatures(catalog: Catalog, module: Module): Condition[] {
  return Object.entries(catalog.features).flatMap(([name, feature]) => {
    const missing = missingTrait(catalog, module, feature);
    if (missing === undefined) return [];
    const at = `features.${snakeCase(name)}`;
    return {
      condition: `contains(["false", "null"], jsonencode(try(var.${at}, null)))`,
      message: `${at} ${missingTraitMessage(missing).replace("{host}", module.host)}`,
    };
  });
}

/** A feature that is on must have its required options. */
function requiredOptions(module: Module, name: string, feature: Feature): Condition[] {
  const { required = [] } = jsonSchema(feature.options);
  const defaults = optionDefaults(module, name, feature);
  const at = `features.${snakeCase(name)}`;
  return required
    .filter((option) => defaults[option] === undefined)
    .map((option) => ({
      condition: `contains(["false", "null"], jsonencode(try(var.${at}, null))) || try(var.${at}.${snakeCase(option)} != null, false)`,
      message: `${at} must have \`${snakeCase(option)}\`, got none: { ${snakeCase(option)} = … }.`,
    }));
}

/**
 * One check for all options of a type; those that are null or missing have their defaults.
 * @param json how the JSON of their values may begin
 */
function optionsOfType(
  features: readonly NamedFeature[],
  type: "boolean" | "array",
  json: string,
  must: string,
): Condition[] {
  const byFeature = features.flatMap(({ name, feature }): (readonly [string, string])[] => {
    const options = Object.entries(propertiesOf(feature)).filter(([, option]) => option.type === type);
    return options.length === 0 ? [] : [[snakeCase(name), literal(options.map(([option]) => snakeCase(option)))]];
  });
  const value = "jsonencode(try(var.features[name][option], null))";
  const start = type === "array" ? `substr(${value}, 0, 1)` : value;
  const wrong = `flatten([for name, options in ${mapCode(byFeature)} : [for option in options : "features.\${name}.\${option}" if !contains([${json}], ${start})]])`;
  return [{ condition: `length(${wrong}) == 0`, message: formatted(`%s ${must}`, `join(" and ", ${wrong})`) }];
}

/** A message with a long expression in it, which can't be broken into lines inside of quotes. */
function formatted(message: string, value: string): string {
  return expression(`format(${quote(message)}, ${value})`);
}

function propertiesOf({ options }: Feature): Readonly<Record<string, JsonSchema>> {
  return (jsonSchema(options).properties ?? {}) as Record<string, JsonSchema>;
}

/** What {@link optionsOfType} doesn't check of a feature's options. */
function optionConditions({ name, feature }: NamedFeature): Condition[] {
  return Object.entries(propertiesOf(feature)).flatMap(([option, schema]) => {
    if (schema.type === "boolean") return [];
    const at = `features.${snakeCase(name)}.${snakeCase(option)}`;
    const conditions = optionalConditionsOf(schema, `var.${at}`, at);
    return schema.type === "array" ? conditions.slice(1) : conditions;
  });
}

/** Whether the site or the image turns the feature on by default. */
export function hasDefault({ onByDefault = false, imageFlavor }: Feature): boolean {
  return onByDefault || imageFlavor !== undefined;
}

/** The locals with the features that are on, and their options. */
export function featureLocals(catalog: Catalog, module: Module): Readonly<Record<string, string>> {
  const toggled = toggledFeatures(catalog, module);
  const entry = module.features as Readonly<Record<string, unknown>>;
  const set = toggled.filter(({ name }) => entry[name] !== undefined);
  const toggles = set.map(({ name }) => [snakeCase(name), String(entry[name] !== false)] as const);
  const unset = toggled.filter(({ name, feature }) => entry[name] === undefined && hasDefault(feature));
  const byDefault = unset.map(({ name }) => [snakeCase(name), defaultCode(catalog, name)] as const);
  const defaults = availableFeatures(catalog, module).filter(
    ({ feature }) => Object.keys(feature.options.shape).length > 0,
  );
  const optionEntries = defaults.map(({ name, feature }) => {
    const options = Object.entries(optionDefaults(module, name, feature));
    const code = mapCode(options.map(([option, value]) => [snakeCase(option), literal(value ?? null)]));
    return [snakeCase(name), `merge(${code}, try(local.given_options.${snakeCase(name)}, {}))`] as const;
  });
  const given = "{ for name, toggle in var.features : name => toggle if toggle != null }";
  return {
    toggles: expression(toggles.length === 0 ? given : `merge(${mapCode(toggles)}, ${given})`),
    ...(byDefault.length > 0 && { on_by_default: expression(mapCode(byDefault)) }),
    on: expression(
      `{ for name in ${literal(toggled.map(({ name }) => snakeCase(name)))} : name => try(local.toggles[name], ${byDefault.length > 0 ? "local.on_by_default[name], " : ""}false) != false }`,
    ),
    given_options: expression(
      "{ for name, toggle in var.features : name => try({ for option, value in toggle : option => value if value != null }, {}) }",
    ),
    options: expression(mapCode(optionEntries)),
    enabled: expression("[for name, on in local.on : name if on]"),
  };
}

/** Whether the site or the image turns the feature on, unless a feature that is on replaces it. */
function defaultCode(catalog: Catalog, name: string): string {
  const { imageFlavor, sites } = catalog.features[name] as Feature;
  if (imageFlavor !== undefined) return `contains(local.image_flavors, ${quote(imageFlavor)})`;
  const site = sites === undefined ? "true" : `contains(${literal(sites.only)}, var.site)`;
  const replaced = replacersOf(catalog.features, name).map((other) => {
    const feature = catalog.features[other] as Feature;
    const fallback = hasDefault(feature) ? defaultCode(catalog, other) : "false";
    return `try(local.toggles.${snakeCase(other)}, ${fallback}) == false`;
  });
  return [site, ...replaced].join(" && ");
}

/** Environment variables of features that are off. A feature that is left to the Agent has them only if it is false. */
export function offEnvironment(catalog: Catalog, names: Names): string {
  const off = Object.entries(catalog.features).flatMap(([name, feature]) => {
    if (feature.off === undefined) return [];
    const id = snakeCase(name);
    const isOff = feature.leftToAgent ? names.isOff(name) : `!try(local.on.${id}, false)`;
    return [`${isOff} ? ${literal(feature.off)} : {}`];
  });
  return off.length === 0 ? "{}" : `merge(${off.join(", ")})`;
}
