import { type ConfigurationError, formatPath, type Problem } from "../core/problem";

/** Output formats of problems. */
export const FORMATS = ["text", "json", "github"] as const;
export type Format = (typeof FORMATS)[number];

/** A problem with its position in the file. */
type Placed = Problem & { readonly file?: string; readonly line?: number; readonly column?: number };

/** Formats problems as JSON or as GitHub workflow commands, which GitHub shows as annotations. */
export function formatProblems(error: ConfigurationError, format: Exclude<Format, "text">): string {
  const problems = (error.problems as readonly Placed[]).map(({ file, line, column, path, message, code }) => ({
    file: file ?? error.heading,
    line,
    column,
    path: formatPath(path),
    code,
    message,
  }));
  if (format === "json") return JSON.stringify({ problems }, null, 2);
  return problems
    .map(({ file, line, column, path, message }) => {
      const properties = { file, line, col: column, title: path || undefined };
      const written = Object.entries(properties).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
      );
      return `::error ${written.join(",")}::${escapeData(`${path} ${message}`.trim())}`;
    })
    .join("\n");
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
