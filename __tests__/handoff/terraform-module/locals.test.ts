import * as registry from "../../../lib/features";
import type * as subject from "../../../lib/handoff/terraform-module/locals";
import { localsOf } from "../../../lib/handoff/terraform-module/locals";
import { moduleOf } from "../../support/module";
import { withFeatures } from "../../support/with-features";

type Entry = Parameters<typeof moduleOf>[0];

interface Locals {
  readonly base: unknown;
  readonly features: Readonly<Record<string, unknown>>;
  readonly off: unknown;
  readonly network_mode: string;
  readonly agent: Readonly<Record<string, unknown>>;
  readonly capabilities: string;
  readonly tag_flavors: string;
}
const locals = (entry: Entry = {}) => localsOf(moduleOf(entry)) as unknown as Locals;

describe("the features as data", () => {
  it.each<[string, Entry, string, unknown]>([
    [
      "its environment, mounts and ports",
      { features: { apm: { socket: true } } },
      "apm",
      {
        environment: {
          DD_APM_ENABLED: "true",
          DD_APM_NON_LOCAL_TRAFFIC: "true",
          DD_APM_RECEIVER_SOCKET: "/var/run/datadog/apm.socket",
        },
        mounts: { "/var/run/datadog": { volume: "dd-sockets", host_path: "/var/run/datadog", read_only: false } },
        // Five digits, so that Terraform's maps, too, sort ports by number.
        ports: { "08126/tcp": { containerPort: 8126, hostPort: 8126, protocol: "tcp" } },
      },
    ],
    [
      "nothing that is empty",
      { host: "windows" },
      "process_collection",
      { environment: { DD_PROCESS_AGENT_ENABLED: "true" } },
    ],
    [
      "its capabilities, and the memory that is advised",
      {},
      "network_performance_monitoring",
      {
        environment: { DD_SYSTEM_PROBE_ENABLED: "true", DD_SYSTEM_PROBE_NETWORK_ENABLED: "true" },
        mounts: { "/sys/kernel/debug": { volume: "debug", host_path: "/sys/kernel/debug", read_only: false } },
        capabilities: [
          "SYS_ADMIN",
          "SYS_RESOURCE",
          "SYS_PTRACE",
          "NET_ADMIN",
          "NET_BROADCAST",
          "NET_RAW",
          "IPC_LOCK",
          "CHOWN",
        ],
        advised_memory_mib: expect.any(Number) as number,
      },
    ],
    [
      "the process namespace that it wants",
      {},
      "gpu_monitoring",
      { environment: { DD_GPU_ENABLED: "true", NVIDIA_VISIBLE_DEVICES: "all" }, pid_mode: "host" },
    ],
    [
      "what the role of the container instances must allow",
      {},
      "resource_tag_collection",
      {
        environment: { DD_ECS_COLLECT_RESOURCE_TAGS_EC2: "true" },
        instance_actions: ["ecs:ListTagsForResource"],
      },
    ],
    [
      "volumes that Docker makes, and options that are fixed",
      { host: "windows", features: { logs: { collectAll: false, exclude: ["name:$${a}"] } } },
      "logs",
      {
        environment: {
          DD_LOGS_ENABLED: "true",
          DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: "false",
          DD_CONTAINER_EXCLUDE_LOGS: "name:$${a}",
        },
        mounts: {
          "C:/programdata/datadog/run": {
            volume: "pointdir",
            docker_volume_configuration: { autoprovision: true, driver: "local", scope: "shared" },
            read_only: false,
          },
          "c:/programdata/docker/containers": {
            volume: "containers_root",
            host_path: "c:/programdata/docker/containers",
            read_only: true,
          },
        },
      },
    ],
  ])("has of each %s", (_what, entry, name, expected) => {
    expect(locals(entry).features[name]).toEqual(expected);
  });

  it("has sidecars as ECS wants them", () => {
    const features = { fipsProxy: { portRangeStart: 10_000, memoryMiB: 64 } };
    expect(locals({ site: "ddog-gov.com", features }).features.fips_proxy).toMatchObject({
      environment: { DD_FIPS_PORT_RANGE_START: "10000" },
      sidecars: {
        "fips-proxy": {
          name: "fips-proxy",
          image: "datadog/fips-proxy:1.1.29",
          essential: true,
          cpu: 10,
          memory: 64,
          environment: [
            { name: "DD_FIPS_LOCAL_ADDRESS", value: "127.0.0.1" },
            { name: "DD_FIPS_PORT_RANGE_START", value: "10000" },
          ],
          portMappings: Array.from({ length: 16 }, (_, index) => ({
            containerPort: 10_000 + index,
            hostPort: 10_000 + index,
            protocol: "tcp",
          })),
        },
      },
    });
  });

  it("has each that the host can have, on or off", () => {
    const on = ["apm", "dogstatsd", "logs", "process_collection"];
    const linuxAlone = ["fips_proxy", "network_performance_monitoring"];
    const windows = Object.keys(locals({ host: "windows", features: { apm: false } }).features);
    expect(windows).toEqual(expect.arrayContaining(on));
    expect(windows.filter((name) => linuxAlone.includes(name))).toEqual([]);
    expect(Object.keys(locals().features)).toEqual(expect.arrayContaining([...on, ...linuxAlone]));
  });

  it("has what needs options where the module fixes them", () => {
    expect(locals().features).not.toHaveProperty("unified_service_tagging");
    const { features } = locals({ features: { unifiedServiceTagging: { env: "production" } } });
    expect(features.unified_service_tagging).toEqual({ environment: { DD_ENV: "production" } });
  });
});

describe("the Agent", () => {
  it("sees what the host always shows it", () => {
    expect(locals({ host: "amazon-linux-1" }).base).toEqual({
      mounts: {
        "/var/run/docker.sock": { volume: "docker_sock", host_path: "/var/run/docker.sock", read_only: true },
        "/host/proc": { volume: "proc", host_path: "/proc/", read_only: true },
        "/host/sys/fs/cgroup": { volume: "cgroup", host_path: "/cgroup/", read_only: true },
      },
    });
  });

  it("turns off what its image has on", () => {
    expect(locals().off).toMatchObject({
      apm: { DD_APM_ENABLED: "false" },
      remote_configuration: { DD_REMOTE_CONFIGURATION_ENABLED: "false" },
    });
    expect(locals().off).not.toHaveProperty("logs");
    expect(locals()).toHaveProperty("environment", expect.stringMatching(/^\$\{merge\(concat\(local\.turned_off, /));
  });

  it("has its health check's command fixed, its times from the variable", () => {
    expect(locals({ healthCheck: { retries: 9 } }).agent.healthCheck).toBe(
      '${var.health_check == null ? null : { command = ["CMD-SHELL", "agent health"], interval = var.health_check.interval_seconds, timeout = var.health_check.timeout_seconds, retries = var.health_check.retries, startPeriod = var.health_check.start_period_seconds }}',
    );
  });

  it("has the variable's capabilities beside those of features, where the host knows them", () => {
    const sorted = (parts: string) =>
      `\${sort(distinct(flatten([for part in ${parts} : try(part.capabilities, [])])))}`;
    expect(locals({ host: "linux" }).capabilities).toBe(
      sorted("concat(local.parts, [{ capabilities = var.capabilities }])"),
    );
    expect(locals({ host: "windows" }).capabilities).toBe(sorted("local.parts"));
  });
});

describe("the image", () => {
  it.each<["linux" | "windows", string]>([
    ["linux", 'contains(local.image_flavors, "fips") || local.toggles.fips_agent ? "fips" : ""'],
    ["windows", 'contains(local.image_flavors, "fips") ? "fips" : ""'],
  ])("has its own flavors in the tag's order, and on %s those of features", (host, fips) => {
    expect(locals({ host }).tag_flavors).toBe(
      `\${compact([contains(local.image_flavors, "full") ? "full" : "", ${fips}, contains(local.image_flavors, "jmx") ? "jmx" : ""])}`,
    );
  });

  it.each<[string, string]>([
    ["image_flavors", 'var.image.flavor == null ? [] : split("-", var.image.flavor)'],
    // There is no `latest-fips`.
    [
      "tag",
      'join("-", concat([var.image.tag == "latest" && contains(local.tag_flavors, "fips") ? "7" : var.image.tag], local.tag_flavors))',
    ],
    [
      "image",
      'var.image.digest == null ? "${var.image.repository}:${local.tag}" : "${var.image.repository}@${var.image.digest}"',
    ],
    [
      "agent_version",
      'var.image.digest == null ? try([for part in regex("^([0-9]+)[.]([0-9]+)", var.image.tag) : tonumber(part)], null) : null',
    ],
  ])("has in %s what its name says", (name, expected) => {
    expect(locals()).toHaveProperty(name, `\${${expected}}`);
  });

  it("is the Agent's", () => {
    expect(locals().agent.image).toBe("${local.image}");
  });
});

it.each<[string, string]>([
  // `one` is null for none, and refuses two of them.
  ["pid_mode", "one(distinct([for part in local.parts : part.pid_mode if can(part.pid_mode)]))"],
  ["advised_memory_mib", "max(0, [for part in local.parts : try(part.advised_memory_mib, 0)]...)"],
  ["instance_actions", "sort(distinct(flatten([for part in local.parts : try(part.instance_actions, [])])))"],
])("what features want of the whole task is in %s", (name, expected) => {
  expect(locals()).toHaveProperty(name, `\${${expected}}`);
});

describe("the network mode", () => {
  it.each<[string, "linux" | "windows", string]>([
    [
      "the variable's, else the first one that suits what is on",
      "linux",
      '${coalesce(concat([var.network_mode], [for mode in ["bridge", "host", "awsvpc"] : mode if (!local.toggles.fips_proxy || contains(["host", "awsvpc"], mode))])...)}',
    ],
    ["the variable's alone where the host has none of its own", "windows", "${var.network_mode}"],
  ])("is %s", (_what, host, expected) => {
    expect(locals({ host }).network_mode).toBe(expected);
  });

  it("is the host's by default where no feature minds", () => {
    const { fipsProxy: _fipsProxy, ...others } = registry;
    const mode = withFeatures(others, () => {
      const withoutProxy = jest.requireActual<typeof subject>("../../../lib/handoff/terraform-module/locals");
      return withoutProxy.localsOf(moduleOf()).network_mode;
    });
    expect(mode).toBe('${coalesce(var.network_mode, "bridge")}');
  });
});
