import { existsSync } from "node:fs";
import { join } from "node:path";
import { catalog } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { AGENT_ACCESS, AGENT_DOCUMENTATION } from "../../lib/core/agent";
import type { Task } from "../../lib/core/assemble";
import { contributionOf } from "../../lib/core/feature";
import { schemasAt } from "../../lib/core/read-back";
import { pathsOf } from "../../lib/core/term";
import type { Features } from "../../lib/core/toggles";
import * as registry from "../../lib/features";
import { HOST_NAMES, hosts } from "../../lib/hosts";
import { deepFreeze } from "../support/deep-freeze";
import { everyOption, neededOptions, someOptions } from "../support/options";
import { agentTaskOf, API_KEY_ARN } from "../support/task";

const features = Object.entries(registry as Features);

const onHosts = features.flatMap(([name, feature]) =>
  HOST_NAMES.map((hostName) => ({
    name,
    feature,
    hostName,
    supported: feature.requires.every((trait) => hosts[hostName].traits.includes(trait)),
  })),
);
const supported = onHosts.filter((pair) => pair.supported);
const unsupported = onHosts.filter((pair) => !pair.supported);

/** The required settings of a daemon. */
const REQUIRED = { cluster: "production", apiKey: { secretsManagerArn: API_KEY_ARN } };

/** One line without a final period. */
const SENTENCE = /^[A-Z/][^\n]+[^.\s]$/;

describe("the Agent's base", () => {
  it("has a documentation link and explains its host access", () => {
    expect(AGENT_DOCUMENTATION).toMatch(/^https:\/\/docs\.datadoghq\.com\/\S+$/);
    expect(AGENT_ACCESS).toMatch(SENTENCE);
    expect(HOST_NAMES.filter((name) => hosts[name].agentMounts.length === 0)).toEqual([]);
  });
});

describe("every feature", () => {
  it.each(features.map(([name]) => name))("has its own test file: %s", (name) => {
    const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(existsSync(join(__dirname, `../features/${file}.test.ts`))).toBe(true);
  });

  it.each(features)("has a one-line summary: %s", (_name, { summary }) => {
    expect(summary).toMatch(/^[A-Z][^\n]{9,79}[^.\s]$/);
  });

  it.each(features)("has a documentation link: %s", (_name, { documentation }) => {
    expect(documentation).toMatch(/^https:\/\/docs\.datadoghq\.com\/\S+$/);
  });

  it.each(features)("explains its host access if any of its options need it: %s", (name, feature) => {
    const own = supported.filter((pair) => pair.name === name);
    const contributions = own.flatMap(({ hostName }) =>
      someOptions(feature, 100).map((given) => contributionOf(feature, feature.options.parse(given), hosts[hostName])),
    );
    const touchesHost = contributions.some(
      ({ mounts = [], capabilities = [], pidMode }) => mounts.length + capabilities.length > 0 || pidMode !== undefined,
    );
    expect(feature.access ?? "").toMatch(touchesHost ? SENTENCE : /^$/);
  });

  it.each(features)("describes each of its options: %s", (_name, { options }) => {
    for (const [key, option] of Object.entries(options.shape)) {
      expect([key, (option as typeof options).description]).toEqual([key, expect.stringMatching(/^[A-Z]/)]);
    }
  });
});

describe("a path that a feature reads", () => {
  it.each(onHosts)("is one of its options: $name on $hostName", ({ feature, hostName }) => {
    const { options, rules = [] } = feature;
    const paths = [...pathsOf(feature.on(hosts[hostName])), ...rules.flatMap(({ holds }) => pathsOf(holds))];
    expect(paths.filter((path) => schemasAt(options, path.split(".")).length === 0)).toEqual([]);
  });
});

describe("a feature that is off", () => {
  /** On a site that the feature supports, with all features off that aren't named. */
  const taskWith = ({ feature, hostName }: (typeof onHosts)[number], isOn: (name: string) => boolean) =>
    agentTaskOf({
      host: hostName,
      site: feature.sites?.only[0],
      features: Object.fromEntries(features.map(([name, feature]) => [name, isOn(name) && everyOption(feature)])),
    }).task;

  const single = new Map<string, readonly string[]>();
  /** The parts of a task with one feature on. Cached, because many pairs need the same task. */
  const partsWithOnly = (pair: (typeof onHosts)[number], name: string) => {
    const key = [pair.hostName, pair.feature.sites?.only[0], name].join();
    const parts = single.get(key) ?? partsOf(taskWith(pair, (other) => other === name));
    single.set(key, parts);
    return parts;
  };

  it.each(supported)("leaves nothing behind: $name on $hostName", (pair) => {
    const others = supported.filter(({ name, hostName }) => name !== pair.name && hostName === pair.hostName);
    const nothing = partsOf(taskWith(pair, () => false));
    const only = partsWithOnly(pair, pair.name);
    const everyOther = partsOf(taskWith(pair, (name) => others.some((other) => other.name === name)));
    const own = only.filter((part) => !nothing.includes(part));
    // What several features need remains while any of them is on.
    const shared = others.flatMap(({ name }) => partsWithOnly(pair, name));

    expect(own).not.toEqual([]);
    expect(everyOther.filter((part) => own.includes(part) && !shared.includes(part))).toEqual([]);
    // Turning a feature on removes only what it sets while off, and the fallbacks of features that use it.
    const { fallback = {} } = contributionOf(pair.feature, everyOption(pair.feature), hosts[pair.hostName]);
    const replaced = features.flatMap(([name, { off = {} }]) =>
      Object.entries(off).filter(([variable]) => name === pair.name || variable in fallback),
    );
    const lost = nothing.filter((part) => !only.includes(part));
    expect(lost).toEqual(replaced.map(([name, value]) => part("variable", { name, value })));
  });

  it.each(HOST_NAMES)("adds no port, capability, sidecar or secret except the API key on %s", (host) => {
    const { task } = agentTaskOf({ host });
    const [{ portMappings, linuxParameters, secrets, mountPoints }, ...sidecars] = task.containerDefinitions;
    expect({ portMappings, linuxParameters, secrets, sidecars }).toEqual({
      secrets: [{ name: "DD_API_KEY", valueFrom: API_KEY_ARN }],
      sidecars: [],
    });
    expect(mountPoints).toHaveLength(hosts[host].agentMounts.length);
  });

  function part(kind: string, value: unknown): string {
    return `${kind} ${JSON.stringify(value)}`;
  }

  function partsOf({ containerDefinitions: [agent, ...sidecars], volumes, pidMode }: Task): string[] {
    const { image, environment, secrets, mountPoints, portMappings, linuxParameters } = agent;
    const parts = {
      variable: environment,
      secret: secrets,
      mount: mountPoints,
      volume: volumes,
      port: portMappings,
      capability: linuxParameters?.capabilities?.add,
      sidecar: sidecars,
      pidMode: [pidMode].filter((mode) => mode !== undefined),
      // The default image has no flavor of a feature.
      image: [image].filter((reference) => reference !== "public.ecr.aws/datadog/agent:latest"),
    };
    return Object.entries(parts).flatMap(([kind, values = []]) => values.map((value: unknown) => part(kind, value)));
  }
});

describe("a feature that is on", () => {
  it.each(onHosts)("is a pure function of its options and its host: $name on $hostName", ({ feature, hostName }) => {
    const options = deepFreeze(everyOption(feature));
    const host = deepFreeze(structuredClone(hosts[hostName]));
    const first = JSON.stringify(contributionOf(feature, options, host));
    expect(JSON.stringify(contributionOf(feature, options, host))).toBe(first);
  });

  it.each(supported)("sets every variable to non-empty text: $name on $hostName", ({ feature, hostName }) => {
    const { environment, fallback, sidecars = [] } = contributionOf(feature, everyOption(feature), hosts[hostName]);
    const environments = [environment, fallback, feature.off, ...sidecars.map((sidecar) => sidecar.environment)];
    for (const [name, value] of environments.flatMap((variables = {}) => Object.entries(variables))) {
      expect([name, value]).toEqual([
        expect.stringMatching(/^(DD|HOST|NVIDIA)_[A-Z0-9_]+$/),
        expect.stringMatching(/./),
      ]);
    }
  });
});

describe("a host without what a feature requires", () => {
  it.each(unsupported)("is refused: $name on $hostName", ({ name, feature, hostName }) => {
    const site = feature.sites?.only[0];
    const { problems = [] } = check(catalog, catalog.schemas.daemon, {
      ...REQUIRED,
      host: hostName,
      site,
      features: { [name]: neededOptions(feature) },
    });
    expect(problems).toContainEqual({
      code: expect.stringMatching("^rule/features/") as string,
      path: ["features", name],
      message: expect.stringMatching(`^must be off on the host ${hostName}: it needs a host that .+\\.$`) as string,
    });
  });

  it.each(supported)("is not this one: $name on $hostName", ({ name, feature, hostName }) => {
    const site = feature.sites?.only[0];
    const settings = { ...REQUIRED, host: hostName, site, features: { [name]: neededOptions(feature) } };
    expect(check(catalog, catalog.schemas.daemon, settings).problems).toBeUndefined();
  });

  it("is Windows for features that need Linux containers, a Linux kernel or UNIX sockets", () => {
    expect(unsupported.map(({ hostName }) => hostName)).toEqual(unsupported.map(() => "windows"));
    expect(unsupported.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["fipsProxy", "networkPerformanceMonitoring"]),
    );
    const { problems = [] } = check(catalog, catalog.schemas.daemon, {
      ...REQUIRED,
      host: "windows",
      features: { apm: { socket: true }, dogstatsd: { socket: true } },
    });
    expect(problems.map(({ path }) => path.join("."))).toEqual(["features.apm.socket", "features.dogstatsd.socket"]);
  });
});
