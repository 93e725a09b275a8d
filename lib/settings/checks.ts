import * as z from "zod";
import { isExpression } from "../core/expression";
import type { Path, Problem } from "../core/problem";
import { key } from "../core/schema";
import { mayBeSecret } from "../core/secrets";
import { defineSetting } from "../core/setting";
import { and, empty, from, has, hostHas, implies, isOn, isTrue, json, not, when } from "../core/term";

/** Values of an integration's configuration file, which can have any shape. */
const anything = z.record(z.string(), z.unknown());

/**
 * Integrations and checks, as in their `conf.d` files. Autodiscovery also finds the Agent's own container, so the Agent
 * reads these checks from a Docker label, as in Datadog's guide to Database Monitoring in Docker. `init_config` is empty if
 * it isn't set.
 * @see https://docs.datadoghq.com/containers/docker/integrations/
 */
export const checks = defineSetting({
  summary: "Checks that the Agent runs, by integration name, with the content of their conf.d file",
  of: "daemon",
  schema: z
    .record(
      key("an integration name: letters, digits and _, such as http_check", /^[A-Za-z][A-Za-z0-9_]*$/),
      z.strictObject({
        init_config: anything.optional().describe("Configuration of all instances"),
        instances: z
          .array(anything)
          .min(1, { error: "must have at least one instance" })
          .describe("What to check; `%%env_NAME%%` is replaced by an environment variable or secret of the Agent"),
      }),
    )
    .default({}),
  contribution: {
    dockerLabels: { "com.datadoghq.ad.checks": when(not(empty("checks")), json(from("checks"))) },
  },
  rules: [
    {
      at: "checks.network_path",
      holds: implies(and(has("checks", "network_path"), hostHas("linux-kernel")), isOn("networkPath")),
      must: "needs `features.networkPath`, whose system probe traces the paths. Turn it on.",
    },
  ],
  rulesInCode: [{ reads: ["checks"], problems: ({ checks: given }) => secretsIn(given, ["checks"]) }],
  notices: [
    {
      when: and(
        isOn("networkPath"),
        not(isTrue("features.networkPath.monitorConnections")),
        not(has("checks", "network_path")),
      ),
      fixable: true,
      text: "`features.networkPath` without `monitorConnections` traces only the destinations of `checks.network_path`, which isn't set.",
    },
    {
      when: not(empty("checks")),
      text: "`checks` run on every instance of the cluster. For a check that must run once, such as a database check, add a separate daemon with `placementConstraints` that match one instance.",
    },
  ],
});

/** What the Agent resolves, with a user name before it: an environment variable, or a handle of the secrets backend. */
const RESOLVED = /(?:[^\s/:@]*:)?(?:%%env_\w+%%|ENC\[[^\]]+\])@?/g;

/** Docker labels are as readable as environment variables. */
function secretsIn(value: unknown, path: Path): readonly Problem[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) =>
      secretsIn(inner, [...path, Array.isArray(value) ? Number(name) : name]),
    );
  }
  if (typeof value !== "string" || isExpression(value)) return [];
  const rest = value.replace(RESOLVED, "");
  if (rest === "" || !mayBeSecret(rest, String(path.at(-1)))) return [];
  return [
    {
      path,
      message:
        "must not be plain text: anyone who can read the task definition can read it. " +
        "Add it to `secrets`, for example as DB_PASSWORD, and write %%env_DB_PASSWORD%% here.",
    },
  ];
}
