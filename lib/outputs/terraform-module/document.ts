import { keyCode, quoteTemplate } from "./hcl";
import { alignedItems, layOut } from "./layout";
import { endOfBrackets } from "./scan";

/**
 * A Terraform file as data. Strings are templates, as in Terraform's JSON syntax. A string that is one expression is written
 * without quotes.
 */
export interface Body {
  readonly [name: string]: Value;
}

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [key: string]: Value }
  | Blocks
  | Commented;

/** Blocks of one type, each with labels and a body. */
export class Blocks {
  constructor(readonly each: readonly { readonly labels: readonly string[]; readonly body: Body }[]) {}
}

/** A value with a comment above it. */
export class Commented {
  constructor(
    readonly comment: string,
    readonly value: Value,
  ) {}
}

/** A block without labels. */
export const block = (body: Body): Blocks => new Blocks([{ labels: [], body }]);

/** Blocks without labels, of one type. */
export const blocks = (bodies: readonly Body[]): Blocks => new Blocks(bodies.map((body) => ({ labels: [], body })));

/** Blocks with one label, such as variables. */
export const named = (bodies: Readonly<Record<string, Body>>): Blocks =>
  new Blocks(Object.entries(bodies).map(([label, body]) => ({ labels: [label], body })));

/** Blocks with two labels, such as resources. */
export const typed = (types: Readonly<Record<string, Readonly<Record<string, Body>>>>): Blocks =>
  new Blocks(
    Object.entries(types).flatMap(([type, bodies]) =>
      Object.entries(bodies).map(([label, body]) => ({ labels: [type, label], body })),
    ),
  );

export const commented = (comment: string, value: Value): Commented => new Commented(comment, value);

/** The file in HCL, as `terraform fmt` formats it. */
export function toHcl(body: Body, comment?: string): string {
  return `${comment === undefined ? "" : `${commentLines(comment, "").join("\n")}\n\n`}${bodyLines(body, "").join("\n")}\n`;
}

/** An attribute or a block. Blank lines separate those that span several lines. */
interface Piece {
  readonly lines: readonly string[];
  readonly isBlock: boolean;
}

function bodyLines(body: Body, indent: string): readonly string[] {
  const isCheck = "condition" in body && "error_message" in body;
  const pieces = Object.entries(body).flatMap(([name, value]) => piecesOf(name, value, indent));
  const isSingle = (piece: Piece | undefined) => piece !== undefined && !piece.isBlock && piece.lines.length === 1;
  const lines: string[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const [before, piece] = [pieces[index - 1], pieces[index]];
    // A condition and its message belong together.
    if (before !== undefined && !(isSingle(before) && isSingle(piece)) && !isCheck) lines.push("");
    const chain = [piece];
    while (isSingle(piece) && isSingle(pieces[index + 1])) chain.push(pieces[++index]);
    const texts = chain.map((each) => each?.lines ?? []);
    lines.push(...(isSingle(piece) ? alignedItems(texts) : texts.flat()));
  }
  return lines;
}

function piecesOf(name: string, value: Value, indent: string): readonly Piece[] {
  if (value === undefined) return [];
  if (value instanceof Commented) {
    const [first, ...rest] = piecesOf(name, value.value, indent);
    if (first === undefined) return [];
    return [{ ...first, lines: [...commentLines(value.comment, indent), ...first.lines] }, ...rest];
  }
  if (value instanceof Blocks) {
    return value.each.map(({ labels, body }) => ({
      isBlock: true,
      lines: blockLines([name, ...labels.map((label) => quoteTemplate(label))].join(" "), body, indent),
    }));
  }
  return [{ isBlock: false, lines: layOut(`${name} = `, codeOf(value), indent) }];
}

function blockLines(head: string, body: Body, indent: string): readonly string[] {
  const inner = bodyLines(body, `${indent}  `);
  return inner.length === 0 ? [`${indent}${head} {}`] : [`${indent}${head} {`, ...inner, `${indent}}`];
}

function commentLines(comment: string, indent: string): readonly string[] {
  const lines = [""];
  for (const word of comment.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (indent.length + longer.length > 110) lines.push(` ${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => `${indent}#${line}`);
}

/** A value as an expression. */
export function codeOf(value: Value): string {
  if (typeof value === "string") return isExpressionAsWhole(value) ? value.slice(2, -1) : quoteTemplate(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(codeOf).join(", ")}]`;
  if (value instanceof Commented) return codeOf(value.value);
  if (typeof value !== "object" || value === null || value instanceof Blocks) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, inner]) => `${keyCode(key)} = ${codeOf(inner)}`).join(", ")} }`;
}

/** Whether a template is one expression without text around it. */
function isExpressionAsWhole(template: string): boolean {
  return template.startsWith("${") && endOfBrackets(template, 1) === template.length;
}

/** The same file in Terraform's JSON syntax. */
export function toJson(body: Body): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [[name, jsonOf(value)]])),
  );
}

function jsonOf(value: Value): unknown {
  if (value instanceof Commented) return jsonOf(value.value);
  if (value instanceof Blocks) return jsonOfBlocks(value);
  if (Array.isArray(value)) return (value as readonly Value[]).map(jsonOf);
  if (typeof value !== "object" || value === null) return value;
  return toJson(value as Body);
}

function jsonOfBlocks({ each }: Blocks): unknown {
  const root: Record<string, unknown> = {};
  if (each.every(({ labels }) => labels.length === 0)) {
    const bodies = each.map(({ body }) => toJson(body));
    return bodies.length === 1 ? bodies[0] : bodies;
  }
  for (const { labels, body } of each) {
    let at = root;
    for (const label of labels.slice(0, -1)) at = (at[label] ??= {}) as Record<string, unknown>;
    at[labels.at(-1) ?? ""] = toJson(body);
  }
  return root;
}
