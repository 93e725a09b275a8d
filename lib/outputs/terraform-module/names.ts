import { type Catalog, schemaOf } from "../../core/catalog";
import type { HostTrait } from "../../core/host";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import { ITEM, itemPath } from "../../core/term";
import { type Module, optionDefaults, toggledFeatures } from "../../configuration/modules";
import { type JsonSchema, jsonSchema } from "../../documentation/json-schema";
import { quote, snakeCase } from "./hcl";

/** Where a value is: a constant in the module, or an expression. The constant undefined means that the module doesn't have it. */
export type Place =
  | { readonly value: unknown; readonly code?: never }
  | {
      readonly code: string;
      readonly nullable: boolean;
      /** What is null if the value isn't set, where that is another expression. */
      readonly whole?: string;
      /** Whether it has the type `any` and the field names of the ECS API. */
      readonly usesApiNames?: boolean;
      readonly value?: never;
    };

/** The module's names for the paths of terms and conditions. */
export interface Names {
  readonly place: (path: string) => Place;
  /** Whether a feature is on: `false` if the host doesn't support it, else an expression. */
  readonly isOn: (feature: string) => string | false;
  /** Whether a feature is set to false, as an expression. */
  readonly isOff: (feature: string) => string;
  readonly traits: readonly HostTrait[];
  /** The same names, for code that runs only if the value at a path isn't null. */
  readonly given: (path: string) => Names;
  /** The feature whose options can be read because it is on. */
  readonly within?: string;
  /** Whether items have the type `any`, so that attributes may be missing. */
  readonly untyped?: boolean;
  /** A counter that is added to numbers of a series. */
  readonly counter?: string;
}

/** A value in a variable, with facts from its type. */
interface Node {
  readonly path: string;
  readonly code: string;
  /** Its name in messages. */
  readonly label: string;
  readonly schema: JsonSchema;
  readonly fallback: unknown;
  readonly nullable: boolean;
  /** Whether reading it fails if its parent is null. */
  readonly guarded: boolean;
  /** Whether its attributes have the names of the ECS API, in a value of type `any`. */
  readonly usesApiNames: boolean;
}

/**
 * The names in a module: variables for settings, locals for features and their options.
 * @param given paths whose values are known not to be null
 */
export function namesOf(catalog: Catalog, module: Module, given: readonly string[] = []): Names {
  const { traits } = hostOf(catalog, module);
  const toggled = toggledFeatures(catalog, module).map(({ name }) => name);
  const place = (path: string): Place => {
    const [key = "", ...rest] = path.split(".");
    const setting = catalog.settings[key];
    if (key === "features") return optionPlace(catalog, module, rest, given);
    if (setting === undefined || !isVariable(setting, traits)) return { value: constantOf(setting, module, key) };
    const { module: variable = {} } = setting;
    if ("partOf" in variable) return { code: variable.value, nullable: true, whole: `var.${variable.partOf}` };
    if (setting.defaultUnless !== undefined) return { code: `local.${snakeCase(key)}`, nullable: !given.includes(key) };
    return placeOf(nodeAt(catalog, module, [key, ...rest], given));
  };
  return {
    place,
    isOn: (feature) => toggled.includes(feature) && `local.on.${snakeCase(feature)}`,
    isOff: (feature) => `try(local.toggles.${snakeCase(feature)}, true) == false`,
    traits,
    given: (path) => namesOf(catalog, module, [...given, path]),
  };
}

/** The same names, with paths relative to a feature's options. */
export function namesInFeature(names: Names, feature: string): Names {
  const absolute = (path: string) => (path.startsWith(ITEM) ? path : `features.${feature}.${path}`);
  return {
    ...names,
    within: feature,
    untyped: true,
    place: (path) => names.place(absolute(path)),
    given: (path) => namesInFeature(names.given(absolute(path)), feature),
  };
}

/** The same names, and the name of the current item of `each` or `every`. */
export function namesOfItem(names: Names, item: (path: string) => Place): Names {
  const isItem = (path: string) => path === ITEM || path.startsWith(`${ITEM}.`);
  return {
    ...names,
    place: (path) => (isItem(path) ? item(path.slice(ITEM.length + 1)) : names.place(path)),
    given: (path) =>
      isItem(path)
        ? namesOfItem(
            names,
            (inner) => (itemPath(inner) === path ? { ...item(inner), nullable: false } : item(inner)) as Place,
          )
        : namesOfItem(names.given(path), item),
  };
}

/** The name of a path in messages. */
export function labelOf(catalog: Catalog, module: Module, path: string): string {
  const [key = "", ...rest] = path.split(".");
  const { module: variable = {} } = catalog.settings[key] ?? {};
  if ("partOf" in variable) return variable.partOf;
  if (key === "features" || catalog.settings[key] === undefined) return [key, ...rest].map(snakeCase).join(".");
  return nodeAt(catalog, module, [key, ...rest])?.label ?? [key, ...rest].map(snakeCase).join(".");
}

/** Whether a setting's variable has the type `any` and the field names of the ECS API. */
export function usesApiNames({ module = {} }: Setting = {} as Setting): boolean {
  return "asInApi" in module && module.asInApi === true;
}

/** The variable of a setting. It can be part of another setting's variable. */
export function variableOf({ settings }: Catalog, key: string): string {
  const { module: variable = {} } = settings[key] ?? {};
  return "partOf" in variable ? variable.partOf : snakeCase(key);
}

/** Whether a setting is a variable, or part of one, in a module for a host with these traits. */
export function isVariable({ of, module = {}, requires = [] }: Setting, traits: readonly HostTrait[]): boolean {
  return of === "daemon" && !("none" in module) && requires.every((trait) => traits.includes(trait));
}

/** The JSON Schema of a setting's variable, without `false`: the variable has null instead. */
export function variableSchema(catalog: Catalog, key: string): JsonSchema {
  const setting = catalog.settings[key];
  if (setting === undefined) throw new Error(`There is no setting ${key}.`);
  const { module = {} } = setting;
  const own = "schema" in module ? module.schema : undefined;
  const schema = jsonSchema(own ?? schemaOf(setting, catalog));
  const alternatives = (schema.anyOf ?? [schema]).filter((each) => each.const !== false);
  return alternatives[0] ?? schema;
}

/** The default of a variable from the module's entry or the host; undefined if there is none. */
export function defaultOf(catalog: Catalog, module: Module, key: string): unknown {
  const setting = catalog.settings[key];
  const entry = entryOf(module, key);
  // A default that depends on other variables is a local.
  const byDefault = setting?.defaultUnless === undefined ? setting?.defaultOn : undefined;
  const given = entry ?? byDefault?.(hostOf(catalog, module)) ?? undefined;
  return given === false && isNullable(catalog, key) ? null : given;
}

/** The only required variable: the Agent doesn't start without an API key, and each caller has its own. */
export const REQUIRED = "apiKey";

/** Whether the variable can be null: where clusters.yaml accepts `false`, or the setting has no default. */
export function isNullable(catalog: Catalog, key: string): boolean {
  const setting = catalog.settings[key];
  if (setting === undefined || key === REQUIRED) return false;
  const { module = {}, defaultOn, defaultUnless } = setting;
  if ("nullable" in module) return module.nullable === true;
  if (defaultUnless !== undefined) return true;
  const isGiven = defaultOn !== undefined || schemaOf(setting, catalog).safeParse(undefined).data !== undefined;
  return !isGiven && !isCollection(variableSchema(catalog, key));
}

/** A list, or a map of any keys. In Terraform an empty one means that it isn't set. */
export function isCollection({ type, additionalProperties }: JsonSchema): boolean {
  return type === "array" || typeof additionalProperties === "object";
}

/** The constant of a setting that isn't a variable. */
function constantOf(setting: Setting | undefined, module: Module, key: string): unknown {
  const { module: variable = {} } = setting ?? {};
  return "entry" in variable ? entryOf(module, key) : undefined;
}

function entryOf(module: Module, key: string): unknown {
  return (module as object as Readonly<Record<string, unknown>>)[key];
}

/** Options have their values while the feature is off, too. */
function optionPlace(
  catalog: Catalog,
  module: Module,
  [name = "", ...rest]: readonly string[],
  given: readonly string[],
): Place {
  const feature = catalog.features[name];
  const [option = "", ...inner] = rest;
  if (feature === undefined || !toggledFeatures(catalog, module).some((each) => each.name === name)) {
    return { value: undefined };
  }
  const fallback = optionDefaults(module, name, feature)[option];
  const code = `local.options.${snakeCase(name)}.${snakeCase(option)}`;
  // The caller's maps have the type `any`: an attribute may be missing.
  if (inner.length > 0) return { code: `try(${[code, ...inner.map(snakeCase)].join(".")}, null)`, nullable: true };
  return { code, nullable: fallback === undefined && !given.includes(`features.${name}.${option}`) };
}

function nodeAt(
  catalog: Catalog,
  module: Module,
  [key = "", ...rest]: readonly string[],
  given: readonly string[] = [],
): Node | undefined {
  const isGiven = (path: string) => given.includes(path);
  const root: Node = {
    path: key,
    code: `var.${snakeCase(key)}`,
    label: snakeCase(key),
    schema: variableSchema(catalog, key),
    fallback: defaultOf(catalog, module, key),
    nullable: isNullable(catalog, key) && !isGiven(key),
    guarded: false,
    usesApiNames: usesApiNames(catalog.settings[key]),
  };
  return rest.reduce<Node | undefined>((node, part) => {
    const inner = node && inside(node, part);
    return inner && isGiven(inner.path) ? { ...inner, nullable: false } : inner;
  }, root);
}

function inside(node: Node, key: string): Node | undefined {
  const { code, label, schema, fallback: fallbacks, nullable, usesApiNames } = node;
  const nameOf = usesApiNames ? (name: string) => name : snakeCase;
  const path = `${node.path}.${key}`;
  const { properties = {}, required = [], additionalProperties } = schema;
  const property = properties[key] as JsonSchema | undefined;
  if (property !== undefined) {
    const fallback = (fallbacks as Readonly<Record<string, unknown>> | null | undefined)?.[key] ?? property.default;
    return {
      path,
      code: `${code}.${nameOf(key)}`,
      label: `${label}.${nameOf(key)}`,
      schema: property,
      fallback,
      nullable: nullable || usesApiNames || (fallback === undefined && !required.includes(key)),
      guarded: nullable || usesApiNames,
      usesApiNames,
    };
  }
  return typeof additionalProperties !== "object"
    ? undefined
    : {
        path,
        code: `${code}[${quote(key)}]`,
        label: `${label}.${key}`,
        schema: additionalProperties,
        fallback: undefined,
        nullable: true,
        guarded: true,
        usesApiNames,
      };
}

function placeOf(node: Node | undefined): Place {
  if (node === undefined) return { value: undefined };
  const { code, nullable, guarded, usesApiNames } = node;
  return { code: guarded ? `try(${code}, null)` : code, nullable, usesApiNames };
}
