import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import type { AgentConnection } from "../../lib/applications/connection";
import { instrument } from "../../lib/applications/instrument";
import type { InstrumentOptions } from "../../lib/applications/options";
import { ConfigurationError } from "../../lib/core/problem";
import { OFF, PORTS, SOCKETS, WINDOWS } from "../support/connections";

const TRACES = { name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" };
const METRICS = { name: "DD_DOGSTATSD_URL", value: "unix:///var/run/datadog/dsd.socket" };
const MOUNT = { containerPath: "/var/run/datadog", readOnly: true, sourceVolume: "dd-sockets" };
const VOLUME = { name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } };

const WEB: ContainerDefinition = { name: "web", image: "nginx", command: ["nginx", "-g", "daemon off;"] };

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function problemsOf(container: ContainerDefinition, connection: AgentConnection, options?: unknown) {
  try {
    instrument(container, connection, options as InstrumentOptions);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ path, message }) => `${path.join(".")} ${message}`);
  }
}

describe("over UNIX sockets", () => {
  it("a container has the variables and the mount, its task the volume, and nothing else changes", () => {
    expect(instrument(WEB, SOCKETS)).toEqual({
      containerDefinition: { ...WEB, environment: [METRICS, TRACES], mountPoints: [MOUNT] },
      volumes: [VOLUME],
    });
  });

  it.each<[string, Partial<AgentConnection>, object[]]>([
    ["traces", { dogstatsd: undefined }, [TRACES]],
    ["metrics", { apm: undefined }, [METRICS]],
  ])("only %s", (_what, change, environment) => {
    const { containerDefinition, volumes } = instrument(WEB, { ...SOCKETS, ...change });
    expect(containerDefinition).toEqual({ ...WEB, environment, mountPoints: [MOUNT] });
    expect(volumes).toEqual([VOLUME]);
  });

  it("a container needs no command", () => {
    expect(instrument({ name: "web", image: "nginx" }, SOCKETS).containerDefinition).not.toHaveProperty("entryPoint");
  });

  it.each(["/var/run/datadog", "/var/run/datadog/"])("a mount of the volume at %s stays as it is", (containerPath) => {
    const mountPoints = [{ containerPath, readOnly: false, sourceVolume: "dd-sockets" }];
    expect(instrument({ ...WEB, mountPoints }, SOCKETS).containerDefinition.mountPoints).toEqual(mountPoints);
  });

  it("other mounts stay", () => {
    const data = { containerPath: "/data", sourceVolume: "data" };
    const { containerDefinition } = instrument({ ...WEB, mountPoints: [data] }, SOCKETS);
    expect(containerDefinition.mountPoints).toEqual([data, MOUNT]);
  });

  it.each(["/var/run/datadog", "/var/run/datadog/"])("another volume at %s is refused", (containerPath) => {
    const mountPoints = [
      { containerPath: "/data", sourceVolume: "data" },
      { containerPath, sourceVolume: "mine" },
    ];
    expect(problemsOf({ ...WEB, mountPoints }, SOCKETS)).toEqual([
      "container.mountPoints.1 must leave /var/run/datadog to the volume dd-sockets with the Agent's UNIX sockets, " +
        "got the volume mine. Mount that somewhere else, or use the transport host.",
    ]);
    expect(problemsOf({ ...WEB, mountPoints }, PORTS)).toEqual([]);
  });
});

describe("the transport", () => {
  const mixed = { ...SOCKETS, dogstatsd: { port: true, socket: false } };
  const outcome = (connection: AgentConnection, transport?: InstrumentOptions["transport"]) => {
    const { containerDefinition, volumes } = instrument(WEB, connection, { transport });
    const { environment = [], entryPoint } = containerDefinition;
    const script = entryPoint?.[2];
    return {
      variables: environment.map(({ name }) => name),
      script: script !== undefined,
      traces: script?.includes("DD_TRACE_AGENT_URL=") ?? false,
      volumes: volumes.length,
    };
  };
  const nothing = { variables: [], script: false, traces: false, volumes: 0 };

  it.each<[string, AgentConnection, InstrumentOptions["transport"], object]>([
    [
      "left open takes sockets first",
      SOCKETS,
      undefined,
      { variables: ["DD_DOGSTATSD_URL", "DD_TRACE_AGENT_URL"], volumes: 1 },
    ],
    ["left open takes ports without sockets", PORTS, undefined, { script: true, traces: true }],
    [
      "left open takes both where it must",
      mixed,
      undefined,
      { variables: ["DD_TRACE_AGENT_URL"], volumes: 1, script: true },
    ],
    ["socket leaves out what has none", mixed, "socket", { variables: ["DD_TRACE_AGENT_URL"], volumes: 1 }],
    ["host takes ports beside sockets", SOCKETS, "host", { script: true, traces: true }],
    ["host gives no URL for traces without APM", { ...PORTS, apm: undefined }, "host", { script: true }],
    ["none does nothing", SOCKETS, "none", {}],
    ["left open does nothing without receivers", OFF, undefined, {}],
    ["host works in network mode host", { ...PORTS, networkMode: "host" }, "host", { script: true, traces: true }],
    [
      "sockets work outside AWS",
      { ...SOCKETS, launchType: "EXTERNAL" },
      undefined,
      { variables: ["DD_DOGSTATSD_URL", "DD_TRACE_AGENT_URL"], volumes: 1 },
    ],
    [
      "sockets work in network mode awsvpc",
      { ...SOCKETS, networkMode: "awsvpc" },
      "socket",
      { variables: ["DD_DOGSTATSD_URL", "DD_TRACE_AGENT_URL"], volumes: 1 },
    ],
    ["none works on Windows", WINDOWS, "none", {}],
  ])("%s", (_what, connection, transport, expected) => {
    expect(outcome(connection, transport)).toEqual({ ...nothing, ...expected });
  });

  it.each<[string, AgentConnection, InstrumentOptions["transport"], string]>([
    [
      "host on Windows",
      WINDOWS,
      "host",
      "must not be host on Windows, got host: its images have no POSIX shell. Set DD_AGENT_HOST yourself when the application starts, from http://169.254.169.254/latest/meta-data/local-ipv4, and use none.",
    ],
    [
      "Windows with its only transport",
      WINDOWS,
      undefined,
      "must not be host on Windows, got none, which is host with this Agent: its images have no POSIX shell. Set DD_AGENT_HOST yourself when the application starts, from http://169.254.169.254/latest/meta-data/local-ipv4, and use none.",
    ],
    [
      "socket on Windows",
      WINDOWS,
      "socket",
      "must not be socket on Windows, which has no UNIX sockets. Set DD_AGENT_HOST yourself when the application starts, from http://169.254.169.254/latest/meta-data/local-ipv4, and use none.",
    ],
    [
      "host with awsvpc",
      { ...PORTS, networkMode: "awsvpc" },
      "host",
      "must not be host with an Agent in network mode awsvpc, got host: it has an address of its own that applications can't find. Set `socket` of features.apm and features.dogstatsd of the Agent to true and use socket.",
    ],
    [
      "host on ECS Anywhere",
      { ...PORTS, launchType: "EXTERNAL" },
      "host",
      "must not be host with launchType EXTERNAL, got host: outside AWS nothing tells a container the address of its instance. Set `socket` of features.apm and features.dogstatsd of the Agent to true and use socket, or set DD_AGENT_HOST yourself and use none.",
    ],
    [
      "socket without a socket",
      PORTS,
      "socket",
      "needs an Agent that listens on a UNIX socket, got one that doesn't. Set features.apm.socket or features.dogstatsd.socket of the Agent to true, or use host.",
    ],
    [
      "host without a port",
      { ...SOCKETS, apm: undefined, dogstatsd: { port: false, socket: true } },
      "host",
      "needs an Agent that listens on a port of the instance, got one that doesn't. Set features.apm.port or features.dogstatsd.port of the Agent to true, or use socket.",
    ],
  ])("refuses %s", (_what, connection, transport, message) => {
    expect(problemsOf(WEB, connection, { transport })).toEqual([`transport ${message}`]);
  });

  it("refuses host with awsvpc on Windows twice: each has its own way out", () => {
    expect(problemsOf(WEB, { ...WINDOWS, networkMode: "awsvpc" })).toEqual([
      expect.stringMatching(/^transport must not be host on Windows/) as string,
      expect.stringMatching(/Leave networkMode of the Agent out\.$/) as string,
    ]);
  });
});

describe("over the host's address", () => {
  const commandOf = (container: ContainerDefinition, connection = PORTS) => {
    const { entryPoint = [], command } = instrument(container, connection).containerDefinition;
    return { entryPoint: entryPoint.filter((_, index) => index !== 2), command };
  };
  const entryPoint = ["sh", "-c", "datadog"];

  it.each<[string, Partial<ContainerDefinition>, string[]]>([
    ["a command", { command: ["nginx"] }, ["nginx"]],
    ["an entry point", { entryPoint: ["/start.sh"], command: undefined }, ["/start.sh"]],
    ["both", { entryPoint: ["/start.sh", "a b"], command: ["nginx", ""] }, ["/start.sh", "a b", "nginx", ""]],
    ["somebody's own shell", { entryPoint: ["sh", "-c"], command: ["exec nginx"] }, ["sh", "-c", "exec nginx"]],
  ])("%s becomes the script's arguments", (_what, own, command) => {
    expect(commandOf({ name: "web", ...own })).toEqual({ entryPoint, command });
  });

  it.each([{}, { entryPoint: [], command: [] }])("a command that isn't known is refused: %j", (own) => {
    expect(problemsOf({ name: "web", ...own }, PORTS)).toEqual([
      "container.command must be there when the application is started by a script (transport host), got neither " +
        "entryPoint nor command. Write the image's own ENTRYPOINT and CMD into the definition (`docker image inspect` " +
        "shows them), or use a socket.",
    ]);
  });

  it("a script of another Agent is renewed, not wrapped", () => {
    const first = instrument(WEB, { ...PORTS, apm: undefined }).containerDefinition;
    expect(instrument(first, PORTS)).toEqual(instrument(WEB, PORTS));
  });

  it("nothing is mounted, and no variable is set before the container starts", () => {
    const { containerDefinition, volumes } = instrument(WEB, PORTS);
    expect(Object.keys(containerDefinition)).toEqual(["name", "image", "command", "entryPoint"]);
    expect(volumes).toEqual([]);
  });

  it("the script has nothing that Terraform would take for a template", () => {
    expect(instrument(WEB, PORTS).containerDefinition.entryPoint?.[2]).not.toMatch(/[$%]\{/);
  });
});

describe("tags", () => {
  it("are variables and labels", () => {
    const options = { service: "shop", env: "production", version: "1.2.3" };
    expect(instrument(WEB, OFF, options).containerDefinition).toEqual({
      ...WEB,
      environment: [
        { name: "DD_ENV", value: "production" },
        { name: "DD_SERVICE", value: "shop" },
        { name: "DD_VERSION", value: "1.2.3" },
      ],
      dockerLabels: {
        "com.datadoghq.tags.env": "production",
        "com.datadoghq.tags.service": "shop",
        "com.datadoghq.tags.version": "1.2.3",
      },
    });
  });

  it("are only what is given", () => {
    expect(instrument(WEB, OFF, { env: "staging" }).containerDefinition).toEqual({
      ...WEB,
      environment: [{ name: "DD_ENV", value: "staging" }],
      dockerLabels: { "com.datadoghq.tags.env": "staging" },
    });
  });

  it("may be expressions", () => {
    const { environment } = instrument(WEB, OFF, { version: "${var.version}" }).containerDefinition;
    expect(environment).toEqual([{ name: "DD_VERSION", value: "${var.version}" }]);
  });

  it.each(["service", "env", "version"])("%s follows the rules of the Agent's tags", (tag) => {
    const must = "must be a tag value: letters, digits and _ - . / : without white space";
    expect(problemsOf(WEB, OFF, { [tag]: "" })).toEqual([`${tag} ${must}, got an empty text.`]);
    expect(problemsOf(WEB, OFF, { [tag]: "a b" })).toEqual([`${tag} ${must}, got "a b".`]);
  });
});

describe("what the container has already", () => {
  it("wins over variables, secrets and labels that would be added", () => {
    const own: ContainerDefinition = {
      ...WEB,
      environment: [
        { name: "DD_TRACE_AGENT_URL", value: "http://elsewhere:8126" },
        { name: "A", value: "1" },
      ],
      secrets: [{ name: "DD_ENV", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/env" }],
      dockerLabels: { "com.datadoghq.tags.service": "mine", other: "1" },
    };
    expect(instrument(own, SOCKETS, { service: "shop", env: "production" }).containerDefinition).toEqual({
      ...own,
      environment: [
        { name: "DD_TRACE_AGENT_URL", value: "http://elsewhere:8126" },
        { name: "A", value: "1" },
        METRICS,
        { name: "DD_SERVICE", value: "shop" },
      ],
      dockerLabels: {
        "com.datadoghq.tags.service": "mine",
        "com.datadoghq.tags.env": "production",
        other: "1",
      },
      mountPoints: [MOUNT],
    });
  });

  it("is all there is without options and receivers", () => {
    expect(instrument(WEB, OFF)).toEqual({ containerDefinition: WEB, volumes: [] });
  });
});

describe("logs and checks", () => {
  const labelsOf = (options: InstrumentOptions) =>
    instrument(WEB, { ...OFF, logs: true }, options).containerDefinition.dockerLabels;

  it("a log's label is a list of one", () => {
    expect(labelsOf({ logs: { source: "nginx" } })).toEqual({ "com.datadoghq.ad.logs": '[{"source":"nginx"}]' });
  });

  it("a log has the container's service unless it has its own", () => {
    expect(labelsOf({ service: "shop", logs: { source: "nginx" } })?.["com.datadoghq.ad.logs"]).toBe(
      '[{"source":"nginx","service":"shop"}]',
    );
    expect(labelsOf({ service: "shop", logs: { source: "nginx", service: "web" } })?.["com.datadoghq.ad.logs"]).toBe(
      '[{"source":"nginx","service":"web"}]',
    );
  });

  it("a log has its tags and rules in the Agent's words", () => {
    const label = labelsOf({
      logs: {
        source: "java",
        tags: ["team:checkout"],
        processingRules: [
          { type: "exclude_at_match", name: "health", pattern: '"GET /health' },
          { type: "mask_sequences", name: "card", pattern: "\\d{16}", replacePlaceholder: "[card]" },
          { type: "mask_sequences", name: "token", pattern: "token=\\w+" },
          { type: "exclude_truncated", name: "long" },
        ],
      },
    })?.["com.datadoghq.ad.logs"];
    expect(JSON.parse(label ?? "")).toEqual([
      {
        source: "java",
        tags: ["team:checkout"],
        log_processing_rules: [
          { type: "exclude_at_match", name: "health", pattern: '"GET /health' },
          { type: "mask_sequences", name: "card", pattern: "\\d{16}", replace_placeholder: "[card]" },
          { type: "mask_sequences", name: "token", pattern: "token=\\w+" },
          { type: "exclude_truncated", name: "long" },
        ],
      },
    ]);
  });

  it("checks are one label", () => {
    const checks = {
      nginx: { instances: [{ nginx_status_url: "http://%%host%%/status" }] },
      redisdb: { initConfig: { a: 1 }, instances: [{ host: "%%host%%", port: 6379 }], logs: [{ source: "redis" }] },
    };
    expect(labelsOf({ checks })).toEqual({
      "com.datadoghq.ad.checks":
        '{"nginx":{"init_config":{},"instances":[{"nginx_status_url":"http://%%host%%/status"}]},' +
        '"redisdb":{"init_config":{"a":1},"instances":[{"host":"%%host%%","port":6379}],"logs":[{"source":"redis"}]}}',
    });
  });

  it("logs need an Agent that collects them", () => {
    const checks = { nginx: { instances: [{}], logs: [{ source: "nginx" }] } };
    const message = "needs an Agent that collects logs, got one with features.logs off. Turn it on, or leave this out.";
    expect(problemsOf(WEB, OFF, { logs: { source: "nginx" }, checks })).toEqual([
      `logs ${message}`,
      `checks.nginx.logs ${message}`,
    ]);
  });

  it.each<[unknown, string]>([
    [{ logs: {} }, "logs must have `source` (text), got none."],
    [
      { logs: { source: "" } },
      "logs.source must be a tag value: letters, digits and _ - . / : without white space, got an empty text.",
    ],
    [
      { logs: { source: "a", tags: ["1:a"] } },
      'logs.tags.0 must be a tag such as key:value: a letter, then letters, digits and _ - . / :, at most 200 characters, got "1:a".',
    ],
    [
      { logs: { source: "a", processingRules: [{ type: "mask", name: "a", pattern: "a" }] } },
      'logs.processingRules.0.type must be exclude_at_match, include_at_match, mask_sequences, multi_line or exclude_truncated, got "mask".',
    ],
    [
      { logs: { source: "a", processingRules: [{ type: "multi_line", name: "", pattern: "a" }] } },
      "logs.processingRules.0.name must be the rule's name: text that isn't empty, got an empty text.",
    ],
    [
      { logs: { source: "a", processingRules: [{ type: "multi_line", name: "a" }] } },
      "logs.processingRules.0 must have a `pattern` when its type is multi_line, got none.",
    ],
    [
      { logs: { source: "a", processingRules: [{ type: "exclude_truncated", name: "a", pattern: "a" }] } },
      "logs.processingRules.0 must have no `pattern` when its type is exclude_truncated, got one.",
    ],
    [
      {
        checks: {
          a: {
            instances: [{}],
            logs: [
              {
                source: "a",
                processingRules: [{ type: "multi_line", name: "a", pattern: "a", replacePlaceholder: "b" }],
              },
            ],
          },
        },
      },
      "checks.a.logs.0.processingRules.0 must have no `replacePlaceholder` unless its type is mask_sequences, got one with multi_line.",
    ],
    [
      { checks: { nginx: { instances: [] } } },
      "checks.nginx.instances must have at least one instance, got an empty list.",
    ],
    [{ checks: { nginx: {} } }, "checks.nginx must have `instances` (a list), got none."],
    [
      { checks: { "a b": { instances: [{}] } } },
      'checks.a b must be the name of an integration: letters, digits and _, got "a b".',
    ],
    [{ servce: "a" }, 'servce must be one of the known keys, got "servce". Did you mean "service"?'],
    [{ transport: "sockets" }, 'transport must be socket, host or none, got "sockets". Did you mean "socket"?'],
  ])("%j is refused", (options, message) => {
    expect(problemsOf(WEB, SOCKETS, options)).toEqual([message]);
  });

  it("all problems come at once, under the container's name", () => {
    const container = { name: "web", mountPoints: [{ containerPath: "/var/run/datadog", sourceVolume: "mine" }] };
    const connection = {
      ...SOCKETS,
      dogstatsd: { port: true, socket: false },
      networkMode: "awsvpc",
      logs: false,
    } as const;
    const call = () => instrument(container, connection, { logs: { source: "nginx" } });
    expect(call).toThrow(/^container web: 4 problems\n\n {2}logs\n/);
    expect(call).toThrow(/\n {2}transport\n[^]*\n {2}container\.mountPoints\[0\]\n[^]*\n {2}container\.command\n/);
    expect(() => instrument({ image: "a" }, PORTS)).toThrow(/^container without a name: 1 problem\n/);
  });
});

describe("any container", () => {
  const word = fc.oneof(fc.string(), fc.constantFrom("sh", "-c", "datadog", "$HOME", "DD_ENV", "DD_TRACE_AGENT_URL"));
  const words = fc.array(word, { maxLength: 4 });
  const tag = fc.stringMatching(/^[a-z][a-z0-9.-]{0,10}$/);
  const container: fc.Arbitrary<ContainerDefinition> = fc.record(
    {
      name: word,
      entryPoint: words,
      command: fc.array(word, { minLength: 1, maxLength: 4 }),
      environment: fc.uniqueArray(fc.record({ name: word, value: word }), { selector: ({ name }) => name }),
      secrets: fc.array(fc.record({ name: word, valueFrom: word }), { maxLength: 2 }),
      dockerLabels: fc.dictionary(fc.oneof(word, fc.constant("com.datadoghq.tags.env")), word),
      mountPoints: fc.uniqueArray(
        fc.constantFrom({ containerPath: "/data", sourceVolume: "data" }, { ...MOUNT, readOnly: false }),
      ),
      essential: fc.boolean(),
    },
    { requiredKeys: ["command"] },
  );
  const receiver = fc.constantFrom(
    undefined,
    { port: true, socket: false },
    { port: true, socket: true },
    { port: false, socket: true },
  );
  const connection: fc.Arbitrary<AgentConnection> = fc
    .record({ apm: receiver, dogstatsd: receiver, networkMode: fc.constantFrom("bridge", "host") })
    .map((parts) => ({ ...SOCKETS, ...parts }));
  const options: fc.Arbitrary<InstrumentOptions> = fc.record(
    {
      service: tag,
      env: tag,
      version: tag,
      transport: fc.constant("none" as const),
      logs: fc.record({ source: tag }),
      checks: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.constant({ instances: [{ host: "%%host%%" }] })),
    },
    { requiredKeys: [] },
  );

  it("is instrumented once however often it is asked for, keeps what it has, and is left alone itself", () => {
    fc.assert(
      fc.property(container, connection, options, (...[given, agent, wanted]) => {
        deepFreeze([given, agent, wanted]);
        const before = structuredClone(given);
        const once = instrument(given, agent, wanted);
        expect(instrument(deepFreeze(once).containerDefinition, agent, wanted)).toEqual(once);
        expect(given).toEqual(before);

        const { entryPoint = [], command = [], ...rest } = given;
        const { entryPoint: entryPointAfter, command: commandAfter, ...after } = once.containerDefinition;
        expect(after).toMatchObject({
          ...rest,
          ...(rest.environment && { environment: expect.arrayContaining(rest.environment) as unknown }),
          ...(rest.mountPoints && { mountPoints: expect.arrayContaining(rest.mountPoints) as unknown }),
        });
        const names = [...(after.environment ?? []).map(({ name }) => name)];
        expect(new Set(names).size).toBe(names.length);
        const overHost = wanted.transport !== "none" && [agent.apm, agent.dogstatsd].some((on) => on?.socket === false);
        if (overHost) expect(commandAfter).toEqual([...entryPoint, ...command]);
        else expect([entryPointAfter, commandAfter]).toEqual([given.entryPoint, given.command]);
      }),
    );
  });
});
