import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { catalog } from "../../lib/catalog";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfiguration, parseConfiguration } from "../../lib/configuration/load";
import { ConfigurationError } from "../../lib/core/problem";
import { clustersIn, clustersOf } from "../support/clusters";

/** The clusters of a file or a folder. */
const clustersLoaded = (path: string) => clustersIn(loadConfiguration(catalog, path));

/** The error message as users see it. */
function refusal(text: string, file = "clusters.yaml"): string {
  try {
    parseConfiguration(catalog, text, file);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error("The configuration was accepted.");
}

describe("a file of clusters", () => {
  it("merges every cluster with its defaults and those of the schema", () => {
    const [production, edge] = clustersOf(
      `
defaults: { site: datadoghq.eu, features: { apm: true } }
clusters:
  - { name: production, cluster: production }
  - { name: edge, launchType: EXTERNAL, site: datadoghq.com, features: { logs: { collectAll: false } } }
`,
    );
    expect(production).toMatchObject({
      name: "production",
      cluster: "production",
      host: "linux",
      launchType: "EC2",
      site: "datadoghq.eu",
      features: { apm: true },
      family: "datadog-agent-task",
      serviceName: "datadog-agent",
      minimumHealthyPercent: 0,
      healthCheck: { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 15 },
      image: { repository: "public.ecr.aws/datadog/agent", tag: "latest" },
    });
    expect(edge).toMatchObject({
      launchType: "EXTERNAL",
      site: "datadoghq.com",
      features: { apm: true, logs: { collectAll: false, include: [], exclude: [] } },
    });
  });

  it("understands anchors, aliases and merge keys", () => {
    const [, second] = clustersOf(
      `
clusters:
  - &first { name: a, cluster: one, tags: { team: x } }
  - { <<: *first, name: b, cluster: two }
`,
    );
    expect(second).toMatchObject({ name: "b", cluster: "two", tags: { team: "x" } });
  });

  it("escapes text that looks like a Terraform expression", () => {
    const [cluster] = clustersOf('clusters: [{ name: a, environment: { A: "${x} $${y} %{z} $ {", B: "a\\nb" } }]');
    expect(cluster?.environment).toEqual({ A: "$${x} $$${y} %%{z} $ {", B: "a\nb" });
  });

  it("shows all problems at once, in the order of the file, each with its line and column", () => {
    expect(
      refusal(
        `defaults:
  sitee: datadoghq.com
clusters:
  - name: a
    launchType: FARGATE
    memoryMiB: 4
  - name: A
    environment: { DD_HOSTNAME: x }
`,
        "fleet.yaml",
      ),
    ).toBe(`fleet.yaml: 5 problems

  fleet.yaml:2:3 defaults.sitee
    unknown key "sitee". Did you mean "site"?

  fleet.yaml:5:5 clusters[0].launchType
    must be EC2 or EXTERNAL, got "FARGATE". Fargate has no instances to run a daemon on. Add the Agent as a sidecar to each Fargate task definition instead.

  fleet.yaml:6:5 clusters[0].memoryMiB
    must be a whole number of MiB from 6 to 25165824, got the number 4.

  fleet.yaml:7:5 clusters[1].name
    "A" is already used by clusters[0] (case is ignored). Set another name.

  fleet.yaml:8:20 clusters[1].environment.DD_HOSTNAME
    can't be set: the daemon runs on every instance, and all of them would report as one host. The Agent detects the name of each instance.`);
  });

  it("reports a problem in the defaults once", () => {
    const text = refusal("defaults: { cpu: -1 }\nclusters: [{ name: a }, { name: b }]");
    expect(text).toMatch(/^clusters.yaml: 1 problem\n\n {2}clusters.yaml:1:13 defaults.cpu\n/);
  });

  it("orders the problems of one line by their columns", () => {
    const text = refusal("clusters: [{ name: a, environment: { DD_HOSTNAME: x }, cpu: -1 }]");
    expect(text.match(/^ {2}clusters.yaml:\S+/gm)).toEqual(["  clusters.yaml:1:38", "  clusters.yaml:1:56"]);
  });

  it.each([
    ["the cluster's own value", "defaults: { cpu: 200 }", "cpu: -1", "2:25 clusters[0].cpu"],
    ["the cluster's own map", "defaults: { tags: }", 'tags: { a: "b c" }', "2:33 clusters[0].tags.a"],
    [
      "the cluster's own part of a map",
      'defaults: { tags: { a: "b" } }',
      'tags: { a: "b c" }',
      "2:33 clusters[0].tags.a",
    ],
    ["the default's part of a map", 'defaults: { tags: { a: "b c" } }', "tags: { d: e }", "1:21 defaults.tags.a"],
  ])("locates a problem at %s", (_what, defaults, keys, place) => {
    expect(refusal(`${defaults}\nclusters: [{ name: abc, ${keys} }]`)).toContain(`  clusters.yaml:${place}\n`);
  });

  it("compares services with their default name, and only where it is a name", () => {
    const clusters = (name: string) =>
      `clusters: [{ name: a, cluster: c }, { name: b, cluster: c, serviceName: ${name} }]`;
    expect(refusal(clusters("datadog-agent"))).toBe(
      "clusters.yaml: 1 problem\n\n  clusters.yaml:1:37 clusters[1]\n    service name " +
        '"datadog-agent" is already used by clusters[0] in this ECS cluster. Set another `serviceName`.',
    );
    const numbers = "clusters: [{ name: a, cluster: c, serviceName: 5 }, { name: b, cluster: c, serviceName: 5 }]";
    expect(refusal(numbers)).not.toContain("service name");
  });

  it.each([
    ["text below a comment", "# Clusters\n\nfoo", '3:1\n    must be a map, got "foo".'],
    ["nothing", "", "1:1\n    must be a map, got an empty value."],
    ["text", "foo", '1:1\n    must be a map, got "foo".'],
    ["a list", "- 1", "1:1\n    must be a map, got a list."],
    [
      "neither clusters nor modules",
      "defaults: {}",
      "1:1\n    must have at least one entry in `clusters` or `modules`, got none.",
    ],
    [
      "empty lists of both",
      "clusters: []\nmodules: []",
      "1:1\n    must have at least one entry in `clusters` or `modules`, got none.",
    ],
    ["a map of clusters", "clusters: { a: {} }", "1:1 clusters\n    must be a list, got a map."],
    ["a cluster that is no map", "clusters:\n  - 4", "2:5 clusters[0]\n    must be a map, got the number 4."],
    [
      "an unknown key at the top",
      "cluster: []\nclusters: [{ name: a }]",
      '1:1 cluster\n    unknown key "cluster". Did you mean "clusters"?',
    ],
    [
      "a name in the defaults",
      "defaults: { name: a }\nclusters: [{ name: b }]",
      "1:13 defaults.name\n    can't be set in `defaults`",
    ],
    [
      "a service to take over in the defaults",
      "defaults: { adopt: { serviceArn: a } }\nclusters: [{ name: b }, { name: c }]",
      "1:13 defaults.adopt\n    can't be set in `defaults`: a service can be imported only once. Set it in each cluster.",
    ],
    [
      "a service that is taken over with the name of its cluster",
      "clusters:\n  - name: a\n    cluster: b\n    adopt: { serviceArn: arn:aws:ecs:eu-west-1:123456789012:service/b/datadog-agent }",
      '4:14 clusters[0].adopt.serviceArn\n    needs `cluster` arn:aws:ecs:eu-west-1:123456789012:cluster/b, got "b"',
    ],
    [
      "a cluster without a name",
      "clusters:\n  - cluster: a",
      "2:5 clusters[0]\n    is missing the required key `name` (a string).",
    ],
    [
      "a service twice in a cluster",
      "clusters:\n  - { name: a, cluster: c }\n  - { name: b, cluster: c }",
      "3:5 clusters[1]\n    service name",
    ],
    ["no YAML", "clusters: [", "1:12\n    invalid YAML: Flow sequence"],
    ["a key twice", "clusters: [{ name: a }]\nclusters: []", "2:1\n    invalid YAML: Map keys must be unique."],
    [
      "a colon at the end of text",
      "clusters:\n  - name: a\n    cluster: a:b:\n",
      "Put text that ends with a colon in quotes.",
    ],
    ["an alias without an anchor", "clusters: [{ name: *a }]", "invalid YAML: the alias has no anchor before it."],
    [
      "a mark of CDKTF's",
      'clusters: [{ name: a, environment: { A: "${TfToken[TOKEN.1]}" } }]',
      "1:38 clusters[0].environment.A\n    must not contain `{TfToken[`",
    ],
  ])("refuses %s", (_what, text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it("refuses aliases that expand without bounds", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef"].map((pair) => pair.split(""))) {
      bomb.push(`${to}: &${to} [${Array<string>(10).fill(`*${from}`).join(", ")}]`);
    }
    expect(refusal(bomb.join("\n"))).toContain("has aliases that expand");
  });

  it("accepts the same service in two clusters or regions, or if the cluster isn't set", () => {
    expect(
      clustersOf(
        `clusters:
  - { name: a, cluster: c, region: eu-west-1 }
  - { name: b, cluster: c, region: us-east-1 }
  - { name: d, cluster: c, serviceName: other, region: eu-west-1 }
  - { name: e }
  - { name: f }`,
      ),
    ).toHaveLength(5);
  });

  it("refuses a task definition that is too large for ECS", () => {
    const long = `clusters: [{ name: a, environment: { A: "${"é".repeat(33_000)}" } }]`;
    expect(refusal(long)).toMatch(/clusters\[0\]\n {4}has a task definition of \d+ bytes; ECS allows at most 65536\./);
  });
});

describe("a cluster of several hosts", () => {
  it("gives a cluster for each of them, under one name and in order", () => {
    const clusters = clustersOf(
      `
defaults: { hosts: [linux, windows], features: { networkPerformanceMonitoring: true } }
clusters:
  - { name: a, features: { dogstatsd: { socket: true } } }
  - { name: b, hosts: [windows], features: { networkPerformanceMonitoring: false } }
`,
    );
    expect(clusters.map(({ name, host, serviceName, leftOut }) => [name, host, serviceName, leftOut])).toEqual([
      ["a", "linux", "datadog-agent", []],
      ["a", "windows", "datadog-agent-windows", ["features.networkPerformanceMonitoring", "features.dogstatsd.socket"]],
      ["b", "windows", "datadog-agent", []],
    ]);
    expect(clusters[1]).toMatchObject({
      features: { dogstatsd: { socket: false, port: true } },
    });
  });

  const mixed = (keys: string) => `clusters:\n  - { name: a, hosts: [linux, windows], ${keys} }`;

  it.each([
    ["a mistake on every host", mixed("memoryMiB: 1"), "2:41 clusters[0].memoryMiB"],
    [
      "a mistake that each host has in its own words",
      mixed("networkMode: bridge, subnets: [subnet-01234567]"),
      "2:62 clusters[0].subnets",
    ],
    ["a task that is too large on each host", mixed(`environment: { A: ${"x".repeat(70_000)} }`), "2:5 clusters[0]"],
    [
      "a service name that is too long with its host",
      mixed(`serviceName: ${"x".repeat(250)}`),
      "2:41 clusters[0].serviceName",
    ],
    ["a family that is too long with its host", mixed(`family: ${"x".repeat(250)}`), "2:41 clusters[0].family"],
    [
      "what no host has",
      "clusters:\n  - { name: a, hosts: [windows], features: { fipsProxy: true }, site: ddog-gov.com }",
      "2:46 clusters[0].features.fipsProxy",
    ],
    ["a host as well", mixed("host: linux"), "2:16 clusters[0].hosts"],
    [
      "a host, and hosts in the defaults",
      "defaults: { hosts: [windows] }\nclusters: [{ name: a, host: linux }]",
      "1:13 defaults.hosts",
    ],
    [
      "hosts that are wrong, and nothing that depends on them",
      "clusters:\n  - { name: a, hosts: [solaris], site: ddog-gov.com, networkMode: bridge }",
      "2:24 clusters[0].hosts[0]",
    ],
    [
      "the service of another one",
      "clusters:\n  - { name: a, cluster: c, hosts: [linux, windows] }\n  - { name: b, cluster: c, serviceName: datadog-agent-windows }",
      "3:5 clusters[1]",
    ],
    ["another one's name", `${mixed("cpu: 1")}\n  - { name: A, hosts: [linux, windows] }`, "3:7 clusters[1].name"],
  ])("is refused once for %s", (_what, text, place) => {
    expect(refusal(text)).toMatch(/^clusters.yaml: 1 problem\n/);
    expect(refusal(text)).toContain(`clusters.yaml:${place}\n`);
  });

  it("shares an ECS cluster with a service of another name", () => {
    const text = `${mixed("cluster: c")}\n  - { name: b, cluster: c, hosts: [linux, windows], serviceName: other }`;
    expect(clustersOf(text)).toHaveLength(4);
  });
});

describe("a path through a file", () => {
  it("isn't a folder or a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "clusters-"));
    writeFileSync(join(folder, "clusters.yaml"), "clusters: [{ name: a }]");
    expect(() => clustersLoaded(join(folder, "clusters.yaml", "below"))).toThrow(
      "can't be read: a part of its path isn't a folder.",
    );
    rmSync(folder, { recursive: true });
  });
});

describe("a file that can't be read", () => {
  it.each([
    ["is missing", "missing.yaml", "there is no such file"],
    ["is a folder in a folder, named like a file", "fleet", "it is a folder"],
    ["is a link to itself", "link.yaml", "the system returned ELOOP"],
  ])("%s", (_what, name, reason) => {
    const folder = mkdtempSync(join(tmpdir(), "clusters-"));
    mkdirSync(join(folder, "fleet", "a.yaml"), { recursive: true });
    writeFileSync(join(folder, "clusters.yaml"), "clusters: [{ name: a }]");
    symlinkSync("link.yaml", join(folder, "link.yaml"));
    expect(clustersLoaded(join(folder, "clusters.yaml"))).toHaveLength(1);
    expect(() => clustersLoaded(join(folder, name))).toThrow(
      `: 1 problem\n\n  can't be read: ${reason}. Set --config or CLUSTERS_FILE to another path.`,
    );
    rmSync(folder, { recursive: true });
  });
});

describe("a file or a folder that only its owner can read", () => {
  const folder = mkdtempSync(join(tmpdir(), "clusters-"));
  // Root can read everything.
  const asOther = <Result>(act: () => Result): Result => {
    if (process.geteuid?.() !== 0) return act();
    process.seteuid?.(65_534);
    try {
      return act();
    } finally {
      process.seteuid?.(0);
    }
  };

  beforeAll(() => {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "fleet"));
    writeFileSync(join(folder, "clusters.yaml"), "clusters: [{ name: a }]");
    for (const name of ["fleet", "clusters.yaml"]) chmodSync(join(folder, name), 0);
  });
  afterAll(() => {
    chmodSync(join(folder, "fleet"), 0o755);
    rmSync(folder, { recursive: true });
  });

  it.each(["clusters.yaml", "fleet"])("is refused: %s", (name) => {
    expect(() => asOther(() => clustersLoaded(join(folder, name)))).toThrow(
      new ConfigurationError(join(folder, name), [
        {
          path: [],
          message: "can't be read: its permissions don't allow it. Set --config or CLUSTERS_FILE to another path.",
        },
      ]),
    );
  });
});

describe("a file that isn't UTF-8 text", () => {
  it.each([
    ["UTF-16", Buffer.from("\uFEFFclusters: [{ name: a }]", "utf16le")],
    ["Latin 1", Buffer.from("clusters: [{ name: a, tags: { a: é } }]", "latin1")],
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0x00])],
  ])("is refused: %s", (_what, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), "clusters-"));
    writeFileSync(join(folder, "clusters.yaml"), bytes);
    expect(() => clustersLoaded(folder)).toThrow(
      ": 1 problem\n\n  must be UTF-8 text, got other bytes. Save the file as UTF-8.",
    );
    rmSync(folder, { recursive: true });
  });
});

describe("a folder", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "clusters-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  };
  /** The error message without the name of the folder. */
  const refusalOf = (files: Readonly<Record<string, string>>) => {
    write(files);
    try {
      loadConfiguration(catalog, folder);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.message.replaceAll(folder, "FOLDER");
      throw error;
    }
    throw new Error("The configuration was accepted.");
  };

  it("gives the clusters and modules of its YAML files, in the order of the files' names", () => {
    write({
      "b.yaml": "clusters: [{ name: b2 }, { name: b1 }]",
      "c.yml": "modules: [{ name: m }]",
      "a.yaml": "clusters: [{ name: z }]",
      "d.yaml": "clusters: []",
      "README.md": "No YAML: [",
      "a.yaml.bak": "No YAML: [",
    });
    const configuration = loadConfiguration(catalog, folder);
    expect(clustersIn(configuration).map(({ name }) => name)).toEqual(["z", "b2", "b1"]);
    expect(configuration.modules.map(({ name }) => name)).toEqual(["m"]);
  });

  it.each(["defaults.yaml", "defaults.yml"])("lays the defaults of %s under those of each file", (defaults) => {
    write({
      [defaults]: "defaults: { cpu: 1, memoryMiB: 11, family: common }\nclusters: [{ name: own }]",
      "a.yaml": "defaults: { cpu: 2, memoryMiB: 12 }\nclusters: [{ name: a, cpu: 3 }]",
      "z.yaml": "clusters: [{ name: z }]",
    });
    const rows = clustersLoaded(folder).map(({ name, cpu, memoryMiB, family }) => [name, cpu, memoryMiB, family]);
    expect(rows).toEqual([
      ["a", 3, 12, "common"],
      ["own", 1, 11, "common"],
      ["z", 1, 11, "common"],
    ]);
  });

  it("keeps the defaults of any other file to that file", () => {
    write({
      "a.yaml": "defaults: { cpu: 2 }\nclusters: [{ name: a }]",
      "my-defaults.yaml": "defaults: { cpu: 3 }\nclusters: [{ name: b }]",
      "z.yaml": "clusters: [{ name: z }]",
    });
    expect(clustersLoaded(folder).map(({ name, cpu }) => [name, cpu])).toEqual([
      ["a", 2],
      ["b", 3],
      ["z", undefined],
    ]);
  });

  it("doesn't apply shared defaults to a single file", () => {
    write({ "defaults.yaml": "defaults: { cpu: 2 }", "a.yaml": "clusters: [{ name: a }]" });
    expect(clustersLoaded(join(folder, "a.yaml")).map(({ cpu }) => cpu)).toEqual([undefined]);
  });

  it("names each problem with its own file and line, that of the common defaults once", () => {
    const text = refusalOf({
      "defaults.yaml": "defaults:\n  memoryMiB: 1",
      "a.yaml": "defaults: { site: mars }\nclusters:\n  - { name: a }",
      "b.yaml": "clusters:\n\n  - { name: b, cpu: -1 }",
      "m.yaml": "modules:\n  - { name: m, cpu: -1 }",
    });
    expect(text).toMatch(/^FOLDER: 4 problems\n/);
    expect(text.match(/^ {2}FOLDER.*/gm)).toEqual([
      "  FOLDER/a.yaml:1:13 defaults.site",
      "  FOLDER/b.yaml:3:16 clusters[0].cpu",
      "  FOLDER/defaults.yaml:2:3 defaults.memoryMiB",
      "  FOLDER/m.yaml:2:16 modules[0].cpu",
    ]);
  });

  it("reports unreadable YAML in all files at once", () => {
    const text = refusalOf({ "a.yaml": "clusters: [", "b.yaml": "cluster: []", "c.yaml": "clusters: [{ name: c }]" });
    expect(text.match(/^ {2}FOLDER.*/gm)).toEqual(["  FOLDER/a.yaml:1:12", "  FOLDER/b.yaml:1:1 cluster"]);
  });

  it.each<[string, string, string, string]>([
    [
      "a name",
      "clusters: [{ name: x }, { name: one }]",
      "clusters: [{ name: one }]",
      'FOLDER/b.yaml:1:14 clusters[0].name\n    "one" is already used by clusters[1] of FOLDER/a.yaml (case is ignored). Set another name.',
    ],
    [
      "a module's name",
      "clusters: [{ name: x }]\nmodules: [{ name: one }]",
      "modules: [{ name: one }]",
      'FOLDER/b.yaml:1:13 modules[0].name\n    "one" is already used by modules[0] of FOLDER/a.yaml (case is ignored). Set another name.',
    ],
    [
      "a service",
      "clusters: [{ name: a, cluster: c }]",
      "clusters: [{ name: b, cluster: c }]",
      "FOLDER/b.yaml:1:12 clusters[0]\n    service name " +
        '"datadog-agent" is already used by clusters[0] of FOLDER/a.yaml in this ECS cluster. Set another `serviceName`.',
    ],
    [
      "a stack in two regions",
      "clusters: [{ name: a, stack: all, region: eu-west-1 }]",
      "clusters: [{ name: b, stack: all, region: us-east-1 }]",
      "FOLDER/b.yaml:1:35 clusters[0].region\n    differs from clusters[0] of FOLDER/a.yaml in the same stack, " +
        "all. Set the same value in both.",
    ],
  ])("refuses %s of another file, which it names", (_what, a, b, problem) => {
    expect(refusalOf({ "a.yaml": a, "b.yaml": b })).toBe(`FOLDER: 1 problem\n\n  ${problem}`);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["nothing", {}, "  has no .yaml or .yml file. Add one."],
    ["no YAML", { "clusters.json": "{}" }, "  has no .yaml or .yml file. Add one."],
    [
      "neither clusters nor modules",
      { "defaults.yaml": "defaults: { cpu: 1 }", "m.yaml": "modules: []" },
      "  FOLDER/defaults.yaml:1:1\n    must have at least one entry in `clusters` or `modules`, got none.",
    ],
    [
      "a name in the common defaults",
      { "defaults.yaml": "defaults: { name: a }", "z.yaml": "clusters: [{ name: z }]" },
      "  FOLDER/defaults.yaml:1:13 defaults.name\n    can't be set in `defaults`: it names the stack. Set it in each cluster.",
    ],
    [
      "a service to take over in the common defaults",
      { "defaults.yaml": "defaults: { adopt: { serviceArn: a } }", "z.yaml": "clusters: [{ name: y }, { name: z }]" },
      "  FOLDER/defaults.yaml:1:13 defaults.adopt\n    can't be set in `defaults`: a service can be imported only once. Set it in each cluster.",
    ],
  ])("is refused with %s", (_what, files, problem) => {
    expect(refusalOf(files)).toBe(`FOLDER: 1 problem\n\n${problem}`);
  });
});

describe("names that every JavaScript object has", () => {
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => /^[a-z]/.test(name));

  it.each(names)("can't be that of a stack: %s", (name) => {
    const message = "must not be the name of a built-in JavaScript property, which CDKTF can't use as a stack name";
    expect(refusal(`clusters: [{ name: ${name} }]`)).toBe(
      `clusters.yaml: 1 problem\n\n  clusters.yaml:1:14 clusters[0].name\n    ${message}, got "${name}".`,
    );
    expect(refusal(`clusters: [{ name: a, stack: ${name} }]`)).toContain(`clusters.yaml:1:23 clusters[0].stack\n`);
  });

  it.each(names)("are names like others elsewhere: %s", (name) => {
    const map = { [name]: "x" };
    const text = JSON.stringify({
      clusters: [{ name: "a", cluster: name, serviceName: name, family: name, tags: map, environment: map }],
      modules: [{ name, tags: map }],
    });
    const configuration = parseConfiguration(catalog, text, "clusters.yaml");
    const { modules } = configuration;
    expect(clustersIn(configuration)).toMatchObject([
      { cluster: name, serviceName: name, family: name, tags: map, environment: map },
    ]);
    expect(modules).toMatchObject([{ name, tags: map }]);
  });
});

describe("the key __proto__", () => {
  it.each([
    ["at the top", "__proto__: 1\nclusters: [{ name: a }]", "1:1 __proto__"],
    ["of the defaults", "defaults: { __proto__: { cpu: 1 } }\nclusters: [{ name: a }]", "1:13 defaults.__proto__"],
    ["of a cluster", "clusters:\n  - name: a\n    __proto__: { cpu: 1 }", "3:5 clusters[0].__proto__"],
    [
      "of features",
      "clusters: [{ name: a, features: { __proto__: { apm: true } } }]",
      "1:35 clusters[0].features.__proto__",
    ],
    [
      "of options",
      "clusters: [{ name: a, features: { apm: { __proto__: {} } } }]",
      "1:42 clusters[0].features.apm.__proto__",
    ],
    ["of tags", "clusters: [{ name: a, tags: { __proto__: b } }]", "1:31 clusters[0].tags.__proto__"],
    [
      "of the environment",
      "clusters: [{ name: a, environment: { __proto__: b } }]",
      "1:38 clusters[0].environment.__proto__",
    ],
    ["of what is merged", "clusters: [{ name: a, <<: { __proto__: b } }]", "1:12 clusters[0].__proto__"],
    ["of a module", "clusters: [{ name: a }]\nmodules: [{ name: m, __proto__: b }]", "2:22 modules[0].__proto__"],
  ])("is refused with its line %s", (_what, text, place) => {
    expect(refusal(text)).toContain(`: 1 problem\n\n  clusters.yaml:${place}\n    unknown key "__proto__". Remove it.`);
  });
});

describe("what may be a secret", () => {
  const cluster = (keys: string) => `clusters:\n  - name: a\n    ${keys}`;

  it.each([
    ["a proxy's URL", cluster('features: { proxy: { https: "http://user:hunter2@host" } }')],
    ["a proxy without a scheme", cluster('features: { proxy: { https: "user:hunter2@host:3128" } }')],
    [
      "a host without a proxy",
      cluster('features: { proxy: { http: "http://h", noProxy: ["http://u:hunter2@h, b"] } }'),
    ],
    ["an endpoint", cluster('provider: { endpoints: { ecs: "ftp://u:hunter2@h" } }')],
    ["the address of a state", cluster('backend: { http: { address: "ftp://u:hunter2@h/x" } }')],
    ["an image", cluster('image: { repository: "https://u:hunter2@h/x" }')],
    ["an image's tag", cluster('image: { tag: "token=hunter2" }')],
    ["a tag that is named like a secret", cluster('tags: { api_token: "hunter2 x" }')],
    ["a key that is a URL", cluster('"http://u:hunter2@h": 1')],
    ["a tag's key that is a URL", cluster('tags: { "http://u:hunter2@h": x }')],
    ["a feature that is an assignment", cluster('features: { "PASSWORD=hunter2": true }')],
    ["the ARN of a cluster", cluster('cluster: "https://u:hunter2@h"')],
    ["a word", cluster('site: "https://u:hunter2@h"')],
    ["an account", cluster('accountId: "u:hunter2@h"')],
    [
      "a name in a cycle",
      'clusters: [{ name: "u:hunter2@h", dependsOn: [b] }, { name: b, dependsOn: ["u:hunter2@h"] }]',
    ],
    ["a name that isn't there", cluster('dependsOn: ["u:hunter2@h"]')],
    ["a stack", 'clusters: [{ name: a, stack: "u:hunter2@h" }, { name: b, stack: "u:hunter2@h", region: x }]'],
    [
      "a service",
      'clusters: [{ name: a, cluster: c, serviceName: "u:hunter2@h" }, { name: b, cluster: c, serviceName: "u:hunter2@h" }]',
    ],
    ["a tag of YAML", cluster("cluster: !hunter2 x")],
    ["text that isn't YAML", cluster("cluster: |hunter2\n      x")],
  ])("is in no problem: %s", (_what, text) => {
    expect(refusal(text)).not.toMatch(/hunter/);
  });

  it("is a name without quotes, too", () => {
    const text = refusal(cluster("apiKey: { secretsManagerArn: 12345678901234567890123456789012 }"));
    expect(text).toContain("must be a string, got a number (not shown: it may be a secret). Put it in quotes.");
    expect(text).not.toMatch(/1[.]?2345/);
  });
});

describe("what clusters of a file have between them", () => {
  it.each([
    ["no backend", "{ name: a, backend: {} }", "2:16 clusters[0].backend"],
    ["two backends", "{ name: a, backend: { gcs: { bucket: abc }, local: { path: s } } }", "2:16 clusters[0].backend"],
    [
      "a workspace and tags",
      "{ name: a, backend: { cloud: { organization: o, workspace: w, tags: [t] } } }",
      "2:67 clusters[0].backend.cloud.tags",
    ],
    ["an account without quotes", "{ name: a, accountId: 123456789012 }", "2:16 clusters[0].accountId"],
    [
      "a role of another account",
      '{ name: a, accountId: "123456789012", taskRoleArn: "arn:aws:iam::210987654321:role/a" }',
      "2:43 clusters[0].taskRoleArn",
    ],
    ["a stack that is no name", "{ name: a, stack: a b }", "2:16 clusters[0].stack"],
    ["an unknown cluster to wait for", "{ name: a, dependsOn: [b] }", "2:28 clusters[0].dependsOn[0]"],
  ])("is refused: %s", (_what, cluster, place) => {
    expect(refusal(`clusters:\n  - ${cluster}`)).toContain(`clusters.yaml: 1 problem\n\n  clusters.yaml:${place}\n`);
  });
});
