import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import fc from "fast-check";
import { stringify } from "yaml";
import { agentTask } from "../../lib/agent-task";
import type { ClusterOnHost } from "../../lib/configuration/hosts";
import { parseConfiguration } from "../../lib/configuration/load";
import { explain, explainStack, type FeatureName } from "../../lib/explain";
import { acceptedCluster } from "../support/configurations";
import { API_KEY_ARN } from "../support/task";

const KEY = "0123456789abcdef0123456789abcdef";

type Keys = Readonly<Record<string, unknown>>;

/** The clusters of a file as they are for each of their hosts. */
function load(...clusters: readonly Keys[]): readonly ClusterOnHost[] {
  return parseConfiguration(stringify({ clusters }), "clusters.yaml").clusters;
}

/** One cluster on its first host. */
function loadOne(keys: Keys = {}): ClusterOnHost {
  return load({ name: "shop", cluster: "shop", ...keys })[0] as ClusterOnHost;
}

/** The block with a title, as it would stand alone. */
function blockOf(text: string, title: string): string {
  const block = text.split("\n\n").find((each) => each.trimStart().startsWith(`${title}: `));
  return (block ?? "").replace(/^ {2}/gm, "");
}

/** What stands beside a label of a block, as one line. */
function beside(block: string, label: string): string | undefined {
  const row = new RegExp(`^  ${label} +(.*(?:\n {10}.*)*)`, "m").exec(block);
  return row?.[1]?.replace(/\s+/g, " ");
}

/** What is told of one feature. */
function told(feature: FeatureName, keys: Keys = {}): string {
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

  agent: what is there whatever the features are
    Environment      DD_SITE  datadoghq.com
                     DD_TAGS  env:production team:checkout
    Secrets          DD_API_KEY  ${API_KEY_ARN}:api_key::
    Mounts           /var/run/docker.sock  at /var/run/docker.sock  read-only
                     /proc/                at /host/proc            read-only
                     /sys/fs/cgroup/       at /host/sys/fs/cgroup   read-only
    Why              The Docker socket (on Windows its named pipe) tells which containers there are, /proc what the
                     host does, and the cgroups what each container uses
    Documentation    https://docs.datadoghq.com/containers/amazon_ecs/

  processCollection: Collects the processes of the host and its containers
    State            on, as the file says
    Environment      DD_PROCESS_AGENT_ENABLED  true
    Mounts           /etc/passwd  at /etc/passwd  read-only
    Why              /etc/passwd names the users of processes
    Documentation    https://docs.datadoghq.com/infrastructure/process/`);
  });

  it("has the features that are on in the order of their names, then the file's own, then what is not on", () => {
    const keys = {
      site: "ddog-gov.com",
      features: { logs: true, apm: true, sbom: false, ecsExplorer: false },
      environment: { B: KEY, A: "a" },
      capabilities: ["SYS_NICE", "KILL"],
    };
    const text = explain(loadOne(keys));
    const titles = [...text.matchAll(/^ {2}(\w[\w ]*): /gm)].map(([, title]) => title);
    expect(titles).toEqual(["agent", "apm", "fipsProxy", "logs", "own", "not on"]);
    expect(blockOf(text, "own")).toBe(`own: what the file adds beside features
  Environment      A and B; values may be secrets and aren't shown
  Capabilities     KILL, SYS_NICE`);
    const notOn = blockOf(text, "not on");
    const off = beside(notOn, "Off")?.split(", ");
    expect(off).toEqual(expect.arrayContaining(["dogstatsd", "ecsExplorer", "sbom"]));
    expect(off).not.toContain("remoteConfiguration");
    expect(beside(notOn, "The Agent's own")).toBe("processDiscovery, remoteConfiguration, serviceDiscovery");
    expect(beside(notOn, "Environment")).toBe("DD_ECS_TASK_COLLECTION_ENABLED false");
  });

  it("has no block for what the file doesn't add", () => {
    expect(blockOf(explain(loadOne()), "own")).toBe("");
    const environment = blockOf(explain(loadOne({ environment: { A: "a" } })), "own");
    expect(environment).toBe(`own: what the file adds beside features
  Environment      A; values may be secrets and aren't shown`);
  });

  it.each<[string, Keys, Record<string, string | undefined>]>([
    ["a cluster that is left open", { cluster: undefined }, { "ECS cluster": "var.cluster, asked for at deployment" }],
    [
      "a cluster that is left open in a shared stack",
      { cluster: undefined, stack: "wave", name: "a-b" },
      { "ECS cluster": "var.cluster_a_b, asked for at deployment" },
    ],
    ["ECS Anywhere", { launchType: "EXTERNAL" }, { "Launch type": "EXTERNAL" }],
    ["the mode that a feature brings", { site: "ddog-gov.com" }, { "Network mode": "host", Site: "ddog-gov.com" }],
    ["Windows", { host: "windows" }, { "Network mode": "ECS's default", "Left out": undefined }],
    [
      "a digest",
      { image: { digest: `sha256:${KEY}${KEY}` } },
      { Image: `public.ecr.aws/datadog/agent@sha256:${KEY}${KEY}` },
    ],
  ])("begins with %s", (_what, keys, expected) => {
    const [head = ""] = explain(loadOne(keys)).split("\n\n");
    for (const [label, value] of Object.entries(expected)) expect([label, beside(head, label)]).toEqual([label, value]);
  });

  it.each<[string, Keys, string]>([
    ["left open", {}, "var.api_key_secret_arn, asked for at deployment"],
    ["a secret", { apiKey: { secretsManagerArn: API_KEY_ARN } }, API_KEY_ARN],
    [
      "a parameter",
      { apiKey: { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" } },
      "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog",
    ],
    [
      "a secret to create",
      { apiKey: { createSecret: { name: "datadog" }, versionStage: "AWSPREVIOUS" } },
      "<ARN of the secret datadog, which the stack creates>::AWSPREVIOUS:",
    ],
    // Where somebody put the key itself it must not come out.
    ["a mistake", { apiKey: { secretsManagerArn: `${API_KEY_ARN}:${KEY}::` } }, "not shown: it may be a secret"],
  ])("tells where the API key is: %s", (_what, keys, expected) => {
    expect(beside(blockOf(explain(loadOne(keys)), "agent"), "Secrets")).toBe(`DD_API_KEY ${expected}`);
  });

  it("tells of a key that is no secret", () => {
    const agent = blockOf(explain(loadOne({ apiKey: { sensitiveVariable: true } })), "agent");
    expect(beside(agent, "Secrets")).toBeUndefined();
    expect(agent).toContain(
      "DD_API_KEY  var.api_key, asked for at deployment; it ends up in the state and in the task definition\n",
    );
  });

  it("shows text as it stands in the file", () => {
    const features = { logs: { exclude: ["name:${a}", "image:%{b}", "name:$${c}"] } };
    const block = told("logs", { features });
    expect(block).toContain("exclude     name:${a}, image:%{b}, name:$${c}  Containers not to collect from\n");
    expect(block).toContain("DD_CONTAINER_EXCLUDE_LOGS             name:${a} image:%{b} name:$${c}\n");
  });

  it("shows no text that may be a secret", () => {
    const keys = {
      tags: { env: KEY },
      environment: { DD_APM_ENABLED: "SECRET", TOKEN: "SECRET" },
      features: { apm: true, unifiedServiceTagging: { env: KEY }, logs: { include: [`name:${KEY}`] } },
    };
    const text = explain(loadOne(keys));
    expect(text).not.toContain(KEY);
    expect(text).not.toContain("SECRET");
    expect(beside(blockOf(text, "unifiedServiceTagging"), "Environment")).toBe("DD_ENV not shown: it may be a secret");
  });

  it("is told for each host, with what it is without", () => {
    const mixed = {
      name: "mixed",
      cluster: "mixed",
      hosts: ["linux", "windows"],
      features: { networkPerformanceMonitoring: true, dogstatsd: { socket: true } },
    };
    const text = explainStack(load(mixed), "mixed");
    const [onLinux = "", onWindows = ""] = text.split("\n\nStack mixed, on windows\n");
    expect(onLinux.startsWith("Stack mixed, on linux\n")).toBe(true);
    expect(onLinux).not.toContain("left out");
    expect(beside(onWindows.split("\n\n")[0] ?? "", "Left out")).toBe(
      "features.networkPerformanceMonitoring and features.dogstatsd.socket: windows lacks what another host has",
    );
    expect(blockOf(onWindows, "agent")).toContain(String.raw`\\.\pipe\docker_engine  at \\.\pipe\docker_engine`);
    expect(blockOf(onWindows, "dogstatsd")).toContain("socket      false (left out on windows)  Listen");
  });
});

describe("a feature that is on", () => {
  it.each<[FeatureName, Keys, string]>([
    ["apm", { features: { apm: true } }, "on, as the file says"],
    ["apm", { features: { apm: { socket: true } } }, "on, as the file says"],
    ["fipsProxy", { site: "us2.ddog-gov.com" }, "on by default on the site us2.ddog-gov.com"],
    ["fipsProxy", { site: "ddog-gov.com", features: { fipsProxy: true } }, "on, as the file says"],
    ["fipsAgent", { site: "ddog-gov.com", image: { flavor: "fips-jmx" } }, "on by default with image.flavor fips-jmx"],
  ])("says why: %s with %j: %s", (feature, keys, expected) => {
    expect(beside(told(feature, keys), "State")).toBe(expected);
  });

  it("has everything that it adds, and why", () => {
    expect(told("workloadProtection", { features: { workloadProtection: true }, memoryMiB: 300 })).toBe(
      `workloadProtection: Detects threats to workloads (CWS)
  State            on, as the file says
  Needs            a host that lets a container trace its Linux kernel
                   launchType EC2: Datadog supports the system probe on EC2 instances only
                   Agent 7.46 or later
  Options          remoteConfiguration  true  Take rules from Datadog as they are released
  Environment      DD_RUNTIME_SECURITY_CONFIG_ENABLED                       true
                   DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED  true
                   HOST_ROOT                                                /host/root
  Mounts           /sys/kernel/debug  at /sys/kernel/debug     read-write
                   /etc/passwd        at /etc/passwd           read-only
                   /etc/group         at /etc/group            read-only
                   /etc/os-release    at /host/etc/os-release  read-only
                   /                  at /host/root            read-only
  Capabilities     CHOWN, IPC_LOCK, NET_ADMIN, NET_BROADCAST, NET_RAW, SYS_ADMIN, SYS_PTRACE, SYS_RESOURCE
  PID mode         host: the processes of the whole instance
  Memory           256 MiB are advised; the container has 300 MiB
  Why              The system probe sees what processes do to files, and names their users and groups as the host
                   does; it has /sys/kernel/debug and the capabilities that Datadog gives it for all of its modules
  Documentation    https://docs.datadoghq.com/security/workload_protection/setup/`,
    );
  });

  it("has its sidecar, and the network mode that it needs", () => {
    const block = told("fipsProxy", { site: "ddog-gov.com", features: { fipsProxy: { portRangeStart: 9000 } } });
    expect(block).toContain(`
                   networkMode host or awsvpc: the Agent accepts a FIPS proxy on localhost only, and containers of
                   a task in bridge mode have a localhost each
`);
    expect(block).toContain(`
  Sidecars         fips-proxy  image                     datadog/fips-proxy:1.1.29
                               cpu                       10 CPU units
                               memory                    256 MiB
                               ports                     9000-9015/tcp
                               DD_FIPS_LOCAL_ADDRESS     127.0.0.1
                               DD_FIPS_PORT_RANGE_START  9000
`);
  });

  it("has what it needs beside its surroundings, also for single options", () => {
    const keys = { features: { networkPath: { monitorConnections: true }, networkPerformanceMonitoring: true } };
    expect(told("networkPath", keys)).toContain(`
                   Agent 7.59 or later
                   Agent 7.73 or later, for monitorConnections
                   features.networkPerformanceMonitoring, for monitorConnections
`);
    expect(beside(told("apm", { features: { apm: { socket: true } } }), "Needs")).toBe(
      "a host that shares UNIX sockets between containers, for socket",
    );
    expect(beside(told("apm", { features: { apm: true } }), "Needs")).toBeUndefined();
    expect(beside(told("proxy", { features: { proxy: { http: "http://a" } } }), "Needs")).toBe(
      "features.fipsProxy off: with a FIPS proxy the Agent ignores every other one",
    );
    expect(told("fipsAgent", { site: "ddog-gov.com", features: { fipsAgent: true } })).toContain(`
                   image.flavor fips, which it adds
                   features.fipsProxy off: the Agent's own cryptography takes the proxy's place
`);
  });

  it("has what the role of the instances must allow", () => {
    const block = told("resourceTagCollection", { features: { resourceTagCollection: true } });
    expect(beside(block, "Instance role")).toBe("must allow ecs:ListTagsForResource");
  });

  it.each([
    ["bridge", {}, "8126/tcp of every instance"],
    ["awsvpc", { networkMode: "awsvpc", subnets: ["subnet-01234567"] }, "8126/tcp of the task's own network interface"],
  ])("has its ports in network mode %s", (_mode, keys, expected) => {
    expect(beside(told("apm", { features: { apm: true }, ...keys }), "Ports")).toBe(expected);
  });

  it.each<[string, Keys, boolean]>([
    ["sees nothing more of the host", { sbom: true }, false],
    ["sees more of the host", { sbom: { host: true } }, true],
    ["sees processes alone", { gpuMonitoring: true }, true],
  ])("has a reason where it %s", (_what, features, expected) => {
    const [feature] = Object.keys(features) as [FeatureName];
    expect(beside(told(feature, { features }), "Why") !== undefined).toBe(expected);
  });

  it("has its variables in the order of their names", () => {
    expect(beside(told("dogstatsd", { features: { dogstatsd: { socket: true } } }), "Environment")).toBe(
      "DD_DOGSTATSD_NON_LOCAL_TRAFFIC true DD_DOGSTATSD_SOCKET /var/run/datadog/dsd.socket DD_DOGSTATSD_STATS_ENABLE true",
    );
  });

  it("says which of its variables the file overrides", () => {
    const keys = { features: { apm: true }, environment: { DD_APM_ENABLED: "false" } };
    expect(beside(told("apm", keys), "Environment")).toBe(
      "DD_APM_ENABLED true overridden: `environment` has it, too DD_APM_NON_LOCAL_TRAFFIC true",
    );
  });

  it("keeps its position in a Docker volume on Windows", () => {
    expect(told("logs", { host: "windows", features: { logs: true } })).toContain(
      "Mounts           Docker volume pointdir            at C:/programdata/datadog/run        read-write\n",
    );
  });
});

describe("a feature that is off", () => {
  it.each<[FeatureName, Keys, string]>([
    ["apm", {}, "off, since the file doesn't turn it on"],
    ["apm", { features: { apm: false } }, "off, as the file says"],
    ["ecsExplorer", {}, "left to the Agent's version; true or false in the file decides it"],
    ["ecsExplorer", { features: { ecsExplorer: false } }, "off, as the file says"],
    ["fipsProxy", {}, "off, since the file doesn't turn it on"],
    ["fipsProxy", { site: "ddog-gov.com", features: { fipsProxy: false } }, "off, as the file says"],
    [
      "fipsProxy",
      { site: "ddog-gov.com", features: { fipsAgent: true } },
      "off, since features.fipsAgent is on: the Agent's own cryptography takes the proxy's place",
    ],
  ])("says why: %s with %j: %s", (feature, keys, expected) => {
    expect(beside(told(feature, keys), "State")).toBe(expected);
  });

  it("says that a host lacks what another one has", () => {
    const keys = { name: "a", hosts: ["linux", "windows"], features: { oomKill: true } };
    const [, onWindows] = load(keys) as [ClusterOnHost, ClusterOnHost];
    const block = blockOf(explain(onWindows, "oomKill"), "oomKill");
    expect(beside(block, "State")).toBe("left out on windows, on for another host");
    expect(beside(block, "In the way")).toMatch(/^features\.oomKill must be off on the host windows: it needs a host/);
  });

  it("says what it would add, and how to turn it on", () => {
    expect(told("oomKill")).toBe(`oomKill: Reports what the kernel stops for want of memory
  State            off, since the file doesn't turn it on
  Turn on          features: { oomKill: true }, which would add:
  Needs            a host that lets a container trace its Linux kernel
                   launchType EC2: Datadog supports the system probe on EC2 instances only
  Environment      DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL  true
  Mounts           /sys/kernel/debug  at /sys/kernel/debug  read-write
                   /lib/modules       at /lib/modules       read-only
                   /usr/src           at /usr/src           read-only
  Capabilities     CHOWN, IPC_LOCK, NET_ADMIN, NET_BROADCAST, NET_RAW, SYS_ADMIN, SYS_PTRACE, SYS_RESOURCE
  Memory           256 MiB are advised; the container has 512 MiB
  Why              The system probe takes kernel headers from /lib/modules and /usr/src where the kernel doesn't
                   describe itself; it has /sys/kernel/debug and the capabilities that Datadog gives it for all of
                   its modules
  Documentation    https://docs.datadoghq.com/integrations/oom_kill/`);
  });

  it.each<[FeatureName, Keys, string, string | undefined]>([
    ["apm", {}, "While off", "DD_APM_ENABLED false"],
    ["logs", {}, "While off", undefined],
    ["remoteConfiguration", {}, "With false", "DD_REMOTE_CONFIGURATION_ENABLED false"],
    [
      "remoteConfiguration",
      { features: { remoteConfiguration: false } },
      "While off",
      "DD_REMOTE_CONFIGURATION_ENABLED false",
    ],
    [
      "apm",
      { environment: { DD_APM_ENABLED: "true" } },
      "While off",
      "DD_APM_ENABLED false overridden: `environment` has it, too",
    ],
  ])("says what its being off adds: %s with %j: %s %s", (feature, keys, label, expected) => {
    expect(beside(told(feature, keys), label)).toBe(expected);
  });

  it.each<[FeatureName, Keys, string]>([
    [
      "oomKill",
      { host: "windows" },
      "features.oomKill must be off on the host windows: it needs a host that lets a container trace its Linux kernel.",
    ],
    [
      "oomKill",
      { launchType: "EXTERNAL" },
      "features.oomKill needs launchType EC2, got EXTERNAL: Datadog supports the system probe on EC2 instances only. " +
        "Set features.oomKill to false or change launchType.",
    ],
    [
      "fipsProxy",
      {},
      "features.fipsProxy needs site ddog-gov.com or us2.ddog-gov.com, got datadoghq.com: Datadog's other sites don't " +
        "take part in its FIPS proxy. Set features.fipsProxy to false or change site.",
    ],
    [
      "gpuMonitoring",
      { image: { tag: "7.71.0" } },
      "features.gpuMonitoring needs Agent 7.72 or later, got image.tag 7.71.0. Take a newer tag, or turn it off.",
    ],
    ["unifiedServiceTagging", {}, "features.unifiedServiceTagging must have `env` (text), got none."],
    [
      "containerFilters",
      {},
      "features.containerFilters must have at least one pattern in one of its lists, got none. Add one, or set it to false.",
    ],
    // What no single key forbids: two containers of one task with one port.
    [
      "otlp",
      { site: "ddog-gov.com", features: { fipsProxy: { portRangeStart: 4310 } } },
      "features must use host port 4317/tcp once, got it for datadog-agent and fips-proxy. Choose another port. " +
        "features must use host port 4318/tcp once, got it for datadog-agent and fips-proxy. Choose another port.",
    ],
  ])("says what is in the way: %s with %j", (feature, keys, expected) => {
    const block = told(feature, keys);
    expect(beside(block, "In the way")).toBe(expected);
    expect(beside(block, "Turn on")).toBeUndefined();
    expect(beside(block, "Environment")).toBeUndefined();
  });

  it("shows the options that must be given", () => {
    expect(told("unifiedServiceTagging")).toContain(
      "  Options          env  must be given  Name of the environment, such as production\n",
    );
    expect(told("proxy")).toContain("                   https    not given  Proxy for what goes by HTTPS");
  });
});

describe("the explanation of every configuration that is accepted", () => {
  const accepted = acceptedCluster.map((keys) => load(keys));

  it("has all that is in the task", () => {
    fc.assert(
      fc.property(accepted, (clusters) => {
        for (const cluster of clusters) {
          const words = new Set(explain(cluster).split(/[\s,;]+/));
          const { task } = agentTask(cluster, { arn: API_KEY_ARN });
          const [agent, ...sidecars] = task.containerDefinitions;
          const parts = [
            ...(agent.environment ?? []).map(({ name }) => name),
            ...(agent.mountPoints ?? []).map(({ containerPath }) => containerPath),
            ...(agent.portMappings ?? []).map(({ hostPort, protocol }) => `${String(hostPort)}/${String(protocol)}`),
            ...(agent.linuxParameters?.capabilities?.add ?? []),
            ...sidecars.map(({ name }) => name),
            ...(task.pidMode === "host" ? ["PID"] : []),
          ];
          // OTLP's two ports stand in a row.
          const ranges = [...words].filter((word) => word === "4317-4318/tcp");
          const untold = parts.filter((part) => !words.has(String(part)));
          expect(untold.filter((part) => ranges.length === 0 || !/^431[78]\/tcp$/.test(String(part)))).toEqual([]);
          expect(words.has("DD_API_KEY")).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("blames nothing that is accepted already", () => {
    fc.assert(
      fc.property(accepted, (clusters) => {
        for (const cluster of clusters) expect(explain(cluster, "logLevel")).not.toContain("In the way");
      }),
      { numRuns: 50 },
    );
  });
});

describe("the explanation of a stack", () => {
  const clusters = load(
    { name: "first", cluster: "first", stack: "wave" },
    { name: "alone", cluster: "alone" },
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
    ["alone", ["Stack alone, on linux"]],
  ])("has all clusters and hosts of it: %s", (stack, expected) => {
    expect(explainStack(clusters, stack).match(/^Stack .*/gm)).toEqual(expected);
    expect(explainStack(clusters, stack, "apm").match(/^ {2}apm: .*/gm)).toHaveLength(expected.length);
  });

  it("knows no other stack and no other feature, and says both at once", () => {
    expect(() => explainStack(clusters, "waves", "ampm")).toThrow(
      `npm run explain: 2 problems

  stack
    must be the name of a stack, got "waves". Did you mean "wave"? Known are wave and alone.

  feature
    must be the name of a feature, got "ampm". Did you mean "apm"? Known are apm, cloudSecurityPosture, `,
    );
    expect(() => explainStack(clusters, "first")).toThrow(
      'must be the name of a stack, got "first". Known are wave and alone.',
    );
    expect(() => explainStack(clusters, "wave", "constructor")).toThrow("npm run explain: 1 problem\n\n  feature\n");
  });
});

describe("npm run explain", () => {
  const ROOT = resolve(__dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-explain-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, "explain.js");
  let inputs: string[] = [];

  beforeAll(() => {
    const { metafile } = buildSync({
      absWorkingDir: ROOT,
      entryPoints: ["scripts/explain.ts"],
      bundle: true,
      platform: "node",
      outfile: script,
      metafile: true,
    });
    inputs = Object.keys(metafile.inputs);
    writeFileSync(join(folder, "clusters.yaml"), stringify({ clusters: [{ name: "shop" }, { name: "factory" }] }));
    writeFileSync(join(folder, "other.yaml"), stringify({ clusters: [{ name: "other", features: { apm: true } }] }));
    writeFileSync(join(folder, "wrong.yaml"), stringify({ clusters: [{ name: "a", host: "solaris" }] }));
  });

  function run(args: readonly string[], file?: string) {
    const { CLUSTERS_FILE: _file, ...rest } = process.env;
    const env = file === undefined ? rest : { ...rest, CLUSTERS_FILE: file };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    return { status, stdout, stderr };
  }

  it("goes without cdktf", () => {
    expect(inputs).toContain("lib/explain/index.ts");
    expect(inputs.filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file))).toEqual([]);
  });

  it.each([[[]], [["--help"]], [["shop", "apm", "logs"]]])("says how to use it, given %j", (args) => {
    expect(run(args)).toEqual({
      status: 0,
      stdout: `Usage: npm run explain -- <stack> [feature]

Says what the Agents of a stack consist of, and why: environment, mounts, ports, capabilities and
what else each feature adds. With the name of a feature that is off, what it would add.

Stacks:
  shop
  factory
`,
      stderr: "",
    });
  });

  it("explains a stack, or one feature of it, in the same words at every run", () => {
    const { status, stdout, stderr } = run(["shop"]);
    const [cluster] = load({ name: "shop" }) as [ClusterOnHost];
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${explain(cluster)}\n`, stderr: "" });
    expect(run(["shop"]).stdout).toBe(stdout);
    expect(run(["shop", "apm"]).stdout).toBe(`${explain(cluster, "apm")}\n`);
  });

  it("reads the file that CLUSTERS_FILE names", () => {
    expect(run(["other"], "other.yaml").stdout).toContain("  apm: Receives traces from applications (APM)\n");
  });

  it.each([
    [
      "a stack that isn't there",
      ["shp"],
      undefined,
      /^npm run explain: 1 problem\n\n {2}stack\n {4}must be .*"shop"\? Known are shop and factory\.\n$/,
    ],
    [
      "a feature that isn't there",
      ["shop", "log"],
      undefined,
      /^npm run explain: 1 problem\n\n {2}feature\n {4}must be .*"logs"\? Known are .*\n$/,
    ],
    ["a configuration that is wrong", [], "wrong.yaml", /^wrong\.yaml: 1 problem\n\n.*\n {4}must be linux, .*\n$/],
    ["a file that isn't there", ["shop"], "none.yaml", /^none\.yaml: 1 problem\n\n {2}must be a readable file, .*\n$/],
  ])("refuses %s without a stack trace", (_what, args, file, expected) => {
    expect(run(args, file)).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(expected) as string });
  });
});
