import { contributionOf } from "../../lib/core/feature";
import { secretsBackend } from "../../lib/features/secrets-backend";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";
import { agentTaskOf } from "../support/task";

describe("secretsBackend", () => {
  it.each(["aws.secrets", "aws.ssm"])("resolves secrets with %s, in the given region", (type) => {
    const { environment = {}, ...rest } = contributionOf(secretsBackend, { type, region: "eu-west-1" }, windows);
    const { DD_SECRET_BACKEND_CONFIG = "", ...others } = environment;
    expect(JSON.parse(DD_SECRET_BACKEND_CONFIG)).toEqual({ aws_session: { aws_region: "eu-west-1" } });
    expect({ others, rest }).toEqual({ others: { DD_SECRET_BACKEND_TYPE: type }, rest: {} });
  });

  it("uses Secrets Manager by default, and requires a region", () => {
    expect(secretsBackend.options.parse({ region: "us-gov-west-1" })).toEqual({
      type: "aws.secrets",
      region: "us-gov-west-1",
    });
  });

  it.each([
    [{}, "region"],
    [{ region: "Europe" }, "region"],
    [{ region: "eu-west-1", type: "vault" }, "type"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(secretsBackend.options, options)).toEqual([path]);
  });

  it.each([
    ["aws.secrets", "secretsmanager:GetSecretValue"],
    ["aws.ssm", "ssm:GetParameter"],
  ] as const)("names the role that reads secrets and the required action for %s", (type, action) => {
    const { notices } = agentTaskOf({ features: { secretsBackend: { type, region: "eu-west-1" } } });
    expect(notices).toEqual([expect.stringContaining(`which must allow ${action} on them`)]);
  });

  it("works on all hosts from Agent 7.70 on", () => {
    expect(needsOf(secretsBackend)).toEqual({ requires: [], since: "7.70" });
  });
});
