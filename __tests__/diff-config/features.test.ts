import { z } from "zod";
import { defineFeature } from "../../lib/core/feature";
import { hostMount } from "../../lib/core/host";
import { integer, text } from "../../lib/core/schema";
import type { Registry } from "../../lib/core/toggles";
import { factsOf } from "../../lib/diff-config/facts";
import type * as recognition from "../../lib/diff-config/features";
import { agrees, recognizeFeatures } from "../../lib/diff-config/features";
import { hosts } from "../../lib/hosts";
import { definitionOf, type Given } from "../support/definitions";
import { withFeatures } from "../support/with-features";

function featuresOf(given: Given): Record<string, unknown> {
  const found = recognizeFeatures(factsOf(definitionOf(given), hosts.linux), "linux");
  return Object.fromEntries(found.map(({ name, options }) => [name, options]));
}

const port = (containerPort: number, protocol = "tcp") => ({ containerPort, hostPort: containerPort, protocol });
const DEBUG = { "/sys/kernel/debug": ["/sys/kernel/debug", "read-write"] } as const;

describe("recognizeFeatures", () => {
  it.each<[string, Given, Record<string, unknown>]>([
    ["nothing in nothing", {}, {}],
    [
      "a feature that is all there",
      {
        environment: { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "true" },
        agent: { portMappings: [port(8126)] },
      },
      { apm: {} },
    ],
    [
      "a feature without its port",
      { environment: { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "true" } },
      { apm: {} },
    ],
    [
      "a switch that is written otherwise",
      { environment: { DD_APM_ENABLED: "TRUE" }, agent: { portMappings: [port(8126)] } },
      { apm: {} },
    ],
    [
      "what the Agent has on by itself by the rest of it",
      { environment: { DD_APM_ENABLED: "", DD_APM_NON_LOCAL_TRAFFIC: "true" }, agent: { portMappings: [port(8126)] } },
      { apm: {} },
    ],
    [
      "a feature by its socket",
      {
        environment: { DD_APM_ENABLED: "true", DD_APM_RECEIVER_SOCKET: "/var/run/datadog/apm.socket" },
        mounts: { "/var/run/datadog": ["/var/run/datadog/", "read-write"] },
      },
      { apm: { port: false, socket: true } },
    ],
    ["nothing more than is asked for", { environment: { DD_LOGS_ENABLED: "true" } }, { logs: { collectAll: false } }],
    [
      "lists",
      {
        environment: {
          DD_LOGS_ENABLED: "true",
          DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true",
          DD_CONTAINER_EXCLUDE_LOGS: "name:a image:b",
        },
      },
      { logs: { exclude: ["name:a", "image:b"] } },
    ],
    [
      "what two share in one of them",
      {
        environment: {
          DD_LOGS_ENABLED: "true",
          DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true",
          DD_CONTAINER_EXCLUDE_LOGS: "name:a",
          DD_CONTAINER_EXCLUDE: "name:b",
        },
      },
      { logs: { exclude: ["name:a"] }, containerFilters: { exclude: ["name:b"] } },
    ],
    [
      "nothing by what two share",
      {
        environment: { DD_CONTAINER_EXCLUDE_LOGS: "name:a", HOST_ROOT: "/host/root" },
        mounts: { "/host/root": "/", "/etc/passwd": "/etc/passwd" },
      },
      {},
    ],
    [
      "an older form of a feature",
      { environment: { DD_SYSTEM_PROBE_ENABLED: "true" }, mounts: DEBUG },
      { networkPerformanceMonitoring: {} },
    ],
    [
      "no feature by mounts and capabilities alone",
      {
        mounts: DEBUG,
        agent: { linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } } },
        task: { pidMode: "host" },
      },
      {},
    ],
    ["no feature by a third of it", { environment: { DD_CONTAINER_IMAGE_ENABLED: "true" } }, {}],
    [
      "no feature by what only sets it",
      {
        environment: {
          DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true",
          NVIDIA_VISIBLE_DEVICES: "all",
          DD_DOGSTATSD_STATS_ENABLE: "true",
        },
      },
      {},
    ],
    [
      "what has no switch by most of it",
      { environment: { DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" }, agent: { portMappings: [port(8125, "udp")] } },
      { dogstatsd: { statistics: false } },
    ],
    ["a word of a choice", { environment: { DD_LOG_LEVEL: "debug" } }, { logLevel: { level: "debug" } }],
    ["the default of a choice", { environment: { DD_LOG_LEVEL: "info" } }, { logLevel: {} }],
    ["no word that isn't one", { environment: { DD_LOG_LEVEL: "loud" } }, {}],
    [
      "text that must be given",
      { environment: { DD_ENV: "production" } },
      { unifiedServiceTagging: { env: "production" } },
    ],
    ["no text that isn't right", { environment: { DD_ENV: "a b" } }, {}],
    ["no text that may be a secret", { environment: { DD_ENV: "0123456789abcdef0123456789abcdef" } }, {}],
    [
      "a number",
      {
        environment: {
          DD_TRACEROUTE_ENABLED: "true",
          DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: "false",
          DD_NETWORK_PATH_COLLECTOR_WORKERS: "9",
        },
      },
      { networkPath: { workers: 9 } },
    ],
    [
      "what is in front of a list",
      {
        environment: {
          DD_PROXY_HTTPS: "http://proxy:3128",
          DD_PROXY_NO_PROXY: "169.254.170.2 a b",
          DD_NO_PROXY_NONEXACT_MATCH: "true",
          DD_LOGS_CONFIG_FORCE_USE_HTTP: "true",
        },
      },
      { proxy: { https: "http://proxy:3128", noProxy: ["a", "b"] } },
    ],
  ])("recognizes %s", (_what, given, features) => {
    expect(featuresOf(given)).toEqual(features);
  });

  it("recognizes a container beside the Agent, with what it is given", () => {
    const containers = [
      {
        name: "fips-proxy",
        image: "mirror/fips-proxy:1",
        cpu: 20,
        memory: 128,
        environment: [
          { name: "DD_FIPS_PORT_RANGE_START", value: "9900" },
          { name: "DD_FIPS_LOCAL_ADDRESS", value: "127.0.0.1" },
        ],
      },
    ];
    const environment = { DD_FIPS_ENABLED: "true", DD_FIPS_PORT_RANGE_START: "9900", DD_FIPS_HTTPS: "false" };
    expect(featuresOf({ environment, containers })).toEqual({
      fipsProxy: { image: "mirror/fips-proxy:1", portRangeStart: 9900, cpu: 20, memoryMiB: 128 },
    });
  });

  it("leaves off what the definition has off", () => {
    const environment = { DD_APM_ENABLED: "false", DD_APM_NON_LOCAL_TRAFFIC: "true" };
    expect(featuresOf({ environment, agent: { portMappings: [port(8126)] } })).toEqual({});
  });

  it("reads no list in which there may be a secret", () => {
    const secret = "name:0123456789abcdef0123456789abcdef";
    const environment = { DD_LOGS_ENABLED: "true", DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true" };
    expect(featuresOf({ environment: { ...environment, DD_CONTAINER_EXCLUDE_LOGS: secret } })).toEqual({ logs: {} });
  });

  it("has no option on that the host lacks", () => {
    const environment = { DD_APM_ENABLED: "true", DD_APM_RECEIVER_SOCKET: "/var/run/datadog/apm.socket" };
    const found = recognizeFeatures(factsOf(definitionOf({ environment }), hosts.windows), "windows");
    expect(found.map(({ name, options }) => ({ name, options }))).toEqual([{ name: "apm", options: {} }]);
  });

  it("looks for nothing that the host lacks", () => {
    const given = { environment: { DD_SYSTEM_PROBE_NETWORK_ENABLED: "true", DD_SYSTEM_PROBE_ENABLED: "true" } };
    expect(recognizeFeatures(factsOf(definitionOf(given), hosts.windows), "windows")).toEqual([]);
  });
});

describe("a feature that is new", () => {
  const added = defineFeature({
    summary: "Does something new",
    documentation: "https://docs.datadoghq.com/",
    requires: [],
    options: z.strictObject({
      loud: z.boolean().default(false),
      mode: z.enum(["a", "b", "c"]).default("b"),
      title: text("text", /^\w+$/).optional(),
      names: z.array(text("a name", /^\w+$/)).default([]),
      count: integer(1, 10).default(3),
      folder: text("a folder", /^\//).default("/data"),
    }),
    on: ({ loud, mode, title, names, count, folder }) => ({
      environment: {
        DD_NEW_ENABLED: "true",
        DD_NEW_LOUD: String(loud),
        DD_NEW_MODE: mode.toUpperCase(),
        ...(title !== undefined && { DD_NEW_TITLE: `<${title}>` }),
        ...(names.length > 0 && { DD_NEW_NAMES: JSON.stringify(names) }),
        DD_NEW_COUNT: String(count),
      },
      mounts: [hostMount("data", folder, { at: "/data" })],
    }),
  });

  function recognized(given: Given, registry: Registry = { added }): unknown {
    const found = withFeatures(registry, () =>
      jest
        .requireActual<typeof recognition>("../../lib/diff-config/features")
        .recognizeFeatures(factsOf(definitionOf(given), hosts.linux), "linux"),
    );
    return found.map(({ name, options }) => ({ [name]: options }));
  }

  it("is recognized with all of its options, and not one line about it", () => {
    const environment = {
      DD_NEW_ENABLED: "true",
      DD_NEW_LOUD: "true",
      DD_NEW_MODE: "C",
      DD_NEW_TITLE: "<title>",
      DD_NEW_NAMES: '["a","b"]',
      DD_NEW_COUNT: "7",
    };
    expect(recognized({ environment, mounts: { "/data": "/elsewhere" } })).toEqual([
      { added: { loud: true, mode: "c", title: "title", names: ["a", "b"], count: 7, folder: "/elsewhere" } },
    ]);
  });

  it("has its defaults where nothing is said, and isn't there where it isn't on", () => {
    expect(recognized({ environment: { DD_NEW_ENABLED: "true", DD_NEW_COUNT: "11" } })).toEqual([{ added: {} }]);
    expect(recognized({ environment: { DD_NEW_LOUD: "true", DD_NEW_COUNT: "7" } })).toEqual([]);
  });

  it("isn't on by a switch that another one has, too", () => {
    const sharing = defineFeature({
      summary: "Shares its switch",
      documentation: "https://docs.datadoghq.com/",
      requires: [],
      options: z.strictObject({}),
      on: () => ({ environment: { DD_SHARED_ENABLED: "true" } }),
    });
    const given = { environment: { DD_SHARED_ENABLED: "true" } };
    expect(recognized(given, { sharing, other: sharing })).toEqual([]);
    expect(recognized(given, { sharing })).toEqual([{ sharing: {} }]);
  });
});

describe("agrees", () => {
  const fact = (value: string, secret = false) => ({ name: "", text: value, value, shown: value, secret });

  it.each([
    ["a", "a", true],
    ["a", "A", false],
    ["true", "TRUE", true],
    ["TRUE", "true", false],
    ["false", "true", false],
  ])("of %s here and %s there is %s", (here, there, agreed) => {
    expect(agrees(fact(here), fact(there))).toBe(agreed);
    expect(agrees(fact(here), fact(there, true))).toBe(false);
  });

  it("is never with what isn't there", () => {
    expect(agrees(fact("a"), undefined)).toBe(false);
  });
});
