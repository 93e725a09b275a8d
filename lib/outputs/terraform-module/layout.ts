import { CLOSE, endOfBrackets, endOfString } from "./scan";

/**
 * Breaks long expressions into lines at their brackets. `terraform fmt` only aligns and indents; it never breaks or joins
 * lines.
 */

const WIDTH = 110;

/** A part of an expression: code, or brackets with their content. */
type Part = string | Group;

interface Group {
  readonly open: string;
  readonly content: string;
  readonly close: string;
}

function partsOf(code: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  let at = 0;
  while (at < code.length) {
    const character = code[at] ?? "";
    const close = CLOSE[character];
    if (character === '"') at = endOfString(code, at);
    else if (close !== undefined) {
      const end = endOfBrackets(code, at);
      if (at > from) parts.push(code.slice(from, at));
      parts.push({ open: character, content: code.slice(at + 1, end - 1).trim(), close });
      at = end;
      from = end;
    } else at++;
  }
  if (at > from) parts.push(code.slice(from, at));
  return parts;
}

const onOneLine = (part: Part): string =>
  typeof part === "string"
    ? part
    : part.open === "{" && part.content !== ""
      ? `{ ${part.content} }`
      : `${part.open}${part.content}${part.close}`;

/** Splits code at a separator outside of brackets and strings. */
export function splitOutside(code: string, separator: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  let at = 0;
  while (at < code.length) {
    const character = code[at] ?? "";
    if (character === '"') at = endOfString(code, at);
    else if (character in CLOSE) at = endOfBrackets(code, at);
    else if (code.startsWith(separator, at)) {
      pieces.push(code.slice(from, at));
      at += separator.length;
      from = at;
    } else at++;
  }
  return [...pieces, code.slice(from)];
}

/**
 * The lines of an expression.
 * @param prefix the start of its line, such as `name = `
 * @param suffix the end of its last line
 * @param inBrackets whether open brackets allow a line break anywhere
 */
export function layOut(
  prefix: string,
  code: string,
  indent: string,
  suffix = "",
  inBrackets = false,
): readonly string[] {
  const line = `${indent}${prefix}${code}${suffix}`;
  if (line.length <= WIDTH) return [line];
  for (const operator of [" || ", " && "]) {
    const operands = splitOutside(code, operator);
    if (operands.length === 1 || splitOutside(code, " ? ").length > 1) continue;
    if (!inBrackets || prefix.endsWith(" = "))
      return [`${indent}${prefix}(`, ...chain(operands, operator, `${indent}  `, ""), `${indent})${suffix}`];
    if (prefix === "" || prefix === "if ") return chain(operands, operator, indent, suffix, prefix);
  }
  const [condition = "", ...branches] = splitOutside(code, " ? ");
  const parts = partsOf(code);
  const widest = parts.reduce<number>(
    (best, part, index) => (sizeOf(part) > sizeOf(parts[best]) ? index : best),
    parts.findIndex((part) => typeof part !== "string"),
  );
  const group = parts[widest];
  const isMapOrList = typeof group === "object" && group.open !== "(";
  if (branches.length > 0 && !isMapOrList) {
    const [then = "", otherwise = ""] = splitOutside(branches.join(" ? "), " : ");
    const inner = inBrackets && prefix === "" ? indent : `${indent}  `;
    const lines = [
      ...layOut("", condition, inner, "", true),
      ...layOut("? ", then, inner, "", true),
      ...layOut(": ", otherwise, inner, inner === indent ? suffix : "", true),
    ];
    return inner === indent ? lines : [`${indent}${prefix}(`, ...lines, `${indent})${suffix}`];
  }
  if (group === undefined || typeof group === "string") return [line];
  const before = parts.slice(0, widest).map(onOneLine).join("");
  // Line breaks can't shorten a call that is mostly one long string, such as a regular expression.
  const isCall = group.open === "(" && /\w$/.test(before) && !/[[{?]/.test(withoutStrings(group.content));
  if (isCall && longestString(code) > WIDTH - indent.length) return [line];
  const after = parts
    .slice(widest + 1)
    .map(onOneLine)
    .join("");
  return onSeveralLines(group, `${prefix}${before}`, `${after}${suffix}`, indent);
}

/** The code with all strings empty. */
function withoutStrings(code: string): string {
  return stringsOf(code).reduce((rest, each) => rest.replace(each, () => '""'), code);
}

function longestString(code: string): number {
  return Math.max(0, ...stringsOf(code).map((each) => each.length));
}

function stringsOf(code: string): readonly string[] {
  const strings: string[] = [];
  for (let at = code.indexOf('"'); at >= 0 && at < code.length; at = code.indexOf('"', at)) {
    const end = endOfString(code, at);
    strings.push(code.slice(at, end));
    at = end;
  }
  return strings;
}

function sizeOf(part: Part | undefined): number {
  return part === undefined || typeof part === "string" ? 0 : part.content.length;
}

function chain(
  operands: readonly string[],
  operator: string,
  indent: string,
  suffix: string,
  prefix = "",
): readonly string[] {
  return operands.flatMap((operand, index) => {
    const end = index < operands.length - 1 ? operator.trimEnd() : suffix;
    return layOut(index === 0 ? prefix : "", operand, indent, end, true);
  });
}

/** Brackets over several lines. */
function onSeveralLines(group: Group, before: string, after: string, indent: string): readonly string[] {
  const { open, content, close } = group;
  const inner = `${indent}  `;
  const items = splitOutside(content, ", ");
  // A call with a single argument opens and closes with it: `length(flatten([`.
  const [first, second] = partsOf(content);
  const [name, only] = typeof first === "string" && /^\w+$/.test(first) ? [first, second] : ["", first];
  if (open === "(" && typeof only === "object") {
    const rest = content.slice(name.length + onOneLine(only).length);
    if (/^(?:\.\.\.|, (?:true|false|null|\[\]|\{\}))?$/.test(rest)) {
      return onSeveralLines(only, `${before}(${name}`, `${rest})${after}`, indent);
    }
  }
  if (open === "[" && items.length > LONGEST_COLUMN && items.every(isLiteral)) {
    return [`${indent}${before}${open}`, ...filled(items, inner), `${indent}${close}${after}`];
  }
  const isCall = /[\w]$/.test(before);
  const isFor = content.startsWith("for ");
  const lines = isFor
    ? forLines(content, inner)
    : open === "{"
      ? alignedItems(items.map((item) => itemLines(item, inner)))
      : items.flatMap((item, index) => {
          const isLast = index === items.length - 1;
          const comma = (open === "(" && !isCall) || item.endsWith("...") ? "" : ",";
          return layOut("", item, inner, isLast && open === "(" && !isCall ? "" : comma, true);
        });
  return [`${indent}${before}${open}`, ...lines, `${indent}${close}${after}`];
}

/** Longer lists of strings or numbers are filled: each line has as many items as fit. */
const LONGEST_COLUMN = 4;

function isLiteral(item: string): boolean {
  return /^-?[\d.]+$/.test(item) || (item.startsWith('"') && endOfString(item, 0) === item.length);
}

function filled(items: readonly string[], indent: string): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1) ?? ""} ${item},`;
    if (lines.length === 0 || longer.length > WIDTH) lines.push(`${indent}${item},`);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** `key = value` in a map. */
function itemLines(item: string, indent: string): readonly string[] {
  const [key = "", ...value] = splitOutside(item, " = ");
  return layOut(`${key} = `, value.join(" = "), indent, "", true);
}

/** `for item in list : value if condition` */
function forLines(content: string, indent: string): readonly string[] {
  const [head = "", ...rest] = splitOutside(content, " : ");
  const [, names = "", list = ""] = /^(for [\w, ]+ in )(.*)$/s.exec(head) ?? [];
  const conditional = splitOutside(rest.join(" : "), " if ");
  const condition = conditional.length > 1 ? conditional.at(-1) : undefined;
  const value = condition === undefined ? conditional.join("") : conditional.slice(0, -1).join(" if ");
  const [key, mapped] = splitOutside(value, " => ");
  return [
    ...layOut(names, list, indent, " :", true),
    ...(mapped === undefined ? layOut("", value, indent, "", true) : layOut(`${key} => `, mapped, indent, "", true)),
    ...(condition === undefined ? [] : layOut("if ", condition, indent, "", true)),
  ];
}

/** Aligns the `=` of neighbouring one-line items, as `terraform fmt` does. */
export function alignedItems(items: readonly (readonly string[])[]): readonly string[] {
  const isSingle = (lines: readonly string[] | undefined) => lines?.length === 1;
  return items.flatMap((lines, index) => {
    if (!isSingle(lines)) return lines;
    let [from, to] = [index, index];
    while (from > 0 && isSingle(items[from - 1])) from--;
    while (to < items.length - 1 && isSingle(items[to + 1])) to++;
    const width = Math.max(
      ...items.slice(from, to + 1).map(([line = ""]) => splitOutside(line, " = ")[0]?.length ?? 0),
    );
    const [key = "", ...value] = splitOutside(lines[0] ?? "", " = ");
    return [`${key.padEnd(width)} = ${value.join(" = ")}`];
  });
}
