import { holds, itemVerdicts, type Scope } from "./evaluate";
import { describeAt, type Path, type Problem } from "./problem";
import { type Condition, pathsOf } from "./term";

/**
 * A rule for a configuration. It is checked at synth time and by the Terraform module.
 */
export interface Rule {
  /** Dotted path of the value that is wrong if the condition doesn't hold. */
  readonly at: string;
  /** The condition that must hold. */
  readonly holds: Condition;
  /**
   * The message, which follows the path. Keys are in backticks, and `{path}` is replaced with the value at that path.
   * Both are written as in the output, such as `network_mode` in Terraform.
   */
  readonly must: string;
  /**
   * The replacement of `{@}` in the message for each key that `hasNone` refuses. One rule for many keys is one check in
   * the Terraform module.
   */
  readonly words?: Readonly<Record<string, string>>;
}

/** The paths that a rule reads. If the schema refuses one of them, the rule is skipped. */
export function readsOf({ holds: condition, at }: Rule): readonly string[] {
  // The rule doesn't read other keys of the map.
  if (condition.$ === "hasNone") return pathsOf(condition);
  return [...new Set([at, ...pathsOf(condition)])];
}

/**
 * The problems of one rule. A rule on list items has one for each wrong item, a rule on map keys one for each refused
 * key.
 */
export function problemsOfRule(rule: Rule, scope: Scope): readonly Problem[] {
  const { at, holds: condition } = rule;
  const path = at === "" ? [] : at.split(".");
  if (condition.$ === "every") {
    return itemVerdicts(condition, scope).flatMap((verdict, index) =>
      verdict === false ? [problem(rule, [...path, index], scope)] : [],
    );
  }
  if (holds(condition, scope) !== false) return [];
  if (condition.$ !== "hasNone") return [problem(rule, path, scope)];
  const given = Object.keys(scope.value(condition.path) as object).filter((key) => condition.keys.includes(key));
  return given.map((key) => problem({ ...rule, must: mustOf(rule, key) }, [...path, key], scope));
}

/** The message for one key of a map. */
export function mustOf({ must, words = {} }: Rule, key: string): string {
  return must.replaceAll("{@}", words[key] ?? "");
}

const PLACEHOLDER = /\{([\w.]+)\}/g;

function problem({ must }: Rule, path: Path, scope: Scope): Problem {
  const message = must.replace(PLACEHOLDER, (_all, of: string) => shown(scope, of));
  return { path, message };
}

/** Simple words are shown without quotes, like the choices in a list. */
function shown({ value: valueOf, secretKeys }: Scope, path: string): string {
  const value = valueOf(path);
  if (value === undefined) return "none";
  const text = describeAt(value, path.split("."), secretKeys);
  return typeof value === "string" && text === `"${value}"` && /^[\w.-]+$/.test(value) ? value : text;
}

/** The message of a rule for another output. */
export function sentenceOf({ must }: Rule, name: (key: string) => string, value: (path: string) => string): string {
  return must
    .replace(PLACEHOLDER, (_all, path: string) => value(path))
    .replace(/`([a-zA-Z][\w.]*)`/g, (_all, key: string) => `\`${name(key)}\``);
}
