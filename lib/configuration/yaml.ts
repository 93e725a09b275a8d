import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type YAMLError,
} from "yaml";
import { escapeTemplate, isExpression } from "../core/expression";
import type { Path, Problem } from "../core/problem";
import type { CodedProblem } from "../core/problem-codes";
import { isSameKey, depthFault, treeFaults } from "./yaml-tree";

/** A line and a column, both from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}
export type LocatedProblem = CodedProblem & Place;

/** A parsed YAML text. */
export interface YamlText {
  /** The data. Strings are escaped as Terraform templates. */
  readonly data: unknown;
  /** Why the text isn't valid YAML, or can't be a configuration. */
  readonly problems: readonly LocatedProblem[];
  /** Locates a problem by its path, or by the longest part of the path that is in the text. */
  readonly locate: <Kind extends Problem>(problem: Kind) => Kind & Place;
}

/** Reads YAML 1.2, with anchors and merge keys. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const at = <Kind extends Problem>(problem: Kind, offset: number): Kind & Place => {
    const { line, col } = lines.linePos(offset);
    return { ...problem, line, column: col };
  };
  const refused = (faults: readonly { readonly message: string; readonly offset: number }[]): YamlText => ({
    data: undefined,
    problems: faults.map(({ message, offset }) => at({ code: "invalid-yaml", path: [], message }, offset)),
    locate: (problem) => at(problem, 0),
  });

  const depth = depthFault(tokens);
  if (depth !== undefined) return refused([depth]);

  const composer = new Composer({ merge: true, uniqueKeys: isSameKey });
  const [document, second] = composer.compose(tokens, true, text.length) as Iterable<Document.Parsed>;
  if (document === undefined) return refused([{ message: "invalid YAML.", offset: 0 }]);
  if (second !== undefined) {
    const message =
      "must be one YAML document, got a second one. Remove the line `---`, or move the second one to its own file.";
    return refused([{ message, offset: second.range[0] }]);
  }
  const syntax = [...document.errors, ...document.warnings].map((error) => ({
    message: `invalid YAML: ${syntaxMessage(error)}`,
    offset: error.pos[0],
  }));
  const faults = syntax.length > 0 ? syntax : treeFaults(document);
  if (faults.length > 0) return refused(faults);

  // `treeFaults` limits aliases. The parser's limit would refuse an anchor that a hundred clusters share.
  const data: unknown = document.toJS({ maxAliasCount: -1 });
  const locate = <Kind extends Problem>(problem: Kind) => at(problem, offsetOf(document.contents, problem.path));
  const problems = [...leaves(data)].flatMap(([value, path]) => {
    const message = unusable(value);
    return message === undefined ? [] : [locate({ code: "invalid-yaml", path, message })];
  });
  return { data: mapStrings(data, escapeTemplate), problems, locate };
}

/** Why a value can't be in a configuration, under any key. */
function unusable(value: unknown): string | undefined {
  if (typeof value === "string" && value.includes("{TfToken[")) {
    return "must not contain `{TfToken[`: CDKTF reads it as a token.";
  }
  if (typeof value === "number" && Number.isFinite(value) && isExpression(value)) {
    return "must not be a number this small: CDKTF reads it as a token.";
  }
  if (typeof value === "object" && value !== null) {
    return "must be a string, a number, true, false, a list or a map, got another YAML type. Remove the tag.";
  }
  return undefined;
}

/** The parser's message without quoted text, which may be a secret, and with a hint for common mistakes. */
function syntaxMessage({ code, message }: YAMLError): string {
  const quoted = QUOTING.get(code);
  if (quoted !== undefined) return quoted;
  const plain = `${message.replace(/(?<=\w): .*$/s, "")}.`;
  return code === "BLOCK_AS_IMPLICIT_KEY" ? `${plain} Put text that ends with a colon in quotes.` : plain;
}

/** Replacements for messages that quote the text. */
const QUOTING: ReadonlyMap<string, string> = new Map([
  ["BAD_DQ_ESCAPE", "Invalid escape sequence in double quotes. Write the backslash twice, or use single quotes."],
  ["BAD_DIRECTIVE", "Unknown directive or YAML version. Put text that starts with % in quotes."],
  ["TAG_RESOLVE_FAILED", "Unknown tag. Put text that starts with ! in quotes."],
]);

/** The offset of a value, or of the closest node around it if it is missing. */
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

/** Everything that isn't a list or a plain map, including dates and sets. */
function* leaves(value: unknown, path: Path = []): Generator<[unknown, Path]> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* leaves(item, [...path, index]);
  else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key]);
  } else yield [value, path];
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}
