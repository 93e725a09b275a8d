import type { ContainerDefinition } from "@aws-sdk/client-ecs";
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
  it("a container gets the variables and the mount, its task the volume, and nothing else changes", () => {
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

  it.each(["/var/run/datadog", "/var/run/datadog/"])("refuses another volume at %s", (containerPath) => {
    const mountPoints = [
      { containerPath: "/data", sourceVolume: "data" },
      { containerPath, sourceVolume: "mine" },
    ];
    expect(problemsOf({ ...WEB, mountPoints }, SOCKETS)).toEqual([
      "container.mountPoints.1 mounts the volume mine at /var/run/datadog, where the Agent's UNIX sockets are mounted " +
        "(volume dd-sockets). Set another containerPath, or use the transport host.",
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
      "not set prefers sockets",
      SOCKETS,
      undefined,
      { variables: ["DD_DOGSTATSD_URL", "DD_TRACE_AGENT_URL"], volumes: 1 },
    ],
    ["not set uses ports without sockets", PORTS, undefined, { script: true, traces: true }],
    ["not set uses both if needed", mixed, undefined, { variables: ["DD_TRACE_AGENT_URL"], volumes: 1, script: true }],
    ["socket ignores a receiver without a socket", mixed, "socket", { variables: ["DD_TRACE_AGENT_URL"], volumes: 1 }],
    ["host uses ports even with sockets", SOCKETS, "host", { script: true, traces: true }],
    ["host sets no trace URL without APM", { ...PORTS, apm: undefined }, "host", { script: true }],
    ["none does nothing", SOCKETS, "none", {}],
    ["not set does nothing without receivers", OFF, undefined, {}],
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
      "can't be host on Windows: its images have no POSIX shell. Set transport to none, and set DD_AGENT_HOST from http://169.254.169.254/latest/meta-data/local-ipv4 when the application starts.",
    ],
    [
      "Windows with its only transport",
      WINDOWS,
      undefined,
      "isn't set, so it is host with this Agent, but can't be host on Windows: its images have no POSIX shell. Set transport to none, and set DD_AGENT_HOST from http://169.254.169.254/latest/meta-data/local-ipv4 when the application starts.",
    ],
    [
      "socket on Windows",
      WINDOWS,
      "socket",
      "can't be socket on Windows, which has no UNIX sockets. Set transport to none, and set DD_AGENT_HOST from http://169.254.169.254/latest/meta-data/local-ipv4 when the application starts.",
    ],
    [
      "host with awsvpc",
      { ...PORTS, networkMode: "awsvpc" },
      "host",
      "can't be host with an Agent in network mode awsvpc: applications can't find the address of its network interface. Set `socket` of the Agent's features.apm and features.dogstatsd to true and use socket.",
    ],
    [
      "host on ECS Anywhere",
      { ...PORTS, launchType: "EXTERNAL" },
      "host",
      "can't be host with launchType EXTERNAL: outside AWS, a container can't find the address of its instance. Set `socket` of the Agent's features.apm and features.dogstatsd to true and use socket, or set DD_AGENT_HOST yourself and use none.",
    ],
    [
      "socket without a socket",
      PORTS,
      "socket",
      "is socket, but the Agent doesn't listen on a UNIX socket. Set the Agent's features.apm.socket or features.dogstatsd.socket to true, or use host.",
    ],
    [
      "host without a port",
      { ...SOCKETS, apm: undefined, dogstatsd: { port: false, socket: true } },
      "host",
      "is host, but the Agent doesn't listen on a port of the instance. Set the Agent's features.apm.port or features.dogstatsd.port to true, or use socket.",
    ],
  ])("refuses %s", (_what, connection, transport, message) => {
    expect(problemsOf(WEB, connection, { transport })).toEqual([`transport ${message}`]);
  });

  it("refuses host with awsvpc on Windows with two problems", () => {
    expect(problemsOf(WEB, { ...WINDOWS, networkMode: "awsvpc" })).toEqual([
      expect.stringMatching(
        /^transport isn't set, so it is host with this Agent, but can't be host on Windows/,
      ) as string,
      expect.stringMatching(/Remove the Agent's networkMode\.$/) as string,
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
    ["a custom shell", { entryPoint: ["sh", "-c"], command: ["exec nginx"] }, ["sh", "-c", "exec nginx"]],
  ])("%s becomes the script's arguments", (_what, own, command) => {
    expect(commandOf({ name: "web", ...own })).toEqual({ entryPoint, command });
  });

  it.each([{}, { entryPoint: [], command: [] }])("refuses an unknown command: %j", (own) => {
    expect(problemsOf({ name: "web", ...own }, PORTS)).toEqual([
      "container.command is missing, and entryPoint too: with the transport host, a script starts the application. " +
        "Copy the image's ENTRYPOINT and CMD to the container definition (see `docker image inspect`), " +
        "or use a socket.",
    ]);
  });

  it("replaces the script for another Agent instead of wrapping it", () => {
    const first = instrument(WEB, { ...PORTS, apm: undefined }).containerDefinition;
    expect(instrument(first, PORTS)).toEqual(instrument(WEB, PORTS));
  });

  it("adds no mounts and no environment variables", () => {
    const { containerDefinition, volumes } = instrument(WEB, PORTS);
    expect(Object.keys(containerDefinition)).toEqual(["name", "image", "command", "entryPoint"]);
    expect(volumes).toEqual([]);
  });

  it("the script contains no Terraform template", () => {
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

  it("are only the given ones", () => {
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

  it.each(["service", "env", "version"])("%s must be valid as a tag of the Agent", (tag) => {
    const must = "must be a tag value: letters, digits and _ - . / : without whitespace";
    expect(problemsOf(WEB, OFF, { [tag]: "" })).toEqual([`${tag} ${must}, got an empty string.`]);
    expect(problemsOf(WEB, OFF, { [tag]: "a b" })).toEqual([`${tag} ${must}, got "a b".`]);
  });
});

describe("what the container already has", () => {
  it("takes precedence over added variables, secrets and labels", () => {
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

  it("is unchanged without options and receivers", () => {
    expect(instrument(WEB, OFF)).toEqual({ containerDefinition: WEB, volumes: [] });
  });
});

describe("logs and checks", () => {
  const labelsOf = (options: InstrumentOptions) =>
    instrument(WEB, { ...OFF, logs: true }, options).containerDefinition.dockerLabels;

  it("a log's label is a list with one item", () => {
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

  it("a log's tags and rules have the Agent's names", () => {
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

  it("all checks are in one label", () => {
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

  it("logs need an Agent that collects logs", () => {
    const checks = { nginx: { instances: [{}], logs: [{ source: "nginx" }] } };
    const message = "needs features.logs of the Agent, which is off. Turn it on, or remove this option.";
    expect(problemsOf(WEB, OFF, { logs: { source: "nginx" }, checks })).toEqual([
      `logs ${message}`,
      `checks.nginx.logs ${message}`,
    ]);
  });

  it.each<[unknown, string]>([
    [{ logs: {} }, "logs is missing the required key `source` (a string)."],
    [
      { logs: { source: "" } },
      "logs.source must be a tag value: letters, digits and _ - . / : without whitespace, got an empty string.",
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
      "logs.processingRules.0.name must be the rule's name: text that isn't empty, got an empty string.",
    ],
    [
      { logs: { source: "a", processingRules: [{ type: "multi_line", name: "a" }] } },
      "logs.processingRules.0 must have a `pattern`, because its type is multi_line.",
    ],
    [
      { logs: { source: "a", processingRules: [{ type: "exclude_truncated", name: "a", pattern: "a" }] } },
      "logs.processingRules.0 can't have a `pattern`, because its type is exclude_truncated. Remove it.",
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
      "checks.a.logs.0.processingRules.0 can't have a `replacePlaceholder`, because its type is multi_line, not mask_sequences. Remove it.",
    ],
    [
      { checks: { nginx: { instances: [] } } },
      "checks.nginx.instances must have at least one instance, got an empty list.",
    ],
    [{ checks: { nginx: {} } }, "checks.nginx is missing the required key `instances` (a list)."],
    [
      { checks: { "a b": { instances: [{}] } } },
      'checks.a b must be an integration name: letters, digits and _, got "a b".',
    ],
    [{ servce: "a" }, 'servce unknown key "servce". Did you mean "service"?'],
    [{ transport: "sockets" }, 'transport must be socket, host or none, got "sockets". Did you mean "socket"?'],
  ])("refuses %j", (options, message) => {
    expect(problemsOf(WEB, SOCKETS, options)).toEqual([message]);
  });

  it("reports all problems at once, under the container's name", () => {
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
