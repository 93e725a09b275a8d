/** Prints documents that share values at their first level: those are printed once. */
export function stableJsonOf(documents: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const printed = new Map<unknown, string>();
  const print = (value: unknown) => {
    const text = printed.get(value) ?? stableJson(value, "\n  ");
    printed.set(value, text);
    return text;
  };
  return documents.map((document) => stableMap(document, "\n", print));
}

/** JSON with sorted keys, formatted like CDKTF's: the closing bracket is on its own line, even of an empty list or map. */
export function stableJson(value: unknown, indent = "\n"): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => inner + stableJson(item ?? null, inner));
    return `[${items.join(",")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return stableMap(value as Readonly<Record<string, unknown>>, indent, (inside) => stableJson(inside, inner));
}

function stableMap(map: Readonly<Record<string, unknown>>, indent: string, print: (value: unknown) => string): string {
  const entries = Object.keys(map)
    .sort()
    .filter((key) => map[key] !== undefined)
    .map((key) => `${indent}  ${JSON.stringify(key)}: ${print(map[key])}`);
  return `{${entries.join(",")}${indent}}`;
}
