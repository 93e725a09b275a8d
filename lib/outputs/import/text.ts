import type { Difference } from "./differences";

/** The headings, with the differences that belong to each and their format. */
const SECTIONS: readonly (readonly [
  heading: string,
  belongs: (difference: Difference) => boolean,
  shown: (difference: Difference) => string,
])[] = [
  ["Only in the original:", ({ generated }) => generated === undefined, ({ original = "" }) => original],
  [
    "Different:",
    ({ original, generated }) => original !== undefined && generated !== undefined,
    ({ original = "", generated = "" }) => `original: ${original} → new: ${generated}`,
  ],
  ["Added:", ({ original }) => original === undefined, ({ generated = "" }) => generated],
];

/** Formats differences, one line each. */
export function differenceLines(
  differences: readonly Difference[],
  reason: (difference: Difference) => string | undefined,
): readonly string[] {
  if (differences.length === 0) return ["No differences: this configuration reproduces the task definition."];
  return SECTIONS.flatMap(([heading, belongs, shown]) => {
    const lines = differences.filter(belongs).map((difference) => {
      const because = reason(difference);
      return `  ${difference.path}: ${shown(difference)}${because === undefined ? "" : ` (${because})`}`;
    });
    return lines.length > 0 ? [heading, ...lines] : [];
  });
}

/** Formats lines as YAML comments. */
export function comments(lines: readonly string[], indent = ""): string {
  return lines.map((line) => `${indent}# ${line}`.trimEnd()).join("\n");
}
