import type { Setting } from "../core/setting";
import { code, table } from "./markdown";

/** A row for each setting: where it is in each output, or why it isn't there. */
export function settingsTable(settings: Readonly<Record<string, Setting>>): string {
  const rows = Object.entries(settings).map(([key, setting]) => [
    code(key),
    setting.of,
    fieldsOf(setting),
    Object.keys(setting.service ?? {})
      .map(code)
      .join(", "),
    setting.inCode ?? "",
    variableOf(setting),
    importOf(setting),
  ]);
  return table(
    ["Setting", "Scope", "Task definition", "Service", "Implemented in code because", "Module variable", "`import`"],
    rows,
  );
}

function fieldsOf({ container = {}, task = {}, contribution = {} }: Setting): string {
  const { environment = {}, ...others } = contribution as Readonly<Record<string, object>>;
  return [
    ...Object.keys(task).map(code),
    ...Object.keys(container).map((field) => `${code(field)} of the container`),
    ...Object.keys(environment).map((name) => `variable ${code(name)}`),
    ...Object.keys(others).map((part) => `${code(part)} of the container`),
  ].join(", ");
}

/** The module has variables for the settings of a daemon only. */
function variableOf({ of, module = {} }: Setting): string {
  if (of !== "daemon") return "";
  if ("partOf" in module) return `part of ${code(module.partOf)}`;
  return "none" in module ? `none: ${module.none}` : "yes";
}

function importOf({ of, notImported }: Setting): string {
  if (of !== "daemon") return "";
  return notImported === undefined ? "yes" : `no: ${notImported}`;
}
