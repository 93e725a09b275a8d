import { isDeepStrictEqual } from "node:util";

/** A value, the key under which ECS holds it once, and who asks for it. */
export interface Claim<Value> {
  readonly key: string;
  readonly value: Value;
  readonly source: string;
}

/** Two sources that want different things under one key. */
export interface Conflict {
  readonly key: string;
  readonly sources: readonly [string, string];
}

/** The claims by key, sorted by key. Equal claims collapse, unequal ones conflict; the order of claims is of no effect. */
export function mergeClaims<Value>(claims: readonly Claim<Value>[]): {
  readonly merged: ReadonlyMap<string, Value>;
  readonly conflicts: readonly Conflict[];
} {
  const holders = new Map<string, Claim<Value>>();
  const conflicts: Conflict[] = [];
  for (const claim of [...claims].sort(bySource)) {
    const holder = holders.get(claim.key);
    if (holder === undefined) holders.set(claim.key, claim);
    else if (!isDeepStrictEqual(holder.value, claim.value)) {
      conflicts.push({ key: claim.key, sources: [holder.source, claim.source] });
    }
  }
  const sorted = [...holders.values()].sort((a, b) => compare(a.key, b.key));
  return { merged: new Map(sorted.map(({ key, value }) => [key, value])), conflicts };
}

const bySource = (a: Claim<unknown>, b: Claim<unknown>) => compare(a.source, b.source);

/** By code units: the order does not depend on the machine's locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
