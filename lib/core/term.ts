import type { HostTrait } from "./host";
import type { AgentVersion, FlavorPart } from "./image";

/**
 * Values and conditions as data, so that each fact is written once. `evaluate.ts` turns them into values for the
 * constructs, `print.ts` into Terraform expressions for the module, and `read-back.ts` reads them from a task
 * definition.
 *
 * Paths are dotted: from the root of the configuration (`image.tag`) or, in a feature, from its options (`socket`).
 */

export type Literal = string | number | boolean;

/**
 * A value: a literal, an operator, or a list or map of terms. The type is wide because interfaces are maps too. Absent
 * values are removed from their list or map.
 */
export type Term = Literal | object;

/** An operator, which evaluates to a value. Other maps have no key `$`. */
export type Operator =
  | { readonly $: "from"; readonly path: string }
  | { readonly $: "when"; readonly condition: Condition; readonly then: Term }
  | { readonly $: "each"; readonly of: Operator; readonly item: Term }
  | { readonly $: "entries"; readonly of: Operator }
  | { readonly $: "sort"; readonly of: Operator }
  | { readonly $: "join"; readonly separator: string; readonly of: Term }
  | { readonly $: "text"; readonly parts: readonly (Literal | Operator)[] }
  | { readonly $: "plus"; readonly of: Operator; readonly add: number }
  | { readonly $: "json"; readonly of: Term }
  | { readonly $: "concat"; readonly lists: readonly Term[] }
  | { readonly $: "merge"; readonly maps: readonly Term[] };

/** A condition: true, false, or unknown if it reads a value that only Terraform knows. */
export type Condition =
  | { readonly $: "given"; readonly path: string }
  | { readonly $: "equals"; readonly path: string; readonly value: Literal }
  | { readonly $: "oneOf"; readonly path: string; readonly values: readonly Literal[] }
  | { readonly $: "matches"; readonly path: string; readonly pattern: string }
  | { readonly $: "atLeast"; readonly path: string; readonly minimum: number }
  | { readonly $: "atMost"; readonly path: string; readonly other: string }
  | { readonly $: "has"; readonly path: string; readonly key: string }
  | { readonly $: "hasNone"; readonly path: string; readonly keys: readonly string[] }
  | { readonly $: "empty"; readonly path: string }
  | { readonly $: "every"; readonly path: string; readonly condition: Condition }
  | { readonly $: "and"; readonly conditions: readonly Condition[] }
  | { readonly $: "or"; readonly conditions: readonly Condition[] }
  | { readonly $: "not"; readonly condition: Condition }
  | { readonly $: "exactlyOne"; readonly conditions: readonly Condition[] }
  | { readonly $: "isOn"; readonly feature: string }
  | { readonly $: "isOff"; readonly feature: string }
  | { readonly $: "hostHas"; readonly trait: HostTrait }
  | { readonly $: "agentBefore"; readonly version: AgentVersion }
  | { readonly $: "imageFlavor"; readonly part: FlavorPart }
  | { readonly $: "sameArnPart"; readonly part: ArnPart; readonly paths: readonly [string, string] };

/** Parts of an ARN, with their index. */
export const ARN_PARTS = {
  /** `aws`, `aws-cn` and others. */
  partition: 1,
  /** The region; empty for services without regions. */
  region: 3,
  /** The account; empty for services without accounts. */
  account: 4,
} as const;
/** A part of an ARN. */
export type ArnPart = keyof typeof ARN_PARTS;

/** A value of type `Value`, in which any part may be an operator. */
export type Template<Value> =
  | Operator
  | (Value extends readonly (infer Item)[]
      ? readonly Template<Item>[]
      : Value extends object
        ? { readonly [Key in keyof Value]: Template<Value[Key]> | undefined }
        : Value);

/** The value at a path; absent if it is not set. */
export const from = (path: string): Operator => ({ $: "from", path });

/** The item of the innermost `each` or `every`, or a value in it. */
export const item = (path = ""): Operator => from(itemPath(path));

/** The path of a value in an item, for conditions. */
export const itemPath = (path = ""): string => (path === "" ? ITEM : `${ITEM}.${path}`);

/** The start of paths in an item. */
export const ITEM = "@";

/** Absent unless the condition holds. */
export const when = (condition: Condition, then: Term): Operator => ({ $: "when", condition, then });

/** A term for each item of a list. */
export const each = (of: Operator, term: Term): Operator => ({ $: "each", of, item: term });

/** A map as a list of its `key`s and `value`s, sorted by key. */
export const entries = (path: string): Operator => ({ $: "entries", of: from(path) });

/** A list of strings, sorted by code point. */
export const sort = (of: Operator): Operator => ({ $: "sort", of });

/** A list of strings, joined; absent if the list is empty. */
export const join = (separator: string, of: Term): Operator => ({ $: "join", separator, of });

/** Numbers, booleans and strings, concatenated. */
export const text = (...parts: readonly (Literal | Operator)[]): Operator => ({ $: "text", parts });

/** A sum. */
export const plus = (of: Operator, add: number): Operator => ({ $: "plus", of, add });

/** A list or map as JSON, like Terraform's `jsonencode`; absent if the value is absent. */
export const json = (of: Term): Operator => ({ $: "json", of });

/** Lists, concatenated. */
export const concat = (...lists: readonly Term[]): Operator => ({ $: "concat", lists });

/** Maps, merged. Later ones override earlier ones. */
export const merge = (...maps: readonly Term[]): Operator => ({ $: "merge", maps });

/** The list or map at the path; absent if it is empty. */
export const unlessEmpty = (path: string): Operator => when(not(empty(path)), from(path));

/** Whether the value at the path is set. */
export const given = (path: string): Condition => ({ $: "given", path });
/** Whether the value at the path is this one. */
export const equals = (path: string, value: Literal): Condition => ({ $: "equals", path, value });
/** Whether the value at the path is one of these. */
export const oneOf = (path: string, values: readonly Literal[]): Condition => ({ $: "oneOf", path, values });
/**
 * Whether the text at the path matches a pattern.
 * @param pattern in the syntax that JavaScript and Go's RE2 share
 */
export const matches = (path: string, { source }: RegExp): Condition => ({ $: "matches", path, pattern: source });
/** Whether the number at the path is at least this one. */
export const atLeast = (path: string, minimum: number): Condition => ({ $: "atLeast", path, minimum });
/** Whether a number is at most another one. True if one of them is not set. */
export const atMost = (path: string, other: string): Condition => ({ $: "atMost", path, other });
/** Whether the map at the path has a key. */
export const has = (path: string, key: string): Condition => ({ $: "has", path, key });
/** Whether the map at the path has none of these keys. */
export const hasNone = (path: string, keys: readonly string[]): Condition => ({ $: "hasNone", path, keys });
/** Whether the list or map at the path is empty or not set. */
export const empty = (path: string): Condition => ({ $: "empty", path });
/** Whether a condition holds for every item of the list at the path. */
export const every = (path: string, condition: Condition): Condition => ({ $: "every", path, condition });
/** Whether all conditions hold. */
export const and = (...conditions: readonly Condition[]): Condition => ({ $: "and", conditions });
/** Whether one of the conditions holds. */
export const or = (...conditions: readonly Condition[]): Condition => ({ $: "or", conditions });
/** Whether a condition doesn't hold. */
export const not = (condition: Condition): Condition => ({ $: "not", condition });
/** Whether the conclusion holds if the premise does. */
export const implies = (premise: Condition, conclusion: Condition): Condition => or(not(premise), conclusion);
/** Whether exactly one of the conditions holds. */
export const exactlyOne = (...conditions: readonly Condition[]): Condition => ({ $: "exactlyOne", conditions });
/** Whether the value at the path is true. */
export const isTrue = (path: string): Condition => equals(path, true);
/** Whether a feature is on, by its toggle or by default. */
export const isOn = (feature: string): Condition => ({ $: "isOn", feature });
/** Whether a feature is set to false. Not true if it is only off by default. */
export const isOff = (feature: string): Condition => ({ $: "isOff", feature });
/** Whether the host has a trait. */
export const hostHas = (trait: HostTrait): Condition => ({ $: "hostHas", trait });
/** Whether the image is known to be older than an Agent version. */
export const agentBefore = (version: AgentVersion): Condition => ({ $: "agentBefore", version });
/** Whether the image's flavor has a part, such as `fips`. */
export const imageFlavor = (part: FlavorPart): Condition => ({ $: "imageFlavor", part });

/** Whether a part of two ARNs is the same. True if one of them is not set or doesn't have the part. */
export const sameArnPart = (part: ArnPart, one: string, other: string): Condition => ({
  $: "sameArnPart",
  part,
  paths: [one, other],
});

/** Adds a prefix to the paths of a condition, except those of items and features. */
export function prefixed(condition: Condition, prefix: string): Condition {
  const moved = (path: string) => (path.startsWith(ITEM) ? path : `${prefix}.${path}`);
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, unknown]) => {
        if (key === "path" || key === "other") return [key, moved(inner as string)];
        return [key, key === "paths" ? (inner as string[]).map(moved) : rewrite(inner)];
      }),
    );
  };
  return rewrite(condition) as Condition;
}

/** Whether a term is an operator and not a map. */
export function isOperator(term: unknown): term is Operator {
  return typeof term === "object" && term !== null && "$" in term && term.$ !== undefined;
}

/**
 * The paths that a term or a condition reads, without those of items. Conditions on the image read `image`; conditions
 * on keys of a map read only these keys.
 */
export function pathsOf(term: Term | Condition | undefined): readonly string[] {
  return [...new Set(allPaths(term))];
}

function allPaths(term: unknown): readonly string[] {
  if (Array.isArray(term)) return term.flatMap(allPaths);
  if (typeof term !== "object" || term === null) return [];
  const { $, path, feature, ...rest } = term as Readonly<Record<string, unknown>>;
  const inner = Object.values(rest).flatMap(allPaths);
  if ($ === "isOn" || $ === "isOff") return [`features.${String(feature)}`];
  if ($ === "hostHas") return ["host"];
  if ($ === "agentBefore" || $ === "imageFlavor") return ["image"];
  if ($ === "sameArnPart") return rest.paths as string[];
  if ($ === "atMost") return ([path, rest.other] as string[]).filter((each) => !each.startsWith(ITEM));
  if ($ === "has") return [`${String(path)}.${String(rest.key)}`];
  if ($ === "hasNone") return (rest.keys as readonly string[]).map((key) => `${String(path)}.${key}`);
  if ($ === undefined) return Object.values(term).flatMap(allPaths);
  return typeof path === "string" && !path.startsWith(ITEM) ? [path, ...inner] : inner;
}
