import { catalog } from "../../lib/catalog";
import { mergeDefaults } from "../../lib/configuration/defaults";

describe("a cluster over its defaults", () => {
  it.each([
    ["a cluster's scalar wins", { site: "a" }, { site: "b" }, { site: "b" }],
    ["a default stays where the cluster says nothing", { site: "a" }, { name: "x" }, { site: "a", name: "x" }],
    ["maps merge", { tags: { a: "1", b: "2" } }, { tags: { b: "3" } }, { tags: { a: "1", b: "3" } }],
    [
      "maps merge at every depth",
      { features: { logs: { collectAll: true, exclude: ["image:x"] } } },
      { features: { logs: { collectAll: false }, apm: true } },
      { features: { logs: { collectAll: false, exclude: ["image:x"] }, apm: true } },
    ],
    ["lists replace", { subnets: ["a", "b"] }, { subnets: ["c"] }, { subnets: ["c"] }],
    [
      "a scalar replaces a map",
      { features: { apm: { socket: true } } },
      { features: { apm: false } },
      { features: { apm: false } },
    ],
    [
      "a map replaces a scalar",
      { features: { apm: true } },
      { features: { apm: { port: false } } },
      { features: { apm: { port: false } } },
    ],
    ["a map replaces an empty value", { tags: null }, { tags: { a: "1" } }, { tags: { a: "1" } }],
    ["an empty value replaces a map", { tags: { a: "1" } }, { tags: null }, { tags: null }],
    [
      "one source of the API key replaces another",
      { apiKey: { secretsManagerArn: "a" } },
      { apiKey: { ssmParameterArn: "b" } },
      { apiKey: { ssmParameterArn: "b" } },
    ],
    [
      "one backend replaces another, with all its keys",
      { backend: { s3: { bucket: "a", key: "k" } } },
      { backend: { s3: { bucket: "b" } } },
      { backend: { s3: { bucket: "b" } } },
    ],
  ])("%s", (_rule, defaults, cluster, merged) => {
    expect(mergeDefaults(catalog, defaults, cluster)).toEqual(merged);
  });

  it("takes nothing from a map's prototype", () => {
    expect(mergeDefaults(catalog, {}, { toString: { a: 1 } })).toEqual({ toString: { a: 1 } });
  });
});
