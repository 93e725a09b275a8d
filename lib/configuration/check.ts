import type * as z from "zod";
import { hintsOf } from "../core/hints";
import {
  describeAt,
  describeKey,
  describeWord,
  didYouMean,
  suggestionFor,
  list,
  type Path,
  type Problem,
  valueAt,
} from "../core/problem";
import { coded, type CodedProblem, type ProblemCode } from "../core/problem-codes";
import { schemasAt } from "../core/read-back";
import { mayBeSecret } from "../core/secrets";
import { typeName } from "../core/schema";
import type { Catalog } from "../core/catalog";
import type { AgentSettings } from "../core/scope";
import { arnProblems } from "./arn-rules";
import { ruleProblems } from "./rules";

export type CheckResult<Value, Kind extends Problem = CodedProblem> =
  { readonly value: Value; readonly problems?: never } | { readonly value?: never; readonly problems: readonly Kind[] };

/**
 * Checks a configuration against its schema and, as far as the schema accepts it, against the rules.
 * @param schema one of the catalog's
 */
export function check<Value = AgentSettings>(
  catalog: Catalog,
  schema: z.ZodObject,
  input: unknown,
): CheckResult<Value> {
  const shape = checkShape(schema, input, catalog.secretKeys) as CheckResult<Value, ShapeProblem>;
  const refused = (shape.problems ?? []).map(({ path, refused: at = path }) => at);
  // Values that the schema refuses are removed, so that the rules can check the others: all problems are shown at once.
  const rest = shape.problems
    ? lenientSchema(catalog).safeParse(without(input, refused))
    : { success: true as const, data: shape.value };
  const settings = rest.data as AgentSettings | undefined;
  const problems = [
    ...(shape.problems ?? []),
    ...(settings
      ? [
          ...ruleProblems(catalog, settings, refused).map((problem) => forDefaultOption(problem, input)),
          ...coded("arn-mismatch", arnProblems(catalog, settings)),
        ]
      : []),
  ];
  return shape.problems === undefined && problems.length === 0 ? shape : { problems };
}

/** An option that isn't set has no path in the file: the problem is shown at its feature. */
function forDefaultOption(problem: CodedProblem, input: unknown): CodedProblem {
  const [key, feature, option, ...rest] = problem.path;
  if (key !== "features" || option === undefined || rest.length > 0) return problem;
  const path = [key, feature] as Path;
  if (valueAt(input, path) === undefined || valueAt(input, problem.path) !== undefined) return problem;
  return { ...problem, path, message: `the default of \`${option}\` ${problem.message}` };
}

const lenientSchemas = new WeakMap<Catalog, z.ZodObject>();

/** A schema that accepts unknown keys. Cached, because zod compiles slowly. */
function lenientSchema(catalog: Catalog): z.ZodObject {
  const schema = lenientSchemas.get(catalog) ?? catalog.schemas.settings.loose();
  lenientSchemas.set(catalog, schema);
  return schema;
}

/** A problem that the schema finds. `refused` is the path of the value, if it differs from the path to show. */
interface Refusal extends Problem {
  readonly refused?: Path;
}
type ShapeProblem = Refusal & CodedProblem;

/**
 * Checks a value against a schema only.
 * @param secretKeys keys whose values no message shows
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  secretKeys: ReadonlySet<string>,
): CheckResult<z.output<Schema>, ShapeProblem> {
  const result = schema.safeParse(input, { error: knownKeys });
  const unusable = unusableKeys(input);
  if (result.success && unusable.length === 0) return { value: result.data };
  return {
    problems: [
      ...coded("unknown-key", unusable),
      ...(result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, { input, schema, secretKeys })),
    ],
  };
}

/** Assigning this key would change the prototype, so zod silently drops it. */
const PROTOTYPE = "__proto__";

/** Finds keys that no map can have. Looks only into plain objects, because props can contain constructs. */
function unusableKeys(value: unknown, path: Path = [], around: readonly unknown[] = []): readonly Problem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unusableKeys(item, [...path, index], around));
  if (!isPlain(value) || around.includes(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === PROTOTYPE
      ? [{ path: [...path, key], message: `unknown key "${PROTOTYPE}". Remove it.` }]
      : unusableKeys(item, [...path, key], [...around, value]),
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

type Issue = z.core.$ZodIssue;

/** Issues about unknown keys don't list the known ones. The message carries them and the hints, as JSON. */
function knownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "unrecognized_keys") return undefined;
  const schema = issue.inst as z.ZodObject;
  return JSON.stringify({ known: Object.keys(schema.shape), hints: hintsOf(schema).keys ?? {} });
}

interface Known {
  readonly known: readonly string[];
  readonly hints: Readonly<Record<string, string>>;
}

interface Checking {
  readonly input: unknown;
  readonly schema: z.ZodType;
  readonly secretKeys: ReadonlySet<string>;
}

/** The hint of the schema at the path for the given value. */
function hintFor(schema: z.ZodType, path: Path, given: unknown): string | undefined {
  const places = schemasAt(schema, path.map(String));
  return places.map((place) => hintsOf(place).value?.(given)).find((hint) => hint !== undefined);
}

/** A union's problems are those of its options, each with its own code. */
const CODES: Partial<Record<Issue["code"], ProblemCode>> = {
  invalid_key: "invalid-key",
  invalid_type: "invalid-type",
  invalid_union: "invalid-type",
  unrecognized_keys: "unknown-key",
};

function problemsOf(issue: Issue, checking: Checking, base: Path = []): readonly ShapeProblem[] {
  const { input, schema } = checking;
  const found = coded(CODES[issue.code] ?? "invalid-value", problemsOfIssue(issue, checking, base));
  const path = [...base, ...issue.path] as Path;
  const hint = issue.code === "unrecognized_keys" ? undefined : hintFor(schema, path, valueAt(input, path));
  if (hint === undefined) return found;
  return found.map((problem) => ({
    ...problem,
    message: `${problem.message.replace(/ Did you mean "[^"]*"\?$/, "")} ${hint}`,
  }));
}

function problemsOfIssue(issue: Issue, checking: Checking, base: Path): readonly Refusal[] {
  const { input, secretKeys } = checking;
  const path = [...base, ...issue.path] as Path;
  const given = valueAt(input, path);
  const got = `, got ${describeAt(given, path, secretKeys)}`;
  if (given === undefined && "values" in issue) return [missing(path, list(issue.values.map(String), "or"))];
  if (given === undefined && "expected" in issue) return [missing(path, typeName(issue.expected))];
  switch (issue.code) {
    case "unrecognized_keys": {
      const { known, hints } = JSON.parse(issue.message) as Known;
      return issue.keys
        .filter((key) => key !== PROTOTYPE)
        .map((key) => ({
          path: [...path, key],
          message:
            (Object.hasOwn(hints, key) ? hints[key] : undefined) ??
            (known.length === 0
              ? `unknown key ${describeKey(key)}. Nothing can be set here.`
              : `unknown key ${describeKey(key)}.${suggestionFor(key, known)}`),
        }));
    }
    case "invalid_union":
      return unionProblems(issue, checking, path, got);
    case "invalid_key":
      return issue.issues.map(({ message }) => ({
        path,
        message: `${message}, got ${describeWord(String(path.at(-1)))}.`,
      }));
    case "invalid_value": {
      const words = issue.values.map(String);
      const hint = typeof given === "string" ? (HINTS.get(given) ?? didYouMean(given, words)) : "";
      return [{ path, message: `must be ${list(words, "or")}${got}.${hint}` }];
    }
    case "invalid_type":
      return [{ path, message: `must be ${expectedWords(issue, given)}${got}.${formHint(issue, given)}` }];
    default:
      return [{ path, message: `${issue.message}${got}.` }];
  }
}

/** A boolean or a map of options: the problems of the options if a map is given, else the accepted forms. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  checking: Checking,
  path: Path,
  got: string,
): readonly Refusal[] {
  const given = valueAt(checking.input, path);
  if (typeof given === "object" && given !== null && !Array.isArray(given)) {
    const options = issue.errors.find((issues) =>
      issues.every(({ path: at, code }) => at.length > 0 || (code !== "invalid_type" && code !== "invalid_value")),
    );
    return (options ?? []).flatMap((inner) => problemsOf(inner, checking, path));
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

/** A missing key has no path: the problem is shown at its parent. */
function missing(path: Path, form: string): Refusal {
  return {
    code: "missing-key",
    refused: path,
    path: path.slice(0, -1),
    message: `is missing the required key \`${String(path.at(-1))}\` (${form}).`,
  };
}

/** YAML's `.inf` and `.nan` are numbers too. */
function expectedWords({ expected }: z.core.$ZodIssueInvalidType, given: unknown): string {
  return expected === "number" && typeof given === "number" ? "a finite number" : typeName(expected);
}

/** YAML reads `true`, `1` and `1.10` without quotes as a boolean and numbers. A single item still needs a list. */
function formHint({ expected }: z.core.$ZodIssueInvalidType, given: unknown): string {
  if (expected === "string" && typeof given === "boolean") return " Put it in quotes.";
  if (expected === "string" && typeof given === "number") {
    const isWhole = Number.isInteger(given);
    return isWhole ? " Put it in quotes." : " Put it in quotes: YAML reads 1.10 as 1.1.";
  }
  if (expected === "array" && typeof given === "string") {
    return mayBeSecret(given) ? " Put it in brackets." : ` Write [${given}].`;
  }
  return "";
}

/** Hints for values that users expect to work. */
const HINTS: ReadonlyMap<string, string> = new Map([
  [
    "FARGATE",
    " Fargate has no instances to run a daemon on. Add the Agent as a sidecar to each Fargate task definition instead.",
  ],
]);

/** A copy without the values at the paths. */
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
