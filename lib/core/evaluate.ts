import { isExpression } from "./expression";
import type { Host } from "./host";
import { hasFlavor, type Image, isOlder } from "./image";
import { compare } from "./merge";
import { valueAt } from "./problem";
import { ARN_PARTS, type Condition, isOperator, ITEM, type Operator, type Term } from "./term";

/** What terms and conditions read. */
export interface Scope {
  /** The value at a dotted path; undefined if it is not set. */
  readonly value: (path: string) => unknown;
  readonly host: Host;
  readonly image: Image;
  readonly isOn: (feature: string) => boolean;
  /** The keys whose values must not appear in messages. */
  readonly secretKeys: ReadonlySet<string>;
  /** Whether a feature is set to false. */
  readonly isOff: (feature: string) => boolean;
}

/** The value of a term; undefined if it is absent. */
export function evaluate(term: Term, scope: Scope): unknown {
  if (isOperator(term)) return apply(term, scope);
  if (typeof term !== "object") return term;
  if (Array.isArray(term)) return (term as readonly Term[]).map((each) => evaluate(each, scope)).filter(isPresent);
  const values: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(term) as [string, Term | undefined][]) {
    const value = inner === undefined ? undefined : evaluate(inner, scope);
    if (value !== undefined) values[key] = value;
  }
  return values;
}

function apply(operator: Operator, scope: Scope): unknown {
  switch (operator.$) {
    case "from":
      return scope.value(operator.path) ?? undefined;
    case "when":
      return holds(operator.condition, scope) === false ? undefined : evaluate(operator.then, scope);
    case "each":
      return listOf(operator.of, scope)
        .map((item) => evaluate(operator.item, scopeOfItem(scope, item)))
        .filter(isPresent);
    case "entries":
      return Object.entries(apply(operator.of, scope) ?? {})
        .sort(([a], [b]) => compare(a, b))
        .map(([key, value]: [string, unknown]) => ({ key, value }));
    case "sort":
      return (listOf(operator.of, scope) as string[]).toSorted(compare);
    case "join": {
      const texts = listOf(operator.of, scope);
      return texts.length === 0 ? undefined : texts.join(operator.separator);
    }
    case "text": {
      const parts = operator.parts.map((part) => evaluate(part, scope));
      return parts.every(isPresent) ? parts.join("") : undefined;
    }
    case "plus":
      return Number(apply(operator.of, scope)) + operator.add;
    case "json": {
      const value = evaluate(operator.of, scope);
      return value === undefined ? undefined : jsonOf(value);
    }
    case "concat":
      return operator.lists.flatMap((list) => listOf(list, scope));
    case "merge":
      return Object.assign({}, ...operator.maps.map((map) => evaluate(map, scope))) as unknown;
  }
}

/** JSON in the format of Terraform's `jsonencode`: sorted keys, and `<`, `>`, `&` escaped. */
function jsonOf(value: unknown): string {
  const sorted = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compare(a, b)))
      : inner,
  );
  return sorted.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function listOf(term: Term, scope: Scope): readonly unknown[] {
  return (evaluate(term, scope) ?? []) as readonly unknown[];
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** Whether a condition holds; undefined if only Terraform knows. */
export function holds(condition: Condition, scope: Scope): boolean | undefined {
  switch (condition.$) {
    case "given":
      return isGiven(scope.value(condition.path));
    case "equals":
      return known(scope.value(condition.path), (value) => value === condition.value);
    case "oneOf":
      return known(scope.value(condition.path), (value) => condition.values.some((word) => word === value));
    case "matches":
      return known(
        scope.value(condition.path),
        (value) => typeof value === "string" && regExp(condition.pattern).test(value),
      );
    case "atLeast":
      return known(scope.value(condition.path), (value) => typeof value === "number" && value >= condition.minimum);
    case "atMost": {
      const [one, other] = [scope.value(condition.path), scope.value(condition.other)];
      if (one === undefined || other === undefined) return true;
      return isExpression(one) || isExpression(other) ? undefined : Number(one) <= Number(other);
    }
    case "has":
      return Object.hasOwn(scope.value(condition.path) ?? {}, condition.key);
    case "hasNone": {
      const given = Object.keys(scope.value(condition.path) ?? {});
      return !given.some((key) => condition.keys.includes(key));
    }
    case "empty":
      return isEmpty(scope.value(condition.path));
    case "every":
      return verdictOf(itemVerdicts(condition, scope), false);
    case "and":
      return combinedVerdict(condition.conditions, false, scope);
    case "or":
      return combinedVerdict(condition.conditions, true, scope);
    case "not":
      return negated(holds(condition.condition, scope));
    case "exactlyOne":
      return exactlyOneHolds(condition.conditions.map((each) => holds(each, scope)));
    case "isOn":
      return scope.isOn(condition.feature);
    case "isOff":
      return scope.isOff(condition.feature);
    case "hostHas":
      return scope.host.traits.includes(condition.trait);
    case "agentBefore":
      return isOlder(scope.image, condition.version);
    case "imageFlavor":
      return hasFlavor(scope.image, condition.part);
    case "sameArnPart": {
      const [one, other] = condition.paths.map((path) => arnPart(scope.value(path), ARN_PARTS[condition.part]));
      return !one || !other || one === other;
    }
  }
}

/** Evaluates an `every` condition for each item of its list. */
export function itemVerdicts(
  { path, condition }: Extract<Condition, { $: "every" }>,
  scope: Scope,
): readonly (boolean | undefined)[] {
  const items = (scope.value(path) ?? []) as readonly unknown[];
  return items.map((item) => holds(condition, scopeOfItem(scope, item)));
}

function scopeOfItem(scope: Scope, item: unknown): Scope {
  const value = (path: string) => {
    if (path === ITEM) return item;
    return path.startsWith(`${ITEM}.`) ? valueAt(item, path.slice(ITEM.length + 1).split(".")) : scope.value(path);
  };
  return { ...scope, value };
}

/** Empty if the service has no regions or accounts; undefined if the value isn't an ARN. */
function arnPart(value: unknown, index: number): string | undefined {
  return typeof value === "string" && !isExpression(value) && value.startsWith("arn:")
    ? value.split(":")[index]
    : undefined;
}

/** `false` instead of a map means: turned off. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** Numbers, `true` and expressions count as not empty. */
function isEmpty(value: unknown): boolean {
  if (!isGiven(value)) return true;
  return value === "" || (typeof value === "object" && Object.keys(value as object).length === 0);
}

function known(value: unknown, verdict: (value: unknown) => boolean): boolean | undefined {
  return isExpression(value) ? undefined : verdict(value);
}

/** Evaluates conditions up to the first with the decisive verdict. */
function combinedVerdict(conditions: readonly Condition[], decisive: boolean, scope: Scope): boolean | undefined {
  const verdicts: (boolean | undefined)[] = [];
  for (const condition of conditions) {
    const verdict = holds(condition, scope);
    if (verdict === decisive) return decisive;
    verdicts.push(verdict);
  }
  return verdictOf(verdicts, decisive);
}

/** The decisive verdict if there is one, else unknown if there is an unknown one. */
function verdictOf(verdicts: readonly (boolean | undefined)[], decisive: boolean): boolean | undefined {
  if (verdicts.includes(decisive)) return decisive;
  return verdicts.includes(undefined) ? undefined : !decisive;
}

/** Whether exactly one verdict is true. */
function exactlyOneHolds(verdicts: readonly (boolean | undefined)[]): boolean | undefined {
  const count = verdicts.filter((verdict) => verdict === true).length;
  return count < 2 && verdicts.includes(undefined) ? undefined : count === 1;
}

function negated(verdict: boolean | undefined): boolean | undefined {
  return verdict === undefined ? undefined : !verdict;
}

const regExps = new Map<string, RegExp>();

function regExp(source: string): RegExp {
  const known = regExps.get(source) ?? new RegExp(source);
  regExps.set(source, known);
  return known;
}

const paths = new Map<string, readonly string[]>();

/** The scope of a feature's own terms and conditions, which read only its options. */
export function scopeOfOptions(options: object): Scope {
  const scope: Pick<Scope, "value" | "secretKeys"> = { value: valueIn(options), secretKeys: new Set() };
  return scope as Scope;
}

/** Looks up values by dotted path. */
export function valueIn(root: unknown): (path: string) => unknown {
  return (path) => {
    const keys = paths.get(path) ?? path.split(".");
    paths.set(path, keys);
    return valueAt(root, keys);
  };
}
