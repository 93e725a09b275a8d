import { availableFeatures, unavailable } from "../../configuration/modules";
import type { Module } from "../../configuration/schema";
import type { Feature } from "../../core/feature";
import type { Registry, Toggle } from "../../core/toggles";
import * as registry from "../../features";
import { expression, literal, snakeCase } from "./hcl";
import type { Input } from "./validation";

/** The variable with a toggle for every feature; those that the module can't have are there to be refused. */
export function featuresInput(module: Module): Input {
  const toggles = Object.entries(registry as Registry).map(([name, feature]) => {
    const given = (module.features as Readonly<Record<string, Toggle>>)[name];
    const decided = feature.leftToAgent === true || unavailable(module, name) === undefined;
    const open = given === undefined && isLeftOpen(feature) && decided;
    return `${snakeCase(name)} = optional(bool${open ? "" : `, ${String(Boolean(given))}`})`;
  });
  return {
    type: `object({ ${toggles.join(", ")} })`,
    description: "The features that are on; what they do stands in the README.",
    default: {},
    nullable: false,
    conditions: Object.entries(registry as Registry).flatMap(([name, { leftToAgent }]) => {
      const why = unavailable(module, name);
      const toggle = `features.${snakeCase(name)}`;
      return why === undefined
        ? []
        : [
            {
              condition: leftToAgent ? `!coalesce(var.${toggle}, false)` : `!var.${toggle}`,
              message: `${toggle} ${why}`,
            },
          ];
    }),
  };
}

/** Whether something else decides where the toggle is null. */
export function isLeftOpen({ onByDefault = false, imageFlavor, leftToAgent = false }: Feature): boolean {
  return onByDefault || leftToAgent || imageFlavor !== undefined;
}

/** Whether each feature is on: what is left open is decided by the site, by the image, or by the Agent. */
export function togglesExpression(module: Module): string {
  const available = availableFeatures(module);
  const open = Object.entries(registry as Registry).filter(
    ([name, feature]) => feature.leftToAgent ?? (isLeftOpen(feature) && unavailable(module, name) === undefined),
  );
  const toggles = open.map(([name, feature]) => {
    const replacers = available.filter((other) => name in (other.feature.replaces ?? {}));
    const conditions = [byDefault(feature), ...replacers.map((other) => `!(${isOn(other.name, other.feature)})`)];
    return `${snakeCase(name)} = coalesce(var.features.${snakeCase(name)}, ${conditions.join(" && ")})`;
  });
  return expression(toggles.length === 0 ? "var.features" : `merge(var.features, { ${toggles.join(", ")} })`);
}

function isOn(name: string, feature: Feature): string {
  const toggle = `var.features.${snakeCase(name)}`;
  return isLeftOpen(feature) ? `coalesce(${toggle}, ${byDefault(feature)})` : toggle;
}

function byDefault({ imageFlavor, onByDefault, sites }: Feature): string {
  if (imageFlavor !== undefined) return `contains(local.image_flavors, ${literal(imageFlavor)})`;
  if (!onByDefault) return "false";
  return sites === undefined ? "true" : `contains(${literal(sites.only)}, var.site)`;
}

/** What is off, as far as it isn't left to the Agent. */
export function offExpression(): string {
  const left = Object.entries(registry as Registry).filter(([, { leftToAgent }]) => leftToAgent);
  const names = literal(left.map(([name]) => snakeCase(name)));
  const open = left.length === 0 ? "" : ` && !(contains(${names}, name) && var.features[name] == null)`;
  return expression(`[for name, variables in local.off : variables if !local.toggles[name]${open}]`);
}
