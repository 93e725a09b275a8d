import { accountId, providerSchema } from "../../lib/settings/provider";
import { formatPath } from "../../lib/core/problem";

const roleArn = "arn:aws:iam::123456789012:role/deploy";

describe("an account ID", () => {
  it.each<[string, unknown, boolean]>([
    ["12 digits", "012345678901", true],
    ["11 digits", "12345678901", false],
    ["13 digits", "1234567890123", false],
    ["letters", "12345678901a", false],
    // YAML reads a leading zero as an octal number.
    ["a number", 123456789012, false],
  ])("of %s", (_what, given, accepted) => expect(accountId.safeParse(given).success).toBe(accepted));
});

describe("the schema of a provider", () => {
  const assumeRole = (keys: object) => ({ assumeRole: { roleArn, ...keys } });

  /** The refused paths; `[]` if everything is accepted. */
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
    // Credentials come from the environment, never from the file.
    ["credentials", { accessKey: "a" }, [""]],
    ["a region in addition to the cluster's", { region: "eu-west-1" }, [""]],
    ["assumeRole without a role", { assumeRole: {} }, ["assumeRole.roleArn"]],
    ["a user instead of a role", assumeRole({ roleArn: "arn:aws:iam::123456789012:user/a" }), ["assumeRole.roleArn"]],
    ["an external ID of 1 character", assumeRole({ externalId: "a" }), ["assumeRole.externalId"]],
    ["an external ID with whitespace", assumeRole({ externalId: "a b" }), ["assumeRole.externalId"]],
    ["a session name of 2 characters", assumeRole({ sessionName: "ab" }), []],
    ["a session name of 1 character", assumeRole({ sessionName: "a" }), ["assumeRole.sessionName"]],
    ["a session name of 64 characters", assumeRole({ sessionName: "a".repeat(64) }), []],
    ["a session name of 65 characters", assumeRole({ sessionName: "a".repeat(65) }), ["assumeRole.sessionName"]],
    ["an empty profile", { profile: "" }, ["profile"]],
    ["a profile with whitespace", { profile: "a b" }, ["profile"]],
    ["no accounts", { allowedAccountIds: [] }, ["allowedAccountIds"]],
    ["an account by its name", { allowedAccountIds: ["123456789012", "production"] }, ["allowedAccountIds[1]"]],
    ["an empty tag value", { defaultTags: { team: "" } }, []],
    ["a reserved AWS tag", { defaultTags: { "AWS:team": "a" } }, ["defaultTags.AWS:team"]],
    ["a tag value of 257 characters", { defaultTags: { a: "a".repeat(257) } }, ["defaultTags.a"]],
    ["a service in capitals", { endpoints: { ECS: "https://a" } }, ["endpoints.ECS"]],
    ["an endpoint that isn't a URL", { endpoints: { ecs: "ecs.internal" } }, ["endpoints.ecs"]],
    ["an endpoint of another protocol", { endpoints: { ecs: "ftp://ecs.internal" } }, ["endpoints.ecs"]],
    ["FIPS as text", { useFipsEndpoint: "true" }, ["useFipsEndpoint"]],
  ])("%s", (_what, provider, paths) => {
    const issues = providerSchema.safeParse(provider).error?.issues ?? [];
    expect(issues.map(({ path }) => formatPath(path as string[]))).toEqual(paths);
  });

  it("uses the regular AWS endpoints by default", () => {
    expect(providerSchema.parse({})).toEqual({ useFipsEndpoint: false });
  });
});
