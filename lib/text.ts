/** Plain text for a terminal. */

/** A line per row, the cells of each column one below the other. */
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

const LONGEST_LINE = 96;

/** Lines that end between words; what has no blank is never broken, and an empty text has no line. */
export function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > LONGEST_LINE) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
