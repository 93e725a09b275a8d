import * as z from "zod";
import { type ArnFacts, arnsIn } from "./arn";
import { rulesOfFeature } from "./feature-rules";
import { withHints } from "./hints";
import { HOST_TRAITS } from "./host";
import { list } from "./problem";
import { readsOf, type Rule } from "./rule";
import { text } from "./schema";
import type { Registries, RuleInCode, Setting } from "./setting";
import { and, empty, equals, given, hostHas, implies, oneOf, or } from "./term";
import { replacersOf } from "./toggles";

/** The registries and everything derived from them, independent of a configuration. Created once. */
export interface Catalog extends Registries {
  readonly schemas: Schemas;
  readonly rules: readonly CatalogRule[];
  readonly rulesInCode: readonly RuleInCode[];
  /** The keys whose values must not appear in messages. */
  readonly secretKeys: ReadonlySet<string>;
  /** The paths of ARNs. */
  readonly arns: readonly (ArnFacts & { readonly path: string })[];
}

/** The schemas of everything that users write. */
export interface Schemas {
  /** A cluster in clusters.yaml. */
  readonly cluster: z.ZodObject;
  /** The props of the construct. */
  readonly daemon: z.ZodObject;
  /** An entry of `modules`, without the settings that differ from cluster to cluster. */
  readonly module: z.ZodObject;
  /** The settings that all three have in common. */
  readonly settings: z.ZodObject;
  /** The whole file. The loader checks each cluster after merging its defaults. */
  readonly file: z.ZodObject;
}

/** A rule and what is known about it before it is evaluated. */
export interface CatalogRule extends Rule {
  /** The paths that it reads, including those that decide whether its features are on. */
  readonly reads: readonly (readonly string[])[];
  /** The feature that the rule belongs to. */
  readonly feature?: string;
}

export function catalogOf(registries: Registries): Catalog {
  const { features, settings, hosts } = registries;
  const ofFeatures = Object.entries(features).flatMap(([feature, facts]) =>
    rulesOfFeature(feature, facts).map((rule) => ({ ...rule, feature })),
  );
  const ofSettings = Object.entries(settings).flatMap(([key, setting]) => rulesOfSetting(key, setting, registries));
  const schemas = schemasOf(registries);
  return {
    features,
    settings,
    hosts,
    schemas,
    rules: [...ofFeatures, ...ofSettings].map((rule) =>
      lazily<CatalogRule>(rule, { reads: () => readsWithToggles(rule, registries) }),
    ),
    rulesInCode: Object.values(settings).flatMap(({ rulesInCode = [] }) => rulesInCode),
    secretKeys: new Set(Object.keys(settings).filter((key) => settings[key]?.mayBeSecret)),
    arns: arnsIn(schemas.cluster),
  };
}

function schemasOf(registries: Registries): Schemas {
  const all = Object.entries(registries.settings);
  const shapeOf = (wanted: (setting: Setting) => boolean, schema = schemaOf) =>
    Object.fromEntries(
      all.filter(([, setting]) => wanted(setting)).map(([key, setting]) => [key, schema(setting, registries)]),
    );
  const hints = { keys: Object.assign({}, ...all.map(([, { insteadOf }]) => insteadOf)) as Record<string, string> };
  const isOfDaemon = ({ of }: Setting) => of === "daemon";
  const schemas: Schemas = lazily<Schemas>(
    {},
    {
      cluster: () => withHints(z.strictObject(shapeOf(() => true)), hints),
      module: () =>
        withHints(
          z.strictObject({
            name: moduleName,
            ...shapeOf((setting) => isOfDaemon(setting) && isInModule(setting)),
            vendorOutputs,
          }),
          hints,
        ),
      daemon: () => withHints(z.strictObject(shapeOf(isOfDaemon, propOf)), hints),
      settings: () => z.object(shapeOf((setting) => isOfDaemon(setting) && setting.prop === undefined)),
      file: () =>
        z.strictObject({
          defaults: z
            .strictObject(shapeOf(({ notInDefaults }) => notInDefaults === undefined))
            .partial()
            .optional()
            .describe("Defaults of all clusters"),
          clusters: z.array(schemas.cluster).optional().describe("Clusters: one stack each, with one daemon per host"),
          modules: z
            .array(schemas.module)
            .optional()
            .describe("Terraform modules to generate, in `modules` in the output folder"),
        }),
    },
  );
  return schemas;
}

/** Adds values that are computed when they are first read: a run needs few of them. */
function lazily<Whole extends object>(
  part: Partial<Whole>,
  missing: { readonly [Key in keyof Whole]?: () => Whole[Key] },
): Whole {
  const whole = { ...part };
  for (const [key, compute] of Object.entries(missing) as [string, () => unknown][]) {
    const get = () => {
      const value = compute();
      Object.defineProperty(whole, key, { value });
      return value;
    };
    Object.defineProperty(whole, key, { get, enumerable: true, configurable: true });
  }
  return whole as Whole;
}

const moduleName = text(
  "a module name: 1 to 64 letters, digits, _ and -, starting with a letter or digit",
  /^[A-Za-z0-9][\w-]{0,63}$/,
).describe("Name of the module and its folder, unique in the file");

const vendorOutputs = z
  .literal(true)
  .optional()
  .describe("Also have the outputs of Datadog's Terraform module, under its names; plans with many calls get slower");

/** The schemas of a setting, by the registries if it depends on them. */
const schemas = new WeakMap<Setting, WeakMap<object, z.ZodType>>();

/** The schema of a setting in clusters.yaml, with its summary as the description. Cached. */
export function schemaOf(setting: Setting, registries: Registries): z.ZodType {
  const { schema, summary } = setting;
  const key = typeof schema === "function" ? registries : setting;
  const known = schemas.get(setting) ?? new WeakMap<object, z.ZodType>();
  const described = known.get(key) ?? (typeof schema === "function" ? schema(registries) : schema).describe(summary);
  schemas.set(setting, known.set(key, described));
  return described;
}

function propOf(setting: Setting, registries: Registries): z.ZodType {
  return setting.prop ?? schemaOf(setting, registries);
}

/** Whether an entry of `modules` can set the default. */
function isInModule({ module = {} }: Setting): boolean {
  if ("partOf" in module) return false;
  return "none" in module ? module.entry === true : module.differsByCluster !== true;
}

/** The rules of a setting, including those on hosts. */
function rulesOfSetting(key: string, setting: Setting, registries: Registries): readonly Rule[] {
  const { requires = [], valuesOn, rules = [] } = setting;
  const { hosts } = registries;
  const onHosts = Object.entries(hosts).map(([name, host]) => ({ name, values: valuesOn?.(host) ?? [] }));
  return [
    ...requires.map((trait) => ({
      at: key,
      holds: or(empty(key), hostHas(trait)),
      must: `can't be set on the host {host}: it needs a host that ${HOST_TRAITS[trait]}.`,
    })),
    ...(valuesOn === undefined ? [] : onHosts).map(({ name, values }) => ({
      at: key,
      holds: implies(and(equals("host", name), given(key)), oneOf(key, values)),
      must:
        values.length === 0
          ? `can't be set on the host ${name}, got {${key}}. Remove it.`
          : `must be ${list(values, "or")} on the host ${name}, got {${key}}. Remove it to use the host's default.`,
    })),
    ...(typeof rules === "function" ? rules(registries) : rules),
  ];
}

/** The paths that a rule reads, and the paths that decide whether its features are on. */
function readsWithToggles(rule: Rule, { features }: Registries): readonly (readonly string[])[] {
  const reads = readsOf(rule).flatMap((path) => {
    const [key, name = ""] = path.split(".");
    const feature = key === "features" ? features[name] : undefined;
    if (feature === undefined) return [path];
    const byDefault = feature.onByDefault === true || feature.imageFlavor !== undefined;
    return [
      `features.${name}`,
      ...replacersOf(features, name).map((other) => `features.${other}`),
      ...(byDefault ? ["host", "site", "image"] : []),
    ];
  });
  return [...new Set(reads)].map((path) => path.split("."));
}
