import { isDeepStrictEqual } from "node:util";
import { type Catalog, schemaOf } from "../../core/catalog";
import { LIKE_A_KEY, list } from "../../core/problem";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import { isOperator } from "../../core/term";
import type { ClusterOnHost } from "../../configuration/types";
import { columns, wrap } from "../text";
import { block, HIDDEN, shown } from "./parts";

/** Settings whose value is passed through to ECS as it is, and where it ends up. */
const PASSTHROUGHS: Readonly<Record<string, string>> = {
  containerDefinition: "container definition",
  taskDefinition: "task definition",
  sidecars: "container definitions of the task",
};

/** The fields and containers that are passed through, by setting. */
export function passedThroughLines(cluster: ClusterOnHost): readonly string[] {
  const rows = Object.keys(PASSTHROUGHS).map((key) => [key, passedThrough(cluster, key).map(shown).join(", ")]);
  return columns(rows.filter(([, names]) => names !== ""));
}

/** The names of the fields that a passthrough has, or of its containers. */
function passedThrough(cluster: ClusterOnHost, key: string): readonly string[] {
  const value = (cluster as Readonly<Record<string, unknown>>)[key] ?? {};
  if (Array.isArray(value)) return value.map(({ name }: { readonly name: string }) => name);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return fields.map(([field]) => field);
}

/** Every setting that differs from its default: its value, its summary, and where it is used. */
export function settingsBlock(catalog: Catalog, cluster: ClusterOnHost): string {
  const host = hostOf(catalog, cluster);
  const rows = Object.entries(catalog.settings)
    // Features have their own blocks.
    .filter(([key]) => key !== "features")
    .flatMap(([key, setting]) => {
      const value = (cluster as Readonly<Record<string, unknown>>)[key];
      const byDefault = setting.defaultOn?.(host) ?? schemaOf(setting, catalog).safeParse(undefined).data;
      if (value === undefined || isDeepStrictEqual(value, byDefault)) return [];
      const lines = [...valueLines(value, setting), ...wrap(setting.summary), ...targetLines(cluster, key, setting)];
      return [[key, lines] as const];
    });
  return block("settings: values that differ from the default, except features", rows);
}

function valueLines(value: unknown, { mayBeSecret }: Setting): readonly string[] {
  if (mayBeSecret) {
    const keys = Object.keys(value as object).map((key) => (LIKE_A_KEY.test(key) ? "a hidden name" : key));
    return wrap(`${list(keys)} (values hidden: may be secrets)`);
  }
  return columns(leaves(value).map(([path, text]) => [...path, text].filter(Boolean)));
}

/** The value of an environment variable in a container definition, which may be a secret. */
const VARIABLE_VALUE = /(?:^|\.)environment\.\d+\.value$/;

/** The scalar values in a value, each with its path. */
function leaves(value: unknown, path: readonly string[] = []): readonly (readonly [path: string[], text: string])[] {
  const at = path.length === 0 ? [] : [path.map(shown).join(".")];
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== "object");
    if (value.length === 0) return [[at, "none"]];
    if (plain) return [[at, value.map((item) => shown(String(item))).join(", ")]];
    return value.flatMap((item, index) => leaves(item, [...path, String(index)]));
  }
  if (typeof value !== "object" || value === null) {
    return [[at, VARIABLE_VALUE.test(path.join(".")) ? HIDDEN : shown(String(value))]];
  }
  const inner = Object.entries(value).filter(([, each]) => each !== undefined);
  return inner.length === 0 ? [[at, "none"]] : inner.flatMap(([key, each]) => leaves(each, [...path, key]));
}

/** Where a setting is used, from its templates. */
function targetLines(cluster: ClusterOnHost, key: string, setting: Setting): readonly string[] {
  const passthrough = PASSTHROUGHS[key];
  if (passthrough !== undefined) {
    return wrap(`→ passed through to the ${passthrough}: ${passedThrough(cluster, key).map(shown).join("; ")}`);
  }
  const { container = {}, task = {}, contribution = {}, service = {} } = setting;
  const { environment = {}, fallback = {}, ...others } = isOperator(contribution) ? {} : contribution;
  const variables = [environment, fallback].flatMap((each) => (isOperator(each) ? [] : Object.keys(each)));
  const targets = [
    ...Object.keys(container).map((field) => `container definition: ${field}`),
    ...variables.map((name) => `environment: ${name}`),
    ...Object.keys(others).map((field) => `container definition: ${field}`),
    ...Object.keys(task).map((field) => `task definition: ${field}`),
    ...Object.keys(service).map((argument) => `service: ${argument}`),
  ];
  return targets.length === 0 ? [] : wrap(`→ ${targets.join("; ")}`);
}
