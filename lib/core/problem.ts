import { closest, distance } from "fastest-levenshtein";
import { isExpression, unescapeTemplate } from "./expression";

/** Where a value stands: the keys and list indices that lead to it. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a configuration: where, what was expected, what was given, what to do. */
export interface Problem {
  /** Where the value stands; empty for what has no place. */
  readonly path: Path;
  /** The sentence that follows the path: `must be …, got …. Do …`. */
  readonly message: string;
}

/**
 * All problems of a configuration at once. Its message is written for people; it has no use for a stack trace. A value
 * that may be a secret is in neither.
 */
export class ConfigurationError extends Error {
  /** How to tell it from other errors where there are several copies of this package. */
  override readonly name = "ConfigurationError";

  /**
   * @param heading what has the problems: a file, or the path of a construct
   * @param problems at least one
   * @param locate how to write where a problem stands; by default as `features.logs.include[0]`
   */
  constructor(
    heading: string,
    /** In the order in which the message tells them. */
    readonly problems: readonly Problem[],
    locate: (problem: Problem) => string = ({ path }) => formatPath(path),
  ) {
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    const blocks = problems.map((problem) => {
      const place = locate(problem);
      return place ? `  ${place}\n    ${problem.message}` : `  ${problem.message}`;
    });
    super([`${heading}: ${count}`, ...blocks].join("\n\n"));
  }
}

/** `features.logs.include[0]` */
export function formatPath(path: Path): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return text.replace(/^\./, "");
}

/** What stands at a path; undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}

/** The places of a configuration whose values may be secrets, even where they are wrong. */
const NEVER_SHOWN = new Set(["apiKey", "environment"]);

/** Anything that could be an API or application key, wherever somebody put it. */
export const LIKE_A_KEY = /[0-9a-f]{32}/i;

const LONGEST_SHOWN = 80;

/** A value as an error message may show it: short, unambiguous, never a secret. */
export function describe(value: unknown, path: Path = []): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${value.toString()}`;
  if (typeof value !== "string") return `a ${typeof value}`;
  if (isExpression(value)) return "a Terraform expression";
  const text = unescapeTemplate(value);
  if (text === "") return "an empty text";
  if (path.some((key) => NEVER_SHOWN.has(String(key))) || LIKE_A_KEY.test(text)) {
    return `a text of length ${text.length} (not shown: it may be a secret)`;
  }
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}

/** ` Did you mean "x"?`, where one of the known words is near enough to be meant; else nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const words = known.map((word) => word.toLowerCase());
  const nearest = known[words.indexOf(closest(given.toLowerCase(), words))] ?? "";
  const near = distance(given.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(nearest.length / 3));
  return near ? ` Did you mean "${nearest}"?` : "";
}

/** `a, b and c` */
export function list(words: readonly string[], conjunction = "and"): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}
