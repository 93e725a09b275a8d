import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { formatPath } from "../../lib/core/problem";

const ROLE = "arn:aws:iam::123456789012:role/agent";
const STACK = "shareRoles needs `stack`: the clusters of one stack share roles.";
const GIVEN =
  "shareRoles can't be combined with `taskRoleArn` or `executionRoleArn`: an existing role is already shared.";
const SECRET = "shareRoles can't be combined with `apiKey.createSecret`: each cluster has its own secret.";
const createSecret = { apiKey: { createSecret: { name: "datadog" } } };

const problemsOf = (cluster: object) =>
  (check(catalog, catalog.schemas.cluster, { name: "a", ...cluster }).problems ?? []).map(
    ({ path, message }) => `${formatPath(path)} ${message}`,
  );

describe("a cluster that shares roles", () => {
  it.each<[string, object, readonly string[]]>([
    ["in a stack is accepted", { stack: "all" }, []],
    ["with an existing secret is accepted", { stack: "all", apiKey: { ssmParameterArn: "${var.parameter}" } }, []],
    ["without a stack is refused", {}, [STACK]],
    ["with a task role is refused", { stack: "all", taskRoleArn: ROLE }, [GIVEN]],
    ["with an execution role is refused", { stack: "all", executionRoleArn: ROLE }, [GIVEN]],
    ["with a created secret is refused", { stack: "all", ...createSecret }, [SECRET]],
    ["reports all problems at once", { taskRoleArn: ROLE, ...createSecret }, [STACK, GIVEN, SECRET]],
    [
      "isn't compared with values that are refused themselves",
      { stack: "a b", taskRoleArn: "agent" },
      [
        expect.stringMatching(/^taskRoleArn must be the ARN of an IAM role/) as string,
        expect.stringMatching(/^stack must be /) as string,
      ],
    ],
  ])("%s", (_what, cluster, expected) => {
    const problems = problemsOf({ ...cluster, shareRoles: true });
    expect(problems).toHaveLength(expected.length);
    expect(problems).toEqual(expect.arrayContaining([...expected]));
  });

  it.each([{ shareRoles: false }, {}])("isn't meant by %j", (keys) => {
    expect(problemsOf({ taskRoleArn: ROLE, ...createSecret, ...keys })).toEqual([]);
  });
});
