/** JSON with sorted keys, formatted like CDKTF's: the closing bracket is on its own line, even of an empty list or map. */
export function stableJson(value: unknown, indent = "\n"): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => inner + stableJson(item ?? null, inner));
    return `[${items.join(",")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const map = value as Readonly<Record<string, unknown>>;
  const entries = Object.keys(map)
    .sort()
    .filter((key) => map[key] !== undefined)
    .map((key) => `${inner}${JSON.stringify(key)}: ${stableJson(map[key], inner)}`);
  return `{${entries.join(",")}${indent}}`;
}
