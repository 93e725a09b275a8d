import { parseConfiguration } from "../../lib/configuration/load";
import { availableFeatures, checkModule, unavailable } from "../../lib/configuration/modules";
import { type Module } from "../../lib/configuration/schema";
import { ConfigurationError } from "../../lib/core/problem";
import { moduleOf } from "../support/module";

const CLUSTERS = "clusters: [{ name: a }]\n";

function modulesOf(text: string): readonly Module[] {
  return parseConfiguration(`${CLUSTERS}${text}`, "clusters.yaml").modules;
}

/** The problems as people see them, without the heading. */
function refusal(text: string): string[] {
  try {
    modulesOf(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split(/\n\n {2}/).slice(1);
    throw error;
  }
  throw new Error("The configuration was accepted.");
}

/** Sixteen ports from this one on are the FIPS proxy's; APM's is 8126. */
const withProxyAt = (port: number) => `site: ddog-gov.com, features: { fipsProxy: { portRangeStart: ${port} } }`;

describe("the modules of a file", () => {
  it("are none where the file has none", () => {
    expect(modulesOf("")).toEqual([]);
    expect(modulesOf("modules: []")).toEqual([]);
  });

  it("have the schema's defaults, and not those of the file", () => {
    const file = "defaults: { site: datadoghq.eu, cpu: 7, features: { apm: true } }\nmodules: [{ name: m }]";
    expect(modulesOf(file)).toEqual([
      {
        name: "m",
        host: "linux",
        launchType: "EC2",
        site: "datadoghq.com",
        tags: {},
        environment: {},
        features: {},
        capabilities: [],
        healthCheck: { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 15 },
        image: { repository: "public.ecr.aws/datadog/agent", tag: "latest" },
        family: "datadog-agent-task",
        serviceName: "datadog-agent",
        minimumHealthyPercent: 0,
        placementConstraints: [],
        enableExecuteCommand: false,
        waitForSteadyState: false,
        resourceTags: {},
        enableEcsManagedTags: false,
      },
    ]);
  });

  it("stand in order, with what they say themselves and text as it stands", () => {
    const file = 'modules: [{ name: b, host: windows, cpu: 7 }, { name: a, environment: { A: "${x}" } }]';
    expect(modulesOf(file)).toMatchObject([
      { name: "b", host: "windows", cpu: 7 },
      { name: "a", environment: { A: "$${x}" } },
    ]);
  });

  it.each([
    ["a module that is no map", "- 4", "3:3 modules[0]\n    must be a map, got the number 4."],
    ["a module without a name", "- { cpu: 1 }", "3:3 modules[0]\n    must have `name` (text), got none."],
    ["a name that is no folder's", "- { name: ../m }", "3:5 modules[0].name\n    must be a module name"],
    ["a wrong value", "- { name: m }\n- { name: n, cpu: -1 }", "4:14 modules[1].cpu\n    must be a whole number"],
    ["a wrong option", "- { name: m, features: { apm: { port: 1 } } }", "3:33 modules[0].features.apm.port\n"],
    [
      "a rule between keys",
      "- { name: m, host: windows, capabilities: [CHOWN] }",
      "3:29 modules[0].capabilities\n    must be left out on the host windows",
    ],
    [
      "one name twice",
      "- { name: m }\n- { name: m }",
      "4:5 modules[1].name\n    must be unique, got the name of modules[0].",
    ],
    [
      "names that some file systems take for one",
      "- { name: x }\n- { name: m }\n- { name: M }",
      "5:5 modules[2].name\n    must be unique, got the name of modules[1].",
    ],
  ])("refuses %s", (_what, entries, message) => {
    const problems = refusal(`modules:\n${entries}`);
    expect(problems).toEqual([expect.stringContaining(`clusters.yaml:${message}`)]);
  });

  it.each([
    "cluster: c",
    "region: eu-west-1",
    "apiKey: { createSecret: { name: a } }",
    "hosts: [linux]",
    "subnets: [subnet-01234567]",
    "securityGroups: [sg-01234567]",
    "applicationSecurityGroups: [sg-01234567]",
    "taskRoleArn: arn:aws:iam::123456789012:role/a",
    "executionRoleArn: arn:aws:iam::123456789012:role/a",
    "attachPolicies: true",
    "createdRoles: {}",
  ])("refuses `%s`, which is a variable of the module", (entry) => {
    const key = entry.slice(0, entry.indexOf(":"));
    expect(refusal(`modules: [{ name: m, ${entry} }]`)).toEqual([
      expect.stringContaining(`clusters.yaml:2:22 modules[0].${key}\n    must be one of the known keys, got "${key}".`),
    ]);
  });

  it("tells its problems together with those of the clusters, in the order of the file", () => {
    const text = "modules: [{ name: m, cpu: -1 }]\nclusters: [{ name: a, cpu: -1 }]";
    expect(() => parseConfiguration(text, "clusters.yaml")).toThrow(
      /^clusters.yaml: 2 problems\n\n {2}clusters.yaml:1:22 modules\[0\].cpu\n[^]* {2}clusters.yaml:2:23 clusters\[0\].cpu\n/,
    );
  });
});

describe("a module with everything on at once", () => {
  it("is refused where features can't agree, although those that are on by default can", () => {
    expect(refusal(`modules: [{ name: m, ${withProxyAt(8120)} }]`)).toEqual([
      "clusters.yaml:2:42 modules[0].features\n    must use host port 8126/tcp once, got it for datadog-agent and fips-proxy. Choose another port.",
    ]);
    // The same is right in a cluster, in which nobody turns APM on.
    expect(parseConfiguration(`clusters: [{ name: a, ${withProxyAt(8120)} }]`, "").clusters).toHaveLength(1);
  });

  it.each([
    ["other ports", withProxyAt(8127)],
    ["a feature off that would be in the way of nothing", "features: { apm: false }"],
    ["features off that its host lacks", "host: windows, features: { fipsProxy: false }"],
    ["a launch type that some feature doesn't have", "launchType: EXTERNAL"],
    ["a network mode that some feature doesn't have", "networkMode: bridge"],
  ])("is accepted with %s", (_what, keys) => {
    expect(modulesOf(`modules: [{ name: m, ${keys} }]`)).toHaveLength(1);
  });
});

describe("availableFeatures", () => {
  const available = (entry: object) => {
    const { value, problems } = checkModule({ name: "m", ...entry });
    if (problems) throw new Error(JSON.stringify(problems));
    return Object.fromEntries(availableFeatures(value).map(({ name, options }) => [name, options]));
  };
  const EVERYWHERE = {
    apm: { port: true, socket: false },
    dogstatsd: { port: true, socket: false, statistics: true },
    logs: { collectAll: true, include: [], exclude: [] },
    processCollection: {},
  };
  const ON_LINUX = {
    ...EVERYWHERE,
    networkPerformanceMonitoring: {},
    fipsProxy: { image: "datadog/fips-proxy:1.1.29", portRangeStart: 9803, cpu: 10, memoryMiB: 256 },
  };

  it.each<[string, object, readonly string[]]>([
    ["linux", ON_LINUX, []],
    ["amazon-linux-1", ON_LINUX, []],
    ["windows", EVERYWHERE, ["networkPerformanceMonitoring", "fipsProxy"]],
  ])("are what the host %s can have, on or off", (host, expected, lacking) => {
    for (const entry of [{ host }, { host, features: { apm: true, logs: false } }]) {
      expect(available(entry)).toMatchObject(expected);
      expect(Object.keys(available(entry)).filter((name) => lacking.includes(name))).toEqual([]);
    }
  });

  it("have the options that the module fixes", () => {
    const features = { apm: { socket: true }, logs: { exclude: ["name:a"] } };
    expect(available({ host: "linux", features })).toMatchObject({
      ...ON_LINUX,
      apm: { port: true, socket: true },
      logs: { collectAll: true, include: [], exclude: ["name:a"] },
    });
  });

  it("have what needs options where the module fixes them", () => {
    expect(available({})).not.toHaveProperty("unifiedServiceTagging");
    const features = { unifiedServiceTagging: { env: "production" } };
    expect(available({ features }).unifiedServiceTagging).toEqual({ env: "production" });
  });
});

describe("unavailable", () => {
  const OPTIONS = "must be off: it needs options, which are fixed in the module, and this one has none.";

  it.each<[string, Parameters<typeof moduleOf>[0], string, string | undefined]>([
    ["a feature without needs", { host: "windows" }, "apm", undefined],
    ["a feature that is off", { features: { apm: false } }, "apm", undefined],
    ["a feature whose host has it", { host: "linux" }, "networkPerformanceMonitoring", undefined],
    [
      "a feature that wants a kernel",
      { host: "windows" },
      "networkPerformanceMonitoring",
      "must be off on the host windows: it needs a host that lets a container trace its Linux kernel.",
    ],
    [
      "a feature that wants Linux containers",
      { host: "windows" },
      "fipsProxy",
      "must be off on the host windows: it needs a host that runs Linux containers.",
    ],
    // Its site is the module's user's to choose.
    ["a feature of another site", { site: "datadoghq.com" }, "fipsProxy", undefined],
    ["a feature without an option that must be given", {}, "unifiedServiceTagging", OPTIONS],
    ["the same, off", { features: { unifiedServiceTagging: false } }, "unifiedServiceTagging", OPTIONS],
    ["the same with it", { features: { unifiedServiceTagging: { env: "a" } } }, "unifiedServiceTagging", undefined],
    ["a feature that refuses its defaults", {}, "proxy", OPTIONS],
    ["the same with options", { features: { proxy: { https: "http://proxy.example:3128" } } }, "proxy", undefined],
    ["no feature at all", {}, "nothing", undefined],
  ])("says why of %s", (_what, entry, name, expected) => {
    expect(unavailable(moduleOf(entry), name)).toBe(expected);
  });
});
