import { catalog } from "../../lib/catalog";
import { stackProblems } from "../../lib/configuration/stacks";
import { formatPath } from "../../lib/core/problem";
import { configurationOf } from "../support/clusters";

type Raw = Readonly<Record<string, unknown>>;

const problemsOf = (clusters: readonly Raw[]) =>
  stackProblems(catalog, clusters, (index) => `cluster ${index}`).map(
    ({ path, message }) => `${formatPath(path)} ${message}`,
  );

describe("the stacks of a file", () => {
  it("are one for each cluster that names none, and one for all that share it, in the order of their first clusters", () => {
    const { stacks } = configurationOf(`clusters:
  - { name: a }
  - { name: b, stack: all, dependsOn: [a] }
  - { name: c, dependsOn: [b, a, e] }
  - { name: d, stack: all, dependsOn: [a], hosts: [windows, linux] }
  - { name: e, stack: one }
`);
    const rows = stacks.map(({ name, isShared, dependsOn, clusters }) => ({
      name,
      isShared,
      dependsOn,
      clusters: clusters.map((cluster) => [cluster.name, ...cluster.onHosts.map(({ values }) => values.host)]),
    }));
    expect(rows).toEqual([
      { name: "a", isShared: false, dependsOn: [], clusters: [["a", "linux"]] },
      {
        name: "all",
        isShared: true,
        dependsOn: ["a"],
        clusters: [
          ["b", "linux"],
          ["d", "windows", "linux"],
        ],
      },
      { name: "c", isShared: false, dependsOn: ["all", "a", "one"], clusters: [["c", "linux"]] },
      { name: "one", isShared: true, dependsOn: [], clusters: [["e", "linux"]] },
    ]);
  });
});

describe("clusters that share roles", () => {
  const shared = { stack: "all", shareRoles: true };
  const apiKey = { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" };
  const other = (key: string) =>
    `[1].${key} differs from cluster 0, which shares its roles. Set the same value in both.`;

  it.each<[string, Raw, Raw, readonly string[]]>([
    ["agree on what they are made of", { ...shared, apiKey }, { ...shared, apiKey, cpu: 2, tags: { a: "b" } }, []],
    ["are of two stacks", { ...shared, apiKey }, { ...shared, stack: "two" }, []],
    ["differ from one in another stack", { ...shared, apiKey }, { stack: "all" }, []],
    ["have two keys", { ...shared, apiKey }, shared, [other("apiKey")]],
    [
      "differ in all that roles are made of",
      { ...shared, createdRoles: { path: "/a/" }, resourceTags: { a: "b" } },
      { ...shared, enableExecuteCommand: true },
      [other("enableExecuteCommand"), other("resourceTags"), other("createdRoles")],
    ],
  ])("%s", (_what, first, second, expected) => {
    const clusters = [
      { name: "a", ...first },
      { name: "b", ...second },
    ];
    expect(problemsOf(clusters)).toEqual(expected);
  });
});

describe("clusters that share a stack", () => {
  const all = { stack: "all" };
  const other = (key: string) =>
    `[1].${key} differs from cluster 0 in the same stack, all. Set the same value in both.`;
  const s3 = { bucket: "states", region: "eu-west-1" };

  it.each<[string, Raw, Raw, readonly string[]]>([
    ["have nothing that a stack has once", all, all, []],
    [
      "agree on all of it",
      { ...all, region: "eu-west-1", accountId: "123456789012", provider: { profile: "a" }, backend: { s3 } },
      { ...all, region: "eu-west-1", accountId: "123456789012", provider: { profile: "a" }, backend: { s3 } },
      [],
    ],
    ["differ in what is each daemon's", { ...all, cpu: 1 }, { ...all, cpu: 2, site: "datadoghq.eu" }, []],
    ["are in two regions", { ...all, region: "eu-west-1" }, { ...all, region: "us-east-1" }, [other("region")]],
    ["have a region and none", { ...all, region: "eu-west-1" }, all, [other("region")]],
    [
      "are in two accounts",
      { ...all, accountId: "123456789012" },
      { ...all, accountId: "210987654321" },
      [other("accountId")],
    ],
    [
      "have two providers",
      { ...all, provider: { defaultTags: { a: "b" } } },
      { ...all, provider: { defaultTags: { a: "c" } } },
      [other("provider")],
    ],
    [
      "have two backends",
      { ...all, backend: { s3 } },
      { ...all, backend: { local: { path: "a" } } },
      [other("backend")],
    ],
    [
      "differ in two things",
      { ...all, region: "eu-west-1", provider: {} },
      { ...all, region: "us-east-1" },
      [other("region"), other("provider")],
    ],
    ["are of two stacks after all", { stack: "one", region: "eu-west-1" }, { stack: "two", region: "us-east-1" }, []],
  ])("%s", (_what, first, second, expected) => {
    expect(
      problemsOf([
        { name: "a", ...first },
        { name: "b", ...second },
      ]),
    ).toEqual(expected);
  });

  it("are compared with the first of them", () => {
    const regions = ["eu-west-1", "us-east-1", "eu-west-1", "us-east-1"];
    const clusters = regions.map((region, index) => ({ name: `c${index}`, stack: "all", region }));
    expect(problemsOf(clusters)).toEqual([
      "[1].region differs from cluster 0 in the same stack, all. Set the same value in both.",
      "[3].region differs from cluster 0 in the same stack, all. Set the same value in both.",
    ]);
  });

  it.each<[string, readonly Raw[], readonly string[]]>([
    [
      "a cluster that shares it",
      [
        { name: "all", stack: "all" },
        { name: "b", stack: "all" },
      ],
      [],
    ],
    [
      "one with its own stack",
      [{ name: "all" }, { name: "b", stack: "all" }],
      ["[1].stack is the name of cluster 0, which has its own stack. Set another stack name."],
    ],
    [
      "one with its own stack, further down",
      [{ name: "b", stack: "all" }, { name: "all" }],
      ["[0].stack is the name of cluster 1, which has its own stack. Set another stack name."],
    ],
    [
      "one that is written otherwise",
      [
        { name: "a", stack: "All" },
        { name: "b", stack: "all" },
      ],
      ["[1].stack differs only in case from the stack of cluster 0. Write both names the same way."],
    ],
    [
      "one with its own stack in another case",
      [{ name: "ALL" }, { name: "b", stack: "all" }],
      ["[1].stack is the name of cluster 0, which has its own stack. Set another stack name."],
    ],
  ])("may have its name from %s", (_what, clusters, expected) => expect(problemsOf(clusters)).toEqual(expected));

  // Both would have the address datadog_agent_a_windows.
  const hosts = { name: "a", stack: "all", hosts: ["linux", "amazon-linux-1", "windows"] };
  const rival = (index: number, holder: number) =>
    `[${index}].name has the same Terraform addresses as cluster ${holder} or one of its hosts in the stack all, where - becomes _. Set another name.`;
  it.each<[string, readonly Raw[], readonly string[]]>([
    ["of another host", [hosts, { name: "a_windows", stack: "all" }], [rival(1, 0)]],
    ["of a host with a dash", [hosts, { name: "a_amazon_linux_1", stack: "all" }], [rival(1, 0)]],
    ["that comes after it", [{ name: "a_windows", stack: "all" }, hosts], [rival(1, 0)]],
    [
      "with another dash",
      [
        { name: "a-b", stack: "all" },
        { name: "a_B", stack: "all" },
      ],
      [rival(1, 0)],
    ],
    [
      "with another name",
      [
        { name: "a", stack: "all" },
        { name: "A", stack: "all" },
      ],
      [],
    ],
    ["of the first host, which adds no suffix", [hosts, { name: "a_linux", stack: "all" }], []],
    [
      "of a host that isn't there",
      [
        { ...hosts, hosts: ["linux"] },
        { name: "a_windows", stack: "all" },
      ],
      [],
    ],
    ["in another stack", [hosts, { name: "a_windows", stack: "others" }], []],
    ["with its own stack", [hosts, { name: "a_windows" }], []],
  ])("have no name like a daemon's %s", (_what, clusters, expected) => expect(problemsOf(clusters)).toEqual(expected));
});

describe("the state of a stack that names none", () => {
  it("isn't another one's, which names the same file", () => {
    const file = { local: { path: "../../../terraform.b.tfstate" } };
    expect(problemsOf([{ name: "a", backend: file }, { name: "b" }])).toEqual([
      "[1].backend stores its state in the same place as cluster 0. Add {name} to the key, the path or the workspace name.",
    ]);
    expect(problemsOf([{ name: "a" }, { name: "b" }])).toEqual([]);
  });
});

describe("the states of two stacks", () => {
  const same =
    "[1].backend stores its state in the same place as cluster 0. Add {name} to the key, the path or the workspace name.";
  const s3 = (keys: object = {}) => ({ s3: { bucket: "states", region: "eu-west-1", ...keys } });
  const cloud = (keys: object) => ({ cloud: { organization: "acme", ...keys } });

  it.each<[string, Raw, Raw, readonly string[]]>([
    ["are apart by default", {}, {}, []],
    ["are apart in one bucket by default", { backend: s3() }, { backend: s3() }, []],
    ["are apart by their names", { backend: s3({ key: "{name}" }) }, { backend: s3({ key: "{name}" }) }, []],
    ["are apart by their buckets", { backend: s3({ key: "a" }) }, { backend: s3({ key: "a", bucket: "two" }) }, []],
    ["have one key", { backend: s3({ key: "state" }) }, { backend: s3({ key: "state" }) }, [same]],
    [
      "have one key, once with a name in it",
      { backend: s3({ key: "b/state" }) },
      { backend: s3({ key: "{name}/state" }) },
      [same],
    ],
    ["have one key, once by default", { backend: s3({ key: "datadog-agent/b.tfstate" }) }, { backend: s3() }, [same]],
    ["have one file", { backend: { local: { path: "s" } } }, { backend: { local: { path: "s" } } }, [same]],
    [
      "have one workspace, once by default",
      { backend: cloud({ workspace: "datadog-agent-b" }) },
      { backend: cloud({}) },
      [same],
    ],
    // The workspace is selected when Terraform runs.
    ["have tags", { backend: cloud({ tags: ["agent"] }) }, { backend: cloud({ tags: ["agent"] }) }, []],
    [
      "are one, of one stack",
      { stack: "all", backend: s3({ key: "state" }) },
      { stack: "all", backend: s3({ key: "state" }) },
      [],
    ],
    ["aren't compared where a backend is wrong", { backend: { s3: {} } }, { backend: { s3: {} } }, []],
  ])("%s", (_what, first, second, expected) => {
    expect(
      problemsOf([
        { name: "a", ...first },
        { name: "b", ...second },
      ]),
    ).toEqual(expected);
  });
});

describe("the order of stacks", () => {
  const OWN = "must be a cluster in another stack: clusters in one stack are deployed together.";
  const cycle = (names: string) => `dependency cycle: ${names}. Remove one of these dependencies.`;

  it.each<[string, readonly Raw[], readonly string[]]>([
    ["one after the other", [{ name: "a" }, { name: "b", dependsOn: ["a"] }], []],
    ["one that comes later", [{ name: "a", dependsOn: ["b"] }, { name: "b" }], []],
    [
      "a diamond",
      [
        { name: "a" },
        { name: "b", dependsOn: ["a"] },
        { name: "c", dependsOn: ["a"] },
        { name: "d", dependsOn: ["b", "c"] },
      ],
      [],
    ],
    [
      "two of a shared stack",
      [
        { name: "a", stack: "all" },
        { name: "b", stack: "all" },
        { name: "c", dependsOn: ["a", "b"] },
      ],
      [],
    ],
    [
      "an unknown name",
      [{ name: "a", dependsOn: ["b"] }],
      ['[0].dependsOn[0] must be the name of a cluster, got "b".'],
    ],
    // Clusters in waves.
    [
      "a stack's name",
      [
        { name: "a", stack: "all" },
        { name: "b", dependsOn: ["all"] },
      ],
      ['[1].dependsOn[0] must be the name of a cluster, got "all".'],
    ],
    ["itself", [{ name: "a", dependsOn: ["a"] }], [`[0].dependsOn[0] ${OWN}`]],
    [
      "one of the same stack",
      [{ name: "a", stack: "all" }, { name: "b" }, { name: "c", stack: "all", dependsOn: ["b", "a"] }],
      [`[2].dependsOn[1] ${OWN}`],
    ],
    [
      "a cycle of two",
      [
        { name: "a", dependsOn: ["b"] },
        { name: "b", dependsOn: ["a"] },
      ],
      [`[1].dependsOn[0] ${cycle("a → b → a")}`],
    ],
    [
      "a cycle of three, with a way into it",
      [
        { name: "way", dependsOn: ["a"] },
        { name: "a", dependsOn: ["b"] },
        { name: "b", dependsOn: ["c"] },
        { name: "c", dependsOn: ["a"] },
      ],
      [`[3].dependsOn[0] ${cycle("a → b → c → a")}`],
    ],
    [
      "a cycle of stacks, though not of clusters",
      [
        { name: "a", stack: "all", dependsOn: ["c"] },
        { name: "b", stack: "all" },
        { name: "c", dependsOn: ["b"] },
      ],
      [`[2].dependsOn[0] ${cycle("all → c → all")}`],
    ],
    [
      "two cycles",
      [
        { name: "a", dependsOn: ["b"] },
        { name: "b", dependsOn: ["a"] },
        { name: "c", dependsOn: ["d"] },
        { name: "d", dependsOn: ["c"] },
      ],
      [`[1].dependsOn[0] ${cycle("a → b → a")}`, `[3].dependsOn[0] ${cycle("c → d → c")}`],
    ],
  ])("%s", (_what, clusters, expected) => expect(problemsOf(clusters)).toEqual(expected));

  // Following every path would take 10^9 visits.
  it("looks at each stack once: nine waves of ten", () => {
    const wave = (index: number) => Array.from({ length: 10 }, (_none, place) => `w${index}-${place}`);
    const clusters = Array.from({ length: 9 }, (_none, index) => index).flatMap((index) =>
      wave(index).map((name) => ({ name, dependsOn: index === 0 ? [] : wave(index - 1) })),
    );
    expect(problemsOf(clusters)).toEqual([]);
    // The same with a cycle at the end, which must be found.
    const [first, ...rest] = clusters;
    expect(problemsOf([{ ...first, dependsOn: ["w8-0"] }, ...rest])).not.toEqual([]);
  });
});

describe("names that aren't text, and are refused elsewhere", () => {
  const noText = { toString: "x", valueOf: "y" };

  it("are described in a cycle", () => {
    const clusters = [
      { name: "a", stack: noText, dependsOn: ["b"] },
      { name: "b", dependsOn: ["a"] },
    ];
    expect(problemsOf(clusters)).toEqual([
      "[1].dependsOn[0] dependency cycle: a map → b → a map. Remove one of these dependencies.",
    ]);
  });

  it("are no hosts in addresses", () => {
    const hosts = ["linux", noText];
    expect(problemsOf([{ name: "a", stack: "all", hosts }])).toEqual([]);
  });

  it("aren't those of a cluster to wait for", () => {
    expect(problemsOf([{ name: "a", dependsOn: [noText, 5] }])).toEqual([
      "[0].dependsOn[0] must be the name of a cluster, got a map.",
      "[0].dependsOn[1] must be the name of a cluster, got the number 5.",
    ]);
  });
});
