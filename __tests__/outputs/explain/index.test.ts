import { stringify } from "yaml";
import { catalog } from "../../../lib/catalog";
import type { Checked, ClusterOnHost } from "../../../lib/configuration/types";
import { explain as explainOn, explainStack as explainStackOf } from "../../../lib/outputs/explain";
import { configurationOf } from "../../support/clusters";
import { API_KEY_ARN } from "../../support/task";

const KEY = "0123456789abcdef0123456789abcdef";

type Keys = Readonly<Record<string, unknown>>;

type OnHost = Checked<ClusterOnHost>;

function stacksOf(...clusters: readonly Keys[]) {
  return configurationOf(stringify({ clusters })).stacks;
}

/** The clusters of a file, for each of their hosts. */
function load(...clusters: readonly Keys[]): readonly OnHost[] {
  return stacksOf(...clusters).flatMap((stack) => stack.clusters.flatMap(({ onHosts }) => onHosts));
}

/** One cluster on its first host. */
function loadOne(keys: Keys = {}): OnHost {
  return load({ name: "shop", cluster: "shop", ...keys })[0] as OnHost;
}

const explain = (checked: OnHost, feature?: string) => explainOn(catalog, checked, feature);
const explainStack = (stacks: ReturnType<typeof stacksOf>, stack: string, feature?: string) =>
  explainStackOf(catalog, stacks, stack, feature);

/** The block with a title, without indentation. */
function blockOf(text: string, title: string): string {
  const block = text.split("\n\n").find((each) => each.trimStart().startsWith(`${title}: `));
  return (block ?? "").replace(/^ {2}/gm, "");
}

/** The lines of a label in a block, as one line. */
function rowOf(block: string, label: string): string | undefined {
  const row = new RegExp(`^  ${label} +(.*(?:\n {10}.*)*)`, "m").exec(block);
  return row?.[1]?.replace(/\s+/g, " ");
}

/** The block of a feature. */
function explained(feature: string, keys: Keys = {}): string {
  return blockOf(explain(loadOne(keys), feature), feature);
}

describe("the explanation of a cluster", () => {
  it("is readable", () => {
    const cluster = loadOne({
      apiKey: { secretsManagerArn: API_KEY_ARN, jsonKey: "api_key" },
      tags: { team: "checkout", env: "production" },
      features: { processCollection: true },
    });
    expect(explain(cluster, "processCollection")).toBe(`Stack shop, on linux
  ECS cluster      shop
  Launch type      EC2
  Network mode     bridge
  Site             datadoghq.com
  Image            public.ecr.aws/datadog/agent:latest

  agent: always present
    Environment      DD_SITE  datadoghq.com
                     DD_TAGS  env:production team:checkout
    Secrets          DD_API_KEY  ${API_KEY_ARN}:api_key::
    Mounts           /var/run/docker.sock  at /var/run/docker.sock  read-only
                     /proc/                at /host/proc            read-only
                     /sys/fs/cgroup/       at /host/sys/fs/cgroup   read-only
    Why              The Docker socket (on Windows its named pipe) lists the containers, /proc shows the host's
                     processes, and the cgroups show what each container uses
    Documentation    https://docs.datadoghq.com/containers/amazon_ecs/

  processCollection: Collects live processes of the host and its containers
    State            on, set in the file
    Environment      DD_PROCESS_AGENT_ENABLED  true
    Mounts           /etc/passwd  at /etc/passwd  read-only
    Why              /etc/passwd maps the user IDs of processes to names
    Documentation    https://docs.datadoghq.com/infrastructure/process/`);
  });

  it("names the EFS file system of a mount", () => {
    const keys = { features: { customChecks: { code: "/checks.d", efs: { fileSystemId: "fs-0123456789abcdef0" } } } };
    const feature = blockOf(explain(loadOne(keys)), "customChecks");
    expect(rowOf(feature, "Mounts")).toBe(
      "EFS file system fs-0123456789abcdef0, directory /checks.d at /checks.d read-only",
    );
  });

  it("lists enabled features by name, then settings, then disabled features", () => {
    const keys = {
      site: "ddog-gov.com",
      features: { logs: true, apm: true, sbom: false, ecsExplorer: false },
      environment: { B: "b", A: "a" },
      capabilities: ["SYS_NICE", "KILL"],
    };
    const text = explain(loadOne(keys));
    const titles = [...text.matchAll(/^ {2}(\w[\w ]*): /gm)].map(([, title]) => title);
    expect(titles).toEqual(["agent", "apm", "fipsProxy", "logs", "settings", "off"]);
    const settings = blockOf(text, "settings");
    expect(rowOf(settings, "environment")).toMatch(/^B and A \(values hidden: may be secrets\) /);
    expect(rowOf(settings, "capabilities")).toMatch(/^SYS_NICE, KILL /);
    const notOn = blockOf(text, "off");
    const off = rowOf(notOn, "Off")?.split(", ");
    expect(off).toEqual(expect.arrayContaining(["dogstatsd", "ecsExplorer", "sbom"]));
    expect(off).not.toContain("remoteConfiguration");
    expect(rowOf(notOn, "Agent's default")).toBe("processDiscovery, remoteConfiguration, serviceDiscovery");
    expect(rowOf(notOn, "Environment")).toBe("DD_ECS_TASK_COLLECTION_ENABLED false");
  });

  it("has the value, summary and target of every setting that differs from its default", () => {
    const keys = {
      cpu: 256,
      healthCheck: { retries: 5 },
      tags: { team: KEY },
      placementConstraints: [{ type: "memberOf", expression: "attribute:a == b" }],
      environment: { A: "a" },
      resourceTags: { owner: "me" },
    };
    const settings = blockOf(explain(loadOne(keys)), "settings");
    const expected: Record<string, [value: string, place?: string]> = {
      name: ["shop"],
      cluster: ["shop", "service: cluster"],
      tags: ["team hidden (may be a secret)", "environment: DD_TAGS"],
      environment: ["A (values hidden: may be secrets)"],
      healthCheck: [
        "command CMD-SHELL, agent health intervalSeconds 30 timeoutSeconds 5 retries 5 startPeriodSeconds 15",
        "container definition: healthCheck",
      ],
      cpu: ["256", "container definition: cpu"],
      placementConstraints: ["0.type memberOf 0.expression attribute:a == b", "service: placementConstraints"],
      resourceTags: ["owner me"],
    };
    const explained = [...settings.matchAll(/^ {2}(\w+) /gm)].map(([, key = ""]) => [key, rowOf(settings, key)]);
    expect(explained).toEqual(
      Object.entries(expected).map(([key, [value, place]]) => [
        key,
        [value, catalog.settings[key]?.summary, ...(place === undefined ? [] : [`→ ${place}`])].join(" "),
      ]),
    );
  });

  it("names what is passed through to ECS, without values that may be secrets", () => {
    const router = { name: "router", image: "fluent-bit", memory: 64, environment: [{ name: "A", value: "hunter2" }] };
    const text = explain(
      loadOne({
        containerDefinition: { links: ["router"], interactive: true },
        taskDefinition: { enableFaultInjection: true },
        sidecars: [router],
      }),
    );
    expect(rowOf(blockOf(text, "agent"), "Passed through")).toBe(
      "containerDefinition interactive, links taskDefinition enableFaultInjection sidecars router",
    );
    const settings = blockOf(text, "settings");
    expect(rowOf(settings, "containerDefinition")).toMatch(
      / → passed through to the container definition: interactive; links$/,
    );
    expect(rowOf(settings, "taskDefinition")).toMatch(
      / → passed through to the task definition: enableFaultInjection$/,
    );
    expect(rowOf(settings, "sidecars")).toMatch(/ → passed through to the container definitions of the task: router$/);
    expect(rowOf(settings, "sidecars")).toContain("0.environment.0.value hidden (may be a secret)");
    expect(text).not.toContain("hunter2");
    expect(rowOf(blockOf(explain(loadOne()), "agent"), "Passed through")).toBeUndefined();
  });

  it("hides the values of a setting that may contain secrets", () => {
    const text = explain(loadOne({ apiKey: { secretsManagerArn: API_KEY_ARN }, environment: { A: "hunter2" } }));
    expect(rowOf(blockOf(text, "settings"), "apiKey")).toMatch(/^secretsManagerArn \(values hidden: may be secrets\)/);
    expect(text).not.toContain("hunter2");
  });

  it.each<[string, Keys, Record<string, string | undefined>]>([
    ["a cluster that isn't set", { cluster: undefined }, { "ECS cluster": "var.cluster (required variable)" }],
    [
      "a cluster that isn't set in a shared stack",
      { cluster: undefined, stack: "wave", name: "a-b" },
      { "ECS cluster": "var.cluster_a_b (required variable)" },
    ],
    ["ECS Anywhere", { launchType: "EXTERNAL" }, { "Launch type": "EXTERNAL" }],
    [
      "the network mode that a feature sets",
      { site: "ddog-gov.com" },
      { "Network mode": "host", Site: "ddog-gov.com" },
    ],
    ["Windows", { host: "windows" }, { "Network mode": "default", "Left out": undefined }],
    [
      "a digest",
      { image: { digest: `sha256:${KEY}${KEY}` } },
      { Image: `public.ecr.aws/datadog/agent@sha256:${KEY}${KEY}` },
    ],
  ])("starts with %s", (_what, keys, expected) => {
    const [head = ""] = explain(loadOne(keys)).split("\n\n");
    for (const [label, value] of Object.entries(expected)) expect([label, rowOf(head, label)]).toEqual([label, value]);
  });

  it.each<[string, Keys, string]>([
    ["not set", {}, "var.api_key_secret_arn (required variable)"],
    ["a secret", { apiKey: { secretsManagerArn: API_KEY_ARN } }, API_KEY_ARN],
    [
      "a parameter",
      { apiKey: { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" } },
      "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog",
    ],
    [
      "a secret to create",
      { apiKey: { createSecret: { name: "datadog" }, versionStage: "AWSPREVIOUS" } },
      "<ARN of the created secret datadog>::AWSPREVIOUS:",
    ],
    // A key in the wrong place must not be printed.
    ["a mistake", { apiKey: { secretsManagerArn: `${API_KEY_ARN}:${KEY}::` } }, "hidden (may be a secret)"],
  ])("shows where the API key is: %s", (_what, keys, expected) => {
    expect(rowOf(blockOf(explain(loadOne(keys)), "agent"), "Secrets")).toBe(`DD_API_KEY ${expected}`);
  });

  it("shows a key in a variable", () => {
    const agent = blockOf(explain(loadOne({ apiKey: { sensitiveVariable: true } })), "agent");
    expect(rowOf(agent, "Secrets")).toBeUndefined();
    expect(agent).toContain(
      "DD_API_KEY  var.api_key (required variable); stored in the state and in the task definition\n",
    );
  });

  it("shows text as in the file", () => {
    const features = { logs: { exclude: ["name:${a}", "image:%{b}", "name:$${c}"] } };
    const block = explained("logs", { features });
    expect(block).toContain(
      "exclude          name:${a}, image:%{b}, name:$${c}  Containers to exclude from log collection\n",
    );
    expect(block).toContain("DD_CONTAINER_EXCLUDE_LOGS             name:${a} image:%{b} name:$${c}\n");
  });

  it("hides text that may be a secret", () => {
    const keys = {
      tags: { env: KEY },
      environment: { A: "SECRET" },
      environmentOverrides: { DD_APM_ENABLED: "SECRET", TOKEN: "SECRET" },
      features: { apm: true, unifiedServiceTagging: { env: KEY }, logs: { include: [`name:${KEY}`] } },
    };
    const text = explain(loadOne(keys));
    expect(text).not.toContain(KEY);
    expect(text).not.toContain("SECRET");
    expect(rowOf(blockOf(text, "unifiedServiceTagging"), "Environment")).toBe("DD_ENV hidden (may be a secret)");
  });

  it("has a part for each host, with what is left out", () => {
    const mixed = {
      name: "mixed",
      cluster: "mixed",
      hosts: ["linux", "windows"],
      features: { networkPerformanceMonitoring: true, dogstatsd: { socket: true } },
    };
    const text = explainStack(stacksOf(mixed), "mixed");
    const [onLinux = "", onWindows = ""] = text.split("\n\nStack mixed, on windows\n");
    expect(onLinux.startsWith("Stack mixed, on linux\n")).toBe(true);
    expect(onLinux).not.toContain("left out");
    expect(rowOf(onWindows.split("\n\n")[0] ?? "", "Left out")).toBe(
      "features.networkPerformanceMonitoring and features.dogstatsd.socket, which windows doesn't support",
    );
    expect(blockOf(onWindows, "agent")).toContain(String.raw`\\.\pipe\docker_engine  at \\.\pipe\docker_engine`);
    expect(blockOf(onWindows, "dogstatsd")).toContain("socket           false (left out on windows)  Listen");
  });
});

describe("a feature that is on", () => {
  it.each<[string, Keys, string]>([
    ["apm", { features: { apm: true } }, "on, set in the file"],
    ["apm", { features: { apm: { socket: true } } }, "on, set in the file"],
    ["fipsProxy", { site: "us2.ddog-gov.com" }, "on by default on the site us2.ddog-gov.com"],
    ["fipsProxy", { site: "ddog-gov.com", features: { fipsProxy: true } }, "on, set in the file"],
    ["fipsAgent", { site: "ddog-gov.com", image: { flavor: "fips-jmx" } }, "on by default with image.flavor fips-jmx"],
  ])("shows the reason: %s with %j: %s", (feature, keys, expected) => {
    expect(rowOf(explained(feature, keys), "State")).toBe(expected);
  });

  it("lists everything that it adds, and why", () => {
    expect(explained("workloadProtection", { features: { workloadProtection: true }, memoryMiB: 300 })).toBe(
      `workloadProtection: Detects runtime threats to workloads (CWS)
  State            on, set in the file
  Requires         a host that lets containers trace the Linux kernel
                   launchType EC2: Datadog supports the system probe on EC2 instances only
                   Agent 7.46 or later
                   remoteConfiguration: site datadoghq.com, us3.datadoghq.com, us5.datadoghq.com, datadoghq.eu,
                   ap1.datadoghq.com, ap2.datadoghq.com or uk1.datadoghq.com: Remote Configuration isn't available
                   on Datadog's government sites
  Options          remoteConfiguration  true     Receive new rules from Datadog through Remote Configuration
                   policies             not set  Host file with custom rules; if it doesn't exist, Docker creates an empty directory at this path
                   policiesDirectory    not set  Host directory with files of rules (*.policy), which replaces the image's; default rules then come by Remote Configuration
                   enforcement          not set  Allow rules to kill processes; by default the Agent decides
  Environment      DD_RUNTIME_SECURITY_CONFIG_ENABLED                       true
                   DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED  true
                   HOST_ROOT                                                /host/root
  Mounts           /sys/kernel/debug  at /sys/kernel/debug     read-write
                   /etc/passwd        at /etc/passwd           read-only
                   /etc/group         at /etc/group            read-only
                   /etc/os-release    at /host/etc/os-release  read-only
                   /                  at /host/root            read-only
  Capabilities     CHOWN, IPC_LOCK, NET_ADMIN, NET_BROADCAST, NET_RAW, SYS_ADMIN, SYS_PTRACE, SYS_RESOURCE
  PID mode         host: all processes of the container instance
  Memory           256 MiB recommended, 300 MiB set
  Why              The system probe traces what processes do with files, and resolves users and groups with the
                   host's files. The system probe needs /sys/kernel/debug and the capabilities that Datadog lists
                   for all of its modules
  Documentation    https://docs.datadoghq.com/security/workload_protection/setup/`,
    );
  });

  it("lists its sidecar, and the network mode that it requires", () => {
    const block = explained("fipsProxy", { site: "ddog-gov.com", features: { fipsProxy: { portRangeStart: 9000 } } });
    expect(block).toContain(`
                   networkMode host or awsvpc: the Agent accepts a FIPS proxy on localhost only, and in bridge mode
                   each container has its own localhost
`);
    expect(block).toContain(`
  Sidecars         fips-proxy  image                     datadog/fips-proxy:1.1.30
                               cpu                       10 CPU units
                               memory                    256 MiB
                               ports                     9000-9015/tcp
                               DD_FIPS_LOCAL_ADDRESS     127.0.0.1
                               DD_FIPS_PORT_RANGE_START  9000
`);
  });

  it("lists its requirements, also of options", () => {
    const keys = { features: { networkPath: { monitorConnections: true }, networkPerformanceMonitoring: true } };
    expect(explained("networkPath", keys)).toContain(`
                   Agent 7.59 or later
                   monitorConnections: Agent 7.73 or later
                   monitorConnections: features.networkPerformanceMonitoring
`);
    expect(rowOf(explained("apm", { features: { apm: { socket: true } } }), "Requires")).toBe(
      "socket: a host that shares UNIX sockets between containers",
    );
    expect(rowOf(explained("apm", { features: { apm: true } }), "Requires")).toBeUndefined();
    expect(rowOf(explained("proxy", { features: { proxy: { http: "http://a" } } }), "Requires")).toBe(
      "features.fipsProxy off: with a FIPS proxy, the Agent ignores any other proxy",
    );
    expect(explained("fipsAgent", { site: "ddog-gov.com", features: { fipsAgent: true } })).toContain(`
                   image.flavor fips, which the feature sets
                   features.fipsProxy off: the FIPS Agent replaces the proxy
`);
  });

  it("lists the actions of the instance role", () => {
    const block = explained("resourceTagCollection", { features: { resourceTagCollection: true } });
    expect(rowOf(block, "Instance role")).toBe("needs ecs:ListTagsForResource");
  });

  it.each([
    ["bridge", {}, "8126/tcp on every container instance"],
    ["awsvpc", { networkMode: "awsvpc", subnets: ["subnet-01234567"] }, "8126/tcp on the task's network interface"],
  ])("lists its ports in network mode %s", (_mode, keys, expected) => {
    expect(rowOf(explained("apm", { features: { apm: true }, ...keys }), "Ports")).toBe(expected);
  });

  it.each<[string, Keys, boolean]>([
    ["sees nothing more of the host", { sbom: true }, false],
    ["sees more of the host", { sbom: { host: true } }, true],
    ["sees processes only", { gpuMonitoring: true }, true],
  ])("has a reason if it %s", (_what, features, expected) => {
    const [feature] = Object.keys(features) as [string];
    expect(rowOf(explained(feature, { features }), "Why") !== undefined).toBe(expected);
  });

  it("sorts its variables by name", () => {
    expect(rowOf(explained("dogstatsd", { features: { dogstatsd: { socket: true } } }), "Environment")).toBe(
      "DD_DOGSTATSD_NON_LOCAL_TRAFFIC true DD_DOGSTATSD_SOCKET /var/run/datadog/dsd.socket DD_DOGSTATSD_STATS_ENABLE true",
    );
  });

  it("shows which of its variables the file overrides", () => {
    const keys = { features: { apm: true }, environmentOverrides: { DD_APM_ENABLED: "false" } };
    expect(rowOf(explained("apm", keys), "Environment")).toBe(
      "DD_APM_ENABLED true overridden by `environmentOverrides` DD_APM_NON_LOCAL_TRAFFIC true",
    );
  });

  it("stores its position in a Docker volume on Windows", () => {
    expect(explained("logs", { host: "windows", features: { logs: true } })).toContain(
      "Mounts           Docker volume pointdir            at C:/programdata/datadog/run        read-write\n",
    );
  });
});

describe("a feature that is off", () => {
  it.each<[string, Keys, string]>([
    ["apm", {}, "off by default"],
    ["apm", { features: { apm: false } }, "off, set in the file"],
    ["ecsExplorer", {}, "not set: the Agent's default applies. Set it to true or false to override the default"],
    ["ecsExplorer", { features: { ecsExplorer: false } }, "off, set in the file"],
    ["fipsProxy", {}, "off by default"],
    ["fipsProxy", { site: "ddog-gov.com", features: { fipsProxy: false } }, "off, set in the file"],
    [
      "fipsProxy",
      { site: "ddog-gov.com", features: { fipsAgent: true } },
      "off, because features.fipsAgent is on: the FIPS Agent replaces the proxy",
    ],
  ])("shows the reason: %s with %j: %s", (feature, keys, expected) => {
    expect(rowOf(explained(feature, keys), "State")).toBe(expected);
  });

  it("shows that a host doesn't support it", () => {
    const keys = { name: "a", hosts: ["linux", "windows"], features: { oomKill: true } };
    const [, onWindows] = load(keys) as [OnHost, OnHost];
    const block = blockOf(explain(onWindows, "oomKill"), "oomKill");
    expect(rowOf(block, "State")).toBe("left out on windows, which doesn't support it; on for another host");
    expect(rowOf(block, "Blocked by")).toMatch(/^features\.oomKill must be off on the host windows: it needs a host/);
  });

  it("lists what it would add, and how to turn it on", () => {
    expect(explained("oomKill")).toBe(`oomKill: ${String(catalog.features.oomKill?.summary)}
  State            off by default
  Turn on          features: { oomKill: true }, which adds:
  Requires         a host that lets containers trace the Linux kernel
                   launchType EC2: Datadog supports the system probe on EC2 instances only
  Environment      DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL  true
  Mounts           /sys/kernel/debug  at /sys/kernel/debug  read-write
                   /lib/modules       at /lib/modules       read-only
                   /usr/src           at /usr/src           read-only
  Capabilities     CHOWN, IPC_LOCK, NET_ADMIN, NET_BROADCAST, NET_RAW, SYS_ADMIN, SYS_PTRACE, SYS_RESOURCE
  Memory           256 MiB recommended, 512 MiB set
  Why              The system probe reads kernel headers from /lib/modules and /usr/src if the kernel has no BTF.
                   The system probe needs /sys/kernel/debug and the capabilities that Datadog lists for all of its
                   modules
  Documentation    https://docs.datadoghq.com/integrations/oom_kill/`);
  });

  it.each<[string, Keys, string, string | undefined]>([
    ["apm", {}, "While off", "DD_APM_ENABLED false"],
    ["logs", {}, "While off", undefined],
    ["remoteConfiguration", {}, "If false", "DD_REMOTE_CONFIGURATION_ENABLED false"],
    [
      "remoteConfiguration",
      { features: { remoteConfiguration: false } },
      "While off",
      "DD_REMOTE_CONFIGURATION_ENABLED false",
    ],
    [
      "apm",
      { environmentOverrides: { DD_APM_ENABLED: "true" } },
      "While off",
      "DD_APM_ENABLED false overridden by `environmentOverrides`",
    ],
  ])("lists what it adds while off: %s with %j: %s %s", (feature, keys, label, expected) => {
    expect(rowOf(explained(feature, keys), label)).toBe(expected);
  });

  it.each<[string, Keys, string]>([
    [
      "oomKill",
      { host: "windows" },
      "features.oomKill must be off on the host windows: it needs a host that lets containers trace the Linux kernel.",
    ],
    [
      "oomKill",
      { launchType: "EXTERNAL" },
      "features.oomKill needs `launchType` EC2, got EXTERNAL: Datadog supports the system probe on EC2 instances only. " +
        "Set `features.oomKill` to false or change `launchType`.",
    ],
    [
      "fipsProxy",
      {},
      "features.fipsProxy needs `site` ddog-gov.com or us2.ddog-gov.com, got datadoghq.com: Datadog's other sites don't " +
        "support the FIPS proxy. Set `features.fipsProxy` to false or change `site`.",
    ],
    [
      "gpuMonitoring",
      { image: { tag: "7.71.0" } },
      "features.gpuMonitoring needs Agent 7.80 or later, got `image.tag` 7.71.0. Use a newer tag, or turn it off.",
    ],
    ["unifiedServiceTagging", {}, "features.unifiedServiceTagging is missing the required key `env` (a string)."],
    [
      "containerFilters",
      {},
      "features.containerFilters needs at least one pattern, got none. Add one, or set the feature to false.",
    ],
    // A problem of the whole task: two containers with the same port.
    [
      "otlp",
      { site: "ddog-gov.com", features: { fipsProxy: { portRangeStart: 4310 } } },
      "features can't use host port 4317/tcp twice, in datadog-agent and fips-proxy. Set another port. " +
        "features can't use host port 4318/tcp twice, in datadog-agent and fips-proxy. Set another port.",
    ],
  ])("lists what it is blocked by: %s with %j", (feature, keys, expected) => {
    const block = explained(feature, keys);
    expect(rowOf(block, "Blocked by")).toBe(expected);
    expect(rowOf(block, "Turn on")).toBeUndefined();
    expect(rowOf(block, "Environment")).toBeUndefined();
  });

  it("lists its required options", () => {
    expect(explained("unifiedServiceTagging")).toContain(
      "  Options          env  required  Name of the environment, such as production\n",
    );
    expect(explained("proxy")).toContain("                   https    not set  Proxy for HTTPS traffic");
  });
});

describe("the explanation of a stack", () => {
  const stacks = stacksOf(
    { name: "first", cluster: "first", stack: "wave" },
    { name: "solo", cluster: "solo" },
    { name: "second", cluster: "second", stack: "wave", hosts: ["linux", "windows"] },
  );

  it.each([
    [
      "wave",
      [
        "Stack wave, cluster first, on linux",
        "Stack wave, cluster second, on linux",
        "Stack wave, cluster second, on windows",
      ],
    ],
    ["solo", ["Stack solo, on linux"]],
  ])("has all clusters and hosts: %s", (stack, expected) => {
    expect(explainStack(stacks, stack).match(/^Stack .*/gm)).toEqual(expected);
    expect(explainStack(stacks, stack, "apm").match(/^ {2}apm: .*/gm)).toHaveLength(expected.length);
  });

  it("refuses an unknown stack and an unknown feature at once", () => {
    expect(() => explainStack(stacks, "waves", "ampm")).toThrow(
      `explain: 2 problems

  stack
    "waves" doesn't exist. Did you mean "wave"? The stacks are wave and solo.

  feature
    "ampm" doesn't exist. Did you mean "apm"? The features are apm, cloudSecurityPosture, `,
    );
    expect(() => explainStack(stacks, "first")).toThrow('"first" doesn\'t exist. The stacks are wave and solo.');
    expect(() => explainStack(stacks, "wave", "constructor")).toThrow("explain: 1 problem\n\n  feature\n");
  });
});
