import { accountId, providerSchema } from "../../lib/configuration/provider";
import { formatPath } from "../../lib/core/problem";

const roleArn = "arn:aws:iam::123456789012:role/deploy";

describe("an account ID", () => {
  it.each<[string, unknown, boolean]>([
    ["12 digits", "012345678901", true],
    ["11 digits", "12345678901", false],
    ["13 digits", "1234567890123", false],
    ["letters", "12345678901a", false],
    // YAML would read a leading zero as an octal number.
    ["a number", 123456789012, false],
  ])("of %s", (_what, given, accepted) => expect(accountId.safeParse(given).success).toBe(accepted));
});

describe("the forms of a provider", () => {
  const assumeRole = (keys: object) => ({ assumeRole: { roleArn, ...keys } });

  /** The paths that are refused; `[]` where all is accepted. */
  it.each<[string, object, readonly string[]]>([
    ["nothing", {}, []],
    [
      "everything",
      {
        assumeRole: { roleArn, externalId: "acme:1/2", sessionName: "datadog-agent@ci" },
        profile: "team/sre.prod@acme",
        allowedAccountIds: ["123456789012"],
        defaultTags: { "cost center": "4 2" },
        endpoints: { ecs: "https://ecs.internal", sts: "http://localhost:4566" },
        useFipsEndpoint: true,
      },
      [],
    ],
    // Credentials are the environment's, never the file's.
    ["credentials", { accessKey: "a" }, [""]],
    ["a region beside the cluster's own", { region: "eu-west-1" }, [""]],
    ["no role to take", { assumeRole: {} }, ["assumeRole.roleArn"]],
    ["a user for a role", assumeRole({ roleArn: "arn:aws:iam::123456789012:user/a" }), ["assumeRole.roleArn"]],
    ["an external ID of 1 character", assumeRole({ externalId: "a" }), ["assumeRole.externalId"]],
    ["an external ID with white space", assumeRole({ externalId: "a b" }), ["assumeRole.externalId"]],
    ["a session name of 2 characters", assumeRole({ sessionName: "ab" }), []],
    ["a session name of 1 character", assumeRole({ sessionName: "a" }), ["assumeRole.sessionName"]],
    ["a session name of 64 characters", assumeRole({ sessionName: "a".repeat(64) }), []],
    ["a session name of 65 characters", assumeRole({ sessionName: "a".repeat(65) }), ["assumeRole.sessionName"]],
    ["an empty profile", { profile: "" }, ["profile"]],
    ["a profile with white space", { profile: "a b" }, ["profile"]],
    ["no accounts", { allowedAccountIds: [] }, ["allowedAccountIds"]],
    ["an account by its name", { allowedAccountIds: ["123456789012", "production"] }, ["allowedAccountIds[1]"]],
    ["an empty tag value", { defaultTags: { team: "" } }, []],
    ["a tag of AWS's own", { defaultTags: { "AWS:team": "a" } }, ["defaultTags.AWS:team"]],
    ["a tag value of 257 characters", { defaultTags: { a: "a".repeat(257) } }, ["defaultTags.a"]],
    ["a service in capitals", { endpoints: { ECS: "https://a" } }, ["endpoints.ECS"]],
    ["an endpoint that is no URL", { endpoints: { ecs: "ecs.internal" } }, ["endpoints.ecs"]],
    ["an endpoint of another protocol", { endpoints: { ecs: "ftp://ecs.internal" } }, ["endpoints.ecs"]],
    ["FIPS as text", { useFipsEndpoint: "true" }, ["useFipsEndpoint"]],
  ])("%s", (_what, provider, paths) => {
    const issues = providerSchema.safeParse(provider).error?.issues ?? [];
    expect(issues.map(({ path }) => formatPath(path as string[]))).toEqual(paths);
  });

  it("has AWS's usual endpoints by default", () => {
    expect(providerSchema.parse({})).toEqual({ useFipsEndpoint: false });
  });
});
