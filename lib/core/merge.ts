import { isDeepStrictEqual } from "node:util";

/** A value, its key, which is unique in the task, and its source. */
export interface Claim<Value> {
  readonly key: string;
  readonly value: Value;
  readonly source: string;
}

/** Two sources with different values for a key. */
export interface Conflict {
  readonly key: string;
  readonly sources: readonly [string, string];
}

/** Claims by key, sorted. Equal claims are merged, different ones conflict. The order of claims has no effect. */
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

/** Compares code units, independent of the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
