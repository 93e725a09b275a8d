import type { Difference } from "./differences";

/** The headings of the differences, and which belong below each. */
const SECTIONS: readonly (readonly [heading: string, belongs: (difference: Difference) => boolean])[] = [
  ["What it has, and this configuration has not:", ({ here }) => here === undefined],
  ["What is another here:", ({ there, here }) => there !== undefined && here !== undefined],
  ["What this configuration adds:", ({ there }) => there === undefined],
];

const NOTHING = "nothing";

/** The differences as people read them, a line each. */
export function differenceLines(
  differences: readonly Difference[],
  reason: (difference: Difference) => string | undefined,
): readonly string[] {
  if (differences.length === 0) return ["The task of this configuration is the same."];
  return SECTIONS.flatMap(([heading, belongs]) => {
    const lines = differences.filter(belongs).map((difference) => {
      const { path, there = NOTHING, here = NOTHING } = difference;
      const why = reason(difference);
      return `  ${path}: there ${there}, here ${here}${why === undefined ? "" : ` (${why})`}`;
    });
    return lines.length > 0 ? [heading, ...lines] : [];
  });
}

/** Lines as comments of YAML. */
export function comments(lines: readonly string[], indent = ""): string {
  return lines.map((line) => `${indent}# ${line}`.trimEnd()).join("\n");
}
