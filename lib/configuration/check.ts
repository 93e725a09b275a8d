import { type z } from "zod";
import { describe, didYouMean, list, type Path, type Problem, valueAt } from "../core/problem";
import { wordsFor } from "../core/schema";
import { arnProblems } from "./arn-rules";
import { ruleProblems } from "./rules";
import { settingsSchema } from "./schema";

export type Checked<Value, Kind extends Problem = Problem> =
  { readonly value: Value; readonly problems?: never } | { readonly value?: never; readonly problems: readonly Kind[] };

/** Made once: zod compiles a schema when it first parses with it. */
const anySettings = settingsSchema.loose();

/** A module lacks some of the keys that rules read. */
const DEFAULTS = anySettings.parse({});

/** Checks a configuration against its schema and, as far as the schema accepts it, against the rules between its keys. */
export function check<Schema extends z.ZodObject>(schema: Schema, input: unknown): Checked<z.output<Schema>> {
  const shape = checkShape(schema, input);
  const refused = (shape.problems ?? []).map(({ path, refused: at = path }) => at);
  // What the schema refuses is left out, so that the rest can still be judged: all problems are shown at once.
  const rest = shape.problems
    ? anySettings.safeParse(without(input, refused))
    : { success: true as const, data: { ...DEFAULTS, ...shape.value } };
  const problems = [
    ...(shape.problems ?? []),
    ...(rest.success ? [...ruleProblems(rest.data, refused), ...arnProblems(rest.data)] : []),
  ];
  return shape.problems === undefined && problems.length === 0 ? shape : { problems };
}

/** A problem that the schema finds. Its value stands at `refused`, where that isn't the place to show. */
interface ShapeProblem extends Problem {
  readonly refused?: Path;
}

/** Checks a value against a schema alone. */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Checked<z.output<Schema>, ShapeProblem> {
  const result = schema.safeParse(input, { error: knownKeys });
  return result.success
    ? { value: result.data }
    : { problems: result.error.issues.flatMap((issue) => problemsOf(issue, input)) };
}

type Issue = z.core.$ZodIssue;

/** An issue about unknown keys doesn't say which ones are known: its message carries them, separated by blanks. */
function knownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === "unrecognized_keys" ? Object.keys((issue.inst as z.ZodObject).shape).join(" ") : undefined;
}

function problemsOf(issue: Issue, input: unknown, base: Path = []): readonly ShapeProblem[] {
  const path = [...base, ...issue.path] as Path;
  const given = valueAt(input, path);
  const got = `, got ${describe(given, path)}`;
  if (given === undefined && "values" in issue) return [missing(path, list(issue.values.map(String), "or"))];
  if (given === undefined && "expected" in issue) return [missing(path, wordsFor(issue.expected))];
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = issue.message.split(" ").filter(Boolean);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message:
          known.length === 0
            ? "must not be here: there are no options."
            : `must be one of the known keys, got "${key}".${didYouMean(key, known) || ` Known are ${list(known)}.`}`,
      }));
    }
    case "invalid_union":
      return unionProblems(issue, input, path, got);
    case "invalid_key":
      return issue.issues.map(({ message }) => ({ path, message: `${message}, got ${describe(path.at(-1))}.` }));
    case "invalid_value": {
      const words = issue.values.map(String);
      const hint = HINTS[String(given)] ?? (typeof given === "string" ? didYouMean(given, words) : "");
      return [{ path, message: `must be ${list(words, "or")}${got}.${hint}` }];
    }
    case "invalid_type":
      return [{ path, message: `must be ${wordsFor(issue.expected)}${got}.${quoteHint(issue, given)}` }];
    default:
      return [{ path, message: `${issue.message}${got}.` }];
  }
}

/** A toggle or a switch with options: the options' own problems where options were given, else what is possible. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  input: unknown,
  path: Path,
  got: string,
): readonly ShapeProblem[] {
  const given = valueAt(input, path);
  if (typeof given === "object" && given !== null && !Array.isArray(given)) {
    const options = issue.errors.find((issues) =>
      issues.every(({ path: at, code }) => at.length > 0 || (code !== "invalid_type" && code !== "invalid_value")),
    );
    return (options ?? []).flatMap((inner) => problemsOf(inner, input, path));
  }
  const booleans = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === "invalid_value" ? inner.values.map(String) : []));
  return [
    {
      path,
      message: `must be ${list([...(booleans.length > 0 ? booleans : ["true", "false"]), "a map of options"], "or")}${got}.`,
    },
  ];
}

/** What is missing has no place; the problem stands where it should be added. */
function missing(path: Path, form: string): ShapeProblem {
  return {
    refused: path,
    path: path.slice(0, -1),
    message: `must have \`${String(path.at(-1))}\` (${form}), got none.`,
  };
}

/** YAML reads `true` and `1` as what they look like; as text they need quotes. */
function quoteHint(issue: z.core.$ZodIssueInvalidType, given: unknown): string {
  return issue.expected === "string" && ["boolean", "number"].includes(typeof given) ? " Write it in quotes." : "";
}

/** What to do instead of something that people expect to work. */
const HINTS: Readonly<Record<string, string>> = {
  FARGATE:
    " On Fargate there is no instance to run a daemon on: add the Agent as a container to each of your task definitions instead.",
};

/** A copy without what stands at the paths. */
function without(input: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return undefined;
  const inside = (key: string | number) => paths.filter(([head]) => head === key).map((path) => path.slice(1));
  if (Array.isArray(input)) {
    return input.map((item, index) => without(item, inside(index))).filter((item) => item !== undefined);
  }
  if (typeof input !== "object" || input === null || paths.length === 0) return input;
  const parts = Object.entries(input).map(([key, value]) => [key, without(value, inside(key))] as const);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}
