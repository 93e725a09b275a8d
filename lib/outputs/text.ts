/** Formatting of plain text for a terminal. */

/** Formats rows as lines with aligned columns. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = rows
    .reduce((longest, row) => (row.length > longest.length ? row : longest), [])
    .map((_, i) => width(i));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

const MAX_LINE_LENGTH = 96;

/** Wraps text between words. A long word isn't broken, and empty text has no lines. */
export function wrap(text: string, width = MAX_LINE_LENGTH): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
