import { catalog } from "../../lib/catalog";
import { loadConfiguration, parseConfiguration } from "../../lib/configuration/load";
import { ConfigurationError } from "../../lib/core/problem";
import { codeOfRule, PROBLEM_CODES } from "../../lib/core/problem-codes";

/** The codes of the problems of a configuration, or of a text that may be none. */
function codesOf(configuration: object | string): readonly (string | undefined)[] {
  const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
  return codesThrown(() => parseConfiguration(catalog, text, "clusters.yaml"));
}

function codesThrown(run: () => unknown): readonly (string | undefined)[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

const clusters = (...entries: readonly object[]) => ({
  clusters: entries.map((entry, index) => ({ name: `cluster-${index}`, cluster: `cluster-${index}`, ...entry })),
});
const shared = (entry: object) => ({ stack: "shared", ...entry });

/** What has a problem of each code. */
const WRONG: Readonly<Record<keyof typeof PROBLEM_CODES, () => readonly (string | undefined)[]>> = {
  "arn-mismatch": () =>
    codesOf(clusters({ region: "us-east-1", cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/a" })),
  "dependency-cycle": () => codesOf(clusters({ dependsOn: ["cluster-1"] }, { dependsOn: ["cluster-0"] })),
  "duplicate-address": () => codesOf(clusters(shared({ name: "a-b" }), shared({ name: "a_b" }))),
  "duplicate-name": () => codesOf({ modules: [{ name: "agent" }, { name: "Agent" }] }),
  "duplicate-service": () => codesOf(clusters({ cluster: "production" }, { cluster: "production" })),
  "duplicate-state": () => {
    const backend = { http: { address: "https://state.example" } };
    return codesOf(clusters({ backend }, { backend }));
  },
  "host-and-hosts": () => codesOf(clusters({ host: "linux", hosts: ["linux"] })),
  "invalid-key": () => codesOf(clusters({ environment: { "A B": "c" } })),
  "invalid-task": () => codesOf(clusters({ environment: { LONG: "x".repeat(70_000) } })),
  "invalid-type": () => codesOf(clusters({ memoryMiB: "many" })),
  "invalid-value": () => codesOf(clusters({ host: "solaris" })),
  "invalid-yaml": () => codesOf("clusters: [}"),
  "missing-entry": () => codesOf({}),
  "missing-key": () => codesOf({ clusters: [{ cluster: "production" }] }),
  "not-in-defaults": () => codesOf({ defaults: { name: "a" }, ...clusters({}) }),
  "shared-roles": () => {
    const shareRoles = true;
    return codesOf(
      clusters(shared({ shareRoles, kmsKeyArns: [] }), shared({ shareRoles, enableExecuteCommand: true })),
    );
  },
  "shared-stack": () => codesOf(clusters(shared({ region: "eu-west-1" }), shared({ region: "us-east-1" }))),
  "unknown-key": () => codesOf(clusters({ memory: 512 })),
  "unreadable-file": () => codesThrown(() => loadConfiguration(catalog, "no-such-file.yaml")),
};

describe("the code of a problem", () => {
  it.each(Object.entries(WRONG))("is %s", (code, codes) => {
    expect(codes()).toContain(code);
  });

  it("is unknown-key for a feature's options and a key that would change a prototype", () => {
    expect(codesOf(clusters({ features: { apm: { sockets: true } } }))).toEqual(["unknown-key"]);
    expect(codesOf('{ "clusters": [{ "name": "a", "__proto__": {} }] }')).toEqual(["unknown-key"]);
  });

  it("is that of the rule's place for what keys need of each other", () => {
    expect(codesOf(clusters({ createLogGroup: {} }))).toEqual(["rule/create-log-group"]);
    expect(codesOf(clusters({ host: "windows", features: { oomKill: true } }))).toEqual(["rule/features/oom-kill"]);
  });

  it("stays with a problem in the defaults", () => {
    expect(codesOf({ defaults: { memory: 512 }, ...clusters({}) })).toEqual(["unknown-key"]);
  });

  it("is documented in a sentence, in the order of the alphabet", () => {
    expect(Object.keys(PROBLEM_CODES)).toEqual(Object.keys(PROBLEM_CODES).toSorted());
    for (const [code, meaning] of Object.entries(PROBLEM_CODES)) {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].{10,}[^.]$/);
    }
  });

  it("is made of letters, digits, hyphens and slashes for every rule", () => {
    const places = [...catalog.rules.map(({ at }) => at), ...catalog.rulesInCode.map(({ reads }) => reads[0] ?? "")];
    expect(places.length).toBeGreaterThan(50);
    for (const place of places) expect(codeOfRule(place)).toMatch(/^rule\/[a-z][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*$/);
  });
});
