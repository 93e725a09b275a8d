import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { AGENT_ACCESS, AGENT_DOCUMENTATION, agentBase } from "../../lib/agent";
import { check } from "../../lib/configuration/check";
import { settingsSchema } from "../../lib/configuration/schema";
import { assemble, type Contributor, type Task } from "../../lib/core/assemble";
import type { Registry } from "../../lib/core/toggles";
import * as registry from "../../lib/features";
import { HOST_NAMES, hosts } from "../../lib/hosts";
import { everyOption, neededOptions, optionsArbitrary } from "../support/options";
import { agentTaskOf, API_KEY_ARN } from "../support/task";

const features = Object.entries(registry as Registry);

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

/** One line without a full stop. */
const SENTENCE = /^[A-Z/][^\n]+[^.\s]$/;

describe("the Agent's base", () => {
  it("says where it is documented, and why it needs the host", () => {
    expect(AGENT_DOCUMENTATION).toMatch(/^https:\/\/docs\.datadoghq\.com\/\S+$/);
    expect(AGENT_ACCESS).toMatch(SENTENCE);
    expect(HOST_NAMES.filter((name) => hosts[name].agentMounts.length === 0)).toEqual([]);
  });
});

describe("every feature", () => {
  it.each(features.map(([name]) => name))("has tests of its own: %s", (name) => {
    const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(existsSync(join(__dirname, `${file}.test.ts`))).toBe(true);
  });

  it.each(features)("says what it does in one line: %s", (_name, { summary }) => {
    expect(summary).toMatch(/^[A-Z][^\n]{9,79}[^.\s]$/);
  });

  it.each(features)("says where it is documented: %s", (_name, { documentation }) => {
    expect(documentation).toMatch(/^https:\/\/docs\.datadoghq\.com\/\S+$/);
  });

  it.each(features)("says why it needs the host, where some of its options make it: %s", (name, feature) => {
    const own = supported.filter((pair) => pair.name === name);
    const contributions = own.flatMap(({ hostName }) =>
      fc
        .sample(optionsArbitrary(feature.options), { numRuns: 100, seed: 1 })
        .map((given) => feature.on(feature.options.parse(given), hosts[hostName])),
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

describe("what is off", () => {
  /** On a site on which the feature works, and with every feature off that isn't named. */
  const taskWith = ({ feature, hostName }: (typeof onHosts)[number], isOn: (name: string) => boolean) =>
    agentTaskOf({
      host: hostName,
      site: feature.sites?.only[0],
      features: Object.fromEntries(features.map(([name, feature]) => [name, isOn(name) && everyOption(feature)])),
    }).task;

  it.each(supported)("leaves nothing behind: $name on $hostName", (pair) => {
    const others = supported.filter(({ name, hostName }) => name !== pair.name && hostName === pair.hostName);
    const nothing = partsOf(taskWith(pair, () => false));
    const only = partsOf(taskWith(pair, (name) => name === pair.name));
    const everyOther = partsOf(taskWith(pair, (name) => others.some((other) => other.name === name)));
    const own = only.filter((part) => !nothing.includes(part));
    // What several features need is there as long as one of them is on.
    const shared = others.flatMap((other) => partsOf(taskWith(pair, (name) => name === other.name)));

    expect(own).not.toEqual([]);
    expect(everyOther.filter((part) => own.includes(part) && !shared.includes(part))).toEqual([]);
    // Turning something on takes nothing away but what stood for its being off.
    const lost = nothing.filter((part) => !only.includes(part));
    expect(lost).toEqual(
      Object.entries(pair.feature.off ?? {}).map(([name, value]) => part("variable", { name, value })),
    );
  });

  it.each(HOST_NAMES)("has no port, capability, sidecar or secret besides the API key on %s", (host) => {
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
      // An image without a flavor is none of any feature.
      image: [image].filter((reference) => reference !== "public.ecr.aws/datadog/agent:latest"),
    };
    return Object.entries(parts).flatMap(([kind, values = []]) => values.map((value: unknown) => part(kind, value)));
  }
});

describe("a feature that is on", () => {
  it.each(onHosts)("is a pure function of its options and its host: $name on $hostName", ({ feature, hostName }) => {
    const options = deepFreeze(everyOption(feature));
    const host = deepFreeze(structuredClone(hosts[hostName]));
    const first = JSON.stringify(feature.on(options, host));
    expect(JSON.stringify(feature.on(options, host))).toBe(first);
  });

  it.each(supported)("writes every variable as text that isn't empty: $name on $hostName", ({ feature, hostName }) => {
    const { environment, sidecars = [] } = feature.on(everyOption(feature), hosts[hostName]);
    const environments = [environment, feature.off, ...sidecars.map((sidecar) => sidecar.environment)];
    for (const [name, value] of environments.flatMap((variables = {}) => Object.entries(variables))) {
      expect([name, value]).toEqual([
        expect.stringMatching(/^(DD|HOST|NVIDIA)_[A-Z0-9_]+$/),
        expect.stringMatching(/./),
      ]);
    }
  });
});

describe("a host that lacks what is required", () => {
  it.each(unsupported)("is refused: $name on $hostName", ({ name, feature, hostName }) => {
    const site = feature.sites?.only[0];
    const { problems = [] } = check(settingsSchema, {
      host: hostName,
      site,
      features: { [name]: neededOptions(feature) },
    });
    expect(problems).toContainEqual({
      path: ["features", name],
      message: expect.stringMatching(`^must be off on the host ${hostName}: it needs a host that .+\\.$`) as string,
    });
  });

  it.each(supported)("isn't this one: $name on $hostName", ({ name, feature, hostName }) => {
    const site = feature.sites?.only[0];
    const settings = { host: hostName, site, features: { [name]: neededOptions(feature) } };
    expect(check(settingsSchema, settings).problems).toBeUndefined();
  });

  it("is Windows for what needs Linux containers, a Linux kernel or UNIX sockets", () => {
    expect(unsupported.map(({ hostName }) => hostName)).toEqual(unsupported.map(() => "windows"));
    expect(unsupported.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["fipsProxy", "networkPerformanceMonitoring"]),
    );
    const { problems = [] } = check(settingsSchema, {
      host: "windows",
      features: { apm: { socket: true }, dogstatsd: { socket: true } },
    });
    expect(problems.map(({ path }) => path.join("."))).toEqual(["features.apm.socket", "features.dogstatsd.socket"]);
  });
});

describe("assembling", () => {
  it.each(HOST_NAMES)("is independent of the order of contributors on %s", (hostName) => {
    const host = hosts[hostName];
    const base = agentBase(settingsWithKey(), host);
    const contributors: Contributor[] = [
      { source: "agent", contribution: base },
      ...supported
        .filter((pair) => pair.hostName === hostName)
        .map(({ name, feature }) => ({
          source: `features.${name}`,
          contribution: feature.on(everyOption(feature), host),
        })),
    ];
    const written = (inThisOrder: readonly Contributor[]) =>
      JSON.stringify(
        assemble({
          family: "agent",
          host,
          launchType: "EC2",
          networkMode: host.networkMode,
          image: "agent:7",
          cpu: host.cpu,
          memoryMiB: host.memoryMiB,
          healthCheck: undefined,
          off: {},
          contributors: inThisOrder,
          environment: {},
        }),
      );
    const shuffled = fc.shuffledSubarray(contributors, { minLength: contributors.length });
    fc.assert(fc.property(shuffled, (inAnyOrder) => expect(written(inAnyOrder)).toBe(written(contributors))));
  });

  function settingsWithKey() {
    return { ...settingsSchema.parse({}), apiKey: { arn: API_KEY_ARN } };
  }
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
