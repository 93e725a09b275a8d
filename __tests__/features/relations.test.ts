import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { agentTaskOf, API_KEY_ARN } from "../support/task";

/** All problems of a daemon, as they are printed. */
function problemsOf(given: object): string[] {
  const daemon = { cluster: "production", apiKey: { secretsManagerArn: API_KEY_ARN }, ...given };
  const { problems = [] } = check(catalog, catalog.schemas.daemon, daemon);
  return problems.map(({ path, message }) => `${path.join(".")} ${message}`);
}

function variablesOf(given: Parameters<typeof agentTaskOf>[0]): Record<string, string | undefined> {
  const [{ environment = [] }] = agentTaskOf(given).task.containerDefinitions;
  return Object.fromEntries(environment.map(({ name = "", value }) => [name, value]));
}

describe("a feature that uses the trace-agent", () => {
  const INSIDE = { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "false" };
  const OPEN = { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "true" };

  it.each([
    ["nothing", {}, { DD_APM_ENABLED: "false", DD_APM_NON_LOCAL_TRAFFIC: undefined }, []],
    ["OTLP", { otlp: true }, INSIDE, [4317, 4318]],
    ["probes", { dynamicInstrumentation: true }, INSIDE, []],
    ["both", { otlp: true, dynamicInstrumentation: true }, INSIDE, [4317, 4318]],
    ["OTLP and APM", { otlp: true, apm: true }, OPEN, [4317, 4318, 8126]],
    ["OTLP and APM over its socket", { otlp: true, apm: { port: false, socket: true } }, INSIDE, [4317, 4318]],
  ])("runs with %s, and accepts applications only with APM", (_what, features, environment, ports) => {
    const { DD_APM_ENABLED, DD_APM_NON_LOCAL_TRAFFIC } = variablesOf({ features });
    expect({ DD_APM_ENABLED, DD_APM_NON_LOCAL_TRAFFIC }).toEqual(environment);
    const [{ portMappings = [] }] = agentTaskOf({ features }).task.containerDefinitions;
    expect(portMappings.map(({ containerPort }) => containerPort)).toEqual(ports);
    expect(problemsOf({ features })).toEqual([]);
  });

  it.each([
    ["otlp", "apm", "the receiver forwards traces to the trace-agent, which wouldn't run"],
    ["dynamicInstrumentation", "apm", "probe data is sent through the trace-agent, which wouldn't run"],
    ["dynamicInstrumentation", "remoteConfiguration", "the Agent receives probes through Remote Configuration"],
  ])("can't be %s with %s set to false", (name, through, because) => {
    const features = { [name]: true, [through]: false };
    expect(problemsOf({ features })).toEqual([
      `features.${name} can't be combined with \`features.${through}\` false: ${because}. Remove \`features.${through}\`, or turn it on.`,
    ]);
    expect(problemsOf({ features: { [through]: false } })).toEqual([]);
    expect(problemsOf({ features: { [name]: true, [through]: true } })).toEqual([]);
  });
});

describe("an option that is a list", () => {
  const files = [{ path: "/var/log/syslog", source: "syslog", service: "host" }];

  it.each([
    ["windows", { files }, ["features.logs.files"]],
    ["windows", { files: [] }, []],
    ["windows", true, []],
    ["linux", { files }, []],
  ])("has its host requirements only if it isn't empty: on %s %j", (host, logs, expected) => {
    expect(problemsOf({ host, features: { logs } }).map((problem) => problem.split(" ")[0])).toEqual(expected);
  });
});

describe("a broken release", () => {
  const features = { gpuMonitoring: true };

  it.each([
    ["7.79.1", "needs Agent 7.80 or later, got `image.tag` 7.79.1. Use a newer tag, or turn it off."],
    [
      "7.82.0",
      "can't be combined with `image.tag` 7.82.0: it can cause a kernel panic on instances with several GPUs. Use another tag, or turn it off.",
    ],
    [
      "7.82.0-jmx",
      "can't be combined with `image.tag` 7.82.0-jmx: it can cause a kernel panic on instances with several GPUs. Use another tag, or turn it off.",
    ],
  ])("is refused with GPU monitoring: %s", (tag, message) => {
    expect(problemsOf({ image: { tag }, features })).toEqual([`features.gpuMonitoring ${message}`]);
    expect(problemsOf({ image: { tag } })).toEqual([]);
  });

  it.each([
    { tag: "7.80.0" },
    { tag: "7.82.1" },
    { tag: "7.82" },
    { tag: "7" },
    { tag: "latest" },
    { tag: "mine" },
    // A digest can be any release.
    { tag: "7.82.0", digest: `sha256:${"0".repeat(64)}` },
  ])("doesn't refuse %j", (image) => {
    expect(problemsOf({ image, features })).toEqual([]);
  });
});

describe("Datadog's government sites", () => {
  const OFF = { fipsProxy: false };

  it.each(["ddog-gov.com", "us2.ddog-gov.com"])("%s refuses the features that aren't available there", (site) => {
    const refused = (name: string, toggle: unknown) =>
      problemsOf({ site, features: { ...OFF, [name]: toggle } }).map((problem) => problem.split(" ")[0]);
    expect(refused("universalServiceMonitoring", true)).toEqual(["features.universalServiceMonitoring"]);
    expect(refused("remoteConfiguration", true)).toEqual(["features.remoteConfiguration"]);
    expect(refused("dynamicInstrumentation", true)).toEqual(["features.dynamicInstrumentation"]);
    // The option isn't set, so the problem is at the feature.
    expect(refused("workloadProtection", true)).toEqual(["features.workloadProtection"]);
    expect(refused("workloadProtection", { remoteConfiguration: true })).toEqual([
      "features.workloadProtection.remoteConfiguration",
    ]);
    expect(refused("workloadProtection", { remoteConfiguration: false })).toEqual([]);
    expect(refused("remoteConfiguration", false)).toEqual([]);
  });

  it("name the option to turn off if it is on by default", () => {
    expect(problemsOf({ site: "ddog-gov.com", features: { ...OFF, workloadProtection: true } })).toEqual([
      "features.workloadProtection the default of `remoteConfiguration` needs `site` datadoghq.com, us3.datadoghq.com, us5.datadoghq.com, " +
        "datadoghq.eu, ap1.datadoghq.com, ap2.datadoghq.com or uk1.datadoghq.com, got ddog-gov.com: Remote Configuration isn't " +
        "available on Datadog's government sites. Set `features.workloadProtection.remoteConfiguration` to false or change `site`.",
    ]);
  });
});

describe("the image flavor fips-full", () => {
  const features = { fipsAgent: true };
  const site = "ddog-gov.com";

  it.each([
    ["7.78.0", "7.78.0-fips-full"],
    ["7", "7-fips-full"],
    ["latest", "7-fips-full"],
  ])("exists from Agent 7.78 on: %s", (tag, expected) => {
    expect(problemsOf({ site, image: { tag, flavor: "full" }, features })).toEqual([]);
    const [{ image }] = agentTaskOf({ site, image: { tag, flavor: "full" }, features }).task.containerDefinitions;
    expect(image).toBe(`public.ecr.aws/datadog/agent:${expected}`);
  });

  it("doesn't exist before", () => {
    expect(problemsOf({ site, image: { tag: "7.77.3", flavor: "full" }, features })).toEqual([
      "features.fipsAgent needs Agent 7.78 or later with `image.flavor` full, got `image.tag` 7.77.3: older versions have " +
        "no full fips image. Use a newer tag, or remove `image.flavor`.",
    ]);
    expect(problemsOf({ site, image: { tag: "7.77.3", flavor: "fips-full" } })).toEqual([
      expect.stringMatching(/^image conflicts with features\.fipsAgent, .*needs Agent 7\.78 or later/),
    ]);
  });
});

describe("notices of features", () => {
  const about = (given: Parameters<typeof agentTaskOf>[0], name: string) =>
    agentTaskOf(given).notices.filter((notice) => notice.includes(`\`features.${name}\``));

  it.each([
    ["on a government site", { site: "ddog-gov.com" }, 1],
    ["where the proxy is on", { site: "us2.ddog-gov.com", features: { fipsProxy: true } }, 1],
    ["not where the proxy is off", { site: "ddog-gov.com", features: { fipsProxy: false } }, 0],
    ["not with the FIPS Agent", { site: "ddog-gov.com", features: { fipsAgent: true } }, 0],
    ["not with Agents that are older than the FIPS Agent", { site: "ddog-gov.com", image: { tag: "7.64.0" } }, 0],
    ["not on other sites", { site: "datadoghq.eu" }, 0],
  ] as const)("recommend the FIPS Agent %s", (_when, given, count) => {
    expect(about(given, "fipsProxy")).toHaveLength(count);
  });

  it.each([
    [{ ebpf: true }, 1],
    [true, 0],
    [false, 0],
  ])("warn about the deprecated probes of gpuMonitoring %j", (gpuMonitoring, count) => {
    expect(
      agentTaskOf({ features: { gpuMonitoring } }).notices.filter((each) => each.includes("deprecated")),
    ).toHaveLength(count);
  });

  const PATHS = { network_path: { instances: [{ hostname: "api.datadoghq.eu", protocol: "TCP", port: 443 }] } };

  it.each([
    [true, {}, 1],
    [true, PATHS, 0],
    [{ monitorConnections: true }, {}, 0],
    [false, {}, 0],
  ])("warn that networkPath %j traces nothing with the checks %j", (networkPath, checks, count) => {
    const given = { features: { networkPath, networkPerformanceMonitoring: true }, checks };
    expect(about(given, "networkPath")).toHaveLength(count);
  });

  it("don't repeat the problem of a network_path check without networkPath", () => {
    expect(problemsOf({ checks: PATHS })).toEqual([
      "checks.network_path needs `features.networkPath`, whose system probe traces the paths. Turn it on.",
    ]);
    expect(problemsOf({ checks: PATHS, features: { networkPath: true } })).toEqual([]);
    expect(problemsOf({ checks: PATHS, host: "windows" })).toEqual([]);
  });
});
