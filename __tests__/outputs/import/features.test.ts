import { catalog } from "../../../lib/catalog";
import * as z from "zod";
import { defineFeature } from "../../../lib/core/feature";
import { hostMount } from "../../../lib/core/host";
import { integer, text } from "../../../lib/core/schema";
import type { Features } from "../../../lib/core/toggles";
import { from, join, text as textOf } from "../../../lib/core/term";
import { factsOf } from "../../../lib/outputs/import/facts";
import { runningImage } from "../../../lib/outputs/import/image";
import { matches, recognizeFeatures } from "../../../lib/outputs/import/features";
import { hosts } from "../../../lib/hosts";
import { definitionOf, type Given } from "../../support/definitions";
import { withFeatures } from "../../support/with-features";

function featuresOf(given: Given): Record<string, unknown> {
  const facts = factsOf(definitionOf(given), hosts.linux);
  const found = recognizeFeatures(catalog, facts, "linux", runningImage(facts));
  return Object.fromEntries(found.map(({ name, options }) => [name, options]));
}

const port = (containerPort: number, protocol = "tcp") => ({ containerPort, hostPort: containerPort, protocol });
const SOCKETS = { "/var/run/datadog": ["/var/run/datadog", "read-write"] } as const;
const DEBUG = { "/sys/kernel/debug": ["/sys/kernel/debug", "read-write"] } as const;

/** Read-only EFS volumes by container path, with their names and directories. */
function onEfs(places: Readonly<Record<string, readonly [name: string, rootDirectory: string]>>, more = {}): Given {
  const all = Object.entries(places);
  return {
    task: {
      volumes: all.map(([, [name, rootDirectory]]) => ({
        name,
        host: {},
        efsVolumeConfiguration: { fileSystemId: "fs-0123456789abcdef0", rootDirectory, ...more },
      })),
    },
    agent: {
      mountPoints: all.map(([containerPath, [sourceVolume]]) => ({ containerPath, sourceVolume, readOnly: true })),
    },
  };
}

const ACCESS_POINT = { transitEncryption: "ENABLED", authorizationConfig: { accessPointId: "fsap-0123456789abcdef0" } };

const LATEST = { repository: "", tag: "latest" };

describe("recognizeFeatures", () => {
  it.each<[string, Given, Record<string, unknown>]>([
    ["nothing in an empty definition", {}, {}],
    [
      "a complete feature",
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
      "a boolean in another notation",
      { environment: { DD_APM_ENABLED: "TRUE" }, agent: { portMappings: [port(8126)] } },
      { apm: {} },
    ],
    [
      "what the Agent has on by default, by the rest of it",
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
    ["only the given options", { environment: { DD_LOGS_ENABLED: "true" } }, { logs: { collectAll: false } }],
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
      "directories on EFS",
      onEfs({ "/conf.d": ["custom_conf_d", "/"], "/checks.d": ["custom_checks_d", "/"] }, ACCESS_POINT),
      {
        customChecks: { configuration: "/", code: "/", efs: { fileSystemId: "fs-0123456789abcdef0", ...ACCESS_POINT } },
      },
    ],
    [
      "one directory on EFS",
      onEfs({ "/checks.d": ["custom_checks_d", "/a"], "/a": ["a", "/b"] }),
      { customChecks: { code: "/a", efs: { fileSystemId: "fs-0123456789abcdef0" } } },
    ],
    ["no EFS volume with another name", onEfs({ "/checks.d": ["checks", "/a"] }), {}],
    [
      "no EFS volume that ECS wouldn't accept",
      onEfs({ "/checks.d": ["custom_checks_d", "/a"] }, { authorizationConfig: { iam: "ENABLED" } }),
      {},
    ],
    [
      "shared options in one of two features",
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
      "nothing by what two features share",
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
      "no feature by only mounts and capabilities",
      {
        mounts: DEBUG,
        agent: { linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } } },
        task: { pidMode: "host" },
      },
      {},
    ],
    [
      "what the Agent has on by default, by a port with a dynamic host port",
      { environment: { DD_APM_ENABLED: "" }, agent: { portMappings: [{ containerPort: 8126 }] } },
      { apm: {} },
    ],
    [
      "the same by the folder of its socket",
      { environment: { DD_APM_ENABLED: "" }, mounts: SOCKETS },
      { apm: { port: false, socket: true } },
    ],
    [
      "the same in host network mode",
      { environment: { DD_APM_ENABLED: "" }, task: { networkMode: "host" } },
      { apm: {} },
    ],
    [
      "no socket folder if the Agent's version has no socket by default",
      { environment: { DD_APM_ENABLED: "" }, mounts: SOCKETS, agent: { image: "datadog/agent:7.50.0" } },
      {},
    ],
    [
      "another use of a shared folder",
      { environment: { DD_APM_ENABLED: "false" }, mounts: SOCKETS },
      { dogstatsd: { port: false, socket: true, statistics: false } },
    ],
    [
      "metrics by only their port",
      { agent: { portMappings: [port(8125, "udp")] } },
      { dogstatsd: { statistics: false } },
    ],
    [
      "both transports for metrics, although only the folder adds less",
      { environment: { DD_APM_ENABLED: "false" }, mounts: SOCKETS, agent: { portMappings: [port(8125, "udp")] } },
      { dogstatsd: { socket: true, statistics: false } },
    ],
    [
      "no metrics if they are off",
      { environment: { DD_USE_DOGSTATSD: "0" }, agent: { portMappings: [port(8125, "udp")] } },
      {},
    ],
    [
      "no port if the Agent listens on another",
      { environment: { DD_APM_ENABLED: "true", DD_APM_RECEIVER_PORT: "8136" }, agent: { portMappings: [port(8126)] } },
      {},
    ],
    [
      "no socket if the Agent has it at another path",
      {
        environment: { DD_APM_ENABLED: "true", DD_APM_RECEIVER_SOCKET: "/x/apm.socket" },
        mounts: { "/x": ["/x", "read-write"] },
      },
      {},
    ],
    ["no port without evidence", { environment: { DD_APM_ENABLED: "true" } }, {}],
    [
      "the Agent's own value of an option that isn't named",
      { environment: { DD_RUNTIME_SECURITY_CONFIG_ENABLED: "T", DD_COMPLIANCE_CONFIG_ENABLED: "1" } },
      { workloadProtection: {}, cloudSecurityPosture: {} },
    ],
    ["no feature by a third of its variables", { environment: { DD_CONTAINER_IMAGE_ENABLED: "true" } }, {}],
    [
      "no feature by variables that only adjust it",
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
      "a feature without a switch, by most of its variables",
      { environment: { DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" }, agent: { portMappings: [port(8125, "udp")] } },
      { dogstatsd: { statistics: false } },
    ],
    ["an enum value", { environment: { DD_LOG_LEVEL: "debug" } }, { logLevel: { level: "debug" } }],
    ["the default of an enum", { environment: { DD_LOG_LEVEL: "info" } }, { logLevel: {} }],
    ["no invalid enum value", { environment: { DD_LOG_LEVEL: "loud" } }, {}],
    [
      "text that must be given",
      { environment: { DD_ENV: "production" } },
      { unifiedServiceTagging: { env: "production" } },
    ],
    ["no invalid text", { environment: { DD_ENV: "a b" } }, {}],
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
      // The workers are for monitored connections, and monitoring is off here.
      { networkPath: {} },
    ],
    [
      "text before a list",
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

  it("recognizes a sidecar, with its options", () => {
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

  it("doesn't recognize features that the definition turns off", () => {
    const environment = { DD_APM_ENABLED: "false", DD_APM_NON_LOCAL_TRAFFIC: "true" };
    expect(featuresOf({ environment, agent: { portMappings: [port(8126)] } })).toEqual({});
  });

  it("doesn't read a list that may contain a secret", () => {
    const secret = "name:0123456789abcdef0123456789abcdef";
    const environment = { DD_LOGS_ENABLED: "true", DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "true" };
    expect(featuresOf({ environment: { ...environment, DD_CONTAINER_EXCLUDE_LOGS: secret } })).toEqual({ logs: {} });
  });

  it("recognizes no options that the host doesn't support", () => {
    const environment = { DD_APM_ENABLED: "true", DD_APM_RECEIVER_SOCKET: "/var/run/datadog/apm.socket" };
    const found = recognizeFeatures(catalog, factsOf(definitionOf({ environment }), hosts.windows), "windows", LATEST);
    expect(found).toEqual([]);
  });

  it("recognizes no features that the host doesn't support", () => {
    const given = { environment: { DD_SYSTEM_PROBE_NETWORK_ENABLED: "true", DD_SYSTEM_PROBE_ENABLED: "true" } };
    expect(recognizeFeatures(catalog, factsOf(definitionOf(given), hosts.windows), "windows", LATEST)).toEqual([]);
  });
});

describe("a new feature", () => {
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
    on: () => ({
      environment: {
        DD_NEW_ENABLED: "true",
        DD_NEW_LOUD: textOf(from("loud")),
        DD_NEW_MODE: from("mode"),
        DD_NEW_TITLE: textOf("<", from("title"), ">"),
        DD_NEW_NAMES: join(",", from("names")),
        DD_NEW_COUNT: textOf(from("count")),
      },
      mounts: [
        { ...hostMount("data", "", { at: "/data" }), volume: { name: "data", host: { sourcePath: from("folder") } } },
      ],
    }),
  });

  function recognized(given: Given, features: Features = { added }): unknown {
    const found = recognizeFeatures(withFeatures(features), factsOf(definitionOf(given), hosts.linux), "linux", LATEST);
    return found.map(({ name, options }) => ({ [name]: options }));
  }

  it("is recognized with all of its options, without code for it", () => {
    const environment = {
      DD_NEW_ENABLED: "true",
      DD_NEW_LOUD: "true",
      DD_NEW_MODE: "c",
      DD_NEW_TITLE: "<title>",
      DD_NEW_NAMES: "a,b",
      DD_NEW_COUNT: "7",
    };
    expect(recognized({ environment, mounts: { "/data": "/elsewhere" } })).toEqual([
      { added: { loud: true, mode: "c", title: "title", names: ["a", "b"], count: 7, folder: "/elsewhere" } },
    ]);
  });

  it("has default options, and isn't recognized if it is off", () => {
    expect(recognized({ environment: { DD_NEW_ENABLED: "true", DD_NEW_COUNT: "11" } })).toEqual([{ added: {} }]);
    expect(recognized({ environment: { DD_NEW_LOUD: "true", DD_NEW_COUNT: "7" } })).toEqual([]);
  });

  it("isn't recognized by a variable that another feature also has", () => {
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
    ["true", "1", true],
    ["false", "F", true],
    ["1", "true", false],
    ["true", "yes", false],
  ])("is for generated %s and original %s: %s", (generated, original, agreed) => {
    expect(matches(fact(generated), fact(original))).toBe(agreed);
    expect(matches(fact(generated), fact(original, true))).toBe(false);
  });

  it("is false for a missing value", () => {
    expect(matches(fact("a"), undefined)).toBe(false);
  });
});
