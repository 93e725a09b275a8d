import { type Claim, compare, mergeClaims } from "../../lib/core/merge";

const claim = <Value>(source: string, key: string, value: Value): Claim<Value> => ({ source, key, value });

describe("mergeClaims", () => {
  it("sorts by key in the order of code units", () => {
    const { merged } = mergeClaims([claim("x", "a", 1), claim("x", "_", 2), claim("y", "Z", 3), claim("y", "A", 4)]);
    expect([...merged]).toEqual([
      ["A", 4],
      ["Z", 3],
      ["_", 2],
      ["a", 1],
    ]);
  });

  it("collapses claims that are equal in depth", () => {
    const { merged, conflicts } = mergeClaims([
      claim("x", "socket", { host: { sourcePath: "/var/run" } }),
      claim("y", "socket", { host: { sourcePath: "/var/run" } }),
    ]);
    expect([...merged]).toEqual([["socket", { host: { sourcePath: "/var/run" } }]]);
    expect(conflicts).toEqual([]);
  });

  it("names both sources of unequal claims, and holds to the first by name", () => {
    const { merged, conflicts } = mergeClaims([
      claim("features.logs", "pointdir", { host: { sourcePath: "/b" } }),
      claim("features.apm", "pointdir", { host: { sourcePath: "/a" } }),
    ]);
    expect([...merged]).toEqual([["pointdir", { host: { sourcePath: "/a" } }]]);
    expect(conflicts).toEqual([{ key: "pointdir", sources: ["features.apm", "features.logs"] }]);
  });

  it("reports every claim that disagrees with the first", () => {
    const { conflicts } = mergeClaims([claim("a", "key", 1), claim("b", "key", 2), claim("c", "key", 1)]);
    expect(conflicts).toEqual([{ key: "key", sources: ["a", "b"] }]);
    const { conflicts: two } = mergeClaims([claim("a", "key", 1), claim("b", "key", 2), claim("c", "key", 3)]);
    expect(two.map(({ sources }) => sources)).toEqual([
      ["a", "b"],
      ["a", "c"],
    ]);
  });

  it("merges nothing into nothing", () => {
    expect(mergeClaims([])).toEqual({ merged: new Map(), conflicts: [] });
  });

  it("leaves the list of claims as it is", () => {
    const claims = Object.freeze([claim("b", "b", 1), claim("a", "a", 2)]);
    expect([...mergeClaims(claims).merged.keys()]).toEqual(["a", "b"]);
    expect(claims.map(({ key }) => key)).toEqual(["b", "a"]);
  });
});

describe("compare", () => {
  it.each([
    ["a", "b", -1],
    ["b", "a", 1],
    ["a", "a", 0],
    ["Z", "a", -1],
    ["ä", "z", 1],
    ["10", "9", -1],
  ])("compares %j with %j by code units", (a, b, expected) => {
    expect(compare(a, b)).toBe(expected);
  });
});
