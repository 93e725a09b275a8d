import { parse } from "yaml";
import { accept, clustersYaml } from "../../lib/diff-config/accept";

const NAMED = { name: "a" };

describe("accept", () => {
  it("leaves what the loader accepts as it is", () => {
    const entry = { ...NAMED, site: "datadoghq.eu", features: { apm: true } };
    expect(accept(entry)).toMatchObject({ entry, refusals: [], cluster: { site: "datadoghq.eu" } });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["a key", { family: "a b" }, {}, ["family"]],
    [
      "one entry of a map",
      { environment: { DD_HOSTNAME: "a", DD_A: "b" } },
      { environment: { DD_A: "b" } },
      ["environment.DD_HOSTNAME"],
    ],
    ["all of what is one thing", { image: { repository: "A", digest: `sha256:${"0".repeat(64)}` } }, {}, ["image"]],
    ["the tags, of which a part would be another list", { tags: { "1": "a", b: "c" } }, {}, ["tags"]],
    [
      "items of a list, and no others",
      { capabilities: ["CHOWN", "X", "Y", "KILL"] },
      { capabilities: ["CHOWN", "KILL"] },
      ["capabilities", "capabilities"],
    ],
    [
      "a list that may not be there",
      { host: "windows", capabilities: ["CHOWN"] },
      { host: "windows" },
      ["capabilities"],
    ],
    [
      "an option",
      { features: { networkPath: { monitorConnections: true, workers: 5 } } },
      { features: { networkPath: { workers: 5 } } },
      ["features.networkPath.monitorConnections"],
    ],
    [
      "a feature",
      { launchType: "EXTERNAL", features: { oomKill: true } },
      { launchType: "EXTERNAL", features: { oomKill: false } },
      ["features.oomKill"],
    ],
    [
      "what only the parser minds",
      { environment: { A: "{TfToken[", B: "c" } },
      { environment: { B: "c" } },
      ["environment.A"],
    ],
    ["variables that are too large for ECS", { environment: { A: "x".repeat(70_000) } }, {}, ["environment"]],
    [
      "one thing after the other",
      { networkMode: "awsvpc", launchType: "EXTERNAL" },
      { launchType: "EXTERNAL" },
      ["networkMode", "networkMode"],
    ],
  ])("takes out %s, and says why", (_what, given, rest, paths) => {
    const { entry, refusals } = accept({ ...NAMED, ...given });
    expect(entry).toEqual({ ...NAMED, ...rest });
    const places = refusals.map(({ path }) => path.filter((key) => typeof key === "string").join("."));
    expect(places).toEqual(paths);
    for (const { message } of refusals) expect(message).toMatch(/^(must|needs) /);
  });

  it("gives up where nothing is left to take out", () => {
    expect(() => accept({})).toThrow("must have `name`");
  });
});

describe("clustersYaml", () => {
  it("writes any text as it is, each on one line", () => {
    const environment = { A: "a\nb: c\n", B: "\u2028", C: "true", D: "x ".repeat(100), E: "- 1", F: "'\"" };
    const yaml = clustersYaml({ ...NAMED, environment });
    expect(parse(yaml)).toEqual({ clusters: [{ ...NAMED, environment }] });
    expect(yaml.trimEnd().split("\n")).toHaveLength(3 + Object.keys(environment).length);
  });
});
