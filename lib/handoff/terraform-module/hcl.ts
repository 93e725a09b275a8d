import { escapeTemplate } from "../../core/expression";

/** Terraform's way to write a name: `memoryMiB` is `memory_mib`. */
export function snakeCase(name: string): string {
  return name.replace("MiB", "Mib").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An expression, in the place of a value in Terraform's JSON syntax. */
export function expression(code: string): string {
  return `\${${code}}`;
}

/** A text inside of an expression. */
export function quote(text: string): string {
  return quoteTemplate(escapeTemplate(text));
}

/** A value inside of an expression. Strings in it are templates, as those of a configuration are. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "string") return quoteTemplate(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${/^(?!for$)[A-Za-z_]\w*$/.test(key) ? key : quote(key)} = ${literal(inner)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** JSON's escapes but two are Terraform's as well. */
function quoteTemplate(template: string): string {
  return JSON.stringify(template).replace(/(?<!\\)((?:\\\\)*)\\([bf])/g, (_all, before: string, letter: string) => {
    return `${before}\\u000${letter === "b" ? "8" : "c"}`;
  });
}
