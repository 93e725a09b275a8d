import * as z from "zod";
import { catalog } from "../../lib/catalog";
import { checkDaemon, type ExtendedProps, type ExtraFeature } from "../../lib/configuration/check-daemon";
import { DatadogAgentDaemon } from "../../lib/constructs/datadog-agent-daemon";
import { defineFeature } from "../../lib/core/feature";
import { hostMount } from "../../lib/core/host";
import { ConfigurationError } from "../../lib/core/problem";
import { from, isTrue, not, text, when } from "../../lib/core/term";
import { synthesize } from "../support/synthesize";
import { API_KEY_ARN } from "../support/task";

const hostChecks = defineFeature({
  summary: "Runs custom checks",
  documentation: "https://docs.datadoghq.com/developers/custom_checks/",
  requires: ["linux-containers"],
  options: z.strictObject({
    runners: z.int().min(1).default(4),
    debug: z.boolean().default(false),
  }),
  off: { DD_CHECKS_OFF: "true" },
  on: () => ({
    environment: { DD_CHECK_RUNNERS: text(from("runners")), DD_CHECKS_DEBUG: when(isTrue("debug"), "true") },
    mounts: [hostMount("checks", "/etc/datadog-checks", { at: "/checks.d" })],
  }),
  rules: [{ at: "debug", holds: not(isTrue("debug")), must: "must be off." }],
});

const props = (extend: readonly ExtraFeature[], more: Partial<ExtendedProps> = {}): ExtendedProps => ({
  cluster: "production",
  apiKey: { secretsManagerArn: API_KEY_ARN },
  ...more,
  extend,
});

const checked = (...args: Parameters<typeof props>) => checkDaemon(catalog, props(...args), "app/agent");

function variables(...args: Parameters<typeof props>): Record<string, string | undefined> {
  const [agent] = checked(...args).task.task.containerDefinitions;
  return Object.fromEntries((agent.environment ?? []).map(({ name = "", value }) => [name, value]));
}

function problems(...args: Parameters<typeof props>): Record<string, string> {
  try {
    checked(...args);
    return {};
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return Object.fromEntries(error.problems.map(({ path, message }) => [path.join("."), message]));
  }
}

describe("a feature of an app's own", () => {
  it.each<[string, Omit<ExtraFeature, "name" | "feature">, string]>([
    ["has its defaults where no options are given", {}, "4"],
    ["has the defaults of options that are left out", { options: {} }, "4"],
    ["has the options that are given", { options: { runners: 8 } }, "8"],
  ])("%s", (_what, options, runners) => {
    expect(variables([{ name: "hostChecks", feature: hostChecks, ...options }])).toMatchObject({
      DD_CHECK_RUNNERS: runners,
    });
  });

  it("is on next to the features of this package, which stay as they are", () => {
    const { task } = checked([{ name: "hostChecks", feature: hostChecks }], { features: { apm: true, logs: true } });
    expect(task.features).toEqual(["apm", "logs", "hostChecks"]);
  });

  it("reaches the resources", () => {
    const stack = synthesize((scope) => {
      new DatadogAgentDaemon(scope, "agent", props([{ name: "hostChecks", feature: hostChecks }]));
    });
    expect(JSON.stringify(stack.locals)).toContain('{"name":"DD_CHECK_RUNNERS","value":"4"}');
    expect(JSON.stringify(stack.resource)).toContain('{"host_path":"/etc/datadog-checks","name":"checks"}');
  });

  it("is unknown to a daemon without it", () => {
    checked([{ name: "hostChecks", feature: hostChecks }]);
    expect(variables([])).not.toHaveProperty("DD_CHECKS_OFF");
    expect(checked([]).catalog).toBe(catalog);
    expect(problems([], { features: { hostChecks: true } as never })["features.hostChecks"]).toMatch("unknown key");
  });

  it("can be several, which may need each other", () => {
    const dependent = defineFeature({
      ...hostChecks,
      rules: [],
      needs: { hostChecks: "it runs them" },
      on: () => ({}),
    });
    const both = [
      { name: "dependent", feature: dependent },
      { name: "hostChecks", feature: hostChecks },
    ];
    expect(problems(both)).toEqual({});
    expect(problems(both.slice(0, 1))).toEqual({
      "features.dependent": "needs `features.hostChecks`, which is off: it runs them. Turn it on.",
    });
  });
});

describe("it is refused", () => {
  it("under a name of this package's features", () => {
    expect(problems([{ name: "apm", feature: hostChecks }])).toEqual({
      "extend.0.name": '"apm" is already a feature of this package. Use another name.',
    });
  });

  it.each(["host checks", "a.b", "", "1st"])("under a name that can't be a key: %j", (name) => {
    expect(Object.keys(problems([{ name, feature: hostChecks }]))).toEqual(["extend.0.name"]);
  });

  it("under a name that another one has", () => {
    const twice = { name: "hostChecks", feature: hostChecks };
    expect(problems([twice, twice])).toEqual({
      "extend.1.name": '"hostChecks" is already used by another feature in this list. Use another name.',
    });
  });

  it("with options that it doesn't have", () => {
    const wrong = (options: Record<string, unknown>) =>
      problems([{ name: "hostChecks", feature: hostChecks, options }]);
    expect(wrong({ runner: 8 })["features.hostChecks.runner"]).toBe('unknown key "runner". Did you mean "runners"?');
    expect(Object.keys(wrong({ runners: "8" }))).toEqual(["features.hostChecks.runners"]);
  });

  it("by its own rules", () => {
    expect(problems([{ name: "hostChecks", feature: hostChecks, options: { debug: true } }])).toEqual({
      "features.hostChecks.debug": "must be off.",
    });
  });

  it("on a host that lacks what it needs", () => {
    expect(problems([{ name: "hostChecks", feature: hostChecks }], { host: "windows" })).toEqual({
      "features.hostChecks": "must be off on the host windows: it needs a host that runs Linux containers.",
    });
  });

  it("where it doesn't agree with another feature", () => {
    const clash = defineFeature({ ...hostChecks, on: () => ({ environment: { DD_LOGS_ENABLED: "false" } }) });
    expect(Object.values(problems([{ name: "clash", feature: clash }], { features: { logs: true } })).join()).toMatch(
      /DD_LOGS_ENABLED.*features\.clash|features\.clash.*DD_LOGS_ENABLED/,
    );
  });

  it("where this package's features exclude it, or it them", () => {
    const rival = defineFeature({ ...hostChecks, excludes: { logs: "it reads them itself" } });
    expect(problems([{ name: "rival", feature: rival }], { features: { logs: true } })).toEqual({
      "features.rival": "can't be combined with `features.logs`: it reads them itself. Set one of them to false.",
    });
  });
});
