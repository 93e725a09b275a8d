import { agentTask } from "../core/agent-task";
import type { Catalog } from "../core/catalog";
import type { Feature } from "../core/feature";
import type { HostTrait } from "../core/host";
import { coded } from "../core/problem-codes";
import { hostOf } from "../core/scope";
import { check, type CheckResult } from "./check";
import type { Module } from "./interfaces";

export type { Module };

/** Placeholder for the API key, which callers of the module set. */
const API_KEY_PLACEHOLDER = { arn: "${local.api_key_value_from}" };

export interface NamedFeature {
  readonly name: string;
  readonly feature: Feature;
}

/** The first trait of a feature that the module's host doesn't have; undefined if it has all. */
export function missingTrait(catalog: Catalog, module: Module, { requires }: Feature): HostTrait | undefined {
  const { traits } = hostOf(catalog, module);
  return requires.find((trait) => !traits.includes(trait));
}

/** The features that a module's host supports. */
export function availableFeatures(catalog: Catalog, module: Module): readonly NamedFeature[] {
  return named(catalog).filter(({ feature }) => missingTrait(catalog, module, feature) === undefined);
}

/** Also the features that an image flavor turns on although the host doesn't support them, so that they are refused. */
export function toggledFeatures(catalog: Catalog, module: Module): readonly NamedFeature[] {
  return named(catalog).filter(
    ({ feature }) => feature.imageFlavor !== undefined || missingTrait(catalog, module, feature) === undefined,
  );
}

function named({ features }: Catalog): readonly NamedFeature[] {
  return Object.entries(features).map(([name, feature]) => ({ name, feature }));
}

/** The default options of a feature in the module; undefined for required options. */
export function optionDefaults(module: Module, name: string, { options }: Feature): Readonly<Record<string, unknown>> {
  const toggle = (module.features as Readonly<Record<string, unknown>>)[name];
  const entry = (typeof toggle === "object" ? toggle : {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(options.shape).map(([key, option]) => {
      const { data } = (option as Feature["options"]).safeParse(undefined);
      return [key, entry[key] ?? data];
    }),
  );
}

/** Checks a module with its defaults. The values of its callers are checked in their plan. */
export function checkModule(catalog: Catalog, entry: Readonly<Record<string, unknown>>): CheckResult<Module> {
  const checked = check<Module>(catalog, catalog.schemas.module, entry);
  if (checked.problems) return checked;
  const { problems } = agentTask(catalog, checked.value, API_KEY_PLACEHOLDER);
  return problems.length > 0 ? { problems: coded("invalid-task", problems) } : checked;
}
