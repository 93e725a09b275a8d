import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { ownersOfVariables } from "../../lib/core/owned-variables";
import { agentTaskOf, API_KEY_ARN } from "../support/task";

/** All problems of a daemon, as they are printed. */
function problemsOf(given: object): string[] {
  const daemon = { cluster: "production", apiKey: { secretsManagerArn: API_KEY_ARN }, ...given };
  const { problems = [] } = check(catalog, catalog.schemas.daemon, daemon);
  return problems.map(({ path, message }) => `${path.join(".")} ${message}`);
}

const controlledBy = (variable: string, keys: string) =>
  `environment.${variable} can't be set here: ${keys} controls it. ` +
  "Set that key, or move the variable to `environmentOverrides` to override it.";

const secret = (variable: string) =>
  `environment.${variable} can't be set here: it looks like a secret, and anyone who can read the task definition can ` +
  "read it. Move it to `secrets`, with the ARN of the secret. If it isn't a secret, move it to `environmentOverrides`.";

describe("a variable that another setting controls", () => {
  it.each([
    ["DD_SITE", "`site`"],
    ["DD_TAGS", "`tags`"],
    ["DD_ENV", "`features.unifiedServiceTagging.env`"],
    ["DD_LOGS_ENABLED", "`features.logs`"],
    ["DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL", "`features.logs.collectAll`"],
    ["DD_CONTAINER_EXCLUDE_LOGS", "`features.containerFilters.excludeLogs` or `features.logs.exclude`"],
    ["DD_APM_NON_LOCAL_TRAFFIC", "`features.apm.port`"],
    // Only set while a feature is off.
    ["DD_REMOTE_CONFIGURATION_ENABLED", "`features.remoteConfiguration`"],
    // Not set by a template, but contradicts one.
    ["DD_APM_RECEIVER_PORT", "`features.apm.port`"],
    ["DD_DOGSTATSD_PORT", "`features.dogstatsd.port`"],
    // Other names of the same variable.
    ["DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED", "`features.processCollection`"],
    ["https_proxy", "`features.proxy.https`"],
    ["DD_AC_EXCLUDE", "`features.containerFilters.exclude`"],
  ])("is refused in `environment`: %s", (variable, keys) => {
    expect(problemsOf({ environment: { [variable]: "x" } })).toEqual([controlledBy(variable, keys)]);
  });

  it("can be set in `environmentOverrides`, and then appears once", () => {
    const given = { features: { apm: true, logs: true }, environmentOverrides: { DD_APM_ENABLED: "false", A: "b" } };
    expect(problemsOf(given)).toEqual([]);
    const [{ environment = [] }] = agentTaskOf(given).task.containerDefinitions;
    expect(environment.filter(({ name }) => name === "DD_APM_ENABLED" || name === "A")).toEqual([
      { name: "A", value: "b" },
      { name: "DD_APM_ENABLED", value: "false" },
    ]);
  });

  it("is any variable that a feature or a setting contributes, on any host", () => {
    const owned = [...ownersOfVariables(catalog).keys()];
    const everything = Object.fromEntries(owned.map((variable) => [variable, "x"]));
    expect(problemsOf({ environment: everything })).toHaveLength(owned.length);
    expect(owned.length).toBeGreaterThan(70);
    expect(problemsOf({ environmentOverrides: everything })).toEqual([]);
  });

  it("isn't a variable with a fallback only", () => {
    const environment = { DD_EC2_PREFER_IMDSV2: "false", DD_APM_DEBUGGER_LOGS_ENABLED_OVERRIDE: "false" };
    const given = { environment, image: { tag: "7.40.0" } };
    expect(problemsOf(given)).toEqual([]);
    const [{ environment: all = [] }] = agentTaskOf(given).task.containerDefinitions;
    expect(all).toContainEqual({ name: "DD_EC2_PREFER_IMDSV2", value: "false" });
  });

  it("doesn't hide other problems", () => {
    expect(
      problemsOf({ environment: { A: 1, DD_SITE: "x", DD_HOSTNAME: "y" } }).map((each) => each.split(" ")[0]),
    ).toEqual(["environment.A", "environment.DD_HOSTNAME", "environment.DD_SITE"]);
  });
});

describe("a variable that looks like a secret", () => {
  it.each([
    ["DD_APP_KEY", "x"],
    ["MY_API_KEY", "x"],
    ["POSTGRES_PASSWORD", "hunter2"],
    ["DD_CLUSTER_AGENT_AUTH_TOKEN", "${var.token}"],
    ["client_secret", "x"],
    ["DD_ADDITIONAL_ENDPOINTS", `{"https://app.datadoghq.eu": ["${"0123456789abcdef".repeat(2)}"]}`],
  ])("is refused in `environment`: %s", (variable, value) => {
    expect(problemsOf({ environment: { [variable]: value } })).toEqual([secret(variable)]);
    expect(problemsOf({ environmentOverrides: { [variable]: value } })).toEqual([]);
  });

  it.each([
    ["POSTGRES_PASSWORD", "ENC[/prod/postgres]"],
    ["DD_KEEP_TOKEN", "true"],
    ["DD_TOKEN_FILE", "/etc/token"],
    ["DD_GIT_COMMIT_SHA", "0123456789abcdef0123456789abcdef01234567"],
  ])("isn't assumed for %s", (variable, value) => {
    expect(problemsOf({ environment: { [variable]: value } })).toEqual([]);
  });

  it("is never shown", () => {
    const [problem = ""] = problemsOf({ environmentOverrides: { A: "hunter2\0" } });
    expect(problem).toContain("not shown: it may be a secret");
    expect(problem).not.toContain("hunter2");
  });
});

describe("a forbidden variable", () => {
  it.each(["environment", "environmentOverrides"])("is the API key or the host name, in %s", (at) => {
    expect(problemsOf({ [at]: { DD_API_KEY: "x", DD_HOSTNAME: "y" } }).map((each) => each.split(" ")[0])).toEqual([
      `${at}.DD_API_KEY`,
      `${at}.DD_HOSTNAME`,
    ]);
  });
});
