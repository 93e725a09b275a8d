/** Parts of an SVG file. Text from outside is escaped where it enters; it can't become markup. */

type Attributes = Readonly<Record<string, string | number>>;

/** An element around parts that are SVG already. */
export function element(name: string, attributes: Attributes, ...parts: readonly string[]): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(String(value))}"`)];
  if (parts.length === 0) return `<${start.join(" ")}/>`;
  return `<${start.join(" ")}>${parts.join("")}</${name}>`;
}

/** Any text, as XML writes it. What XML has no way to write becomes the replacement character. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Where a line may end: text after a blank, names and paths after punctuation. */
const PIECES = { text: /\S*\s?/g, code: /[^\s/\\:_@-]*[\s/\\:_@-]?/g } as const;

/** A text in lines of at most so many characters. Only what has no better place to break is broken anywhere. */
export function wrap(text: string, columns: number, kind: keyof typeof PIECES): string[] {
  const pieces = (text.match(PIECES[kind]) ?? []).flatMap(
    (piece) => piece.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [],
  );
  const lines = [""];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && (line + piece).trimEnd().length > columns) lines.push(piece);
    else lines[lines.length - 1] = line + piece;
  }
  return lines.map((line) => line.trim());
}
