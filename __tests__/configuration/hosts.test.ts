import { catalog } from "../../lib/catalog";
import { hostsProblems, perHost } from "../../lib/configuration/hosts";

const MIXED = { name: "a", hosts: ["linux", "windows"] };

/** The value of one key on each host, and what is left out. */
function onEachHost(key: string, cluster: object) {
  return perHost(catalog, { ...MIXED, ...cluster }).map((variant) => [variant.cluster[key], variant.leftOut]);
}

describe("a cluster on its hosts", () => {
  it("is unchanged without `hosts`", () => {
    const cluster = { name: "a", host: "windows", networkMode: "bridge", features: { apm: { socket: true } } };
    expect(perHost(catalog, cluster)).toEqual([{ cluster, leftOut: [] }]);
  });

  it("is one cluster per host, and later hosts have their own service and family", () => {
    expect(perHost(catalog, { name: "a", cluster: "c", cpu: 10, hosts: ["windows", "amazon-linux-1"] })).toEqual([
      { cluster: { name: "a", cluster: "c", cpu: 10, host: "windows" }, leftOut: [] },
      {
        cluster: {
          name: "a",
          cluster: "c",
          cpu: 10,
          host: "amazon-linux-1",
          serviceName: "datadog-agent-amazon-linux-1",
          family: "datadog-agent-task-amazon-linux-1",
        },
        leftOut: [],
      },
    ]);
  });

  it("adopts a service only on its first host", () => {
    const adopt = { serviceArn: "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent" };
    expect(perHost(catalog, { ...MIXED, adopt }).map(({ cluster }) => cluster.adopt)).toEqual([adopt, undefined]);
  });

  it.each([
    ["serviceName", "agent", ["agent", "agent-windows"]],
    ["family", "agent", ["agent", "agent-windows"]],
    ["serviceName", 4, [4, 4]],
    ["family", null, [null, null]],
  ])("has the %s %j of the first host after those of the others", (key, given, expected) => {
    expect(perHost(catalog, { ...MIXED, [key]: given }).map(({ cluster }) => cluster[key])).toEqual(expected);
  });

  it.each([
    ["no list", "windows"],
    ["an empty list", []],
    ["an unknown host", ["linux", "solaris"]],
    ["a host twice", ["linux", "linux"]],
    ["two hosts of one operating system", ["linux", "amazon-linux-1"]],
    ["nothing", null],
  ])("is left to the schema to refuse where `hosts` is %s", (_what, hosts) => {
    expect(perHost(catalog, { name: "a", hosts })).toEqual([{ cluster: { name: "a", hosts }, leftOut: [] }]);
  });
});

describe("an image flavor that only another host supports", () => {
  it.each([
    ["goes", { flavor: "fips" }, {}, ["image.flavor"]],
    ["leaves the rest", { tag: "7", flavor: "fips-jmx" }, { tag: "7", flavor: "jmx" }, ["image.flavor"]],
    ["stays where the host has it", { flavor: "jmx" }, { flavor: "jmx" }, []],
    ["is left to the schema where it's none", { flavor: 1 }, { flavor: 1 }, []],
  ])("%s", (_what, image, expected, leftOut) => {
    expect(onEachHost("image", { image })).toEqual([
      [image, []],
      [expected, leftOut],
    ]);
  });
});

describe("a setting that only another host supports", () => {
  it.each<[string, object, unknown, readonly string[]]>([
    ["nothing", { apm: true, logs: { collectAll: false } }, { apm: true, logs: { collectAll: false } }, []],
    ["a feature", { networkPerformanceMonitoring: true }, {}, ["features.networkPerformanceMonitoring"]],
    ["a feature with options", { fipsProxy: { cpu: 1 } }, { fipsProxy: false }, ["features.fipsProxy"]],
    ["no feature that is off", { fipsProxy: false }, { fipsProxy: false }, []],
    ["an option", { apm: { socket: true } }, { apm: {} }, ["features.apm.socket"]],
    [
      "an option next to others",
      { dogstatsd: { socket: true, statistics: false } },
      { dogstatsd: { statistics: false } },
      ["features.dogstatsd.socket"],
    ],
    ["no option that is off", { apm: { socket: false } }, { apm: { socket: false } }, []],
    ["a feature of which nothing useful remains", { apm: { port: false, socket: true } }, {}, ["features.apm"]],
    [
      "several things, in the order of the file",
      { fipsProxy: true, apm: true, dogstatsd: { socket: true } },
      { fipsProxy: false, apm: true, dogstatsd: {} },
      ["features.fipsProxy", "features.dogstatsd.socket"],
    ],
    ["nothing that is useless on every host", { apm: { port: false } }, { apm: { port: false } }, []],
    ["nothing that every object has", { constructor: true }, { constructor: true }, []],
    [
      "a feature whose options are wrong in themselves, which the other host is refused for",
      { apm: { port: "yes", socket: true } },
      {},
      ["features.apm"],
    ],
    ["nothing that isn't known", { amp: { socket: true } }, { amp: { socket: true } }, []],
  ])("leaves out %s", (_what, features, onWindows, leftOut) => {
    expect(onEachHost("features", { features })).toEqual([
      [features, []],
      [onWindows, leftOut],
    ]);
  });

  it("stays where no other host has it", () => {
    const features = { networkPerformanceMonitoring: true, apm: { socket: true } };
    expect(perHost(catalog, { name: "a", hosts: ["windows"], networkMode: "bridge", features })).toEqual([
      { cluster: { name: "a", host: "windows", networkMode: "bridge", features }, leftOut: [] },
    ]);
  });

  it("is left out on the first host, too", () => {
    expect(onEachHost("features", { hosts: ["windows", "linux"], features: { fipsProxy: true } })).toEqual([
      [{ fipsProxy: false }, ["features.fipsProxy"]],
      [{ fipsProxy: true }, []],
    ]);
  });

  it.each([
    ["bridge", undefined, ["networkMode"]],
    ["host", undefined, ["networkMode"]],
    ["awsvpc", "awsvpc", []],
    ["hots", "hots", []],
    [7, 7, []],
  ])("leaves out the network mode %j where it must", (networkMode, onWindows, leftOut) => {
    expect(onEachHost("networkMode", { networkMode })).toEqual([
      [networkMode, []],
      [onWindows, leftOut],
    ]);
  });
});

describe("capabilities", () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ["some", ["NET_ADMIN"], undefined, ["capabilities"]],
    ["none", [], [], []],
    ["what is no list, which the other host is refused for", "NET_ADMIN", undefined, ["capabilities"]],
  ])("are left out on Windows where there are %s", (_what, capabilities, onWindows, leftOut) => {
    expect(onEachHost("capabilities", { capabilities })).toEqual([
      [capabilities, []],
      [onWindows, leftOut],
    ]);
  });

  it("stay where no other host has them", () => {
    const cluster = { name: "a", capabilities: ["NET_ADMIN"] };
    expect(perHost(catalog, { ...cluster, hosts: ["windows"] })).toEqual([
      { cluster: { ...cluster, host: "windows" }, leftOut: [] },
    ]);
  });

  it("are named between the network mode and the features", () => {
    const settings = { features: { fipsProxy: true }, capabilities: ["NET_ADMIN"], networkMode: "bridge" };
    expect(perHost(catalog, { ...MIXED, ...settings })[1]?.leftOut).toEqual([
      "networkMode",
      "capabilities",
      "features.fipsProxy",
    ]);
  });
});

describe("hostsProblems", () => {
  it.each<[string, object, readonly (readonly string[])[]]>([
    ["neither", {}, []],
    ["host", { host: "linux" }, []],
    ["hosts", { hosts: ["linux"] }, []],
    ["both", { host: "linux", hosts: ["linux"] }, [["hosts"]]],
  ])("judges %s", (_what, cluster, paths) => {
    expect(hostsProblems({ name: "a", ...cluster }).map(({ path }) => path)).toEqual(paths);
  });
});
