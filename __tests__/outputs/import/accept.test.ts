import { catalog } from "../../../lib/catalog";
import { parse } from "yaml";
import { accept, clustersYaml } from "../../../lib/outputs/import/accept";

const NAMED = { name: "a" };
const isAtomic = (key: unknown) => key === "image" || key === "tags";

describe("accept", () => {
  it("keeps what the loader accepts", () => {
    const entry = { ...NAMED, site: "datadoghq.eu", features: { apm: true } };
    expect(accept(catalog, entry, isAtomic)).toMatchObject({ entry, refusals: [], cluster: { site: "datadoghq.eu" } });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["a key", { family: "a b" }, {}, ["family"]],
    [
      "one entry of a map",
      { environment: { DD_HOSTNAME: "a", DD_A: "b" } },
      { environment: { DD_A: "b" } },
      ["environment.DD_HOSTNAME"],
    ],
    [
      "a value that must be removed as a whole",
      { image: { repository: "A", digest: `sha256:${"0".repeat(64)}` } },
      {},
      ["image"],
    ],
    ["the tags, which must be removed as a whole", { tags: { "1": "a", b: "c" } }, {}, ["tags"]],
    [
      "items of a list, and no others",
      { capabilities: ["CHOWN", "X", "Y", "KILL"] },
      { capabilities: ["CHOWN", "KILL"] },
      ["capabilities", "capabilities"],
    ],
    ["an optional list", { host: "windows", capabilities: ["CHOWN"] }, { host: "windows" }, ["capabilities"]],
    [
      "an option",
      { features: { otlp: { http: false, logs: true } } },
      { features: { otlp: { http: false } } },
      ["features.otlp.logs"],
    ],
    [
      "a feature",
      { launchType: "EXTERNAL", features: { oomKill: true } },
      { launchType: "EXTERNAL", features: { oomKill: false } },
      ["features.oomKill"],
    ],
    [
      "what only the parser rejects",
      { environment: { A: "{TfToken[", B: "c" } },
      { environment: { B: "c" } },
      ["environment.A"],
    ],
    ["variables that are too large for ECS", { environment: { A: "x".repeat(70_000) } }, {}, ["environment"]],
    [
      "several problems in sequence",
      { networkMode: "awsvpc", launchType: "EXTERNAL" },
      { launchType: "EXTERNAL" },
      ["networkMode", "networkMode"],
    ],
  ])("removes %s, with the reason", (_what, given, rest, paths) => {
    const { entry, refusals } = accept(catalog, { ...NAMED, ...given }, isAtomic);
    expect(entry).toEqual({ ...NAMED, ...rest });
    const places = refusals.map(({ path }) => path.filter((key) => typeof key === "string").join("."));
    expect(places).toEqual(paths);
    for (const { message } of refusals) expect(message).toMatch(/^(must|needs|can't|has) /);
  });

  it("gives up if nothing is left to remove", () => {
    expect(() => accept(catalog, {}, isAtomic)).toThrow("is missing the required key `name`");
  });
});

describe("clustersYaml", () => {
  it("writes any text unchanged, on one line", () => {
    const environment = { A: "a\nb: c\n", B: "\u2028", C: "true", D: "x ".repeat(100), E: "- 1", F: "'\"" };
    const yaml = clustersYaml({ ...NAMED, environment });
    expect(parse(yaml)).toEqual({ clusters: [{ ...NAMED, environment }] });
    expect(yaml.trimEnd().split("\n")).toHaveLength(3 + Object.keys(environment).length);
  });
});
