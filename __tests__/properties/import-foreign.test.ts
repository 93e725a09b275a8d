import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import { catalog } from "../../lib/catalog";
import type { Task } from "../../lib/core/assemble";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { importDefinition } from "../../lib/outputs/import";
import { configurationOf } from "../support/clusters";
import { definitionJson, differencesIn } from "../support/definitions";

/** Task definitions of users, not in the form that this project writes. */

const SWITCH = fc.constantFrom("true", "True", "1", "t", "false", "F", "0");
const SWITCHES = [
  ...["DD_APM_ENABLED", "DD_APM_NON_LOCAL_TRAFFIC", "DD_DOGSTATSD_NON_LOCAL_TRAFFIC", "DD_USE_DOGSTATSD"],
  ...["DD_LOGS_ENABLED", "DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL", "DD_PROCESS_AGENT_ENABLED", "DD_SBOM_ENABLED"],
  ...["DD_RUNTIME_SECURITY_CONFIG_ENABLED", "DD_COMPLIANCE_CONFIG_ENABLED", "DD_SYSTEM_PROBE_ENABLED"],
  ...["DD_REMOTE_CONFIGURATION_ENABLED", "DD_ECS_TASK_COLLECTION_ENABLED", "DD_OTLP_CONFIG_LOGS_ENABLED"],
  ...["DD_DYNAMIC_INSTRUMENTATION_ENABLED", "DD_SYSTEM_PROBE_NETWORK_ENABLED", "DD_TRACEROUTE_ENABLED"],
] as const;

const TEXTS = {
  DD_APM_RECEIVER_PORT: fc.constantFrom("8126", "8136"),
  DD_DOGSTATSD_PORT: fc.constantFrom("8125", "8135"),
  DD_APM_RECEIVER_SOCKET: fc.constantFrom("/var/run/datadog/apm.socket", "/opt/run/apm.socket"),
  DD_DOGSTATSD_SOCKET: fc.constantFrom("/var/run/datadog/dsd.socket", "/opt/run/dsd.socket"),
  DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT: fc.constantFrom("0.0.0.0:4317", "localhost:4317", ":14317"),
  DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT: fc.constantFrom("0.0.0.0:4318", "[::]:4318"),
  DD_SITE: fc.constantFrom("datadoghq.com", "ddog-gov.com", "example.com"),
  DD_TAGS: fc.constantFrom("a:b", "c,d", "e:f e:g"),
  DD_LOG_LEVEL: fc.constantFrom("debug", "LOUD"),
  DD_ENV: fc.constantFrom("prod", "a b"),
  HOST_ROOT: fc.constantFrom("/host/root", "/rootfs"),
  DD_CONTAINER_EXCLUDE: fc.constantFrom("name:a image:b", "a"),
  DB_PASSWORD: fc.constant("hunter2"),
  OWN: fc.constantFrom("x", "${y}", "a: b"),
};

const environment = fc.record(
  { ...Object.fromEntries(SWITCHES.map((name) => [name, SWITCH])), ...TEXTS },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;

const portMappings = fc.uniqueArray(
  fc.record({
    containerPort: fc.constantFrom(8126, 8125, 8136, 8135, 4317, 4318, 5555),
    protocol: fc.constantFrom("tcp", "udp"),
    fixed: fc.boolean(),
  }),
  { selector: ({ containerPort, protocol }) => `${containerPort}/${protocol}`, maxLength: 4 },
);

const mounts = fc.uniqueArray(
  fc.constantFrom(
    "/var/run/datadog",
    "/opt/run",
    "/sys/kernel/debug",
    "/etc/passwd",
    "/var/lib/docker/containers",
    "/opt/datadog-agent/run",
    "/lib/modules",
  ),
  { maxLength: 4 },
);

const foreign = fc
  .record({
    environment,
    portMappings,
    mounts,
    networkMode: fc.constantFrom("bridge", "host", undefined),
    image: fc.constantFrom("datadog/agent", "gcr.io/datadoghq/agent:7.50.0", "datadog/agent:6.30.1", "own/monitor:3"),
    pidMode: fc.constantFrom("host", undefined),
    capabilities: fc.constantFrom([], ["SYS_ADMIN", "NET_ADMIN"], ["BPF"]),
    user: fc.constantFrom("root", undefined),
  })
  .map((given) =>
    definitionJson({
      // The Agent decides everything that the definition doesn't set.
      environment: { DD_APM_ENABLED: "", DD_SITE: "", ...given.environment },
      mounts: Object.fromEntries(given.mounts.map((path) => [path, [path, "read-write"] as const])),
      task: { networkMode: given.networkMode, pidMode: given.pidMode },
      agent: {
        image: given.image,
        user: given.user,
        linuxParameters: { capabilities: { add: given.capabilities } },
        portMappings: given.portMappings.map(({ containerPort, protocol, fixed }) => ({
          containerPort,
          protocol,
          hostPort: fixed || given.networkMode === "host" ? containerPort : 0,
        })),
      },
    }),
  );

const AGENT = "containerDefinitions[datadog-agent]";
const on = (text: string | undefined) => (text === undefined ? undefined : /^(?:1|t|true)$/i.test(text));

/** The values of an Agent's container, read without the code under test. */
function thingsOf({ containerDefinitions: [agent], volumes = [] }: Task): ReadonlyMap<string, string> {
  const { environment: variables = [], portMappings: ports = [], mountPoints = [] } = agent;
  const { capabilities: { add = [] } = {} } = agent.linuxParameters ?? {};
  const sources = new Map(volumes.map(({ name, host }) => [name, host?.sourcePath?.replace(/(?<=.)\/$/, "")]));
  return new Map([
    // Booleans can be written in several ways, and the order of tags has no meaning.
    ...variables.map(({ name = "", value = "" }) => {
      const text = /^(?:1|t|true|0|f|false)$/i.test(value) ? String(on(value)) : value.split(" ").sort().join(" ");
      return [`${AGENT}.environment.${name}`, text] as const;
    }),
    ...ports.map(
      ({ containerPort, hostPort, protocol }) =>
        [`${AGENT}.portMappings[${String(containerPort)}/${String(protocol)}]`, String(hostPort)] as const,
    ),
    ...mountPoints.map(
      ({ containerPath = "", sourceVolume = "", readOnly = false }) =>
        [`${AGENT}.mountPoints[${containerPath}]`, `${String(sources.get(sourceVolume))} ${String(readOnly)}`] as const,
    ),
    ...add.map((name) => [`${AGENT}.linuxParameters.capabilities.add.${name}`, name] as const),
  ]);
}

/** The task of the printed configuration, as ECS gets it. */
function taskOf(yaml: string): Task {
  const [stack] = configurationOf(yaml).stacks;
  return JSON.parse(awsCliJson(stack?.clusters[0].onHosts[0].task.task as Task)) as Task;
}

function variablesOf({ containerDefinitions: [agent] }: Task): ReadonlyMap<string, string> {
  return new Map((agent.environment ?? []).map(({ name = "", value = "" }) => [name, value]));
}

function hasPort({ portMappings: ports = [] }: ContainerDefinition, port: number, protocol: string): boolean {
  return ports.some((each) => each.containerPort === port && each.protocol === protocol);
}

describe("a task definition from another source", () => {
  it("gives the same task, except for the listed differences", () => {
    fc.assert(
      fc.property(foreign, (definition) => {
        const yaml = importDefinition(catalog, JSON.stringify(definition), "a.json");
        const [original, changed] = [thingsOf(definition as unknown as Task), thingsOf(taskOf(yaml))];
        const listed = differencesIn(yaml);
        const paths = [...new Set([...original.keys(), ...changed.keys()])];
        const differing = paths.filter((path) => original.get(path) !== changed.get(path));
        const looked = /\.(?:environment\.|portMappings\[|mountPoints\[|linuxParameters\.capabilities\.add\.)/;
        expect(
          Object.keys(listed)
            .filter((path) => looked.test(path))
            .sort(),
        ).toEqual(differing.sort());
        for (const [path, [, , why]] of Object.entries(listed)) expect([path, why]).toEqual([path, expect.any(String)]);
        expect(yaml).not.toContain("hunter2");
      }),
    );
  });

  it("turns nothing off that was on, and removes no access", () => {
    fc.assert(
      fc.property(foreign, (definition) => {
        const original = definition as unknown as Task;
        const changed = taskOf(importDefinition(catalog, JSON.stringify(definition), "a.json"));
        const [before, after] = [variablesOf(original), variablesOf(changed)];
        for (const name of SWITCHES) {
          if (on(before.get(name)) === true) expect([name, on(after.get(name))]).toEqual([name, true]);
        }
        // The Agent turns these on by default.
        for (const name of ["DD_APM_ENABLED", "DD_USE_DOGSTATSD", "DD_REMOTE_CONFIGURATION_ENABLED"]) {
          if (on(before.get(name)) !== false) expect([name, on(after.get(name)) ?? true]).toEqual([name, true]);
        }
        const [agent, ours] = [original.containerDefinitions[0], changed.containerDefinitions[0]];
        const listens = (name: string, port: string) => (before.get(name) ?? port) === port;
        const reached = [
          on(before.get("DD_APM_ENABLED")) !== false &&
            listens("DD_APM_RECEIVER_PORT", "8126") &&
            ([8126, "tcp"] as const),
          on(before.get("DD_USE_DOGSTATSD")) !== false &&
            listens("DD_DOGSTATSD_PORT", "8125") &&
            ([8125, "udp"] as const),
        ];
        for (const [port, protocol] of reached.filter((each) => each !== false)) {
          if (hasPort(agent, port, protocol)) expect([port, hasPort(ours, port, protocol)]).toEqual([port, true]);
        }
        expect(changed.networkMode ?? "bridge").toBe(original.networkMode ?? "bridge");
      }),
    );
  });
});
