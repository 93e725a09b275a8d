import { stackOf, stackProblems } from "../../lib/configuration/stacks";
import { formatPath } from "../../lib/core/problem";

type Raw = Readonly<Record<string, unknown>>;

const problemsOf = (clusters: readonly Raw[]) =>
  stackProblems(clusters, (index) => `cluster ${index}`).map(({ path, message }) => `${formatPath(path)} ${message}`);

it.each([
  ["its own", { name: "a" }, "a"],
  ["the one that it shares", { name: "a", stack: "all" }, "all"],
])("the stack of a cluster is %s", (_what, cluster, stack) => expect(stackOf(cluster)).toBe(stack));

describe("clusters that share roles", () => {
  const shared = { stack: "all", shareRoles: true };
  const apiKey = { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" };
  const ROLE = "arn:aws:iam::123456789012:role/agent";
  const other = (key: string) => `[1].${key} must be that of cluster 0, with which it shares roles, got another one.`;

  it.each<[string, Raw, Raw, readonly string[]]>([
    ["agree on what they are made of", { ...shared, apiKey }, { ...shared, apiKey, cpu: 2, tags: { a: "b" } }, []],
    ["are of two stacks", { ...shared, apiKey }, { ...shared, stack: "two" }, []],
    ["are told from one that has its own", { ...shared, apiKey }, { stack: "all" }, []],
    ["have two keys", { ...shared, apiKey }, shared, [other("apiKey")]],
    [
      "differ in all that roles are made of",
      { ...shared, createdRoles: { path: "/a/" }, resourceTags: { a: "b" } },
      { ...shared, enableExecuteCommand: true },
      [other("createdRoles"), other("resourceTags"), other("enableExecuteCommand")],
    ],
    [
      "have no stack",
      { shareRoles: true },
      {},
      ["[0].shareRoles must come with `stack`, got none: clusters of one stack share roles."],
    ],
    ...["taskRoleArn", "executionRoleArn"].map((key): [string, Raw, Raw, string[]] => [
      `are given ${key}`,
      { ...shared, [key]: ROLE },
      {},
      ["[0].shareRoles must be left out when taskRoleArn or executionRoleArn are given: that role is shared already."],
    ]),
    [
      "create secrets",
      { ...shared, apiKey: { createSecret: { name: "a" } } },
      {},
      ["[0].shareRoles must be left out with apiKey.createSecret: each cluster has a secret of its own."],
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
    `[1].${key} must be that of cluster 0, with which it shares the stack all, got another one.`;
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
      "[1].region must be that of cluster 0, with which it shares the stack all, got another one.",
      "[3].region must be that of cluster 0, with which it shares the stack all, got another one.",
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
      "one with a stack of its own",
      [{ name: "all" }, { name: "b", stack: "all" }],
      ["[1].stack must not be the name of cluster 0, which has a stack of its own."],
    ],
    [
      "one with a stack of its own, further down",
      [{ name: "b", stack: "all" }, { name: "all" }],
      ["[0].stack must not be the name of cluster 1, which has a stack of its own."],
    ],
    [
      "one that is written otherwise",
      [
        { name: "a", stack: "All" },
        { name: "b", stack: "all" },
      ],
      ["[1].stack must be written like that of cluster 0, got other upper and lower case."],
    ],
    [
      "one with a stack of its own that is written otherwise",
      [{ name: "ALL" }, { name: "b", stack: "all" }],
      ["[1].stack must not be the name of cluster 0, which has a stack of its own."],
    ],
  ])("may have its name from %s", (_what, clusters, expected) => expect(problemsOf(clusters)).toEqual(expected));

  // Their addresses would be the same: datadog_agent_a_windows.
  const hosts = { name: "a", stack: "all", hosts: ["linux", "amazon-linux-1", "windows"] };
  const rival = (index: number, holder: number) =>
    `[${index}].name must have addresses of its own in the stack all, got those of cluster ${holder} or of one of its hosts: - and _ are one there. Take another name.`;
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
      "with a name of its own again",
      [
        { name: "a", stack: "all" },
        { name: "A", stack: "all" },
      ],
      [],
    ],
    ["of the first host, which has no name of its own", [hosts, { name: "a_linux", stack: "all" }], []],
    [
      "of a host that isn't there",
      [
        { ...hosts, hosts: ["linux"] },
        { name: "a_windows", stack: "all" },
      ],
      [],
    ],
    ["in another stack", [hosts, { name: "a_windows", stack: "others" }], []],
    ["with a stack of its own", [hosts, { name: "a_windows" }], []],
  ])("have no name like a daemon's %s", (_what, clusters, expected) => expect(problemsOf(clusters)).toEqual(expected));
});

describe("the state of a stack that names none", () => {
  it("isn't another one's, which names the same file", () => {
    const file = { local: { path: "../../../terraform.b.tfstate" } };
    expect(problemsOf([{ name: "a", backend: file }, { name: "b" }])).toEqual([
      "[1].backend must keep the state apart from that of cluster 0, got one place for both. Put {name} into it.",
    ]);
    expect(problemsOf([{ name: "a" }, { name: "b" }])).toEqual([]);
  });
});

describe("the states of two stacks", () => {
  const same =
    "[1].backend must keep the state apart from that of cluster 0, got one place for both. Put {name} into it.";
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
    // Which workspace it is, is chosen when Terraform runs.
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
  const OWN = "must be a cluster of another stack: those of one are deployed together.";
  const circle = (names: string) => `must not go round in circles: ${names}. Take one of them out.`;

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
    // Waves are named by their clusters.
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
      "a circle of two",
      [
        { name: "a", dependsOn: ["b"] },
        { name: "b", dependsOn: ["a"] },
      ],
      [`[1].dependsOn[0] ${circle("a, b, a")}`],
    ],
    [
      "a circle of three, with a way into it",
      [
        { name: "way", dependsOn: ["a"] },
        { name: "a", dependsOn: ["b"] },
        { name: "b", dependsOn: ["c"] },
        { name: "c", dependsOn: ["a"] },
      ],
      [`[3].dependsOn[0] ${circle("a, b, c, a")}`],
    ],
    [
      "a circle of stacks, though not of clusters",
      [
        { name: "a", stack: "all", dependsOn: ["c"] },
        { name: "b", stack: "all" },
        { name: "c", dependsOn: ["b"] },
      ],
      [`[2].dependsOn[0] ${circle("all, c, all")}`],
    ],
    [
      "two circles",
      [
        { name: "a", dependsOn: ["b"] },
        { name: "b", dependsOn: ["a"] },
        { name: "c", dependsOn: ["d"] },
        { name: "d", dependsOn: ["c"] },
      ],
      [`[1].dependsOn[0] ${circle("a, b, a")}`, `[3].dependsOn[0] ${circle("c, d, c")}`],
    ],
  ])("%s", (_what, clusters, expected) => expect(problemsOf(clusters)).toEqual(expected));

  // Along every path there would be ten to the ninth of them.
  it("looks at each stack once: nine waves of ten", () => {
    const wave = (index: number) => Array.from({ length: 10 }, (_none, place) => `w${index}-${place}`);
    const clusters = Array.from({ length: 9 }, (_none, index) => index).flatMap((index) =>
      wave(index).map((name) => ({ name, dependsOn: index === 0 ? [] : wave(index - 1) })),
    );
    expect(problemsOf(clusters)).toEqual([]);
    // The same with an end that leads back, so that it is seen to be looked at.
    const [first, ...rest] = clusters;
    expect(problemsOf([{ ...first, dependsOn: ["w8-0"] }, ...rest])).not.toEqual([]);
  });
});
