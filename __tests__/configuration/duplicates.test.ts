import { nameProblems, serviceProblems } from "../../lib/configuration/duplicates";
import { formatPath, type Problem } from "../../lib/core/problem";

type Raw = Readonly<Record<string, unknown>>;

const label = (index: number) => `entry ${index}`;
const texts = (problems: readonly Problem[]) => problems.map(({ path, message }) => `${formatPath(path)} ${message}`);

describe("names", () => {
  const taken = (index: number, holder: number, name = "a") =>
    `[${index}].name "${name}" is already used by entry ${holder} (case is ignored). Set another name.`;

  it.each<[string, readonly unknown[], readonly string[]]>([
    ["each once", ["a", "b", "a-b"], []],
    ["one twice", ["a", "b", "a"], [taken(2, 0)]],
    ["one three times, compared with the first", ["a", "a", "a"], [taken(1, 0), taken(2, 0)]],
    // Folders have these names.
    ["one in two cases", ["agent", "Agent"], [taken(1, 0, "Agent")]],
    ["what isn't a name", [undefined, undefined, 5, 5], []],
  ])("%s", (_what, names, expected) => {
    expect(
      texts(
        nameProblems(
          names.map((name) => ({ name })),
          label,
        ),
      ),
    ).toEqual(expected);
  });
});

describe("services", () => {
  const C = { cluster: "c" };
  const taken = (index: number, holder: number, service = "datadog-agent") =>
    `[${index}] service name "${service}" is already used by entry ${holder} in this ECS cluster. Set another \`serviceName\`.`;

  it.each<[string, readonly (readonly Raw[])[], readonly string[]]>([
    ["of one cluster", [[C], [C]], [taken(1, 0)]],
    ["of one cluster, once by default", [[C], [{ ...C, serviceName: "datadog-agent" }]], [taken(1, 0)]],
    ["of one cluster, two names", [[C], [{ ...C, serviceName: "other" }]], []],
    ["of two clusters", [[C], [{ cluster: "d" }]], []],
    ["of clusters that aren't set", [[{}], [{}]], []],
    ["with names that are none", [[{ ...C, serviceName: 5 }], [{ ...C, serviceName: 5 }]], []],
    ["in two regions", [[{ ...C, region: "eu-west-1" }], [{ ...C, region: "us-east-1" }]], []],
    ["in one region", [[{ ...C, region: "eu-west-1" }], [{ ...C, region: "eu-west-1" }]], [taken(1, 0)]],
    ["in two accounts", [[{ ...C, accountId: "123456789012" }], [{ ...C, accountId: "210987654321" }]], []],
    ["in one account", [[{ ...C, accountId: "123456789012" }], [{ ...C, accountId: "123456789012" }]], [taken(1, 0)]],
    ["by two profiles", [[{ ...C, provider: { profile: "a" } }], [{ ...C, provider: { profile: "b" } }]], []],
    ["by one profile", [[{ ...C, provider: { profile: "a" } }], [{ ...C, provider: { profile: "a" } }]], [taken(1, 0)]],
    [
      "on a host of another one",
      [[C, { ...C, serviceName: "a" }], [{ ...C, serviceName: "b" }], [{ ...C, serviceName: "a" }]],
      [taken(2, 0, "a")],
    ],
  ])("%s", (_what, clusters, expected) => expect(texts(serviceProblems(clusters, label))).toEqual(expected));

  const serviceArn = "arn:aws:ecs:eu-west-1:123456789012:service/c/datadog-agent";
  const taskDefinitionArn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/datadog-agent-task:1";
  const service = "[1].adopt.serviceArn is already adopted by entry 0. Remove it from one of them.";
  const task =
    "[1].adopt.taskDefinitionArn is already adopted by entry 0. Remove it from both: the previous revisions are kept.";
  const other = serviceArn.replace("/c/", "/d/");

  it.each<[string, readonly (readonly Raw[])[], readonly string[]]>([
    ["two", [[{ adopt: { serviceArn } }], [{ adopt: { serviceArn: other } }]], []],
    ["one twice", [[{ adopt: { serviceArn } }], [{ adopt: { serviceArn } }]], [service]],
    ["one twice, of one cluster", [[{ ...C, adopt: { serviceArn } }], [{ ...C, adopt: { serviceArn } }]], [service]],
    [
      "one twice, by two profiles",
      [
        [{ ...C, provider: { profile: "a" }, adopt: { serviceArn } }],
        [{ ...C, provider: { profile: "b" }, adopt: { serviceArn } }],
      ],
      [service],
    ],
    [
      "two with one task definition",
      [[{ adopt: { serviceArn, taskDefinitionArn } }], [{ adopt: { serviceArn: other, taskDefinitionArn } }]],
      [task],
    ],
    [
      "one twice, with its task definition",
      Array(2).fill([{ adopt: { serviceArn, taskDefinitionArn } }]),
      [service, task],
    ],
    [
      "what is none",
      [[{ adopt: 5 }], [{ adopt: null }], [{ adopt: { serviceArn: 5 } }], [{ adopt: { serviceArn: 5 } }]],
      [],
    ],
    ["one of two of a cluster", [[{ ...C, adopt: { serviceArn } }], [C]], [taken(1, 0)]],
  ])("that are taken over: %s", (_what, clusters, expected) =>
    expect(texts(serviceProblems(clusters, label))).toEqual(expected),
  );
});
