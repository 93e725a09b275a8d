import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import { escapeTemplate } from "../core/expression";
import type { Path, Problem } from "../core/problem";

/** A problem and where it stands in the text; lines and columns count from 1. */
export interface LocatedProblem extends Problem {
  readonly line: number;
  readonly column: number;
}

/** What a YAML text says, and where it says it. */
export interface YamlText {
  /** The data. Text in it is a Terraform template that evaluates to what the file says. */
  readonly data: unknown;
  /** What keeps the text from being YAML, or its data from being a configuration. */
  readonly problems: readonly LocatedProblem[];
  /** Puts a problem where its path stands, or the nearest part of the path that is in the text. */
  readonly locate: (problem: Problem) => LocatedProblem;
}

/** Reads YAML 1.2, with anchors and merge keys. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  // Pretty errors would quote the text, and with it whatever secret stands near the error.
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (problem: Problem, offset: number): LocatedProblem => {
    const { line, col } = lines.linePos(offset);
    return { ...problem, line, column: col };
  };
  const locate = (problem: Problem) => at(problem, offsetOf(document.contents, problem.path));

  const syntax = [...document.errors, ...document.warnings].map((error) =>
    at({ path: [], message: `must be YAML: ${syntaxMessage(error)}` }, error.pos[0]),
  );
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document)) return;
      syntax.push(at({ path: [], message: "must be YAML: an alias has no anchor before it." }, alias.range?.[0] ?? 0));
    },
  });
  if (syntax.length > 0) return { data: undefined, problems: syntax, locate };

  let data: unknown;
  try {
    data = document.toJS();
  } catch {
    // The parser's guard against aliases that multiply without bounds.
    const message = "must use fewer aliases: they multiply beyond reason.";
    return { data: undefined, problems: [at({ path: [], message }, 0)], locate };
  }
  const problems = [...strings(data)]
    .filter(([value]) => value.includes("{TfToken["))
    .map(([, path]) =>
      locate({ path, message: "must not contain `{TfToken[`: CDKTF reads it as one of its own marks" }),
    );
  return { data: mapStrings(data, escapeTemplate), problems, locate };
}

/** The parser's message, and what to do where people would be left wondering. */
function syntaxMessage({ code, message }: YAMLError): string {
  return code === "BLOCK_AS_IMPLICIT_KEY" ? `${message}. Text that ends in a colon needs quotes.` : `${message}.`;
}

/** Where the value stands; where a key was given without a value, or not at all, the nearest thing around it. */
function offsetOf(root: unknown, path: Path): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const key of path) {
    if (isAlias(node)) return offset;
    const pair: Pair | undefined = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined;
    const next = isSeq(node) && typeof key === "number" ? node.items[key] : pair?.value;
    const start = (pair?.key ?? next) as Node | undefined;
    if (start?.range == null) return offset;
    offset = start.range[0];
    node = next;
  }
  return offset;
}

function* strings(value: unknown, path: Path = []): Generator<[string, Path]> {
  if (typeof value === "string") yield [value, path];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* strings(item, [...path, index]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* strings(item, [...path, key]);
  }
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}
