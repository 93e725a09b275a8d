import { escapeTemplate } from "../../core/expression";
import { partsOfTemplate } from "./scan";

/** The name in Terraform's style: `memoryMiB` is `memory_mib`. */
export function snakeCase(name: string): string {
  return name.replace(/([KMGT])iB/g, "$1ib").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An expression as a value in Terraform's JSON syntax. */
export function expression(code: string): string {
  return `\${${code}}`;
}

/** A string literal in an expression. */
export function quote(text: string): string {
  return quoteTemplate(escapeTemplate(text));
}

/** A literal in an expression. Strings in it are templates, as in a configuration. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return listCode(value.map(literal));
  if (typeof value === "string") return quoteTemplate(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return mapCode(Object.entries(value).map(([key, inner]) => [key, literal(inner)]));
}

export function listCode(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** A map whose values are code. */
export function mapCode(entries: readonly (readonly [key: string, code: string])[]): string {
  return entries.length === 0 ? "{}" : `{ ${entries.map(([key, code]) => `${keyCode(key)} = ${code}`).join(", ")} }`;
}

/** A key of an object expression. */
export function keyCode(key: string): string {
  return /^(?!for$)[A-Za-z_]\w*$/.test(key) ? key : quote(key);
}

/** A quoted template. Its interpolations stay code. */
export function quoteTemplate(template: string): string {
  return `"${partsOfTemplate(template)
    .map(({ text, isCode }) => (isCode ? text : escaped(text)))
    .join("")}"`;
}

/** Terraform has the escapes of JSON except for `\b` and `\f`. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/(?<!\\)((?:\\\\)*)\\([bf])/g, (_all, before: string, letter: string) => {
      return `${before}\\u000${letter === "b" ? "8" : "c"}`;
    });
}
