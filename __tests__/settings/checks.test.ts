import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { assemble } from "../../lib/core/assemble";
import { linux } from "../../lib/hosts/linux";
import { agentTaskOf, API_KEY_ARN } from "../support/task";

const HTTP = { http_check: { instances: [{ name: "shop", url: "https://shop.example" }] } };

function problemsOf(given: object): string[] {
  const daemon = { cluster: "production", apiKey: { secretsManagerArn: API_KEY_ARN }, ...given };
  const { problems = [] } = check(catalog, catalog.schemas.daemon, daemon);
  return problems.map(({ path, message }) => `${path.join(".")} ${message}`);
}

function labelsOf(given: Parameters<typeof agentTaskOf>[0]) {
  return agentTaskOf(given).task.containerDefinitions[0].dockerLabels;
}

describe("checks", () => {
  it("are in the container's Autodiscovery label", () => {
    const labels = labelsOf({ checks: HTTP });
    expect(Object.keys(labels ?? {})).toEqual(["com.datadoghq.ad.checks"]);
    expect(JSON.parse(labels?.["com.datadoghq.ad.checks"] ?? "")).toEqual({
      http_check: { instances: [{ name: "shop", url: "https://shop.example" }] },
    });
  });

  it("can be combined with other labels, but not with the same label", () => {
    const contribution = { dockerLabels: { "com.datadoghq.ad.checks": "{}" } };
    const assembled = (dockerLabels: Record<string, string>) =>
      assemble({
        host: linux,
        networkMode: "bridge",
        image: "agent:7",
        container: { dockerLabels },
        task: {},
        off: {},
        contributors: [{ source: "checks", contribution }],
        environment: {},
      });
    expect(assembled({ a: "b" }).task.containerDefinitions[0].dockerLabels).toEqual({
      a: "b",
      "com.datadoghq.ad.checks": "{}",
    });
    expect(assembled({ a: "b" }).problems).toEqual([]);
    expect(assembled({ "com.datadoghq.ad.checks": "other" }).problems).toEqual([
      {
        path: ["dockerLabels"],
        message:
          "conflicts with checks on the Docker label com.datadoghq.ad.checks. Turn one of them off, or change its options.",
      },
    ]);
  });

  it("add no label if there are none", () => {
    expect(labelsOf({})).toBeUndefined();
  });

  it("keep values of any type, and text that looks like Terraform's", () => {
    const instances = [
      { tags: ["a:b"], timeout: 1.5, tls_verify: false, nested: { b: 1, a: null }, text: "$${x} <é>" },
    ];
    const label = labelsOf({ checks: { x: { instances } } })?.["com.datadoghq.ad.checks"] ?? "";
    expect(JSON.parse(label)).toEqual({ x: { instances } });
    expect(label).toContain('"nested":{"a":null,"b":1}');
  });

  it("run on every instance, which is a notice", () => {
    expect(agentTaskOf({ checks: HTTP }).notices).toEqual([expect.stringContaining("every instance of the cluster")]);
    expect(agentTaskOf({}).notices).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ x: {} }, "checks.x is missing the required key `instances` (a list)."],
    [{ x: { instances: [] } }, "checks.x.instances must have at least one instance, got an empty list."],
    [{ x: { instances: ["a"] } }, 'checks.x.instances.0 must be a map, got "a".'],
    [{ "x-y": { instances: [{}] } }, "checks.x-y must be an integration name"],
    [{ x: { instances: [{}], instance: 1 } }, "checks.x.instance unknown key"],
  ])("are refused as %j", (checks, problem) => {
    expect(problemsOf({ checks })).toEqual([expect.stringContaining(problem)]);
  });

  const postgres = (password: unknown) => ({
    postgres: { instances: [{ host: "db", nested: { password } }] },
  });

  it.each(["hunter2", "0123456789abcdef0123456789abcdef"])("refuse a secret: %s", (password) => {
    expect(problemsOf({ checks: postgres(password) })).toEqual([
      "checks.postgres.instances.0.nested.password must not be plain text: anyone who can read the task definition " +
        "can read it. Add it to `secrets`, for example as DB_PASSWORD, and write %%env_DB_PASSWORD%% here.",
    ]);
  });

  it.each(["%%env_DB_PASSWORD%%", "ENC[/prod/db;password]", 5, false])(
    "accept a reference to a secret: %s",
    (password) => {
      expect(problemsOf({ checks: postgres(password) })).toEqual([]);
    },
  );
});
