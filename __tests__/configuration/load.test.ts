import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadClusters, loadConfiguration, parseConfiguration } from "../../lib/configuration/load";
import { ConfigurationError } from "../../lib/core/problem";

/** The whole error text; its form is what people see. */
function refusal(text: string, file = "clusters.yaml"): string {
  try {
    parseConfiguration(text, file);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error("The configuration was accepted.");
}

describe("a file of clusters", () => {
  it("gives every cluster with its defaults, those of the schema included", () => {
    const [production, edge] = parseConfiguration(
      `
defaults: { site: datadoghq.eu, features: { apm: true } }
clusters:
  - { name: production, cluster: production }
  - { name: edge, launchType: EXTERNAL, site: datadoghq.com, features: { logs: { collectAll: false } } }
`,
      "clusters.yaml",
    ).clusters;
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
    const [, second] = parseConfiguration(
      `
clusters:
  - &first { name: a, cluster: one, tags: { team: x } }
  - { <<: *first, name: b, cluster: two }
`,
      "clusters.yaml",
    ).clusters;
    expect(second).toMatchObject({ name: "b", cluster: "two", tags: { team: "x" } });
  });

  it("takes text as it stands: what looks like an expression is escaped for Terraform", () => {
    const [cluster] = parseConfiguration(
      'clusters: [{ name: a, environment: { A: "${x} $${y} %{z} $ {", B: "a\\nb" } }]',
      "clusters.yaml",
    ).clusters;
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
    must be one of the known keys, got "sitee". Did you mean "site"?

  fleet.yaml:5:5 clusters[0].launchType
    must be EC2 or EXTERNAL, got "FARGATE". On Fargate there is no instance to run a daemon on: add the Agent as a container to each of your task definitions instead.

  fleet.yaml:6:5 clusters[0].memoryMiB
    must be a whole number of MiB from 6 to 25165824, got the number 4.

  fleet.yaml:7:5 clusters[1].name
    must be unique, got the name of clusters[0].

  fleet.yaml:8:20 clusters[1].environment.DD_HOSTNAME
    must not be set: the daemon runs on every instance, and all of them would report as one host. The Agent asks each instance for its own name.`);
  });

  it("names the place in the defaults once, however many clusters have it", () => {
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
  ])("stands a problem at %s", (_what, defaults, keys, place) => {
    expect(refusal(`${defaults}\nclusters: [{ name: abc, ${keys} }]`)).toContain(`  clusters.yaml:${place}\n`);
  });

  it("compares services with their default name, and only where it is a name", () => {
    const clusters = (name: string) =>
      `clusters: [{ name: a, cluster: c }, { name: b, cluster: c, serviceName: ${name} }]`;
    expect(refusal(clusters("datadog-agent"))).toBe(
      "clusters.yaml: 1 problem\n\n  clusters.yaml:1:37 clusters[1]\n    must have a service of its own in its ECS cluster, " +
        'got "datadog-agent" like clusters[0]. Give it another `serviceName`.',
    );
    const numbers = "clusters: [{ name: a, cluster: c, serviceName: 5 }, { name: b, cluster: c, serviceName: 5 }]";
    expect(refusal(numbers)).not.toContain("must have a service of its own");
  });

  it.each([
    ["text below a comment", "# Clusters\n\nfoo", '3:1\n    must be a map, got "foo".'],
    ["nothing", "", "1:1\n    must be a map, got an empty value."],
    ["text", "foo", '1:1\n    must be a map, got "foo".'],
    ["a list", "- 1", "1:1\n    must be a map, got a list."],
    ["no clusters", "defaults: {}", "1:1\n    must have `clusters` (a list), got none."],
    [
      "an empty list of clusters",
      "clusters: []",
      "1:1 clusters\n    must have at least one cluster, got an empty list.",
    ],
    ["a map of clusters", "clusters: { a: {} }", "1:1 clusters\n    must be a list, got a map."],
    ["a cluster that is no map", "clusters:\n  - 4", "2:5 clusters[0]\n    must be a map, got the number 4."],
    [
      "an unknown key at the top",
      "cluster: []\nclusters: [{ name: a }]",
      '1:1 cluster\n    must be one of the known keys, got "cluster". Did you mean "clusters"?',
    ],
    [
      "a name in the defaults",
      "defaults: { name: a }\nclusters: [{ name: b }]",
      "1:13 defaults.name\n    must be each cluster's own",
    ],
    [
      "a service to take over in the defaults",
      "defaults: { adopt: { serviceArn: a } }\nclusters: [{ name: b }, { name: c }]",
      "1:13 defaults.adopt\n    must be each cluster's own: there is one service to take over.",
    ],
    [
      "a service that is taken over with the name of its cluster",
      "clusters:\n  - name: a\n    cluster: b\n    adopt: { serviceArn: arn:aws:ecs:eu-west-1:123456789012:service/b/datadog-agent }",
      '4:14 clusters[0].adopt.serviceArn\n    must come with the cluster arn:aws:ecs:eu-west-1:123456789012:cluster/b, got "b"',
    ],
    [
      "a cluster without a name",
      "clusters:\n  - cluster: a",
      "2:5 clusters[0]\n    must have `name` (text), got none.",
    ],
    [
      "a service twice in a cluster",
      "clusters:\n  - { name: a, cluster: c }\n  - { name: b, cluster: c }",
      "3:5 clusters[1]\n    must have a service of its own",
    ],
    ["no YAML", "clusters: [", "1:12\n    must be YAML: Flow sequence"],
    ["a key twice", "clusters: [{ name: a }]\nclusters: []", "2:1\n    must be YAML: Map keys must be unique."],
    [
      "a colon at the end of text",
      "clusters:\n  - name: a\n    cluster: a:b:\n",
      "Text that ends in a colon needs quotes.",
    ],
    ["an alias without an anchor", "clusters: [{ name: *a }]", "must be YAML: an alias has no anchor before it."],
    [
      "a mark of CDKTF's",
      'clusters: [{ name: a, environment: { A: "${TfToken[TOKEN.1]}" } }]',
      "1:38 clusters[0].environment.A\n    must not contain `{TfToken[`",
    ],
  ])("refuses %s", (_what, text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it("refuses aliases that multiply without bounds", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef"].map((pair) => pair.split(""))) {
      bomb.push(`${to}: &${to} [${Array<string>(10).fill(`*${from}`).join(", ")}]`);
    }
    expect(refusal(bomb.join("\n"))).toContain("must use fewer aliases");
  });

  it("accepts the same service in two clusters, regions, or clusters that are left open", () => {
    expect(
      parseConfiguration(
        `clusters:
  - { name: a, cluster: c, region: eu-west-1 }
  - { name: b, cluster: c, region: us-east-1 }
  - { name: d, cluster: c, serviceName: other, region: eu-west-1 }
  - { name: e }
  - { name: f }`,
        "clusters.yaml",
      ).clusters,
    ).toHaveLength(5);
  });

  it("refuses a task definition that is too large for ECS", () => {
    const long = `clusters: [{ name: a, environment: { A: "${"é".repeat(33_000)}" } }]`;
    expect(refusal(long)).toMatch(
      /clusters\[0\]\n {4}must give a task definition of at most 65536 bytes \(ECS's limit\), got \d+ bytes/,
    );
  });
});

describe("a cluster of several hosts", () => {
  it("gives a cluster for each of them, under one name and in order", () => {
    const clusters = parseConfiguration(
      `
defaults: { hosts: [linux, windows], features: { networkPerformanceMonitoring: true } }
clusters:
  - { name: a, features: { dogstatsd: { socket: true } } }
  - { name: b, hosts: [windows], features: { networkPerformanceMonitoring: false } }
`,
      "clusters.yaml",
    ).clusters;
    expect(clusters.map(({ name, host, serviceName, leftOut }) => [name, host, serviceName, leftOut])).toEqual([
      ["a", "linux", "datadog-agent", []],
      ["a", "windows", "datadog-agent-windows", ["features.networkPerformanceMonitoring", "features.dogstatsd.socket"]],
      ["b", "windows", "datadog-agent", []],
    ]);
    expect(clusters[1]).toMatchObject({
      features: { networkPerformanceMonitoring: false, dogstatsd: { socket: false, port: true } },
    });
  });

  const mixed = (keys: string) => `clusters:\n  - { name: a, hosts: [linux, windows], ${keys} }`;

  it.each([
    ["a mistake on every host", mixed("memoryMiB: 1"), "2:41 clusters[0].memoryMiB"],
    [
      "a mistake that each host has in its own words",
      mixed("networkMode: bridge, subnets: []"),
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
    ["a host beside them", mixed("host: linux"), "2:16 clusters[0].hosts"],
    [
      "a host beside those of the defaults",
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
    expect(parseConfiguration(text, "clusters.yaml").clusters).toHaveLength(4);
  });
});

describe("a path through a file", () => {
  it("is no folder and no file", () => {
    const folder = mkdtempSync(join(tmpdir(), "clusters-"));
    writeFileSync(join(folder, "clusters.yaml"), "clusters: [{ name: a }]");
    expect(() => loadClusters(join(folder, "clusters.yaml", "below"))).toThrow(
      "must be a readable file, but it can't be read.",
    );
    rmSync(folder, { recursive: true });
  });
});

describe("a file that can't be read", () => {
  it.each([
    ["is missing", "missing.yaml", "there is no such file"],
    ["is a folder in a folder, named like a file", "fleet", "it can't be read"],
  ])("%s", (_what, name, reason) => {
    const folder = mkdtempSync(join(tmpdir(), "clusters-"));
    mkdirSync(join(folder, "fleet", "a.yaml"), { recursive: true });
    writeFileSync(join(folder, "clusters.yaml"), "clusters: [{ name: a }]");
    expect(loadClusters(join(folder, "clusters.yaml"))).toHaveLength(1);
    expect(() => loadClusters(join(folder, name))).toThrow(
      `: 1 problem\n\n  must be a readable file, but ${reason}. CLUSTERS_FILE names another file than clusters.yaml.`,
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
  /** The error text, with the folder's own name left out. */
  const refusalOf = (files: Readonly<Record<string, string>>) => {
    write(files);
    try {
      loadConfiguration(folder);
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
    const { clusters, modules } = loadConfiguration(folder);
    expect(clusters.map(({ name }) => name)).toEqual(["z", "b2", "b1"]);
    expect(modules.map(({ name }) => name)).toEqual(["m"]);
  });

  it.each(["defaults.yaml", "defaults.yml"])("lays the defaults of %s under those of each file", (defaults) => {
    write({
      [defaults]: "defaults: { cpu: 1, memoryMiB: 11, family: common }\nclusters: [{ name: own }]",
      "a.yaml": "defaults: { cpu: 2, memoryMiB: 12 }\nclusters: [{ name: a, cpu: 3 }]",
      "z.yaml": "clusters: [{ name: z }]",
    });
    const rows = loadClusters(folder).map(({ name, cpu, memoryMiB, family }) => [name, cpu, memoryMiB, family]);
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
    expect(loadClusters(folder).map(({ name, cpu }) => [name, cpu])).toEqual([
      ["a", 2],
      ["b", 3],
      ["z", undefined],
    ]);
  });

  it("takes no file's defaults for others' where a file alone is read", () => {
    write({ "defaults.yaml": "defaults: { cpu: 2 }", "a.yaml": "clusters: [{ name: a }]" });
    expect(loadClusters(join(folder, "a.yaml")).map(({ cpu }) => cpu)).toEqual([undefined]);
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

  it("names what can't be read in all files at once", () => {
    const text = refusalOf({ "a.yaml": "clusters: [", "b.yaml": "cluster: []", "c.yaml": "clusters: [{ name: c }]" });
    expect(text.match(/^ {2}FOLDER.*/gm)).toEqual(["  FOLDER/a.yaml:1:12", "  FOLDER/b.yaml:1:1 cluster"]);
  });

  it.each<[string, string, string, string]>([
    [
      "a name",
      "clusters: [{ name: x }, { name: one }]",
      "clusters: [{ name: one }]",
      "FOLDER/b.yaml:1:14 clusters[0].name\n    must be unique, got the name of clusters[1] of FOLDER/a.yaml.",
    ],
    [
      "a module's name",
      "clusters: [{ name: x }]\nmodules: [{ name: one }]",
      "modules: [{ name: one }]",
      "FOLDER/b.yaml:1:13 modules[0].name\n    must be unique, got the name of modules[0] of FOLDER/a.yaml.",
    ],
    [
      "a service",
      "clusters: [{ name: a, cluster: c }]",
      "clusters: [{ name: b, cluster: c }]",
      "FOLDER/b.yaml:1:12 clusters[0]\n    must have a service of its own in its ECS cluster, " +
        'got "datadog-agent" like clusters[0] of FOLDER/a.yaml. Give it another `serviceName`.',
    ],
    [
      "a stack in two regions",
      "clusters: [{ name: a, stack: all, region: eu-west-1 }]",
      "clusters: [{ name: b, stack: all, region: us-east-1 }]",
      "FOLDER/b.yaml:1:35 clusters[0].region\n    must be that of clusters[0] of FOLDER/a.yaml, " +
        "with which it shares the stack all, got another one.",
    ],
  ])("refuses %s of another file, which it names", (_what, a, b, problem) => {
    expect(refusalOf({ "a.yaml": a, "b.yaml": b })).toBe(`FOLDER: 1 problem\n\n  ${problem}`);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["nothing", {}, "  must have a file whose name ends in .yaml, got none."],
    ["no YAML", { "clusters.json": "{}" }, "  must have a file whose name ends in .yaml, got none."],
    [
      "no clusters",
      { "defaults.yaml": "defaults: { cpu: 1 }", "m.yaml": "modules: [{ name: m }]" },
      "  FOLDER/defaults.yaml:1:1\n    must have at least one cluster.",
    ],
    [
      "a name in the common defaults",
      { "defaults.yaml": "defaults: { name: a }", "z.yaml": "clusters: [{ name: z }]" },
      "  FOLDER/defaults.yaml:1:13 defaults.name\n    must be each cluster's own: it names the stack.",
    ],
    [
      "a service to take over in the common defaults",
      { "defaults.yaml": "defaults: { adopt: { serviceArn: a } }", "z.yaml": "clusters: [{ name: y }, { name: z }]" },
      "  FOLDER/defaults.yaml:1:13 defaults.adopt\n    must be each cluster's own: there is one service to take over.",
    ],
  ])("is refused with %s", (_what, files, problem) => {
    expect(refusalOf(files)).toBe(`FOLDER: 1 problem\n\n${problem}`);
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
