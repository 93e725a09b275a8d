import type { Catalog } from "../../core/catalog";
import { escapeTemplate } from "../../core/expression";
import type { Notice } from "../../core/feature";
import { list } from "../../core/problem";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import { implies, isOn, not, prefixed } from "../../core/term";
import { availableFeatures, type Module } from "../../configuration/modules";
import { snakeCase } from "./hcl";
import { isVariable, labelOf, namesOf } from "./names";
import { printCondition } from "./print";
import type { Condition } from "./validation";

/** A notice of a setting or a feature, with the names of the module's variables. */
interface ModuleNotice {
  /** The setting or the feature. */
  readonly name: string;
  /** The condition of the check block: false where the notice applies. */
  readonly condition: string;
  readonly text: string;
  readonly fixable: boolean;
}

/** The `check` blocks. A default never warns, and each warning goes away when the caller changes a variable. */
export function checksOf(catalog: Catalog, module: Module): Readonly<Record<string, Condition>> {
  const notices = noticesOf(catalog, module).filter(({ fixable }) => fixable);
  const named = notices.map(({ name, condition, text }, index) => {
    const before = notices.slice(0, index).filter((other) => other.name === name).length;
    return [`${snakeCase(name)}${before === 0 ? "" : `_${before + 1}`}`, { condition, message: text }] as const;
  });
  return { memory: MEMORY, ...Object.fromEntries(named) };
}

/** The notices for the README: they apply as long as the feature or the setting is in use. */
export function notesOf(catalog: Catalog, module: Module): readonly string[] {
  const notices = noticesOf(catalog, module).flatMap(({ fixable, text }) => (fixable ? [] : [text]));
  const actions = availableFeatures(catalog, module).flatMap(({ name, feature: { instanceActions = [] } }) =>
    instanceActions.length === 0
      ? []
      : `\`features.${snakeCase(name)}\` needs ${list(instanceActions)} on the role of the container instances. Add the policy in the output \`agent.container_instance_policy\` to that role.`,
  );
  return [...notices, ...actions];
}

const MEMORY: Condition = {
  condition: "local.memory_mib == null || try(local.memory_mib >= local.recommended_memory_mib, true)",
  message:
    'memory_mib is ${local.memory_mib == null ? "not set" : local.memory_mib}; Datadog recommends ${local.recommended_memory_mib} for the features that are on. ECS kills and restarts an Agent that runs out of memory.',
};

function noticesOf(catalog: Catalog, module: Module): readonly ModuleNotice[] {
  const { traits } = hostOf(catalog, module);
  const names = namesOf(catalog, module);
  const notice = (name: string, within: string | undefined, { text, fixable = false, when }: Notice) => {
    const holds = within === undefined ? not(when) : implies(isOn(within), not(prefixed(when, `features.${within}`)));
    const condition = printCondition(holds, within === undefined ? names : { ...names, within });
    if (condition === true) return [];
    return [{ name, condition: String(condition), fixable, text: inModule(catalog, module, text) }];
  };
  const settings = Object.entries<Setting>(catalog.settings).filter(([, setting]) => isVariable(setting, traits));
  return [
    ...settings.flatMap(([name, { notices = [] }]) => notices.flatMap((each) => notice(name, undefined, each))),
    ...availableFeatures(catalog, module).flatMap(({ name, feature: { notices = [] } }) =>
      notices.flatMap((each) => notice(name, name, each)),
    ),
  ];
}

/** Replaces the keys of a configuration with the names of the module's variables. */
function inModule(catalog: Catalog, module: Module, text: string): string {
  return escapeTemplate(text.replace(/`([^`]+)`/g, (_all, path: string) => `\`${labelOf(catalog, module, path)}\``));
}
