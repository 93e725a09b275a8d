import { isDeepStrictEqual } from "node:util";
import { ARN_PARTS, type Condition, isOperator, type Operator, type Term } from "../../core/term";
import { listCode, literal, mapCode, quoteTemplate, snakeCase } from "./hcl";
import { type Names, namesOfItem, type Place } from "./names";

/**
 * Prints terms and conditions as Terraform expressions: Terraform evaluates at plan time what `evaluate.ts` evaluates in
 * TypeScript. Constants are evaluated here, so that the module reads as if written by hand.
 *
 * Terraform before 1.12 evaluates both sides of `&&` and `||`: no operand may fail if a value is null.
 */

/** An expression. If it is nullable, null means that the value is absent. */
export interface Printed {
  readonly code: string;
  readonly nullable: boolean;
}

/** Prints a term; undefined if it is absent for all values of the variables. */
export function printTerm(term: Term, names: Names): Printed | undefined {
  if (isOperator(term)) return printOperator(term, names);
  if (typeof term !== "object") return always(literal(term));
  if (Array.isArray(term)) return always(printList(term as readonly Term[], names));
  return always(printMap(term, names));
}

/** The entries of a map. Absent values are null; the caller drops them. */
export function printEntries(map: object, names: Names): readonly (readonly [key: string, value: Printed])[] {
  return Object.entries(map).flatMap(([key, inner]: [string, Term | undefined]) => {
    const value = inner === undefined ? undefined : printTerm(inner, names);
    return value === undefined ? [] : [[key, value] as const];
  });
}

/**
 * The items of a list, or undefined if their number is only known at plan time. An item that may be absent is nullable.
 * @param printItem prints an item that is present
 */
export function printItems(
  list: Term,
  names: Names,
  printItem: (item: Term, names: Names) => Printed | undefined = printTerm,
): readonly Printed[] | undefined {
  if (Array.isArray(list)) {
    return (list as readonly Term[]).flatMap((item) =>
      isOperator(item) && item.$ === "when"
        ? (printItems({ ...item, then: [item.then] }, names, printItem) ?? [])
        : (printItem(item, names) ?? []),
    );
  }
  if (!isOperator(list)) return undefined;
  if (list.$ === "concat") {
    const lists = list.lists.map((each) => printItems(each, names, printItem));
    return lists.includes(undefined) ? undefined : lists.flatMap((items) => items ?? []);
  }
  if (list.$ !== "when") return undefined;
  const condition = printCondition(list.condition, names);
  if (typeof condition === "boolean") return condition ? printItems(list.then, names, printItem) : [];
  return printItems(list.then, namesWhere(list.condition, names), printItem)?.map((item) => whenTrue(condition, item));
}

/** A list that isn't null and has no null items. */
export function printList(list: Term, names: Names): string {
  const series = Array.isArray(list) ? printSeries(list as readonly Term[], names) : undefined;
  if (series !== undefined) return series;
  const items = Array.isArray(list) ? printItems(list, names) : undefined;
  if (items !== undefined) return withoutNulls(items);
  if (isOperator(list)) {
    switch (list.$) {
      case "concat":
        return printConcat(list.lists, names);
      case "when": {
        const condition = printCondition(list.condition, names);
        if (typeof condition === "boolean") return condition ? printList(list.then, names) : "[]";
        return `[for item in ${printList(list.then, namesWhere(list.condition, names))} : item if ${condition}]`;
      }
      case "each":
        return printEach(list, names);
      case "entries":
        return `[for key, value in ${printMap(list.of, names)} : { key = key, value = value }]`;
      case "sort":
        return `sort(${printList(list.of, names)})`;
      default:
    }
  }
  const value = printTerm(list, names);
  if (value === undefined) return "[]";
  return value.nullable ? `coalesce(${value.code}, [])` : value.code;
}

function printConcat(lists: readonly Term[], names: Names): string {
  const parts = lists.map((each) => printList(each, names)).filter((code) => code !== "[]");
  return parts.length < 2 ? (parts[0] ?? "[]") : `concat(${parts.join(", ")})`;
}

function withoutNulls(items: readonly Printed[]): string {
  const list = listCode(items.map(({ code }) => code));
  return items.some(({ nullable }) => nullable) ? `[for item in ${list} : item if item != null]` : list;
}

/** A map that isn't null and has no null values. */
function printMap(map: Term, names: Names): string {
  if (isOperator(map)) {
    const value = printTerm(map, names);
    if (value === undefined) return "{}";
    return value.nullable ? `coalesce(${value.code}, {})` : value.code;
  }
  const entries = printEntries(map as object, names);
  const code = mapCode(entries.map(([key, value]) => [key, value.code]));
  const nullable = entries.some(([, value]) => value.nullable);
  return nullable ? `{ for key, value in ${code} : key => value if value != null }` : code;
}

/** A series, whose items differ only by a number that counts up from 0, as a `for` expression. */
function printSeries(items: readonly Term[], names: Names): string | undefined {
  const [first] = items;
  if (items.length < 3 || first === undefined || isOperator(first)) return undefined;
  const counted = (term: unknown, by: number): unknown => {
    if (Array.isArray(term)) return term.map((each) => counted(each, by));
    if (typeof term !== "object" || term === null) return term;
    const moved = Object.entries(term).map(([key, value]: [string, unknown]) => [key, counted(value, by)]);
    const copy = Object.fromEntries(moved) as Record<string, unknown>;
    return copy.$ === "plus" ? { ...copy, add: Number(copy.add) + by } : copy;
  };
  const isSeries = items.every((item, index) => isDeepStrictEqual(item, counted(first, index)));
  if (!isSeries || isDeepStrictEqual(first, counted(first, 1))) return undefined;
  const item = printTerm(first, { ...names, counter: "index" });
  return item && `[for index in range(${items.length}) : ${item.code}]`;
}

function printEach({ of, item }: Extract<Operator, { $: "each" }>, names: Names): string {
  if (of.$ === "entries") {
    const inner = namesOfItem(names, (path) => ({ code: path === "key" ? "key" : "value", nullable: false }));
    return `[for key, value in ${printMap(of.of, names)} : ${codeOf(printTerm(item, inner))}]`;
  }
  const code = codeOf(printTerm(item, namesOfItem(names, itemPlace("item", names.untyped))));
  const list = printList(of, names);
  return code === "item" ? list : `[for item in ${list} : ${code}]`;
}

/**
 * The places in an item.
 * @param untyped whether the item has the type `any`, so that attributes may be missing
 */
export function itemPlace(name: string, untyped = false): (path: string) => Place {
  return (path) => {
    if (path === "") return { code: name, nullable: false };
    const code = [name, ...path.split(".").map(snakeCase)].join(".");
    // Its parent may be null.
    return { code: untyped || path.includes(".") ? `try(${code}, null)` : code, nullable: true };
  };
}

function codeOf(printed: Printed | undefined): string {
  return printed?.code ?? "null";
}

function printOperator(operator: Operator, names: Names): Printed | undefined {
  switch (operator.$) {
    case "from": {
      const { code, value, nullable } = { nullable: false, ...names.place(operator.path) };
      const on = otherFeature(operator.path, names);
      if (code !== undefined) return on === undefined ? { code, nullable } : sometimes(`${on} ? ${code} : null`);
      return value === undefined || value === null ? undefined : always(literal(value));
    }
    case "when": {
      const condition = printCondition(operator.condition, names);
      if (condition === false) return undefined;
      const then = printTerm(operator.then, namesWhere(operator.condition, names));
      if (then === undefined || condition === true) return then;
      return whenTrue(condition, then);
    }
    case "each":
    case "entries":
    case "sort":
    case "concat":
      return always(printList(operator, names));
    case "join": {
      const code = `join(${literal(operator.separator)}, ${printList(operator.of, names)})`;
      const counted = mayBeEmpty(operator.of, names);
      return counted === undefined ? always(code) : sometimes(`length(${counted}) > 0 ? ${code} : null`);
    }
    case "text":
      return printText(operator.parts, names);
    case "plus": {
      const of = printTerm(operator.of, names);
      if (of === undefined) return undefined;
      const { counter } = names;
      const added = [
        ...(operator.add === 0 ? [] : [String(operator.add)]),
        ...(counter === undefined ? [] : [counter]),
      ];
      const code = [of.code, ...added].join(" + ");
      return of.nullable && added.length > 0 ? sometimes(`try(${code}, null)`) : { ...of, code };
    }
    case "json": {
      const of = printTerm(operator.of, names);
      if (of === undefined) return undefined;
      const code = `jsonencode(${of.code})`;
      return of.nullable ? sometimes(`${of.code} == null ? null : ${code}`) : always(code);
    }
    case "merge": {
      const maps = operator.maps.map((map) => printMap(map, names)).filter((code) => code !== "{}");
      return always(maps.length < 2 ? (maps[0] ?? "{}") : `merge(${maps.join(", ")})`);
    }
  }
}

/** The list whose length tells whether a list has items; undefined if it always has items. */
function mayBeEmpty(list: Term, names: Names): string | undefined {
  if (Array.isArray(list)) {
    const items = printItems(list, names) ?? [];
    return items.some(({ nullable }) => !nullable) ? undefined : printList(list, names);
  }
  if (isOperator(list)) {
    if (list.$ === "sort" || list.$ === "each") return mayBeEmpty(list.of, names);
    if (list.$ === "entries") return printMap(list.of, names);
    if (list.$ === "concat") {
      const counted = list.lists.map((each) => mayBeEmpty(each, names));
      return counted.includes(undefined) ? undefined : printList(list, names);
    }
  }
  return printList(list, names);
}

function printText(parts: Extract<Operator, { $: "text" }>["parts"], names: Names): Printed | undefined {
  const printed = parts.map((part) => (typeof part === "object" ? printOperator(part, names) : part));
  if (printed.includes(undefined)) return undefined;
  const [only] = printed;
  if (printed.length === 1 && typeof only === "object") return { ...only, code: `tostring(${only.code})` };
  const code = printed
    .map((part) => (typeof part === "object" ? `\${${part.code}}` : quoteTemplate(String(part)).slice(1, -1)))
    .join("");
  const nullable = printed.some((part) => typeof part === "object" && part.nullable);
  // A null in the template is an error: the whole string is absent then.
  return nullable ? sometimes(`try("${code}", null)`) : always(`"${code}"`);
}

function whenTrue(condition: string, { code, nullable }: Printed): Printed {
  return sometimes(`${condition} ? ${nullable && code.includes(" ? ") ? `(${code})` : code} : null`);
}

const always = (code: string): Printed => ({ code, nullable: false });
const sometimes = (code: string): Printed => ({ code, nullable: true });

/** The names in code that runs only if a condition holds. */
function namesWhere(condition: Condition, names: Names): Names {
  if (condition.$ === "given") return names.given(condition.path);
  return condition.$ === "and" ? condition.conditions.reduce((inner, each) => namesWhere(each, inner), names) : names;
}

/** The kind of a condition, which decides whether it needs parentheses. */
type Kind = "atom" | "comparison" | "and" | "or";

interface PrintedCondition {
  readonly code: string;
  readonly kind: Kind;
  /** The operands of `&&` or `||`. */
  readonly operands?: readonly PrintedCondition[];
}

/** Prints a condition; true or false if it has this value for all values of the variables. */
export function printCondition(condition: Condition, names: Names): string | boolean {
  const printed = print(condition, names, false);
  return typeof printed === "boolean" ? printed : printed.code;
}

function print(condition: Condition, names: Names, negated: boolean): PrintedCondition | boolean {
  switch (condition.$) {
    case "and":
    case "or": {
      const kind = (condition.$ === "and") === negated ? "or" : "and";
      return combine(
        kind,
        condition.conditions.map((each) => print(each, names, negated)),
      );
    }
    case "not":
      return print(condition.condition, names, !negated);
    default: {
      const positive = printPositive(condition, names);
      return negated ? negate(positive) : positive;
    }
  }
}

function negate(positive: PrintedCondition | boolean): PrintedCondition | boolean {
  if (typeof positive === "boolean") return !positive;
  const { code, kind, operands = [] } = positive;
  if (kind === "and" || kind === "or") return combine(kind === "and" ? "or" : "and", operands.map(negate));
  if (kind === "atom") return code.startsWith("!") ? { code: code.slice(1), kind } : { code: `!${code}`, kind };
  const [, left = "", operator = "", right = ""] = /^(.*) (==|!=|<=|>=|<|>) (.*?)$/.exec(code) ?? [];
  return { code: `${left} ${INVERSE[operator]} ${right}`, kind };
}

const INVERSE: Readonly<Record<string, string>> = {
  "==": "!=",
  "!=": "==",
  "<=": ">",
  ">=": "<",
  "<": ">=",
  ">": "<=",
};

function combine(kind: "and" | "or", parts: readonly (PrintedCondition | boolean)[]): PrintedCondition | boolean {
  const decisive = kind === "or";
  if (parts.includes(decisive)) return decisive;
  const open = parts
    .filter((part) => typeof part !== "boolean")
    .flatMap((part) => (part.kind === kind ? (part.operands ?? [part]) : [part]));
  const distinct = open.filter(({ code }, index) => open.findIndex((each) => each.code === code) === index);
  if (distinct.length < 2) return distinct[0] ?? !decisive;
  const codes = distinct.map((part) => (part.kind === "and" || part.kind === "or" ? `(${part.code})` : part.code));
  return { code: codes.join(kind === "and" ? " && " : " || "), kind, operands: distinct };
}

type Positive = Exclude<Condition, { $: "and" | "or" | "not" }>;

function printPositive(condition: Positive, names: Names): PrintedCondition | boolean {
  const atom = (code: string): PrintedCondition => ({ code, kind: "atom" });
  const comparison = (code: string): PrintedCondition => ({ code, kind: "comparison" });
  switch (condition.$) {
    case "isOn": {
      const on = names.isOn(condition.feature);
      return on === false ? false : atom(on);
    }
    case "isOff":
      return comparison(names.isOff(condition.feature));
    case "hostHas":
      return names.traits.includes(condition.trait);
    case "agentBefore": {
      const [major = 0, minor = 0] = condition.version.split(".").map(Number);
      return comparison(`local.agent_version < ${versionNumber(major, minor)}`);
    }
    case "imageFlavor":
      return atom(`contains(local.image_flavors, ${literal(condition.part)})`);
    case "exactlyOne": {
      const parts = condition.conditions.map((each) => print(each, names, false));
      const open = parts.filter((part) => typeof part !== "boolean").map(({ code }) => code);
      const fulfilled = parts.filter((part) => part === true).length;
      if (fulfilled > 1) return false;
      return comparison(`length([for holds in ${listCode(open)} : holds if holds]) == ${1 - fulfilled}`);
    }
    case "sameArnPart": {
      const places = condition.paths.map((path) => names.place(path));
      const parts = places.flatMap(({ code }) =>
        code === undefined ? [] : [`try(split(":", ${code})[${ARN_PARTS[condition.part]}], "")`],
      );
      return parts.length < 2 || comparison(`length(distinct(compact(${listCode(parts)}))) <= 1`);
    }
    case "atMost": {
      const [one, other] = [names.place(condition.path), names.place(condition.other)];
      const codes = [one, other].map(({ code, value }) => code ?? (value === undefined ? undefined : literal(value)));
      return codes.includes(undefined) || atom(`try(${codes.join(" <= ")}, true)`);
    }
    default: {
      const verdict = printOfPlace(condition, names);
      const on = otherFeature(condition.path, names);
      if (on === undefined) return verdict;
      // Options of a feature that is off are absent.
      const whenAbsent = ["hasNone", "empty", "every"].includes(condition.$);
      return whenAbsent ? combine("or", [negate(atom(on)), verdict]) : combine("and", [atom(on), verdict]);
    }
  }
}

/** Whether a feature is on, if a path leads to an option of another feature. */
function otherFeature(path: string, { within, isOn }: Names): string | undefined {
  const [key, feature = "", option] = path.split(".");
  if (key !== "features" || option === undefined || feature === within) return undefined;
  return isOn(feature) || undefined;
}

type OfPlace = Extract<
  Condition,
  { $: "given" | "equals" | "oneOf" | "matches" | "atLeast" | "has" | "hasNone" | "empty" | "every" }
>;

/** A condition on one value. */
function printOfPlace(condition: OfPlace, names: Names): PrintedCondition | boolean {
  const place = { nullable: false, whole: undefined, usesApiNames: false, ...names.place(condition.path) };
  const { code, value, nullable, whole = code, usesApiNames } = place;
  if (code === undefined) return verdictOnConstant(condition, value);
  const atom = (text: string): PrintedCondition => ({ code: text, kind: "atom" });
  const comparison = (text: string): PrintedCondition => ({ code: text, kind: "comparison" });
  const orFalse = (text: string) => (nullable ? atom(`try(${text}, false)`) : undefined);
  switch (condition.$) {
    case "given":
      return !nullable || comparison(`${whole} != null`);
    case "equals":
      return !nullable && condition.value === true ? atom(code) : comparison(`${code} == ${literal(condition.value)}`);
    case "oneOf": {
      const [only] = condition.values;
      if (condition.values.length === 1) return comparison(`${code} == ${literal(only)}`);
      const contained = `contains(${literal(condition.values)}, ${code})`;
      return orFalse(contained) ?? atom(contained);
    }
    case "matches":
      return atom(`can(regex(${literal(regexOf(condition.pattern))}, ${code}))`);
    case "atLeast":
      return orFalse(`${code} >= ${condition.minimum}`) ?? comparison(`${code} >= ${condition.minimum}`);
    case "has": {
      const contained = `contains(keys(${code}), ${literal(condition.key)})`;
      return orFalse(contained) ?? atom(contained);
    }
    case "hasNone":
      return comparison(`length(setintersection(keys(${code}), ${literal(condition.keys)})) == 0`);
    case "empty":
      return comparison(nullable ? `try(length(${code}), 0) == 0` : `length(${code}) == 0`);
    case "every": {
      // Options and values of the ECS API have the type `any`: attributes of items may be missing.
      const untyped = names.untyped === true || usesApiNames || condition.path.startsWith("features.");
      const each = print(condition.condition, namesOfItem(names, itemPlace("item", untyped)), false);
      if (each === true) return true;
      const list = usesApiNames ? `try(flatten([${code}]), [])` : nullable ? `coalesce(${code}, [])` : code;
      return atom(`alltrue([for item in ${list} : ${typeof each === "boolean" ? "false" : each.code}])`);
    }
  }
}

/** A condition on a constant, or on a value that the module doesn't have. */
function verdictOnConstant(condition: OfPlace, value: unknown): boolean {
  const given = value !== undefined && value !== null && value !== false;
  switch (condition.$) {
    case "given":
      return given;
    case "equals":
      return value === condition.value;
    case "oneOf":
      return condition.values.some((word) => word === value);
    case "hasNone":
    case "empty":
    case "every":
      return !given;
    default:
      return false;
  }
}

/** A version of the Agent as a number, for comparisons. */
export function versionNumber(major: number, minor: number): number {
  return major * 1000 + minor;
}

/** Terraform's regular expressions don't escape slashes. */
export function regexOf(pattern: string): string {
  return pattern.replaceAll("\\/", "/");
}
