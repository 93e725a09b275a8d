/**
 * The code in a template: in `${…}` and `%{…}`, without quoted text and text outside of expressions. An interpolation
 * in quoted text is code.
 */
export function codeOf(template: string): string {
  let code = "";
  const inside: ("text" | "code")[] = ["text"];
  for (const [token] of template.matchAll(/(?:\$\$|%%)\{|[$%]\{|\\.|[^]/g)) {
    if (inside.at(-1) === "text") {
      if (/^[$%]\{$/.test(token)) inside.push("code");
      // Outside of expressions a quote is text.
      else if (token === '"' && inside.length > 1) inside.pop();
    } else {
      if (token === '"') inside.push("text");
      else if (token.endsWith("{")) inside.push("code");
      else if (token === "}") inside.pop();
      // Brackets separate words.
      code += /["{}]/.test(token) ? " " : token;
    }
  }
  if (inside.length > 1) throw new Error(`Not closed: ${template}`);
  return code;
}

/** Every string in a value, at any depth. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Every key in a value, at any depth. */
export function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysIn)];
}

/** The functions and references in a value, such as `var.a`, `local.b`, `aws_c.d` and `data.aws_e.f`, each once. */
export function usesIn(value: unknown): { readonly functions: string[]; readonly references: string[] } {
  const code = stringsIn(value).map(codeOf).join("\n");
  const all = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map(([match]) => match))].sort();
  return {
    functions: all(/\w+(?=\()/g),
    references: all(/(?<![\w.])(?:(?:var|local)\.\w+|(?:data\.)?aws_\w+\.\w+)/g),
  };
}
