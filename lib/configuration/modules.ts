import { agentTask } from "../agent-task";
import { type EnabledFeature, enabledFeatures, lackingTrait, type Registry, type Toggle } from "../core/toggles";
import * as registry from "../features";
import { hosts } from "../hosts";
import { check, type Checked } from "./check";
import { surroundingsOf } from "./rules";
import { type Module, moduleSchema } from "./schema";

/** What stands in for the API key, which is the module's user's to give. */
const OPEN_API_KEY = { arn: "${local.api_key_value_from}" };

/** Why a feature can't be turned on in a module; undefined where it can. */
export function unavailable({ host, features }: Module, name: string): string | undefined {
  const feature = (registry as Registry)[name];
  if (feature === undefined) return undefined;
  const lacking = feature.requires.find((trait) => !hosts[host].traits.includes(trait));
  if (lacking !== undefined) return lackingTrait(host, lacking);
  const options = feature.options.safeParse(optionsOf(features, name));
  const usable = options.success && (feature.problems?.(options.data) ?? []).length === 0;
  return usable ? undefined : "must be off: it needs options, which are fixed in the module, and this one has none.";
}

/** The features that a module's host can have, with the options that are fixed in the module. */
export function availableFeatures(module: Module): readonly EnabledFeature[] {
  return enabledFeatures(registry, everythingOn(module), surroundingsOf(module));
}

function everythingOn(module: Module): Record<string, Toggle> {
  const toggles = Object.keys(registry).map((name): [string, Toggle] => {
    return [name, unavailable(module, name) === undefined && optionsOf(module.features, name)];
  });
  return Object.fromEntries(toggles);
}

function optionsOf(features: Readonly<Record<string, Toggle>>, name: string): Readonly<Record<string, unknown>> {
  const toggle = features[name];
  return typeof toggle === "object" ? toggle : {};
}

/** Checks a module as it is by default, and with everything on at once: its user may turn on whatever is there. */
export function checkModule(entry: Readonly<Record<string, unknown>>): Checked<Module> {
  const checked = check(moduleSchema, entry);
  if (checked.problems) return checked;
  const { problems } = agentTask({ ...checked.value, features: everythingOn(checked.value) }, OPEN_API_KEY);
  return problems.length > 0 ? { problems } : checked;
}
