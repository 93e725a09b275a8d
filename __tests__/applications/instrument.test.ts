import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import type { AgentConnection } from "../../lib/applications/connection";
import { instrument } from "../../lib/applications/instrument";
import type { InstrumentOptions } from "../../lib/applications/options";
import { ConfigurationError } from "../../lib/core/problem";

const SOCKETS: AgentConnection = {
  hostName: "linux",
  osType: "linux",
  launchType: "EC2",
  networkMode: "bridge",
  apm: { port: true, socket: true },
  dogstatsd: { port: true, socket: true },
  logs: true,
};
const PORTS: AgentConnection = {
  ...SOCKETS,
  apm: { port: true, socket: false },
  dogstatsd: { port: true, socket: false },
};
const OFF: AgentConnection = { ...SOCKETS, apm: undefined, dogstatsd: undefined, logs: false };
const WINDOWS: AgentConnection = { ...PORTS, hostName: "windows", osType: "windows", networkMode: undefined };

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

describe("the script", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-script-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const METADATA = { MetadataFileStatus: "READY", HostPrivateIPv4Address: "10.0.0.9" };
  const REPORT = `process.stdout.write(JSON.stringify({ args: process.argv.slice(1), env: process.env }))`;
  /** Both answer like the instance metadata, which gives nothing without the token of this session. */
  const CURL = `case "$*" in
    *"-X PUT"*"X-aws-ec2-metadata-token-ttl-seconds: 60 http://169.254.169.254/latest/api/token") printf TOKEN ;;
    *"X-aws-ec2-metadata-token: TOKEN http://169.254.169.254/latest/meta-data/local-ipv4") printf 10.0.0.7 ;;
    *) exit 22 ;;
  esac`;
  const WGET = `case "$*" in
    *"--method=PUT --header=X-aws-ec2-metadata-token-ttl-seconds: 60 http://169.254.169.254/latest/api/token") printf TOKEN ;;
    *"--header=X-aws-ec2-metadata-token: TOKEN http://169.254.169.254/latest/meta-data/local-ipv4") printf 10.0.0.8 ;;
    *) exit 8 ;;
  esac`;

  interface Situation {
    /** Programs on the path, as shell scripts. */
    readonly programs?: Readonly<Record<string, string>>;
    readonly metadata?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
    readonly connection?: AgentConnection;
  }

  let situations = 0;

  /** Starts an instrumented container whose application reports what it got. */
  function start({ programs = {}, metadata, env = {}, args = [], connection = PORTS }: Situation) {
    const own = join(folder, String((situations += 1)));
    const bin = join(own, "bin");
    mkdirSync(bin, { recursive: true });
    // Nobody waits here; how often the script would have is in a file.
    const all = { sleep: `printf '%s ' "$1" >> ${own}/slept`, ...programs };
    for (const [name, script] of Object.entries(all)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script.replaceAll("OWN", own)}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    for (const tool of ["sed", "mv"]) symlinkSync(`/bin/${tool}`, join(bin, tool));
    writeFileSync(join(own, "slept"), "");
    const file = join(own, "ecs-container-metadata.json");
    if (metadata !== undefined) writeFileSync(file, metadata);

    const { containerDefinition } = instrument(
      { name: "web", entryPoint: [process.execPath, "-e", REPORT, "--"], command: [...args] },
      connection,
    );
    const [shell = "", ...rest] = [...(containerDefinition.entryPoint ?? []), ...(containerDefinition.command ?? [])];
    const { stdout, stderr, status } = spawnSync(`/bin/${shell}`, rest, {
      encoding: "utf8",
      env: { PATH: bin, ...(metadata !== undefined && { ECS_CONTAINER_METADATA_FILE: file }), ...env },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\{/) as string });
    const seen = JSON.parse(stdout) as { args: string[]; env: Record<string, string> };
    return {
      args: seen.args,
      env: seen.env,
      host: seen.env.DD_AGENT_HOST,
      traces: seen.env.DD_TRACE_AGENT_URL,
      slept: readFileSync(join(own, "slept"), "utf8").trim(),
      stderr,
    };
  }

  it("asks the instance metadata with curl", () => {
    expect(start({ programs: { curl: CURL } })).toMatchObject({
      host: "10.0.0.7",
      traces: "http://10.0.0.7:8126",
      stderr: "",
    });
  });

  it("prefers curl to wget, and takes wget where there is no curl", () => {
    expect(start({ programs: { curl: CURL, wget: WGET } }).host).toBe("10.0.0.7");
    expect(start({ programs: { wget: WGET } })).toMatchObject({ host: "10.0.0.8", traces: "http://10.0.0.8:8126" });
  });

  it("prefers the instance metadata to the metadata file", () => {
    const { host, slept } = start({ programs: { curl: CURL }, metadata: JSON.stringify(METADATA) });
    expect({ host, slept }).toEqual({ host: "10.0.0.7", slept: "" });
  });

  it.each<[string, Record<string, string>]>([
    ["without a client", {}],
    ["where the instance metadata can't be reached", { curl: "echo no >&2; exit 28" }],
    ["where it refuses the token's request", { wget: "echo no >&2; exit 1" }],
    ["where it refuses the address", { curl: `case "$*" in *PUT*) printf TOKEN ;; *) exit 22 ;; esac` }],
    ["where something else answers", { curl: "echo '<html>Sign in at 10.0.0.1</html>'" }],
  ])("takes the metadata file %s", (_what, programs) => {
    const metadata = JSON.stringify(METADATA, null, 4);
    expect(start({ programs, metadata })).toMatchObject({
      host: "10.0.0.9",
      traces: "http://10.0.0.9:8126",
      slept: "0",
      stderr: "",
    });
  });

  it("reads the metadata file in one line too", () => {
    expect(start({ metadata: JSON.stringify({ ...METADATA, HostPublicIPv4Address: "192.0.2.1" }) }).host).toBe(
      "10.0.0.9",
    );
  });

  it("waits until the metadata file is ready", () => {
    const sleep = `printf '%s ' "$1" >> OWN/slept
      [ "$(sed -n 's/ *$//p' OWN/slept)" != "0 1 1" ] || mv OWN/ready OWN/ecs-container-metadata.json`;
    const before = JSON.stringify({ HostPrivateIPv4Address: "10.9.9.9" });
    const curl = `printf '${JSON.stringify(METADATA)}' > OWN/ready; exit 28`;
    expect(start({ programs: { sleep, curl }, metadata: before })).toMatchObject({ host: "10.0.0.9", slept: "0 1 1" });
  });

  it.each<[string, string | undefined, string]>([
    ["there is no metadata file", undefined, ""],
    ["the metadata file never gets ready", JSON.stringify({ HostPrivateIPv4Address: "10.9.9.9" }), "0 1 1 1 1"],
    [
      "the metadata file has no address",
      JSON.stringify({ MetadataFileStatus: "READY", HostPrivateIPv4Address: "" }),
      "0",
    ],
  ])("says that it has no address and starts the application where %s", (_what, metadata, slept) => {
    const result = start({ metadata, args: ["a"] });
    expect(result).toMatchObject({ args: ["a"], slept });
    expect(result.env).not.toHaveProperty("DD_AGENT_HOST");
    expect(result.env).not.toHaveProperty("DD_TRACE_AGENT_URL");
    expect(result.stderr).toBe(
      "datadog: the address of this instance is unknown, so DD_AGENT_HOST is not set. The instance metadata needs " +
        "curl or GNU wget in the image and a hop limit of 2 or more; the container metadata file needs " +
        "ECS_ENABLE_CONTAINER_METADATA=true on the instance.\n",
    );
  });

  it("leaves an application alone that knows where its Agent is", () => {
    const curl = "echo asked >> OWN/slept";
    expect(start({ programs: { curl }, env: { DD_AGENT_HOST: "agent.internal" } })).toMatchObject({
      host: "agent.internal",
      traces: undefined,
      slept: "",
      stderr: "",
    });
  });

  it("takes an empty DD_AGENT_HOST for none", () => {
    expect(start({ programs: { curl: CURL }, env: { DD_AGENT_HOST: "" } }).host).toBe("10.0.0.7");
  });

  it("leaves the application's own URL for traces", () => {
    const env = { DD_TRACE_AGENT_URL: "http://elsewhere:8126" };
    expect(start({ programs: { curl: CURL }, env })).toMatchObject({
      host: "10.0.0.7",
      traces: "http://elsewhere:8126",
    });
  });

  it("gives no URL for traces where the Agent has no port for them", () => {
    const connection = { ...PORTS, apm: undefined };
    expect(start({ programs: { curl: CURL }, connection })).toMatchObject({ host: "10.0.0.7", traces: undefined });
  });

  it("sets nothing else, whatever the application's variables are called", () => {
    const env = { token: "a", address: "b", source: "c", imds: "d", ttl: "e", seconds: "f", http_proxy: "g" };
    const { PATH: _path, PWD: _pwd, ...seen } = start({ programs: { curl: CURL }, env }).env;
    expect(seen).toMatchObject({ ...env, DD_AGENT_HOST: "10.0.0.7", DD_TRACE_AGENT_URL: "http://10.0.0.7:8126" });
    expect(Object.keys(seen).filter((name) => !["_", "OLDPWD", "SHLVL"].includes(name))).toHaveLength(9);
  });

  it("hands on every argument as it is", () => {
    const args = [
      "a b",
      "",
      "'",
      '"',
      "$HOME",
      "${HOME}",
      "$(exit 1)",
      "`exit 1`",
      "\\",
      "line\nline\n",
      "*",
      "-e",
      "é",
    ];
    expect(start({ programs: { curl: CURL }, args }).args).toEqual(args);
  });

  it("hands on any argument", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (args) => {
        expect(start({ args, env: { DD_AGENT_HOST: "10.0.0.1" } }).args).toEqual(args);
      }),
      { numRuns: 15 },
    );
  });

  it("becomes the application: it leaves no shell behind", () => {
    const { containerDefinition } = instrument({ command: [process.execPath, "-p", "process.pid"] }, PORTS);
    const [shell = "", ...rest] = [...(containerDefinition.entryPoint ?? []), ...(containerDefinition.command ?? [])];
    const { pid, stdout } = spawnSync(`/bin/${shell}`, rest, { encoding: "utf8", env: { DD_AGENT_HOST: "10.0.0.1" } });
    expect(Number(stdout)).toBe(pid);
  });
});
