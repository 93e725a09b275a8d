import { closest, distance } from "fastest-levenshtein";
import { isExpression, unescapeTemplate } from "./expression";
import type { ProblemCode } from "./problem-codes";
import { isNameOfSecret, mayBeSecret } from "./secrets";

export { LIKE_A_KEY } from "./secrets";

/** The path of a value: keys and list indices. */
export type Path = readonly (string | number)[];

/** One problem of a configuration: where it is, what is wrong and what to do. */
export interface Problem {
  /** Path of the value; empty for the configuration itself. */
  readonly path: Path;
  /** The sentence that follows the path: `must be …, got …. Do …`. */
  readonly message: string;
  /** What is wrong, for programs. */
  readonly code?: ProblemCode;
}

/**
 * All problems of a configuration. The message is for users and never has a value that may be a secret. No stack trace
 * is needed.
 */
export class ConfigurationError extends Error {
  /** Identifies the error if several copies of this package are loaded, where `instanceof` fails. */
  override readonly name = "ConfigurationError";

  /**
   * @param heading the file, or the path of the construct, that has the problems
   * @param problems at least one
   * @param locate writes the location of a problem; by default as `features.logs.include[0]`
   */
  constructor(
    readonly heading: string,
    /** In the order of the message. */
    readonly problems: readonly Problem[],
    locate: (problem: Problem) => string = ({ path }) => formatPath(path),
  ) {
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    const blocks = problems.map((problem) => {
      const place = printable(locate(problem));
      return place ? `  ${place}\n    ${problem.message}` : `  ${problem.message}`;
    });
    super([`${printable(heading)}: ${count}`, ...blocks].join("\n\n"));
  }
}

/** Writes a path as `features.logs.include[0]`. Hides keys that may be secrets and quotes unusual ones. */
export function formatPath(path: Path): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : formatKey(key))).join("");
  return text.replace(/^\./, "");
}

/** Most keys: letters, too few for a secret. */
const WORD = /^[A-Za-z]{1,30}$/;

function formatKey(key: string): string {
  if (WORD.test(key)) return `.${key}`;
  if (mayBeSecret(key)) return "[a key that is not shown]";
  return /^[^\s\p{C}]{1,80}$/u.test(key) ? `.${key}` : `[${quoted(key)}]`;
}

/** The value at a path; undefined if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}

const MAX_SHOWN_CHARACTERS = 80;

/** Numbers of this size may be secrets without quotes. At paths of secrets smaller ones may be too. */
const LONG_NUMBER = 1e15;
const LONG_NUMBER_WHERE_SECRETS_ARE = 1e9;

/** Describes a value for an error message: short, unambiguous, never a secret. */
export function describe(value: unknown): string {
  return describeAt(value, [], new Set());
}

/**
 * Describes a value in a configuration.
 * @param path the path of the value
 * @param secretKeys keys under which any value may be a secret
 */
export function describeAt(value: unknown, path: Path, secretKeys: ReadonlySet<string>): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "boolean") return `the boolean ${value}`;
  const isHidden = path.some((key) => secretKeys.has(String(key)) || isNameOfSecret(String(key)));
  if (typeof value === "number") {
    const isLong = Math.abs(value) >= (isHidden ? LONG_NUMBER_WHERE_SECRETS_ARE : LONG_NUMBER);
    return !isLong || !Number.isFinite(value) ? `the number ${value}` : `a number ${NOT_SHOWN}`;
  }
  if (typeof value !== "string") return `a ${typeof value}`;
  if (isExpression(value)) return "a Terraform expression";
  const text = unescapeTemplate(value);
  return isHidden && text !== "" ? hidden(text) : describeWord(text);
}

/** Describes a key or a name, which is not a Terraform template. */
export function describeWord(word: string): string {
  if (word === "") return "an empty string";
  return mayBeSecret(word) ? hidden(word) : quoted(word);
}

/** Quotes a key, or hides it if it may be a secret. */
export function describeKey(key: string): string {
  return mayBeSecret(key) ? NOT_SHOWN : quoted(key);
}

const NOT_SHOWN = "(not shown: it may be a secret)";

function hidden(text: string): string {
  return `a string of length ${text.length} ${NOT_SHOWN}`;
}

/** Quotes a text. Truncates it between characters. */
function quoted(text: string): string {
  const start =
    text.length > MAX_SHOWN_CHARACTERS ? text.slice(0, MAX_SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "") : text;
  return printable(JSON.stringify(start === text ? text : `${start}…`));
}

/** Escapes control characters, such as a line break or an escape sequence in a file name. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (control) => `\\u${control.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
}

/** ` Did you mean "x"?` if a known word is similar enough, else an empty string. */
export function didYouMean(given: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const words = known.map((word) => word.toLowerCase());
  const nearest = known[words.indexOf(closest(given.toLowerCase(), words))] ?? "";
  const near = distance(given.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(nearest.length / 3));
  return near ? ` Did you mean "${nearest}"?` : "";
}

/** How many known words are suggested if none is similar. */
const MAX_SUGGESTIONS = 5;

/** Suggests known words for an unknown one. */
export function suggestionFor(given: string, known: readonly string[]): string {
  const meant = didYouMean(given, known);
  if (meant || known.length <= MAX_SUGGESTIONS) return meant || ` The known keys are ${list(known)}.`;
  const near = (word: string) => distance(given.toLowerCase(), word.toLowerCase());
  const nearest = known.toSorted((a, b) => near(a) - near(b)).slice(0, MAX_SUGGESTIONS);
  return ` The closest of ${known.length} known keys are ${list(nearest)}.`;
}

/** `a, b and c` */
export function list(words: readonly string[], conjunction = "and"): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}
