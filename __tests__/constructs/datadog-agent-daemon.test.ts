import { TerraformVariable } from "cdktf";
import { ConfigurationError } from "../../lib/core/problem";
import type { DatadogAgentDaemonProps } from "../../lib/configuration/interfaces";
import { DatadogAgentDaemon } from "../../lib/constructs/datadog-agent-daemon";
import { only, synthesize } from "../support/synthesize";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const PROPS: DatadogAgentDaemonProps = { cluster: "production", apiKey: { secretsManagerArn: SECRET } };

const synthesized = (props: Partial<DatadogAgentDaemonProps> = {}) =>
  synthesize((stack) => new DatadogAgentDaemon(stack, "agent", { ...PROPS, ...props }));

const service = (props?: Partial<DatadogAgentDaemonProps>) => only(synthesized(props).resource?.aws_ecs_service);
const taskDefinition = (props?: Partial<DatadogAgentDaemonProps>) =>
  only(synthesized(props).resource?.aws_ecs_task_definition);

describe("the service", () => {
  it("is a daemon with an explicit launch type and without arguments that a daemon can't have", () => {
    const { "//": _metadata, depends_on: _roles, task_definition: _reference, ...rest } = service();
    expect(rest).toEqual({
      cluster: "production",
      deployment_minimum_healthy_percent: 0,
      enable_ecs_managed_tags: false,
      enable_execute_command: false,
      launch_type: "EC2",
      name: "datadog-agent",
      scheduling_strategy: "DAEMON",
      wait_for_steady_state: false,
    });
  });

  it("waits for the policies of the roles, because a task that starts earlier can't read its key", () => {
    expect(service().depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.agent_task_role_policy_/) as string,
      expect.stringMatching(/^aws_iam_role_policy_attachment\.agent_execution_role_managed_policy_/) as string,
      expect.stringMatching(/^aws_iam_role_policy\.agent_execution_role_policy_/) as string,
    ]);
  });

  it.each<[string, Partial<DatadogAgentDaemonProps>, object]>([
    ["ECS Anywhere", { launchType: "EXTERNAL" }, { launch_type: "EXTERNAL" }],
    ["deploymentMinimumHealthyPercent", { minimumHealthyPercent: 50 }, { deployment_minimum_healthy_percent: 50 }],
    ["ECS Exec", { enableExecuteCommand: true }, { enable_execute_command: true }],
    ["ECS's own tags", { enableEcsManagedTags: true }, { enable_ecs_managed_tags: true }],
    ["AWS tags on the tasks", { propagateTags: "SERVICE" }, { propagate_tags: "SERVICE" }],
    ["waiting", { waitForSteadyState: true }, { wait_for_steady_state: true }],
    ["a name", { serviceName: "agent" }, { name: "agent" }],
    ["AWS tags", { resourceTags: { team: "platform" } }, { tags: { team: "platform" } }],
    [
      "placement constraints",
      { placementConstraints: [{ type: "distinctInstance" }] },
      { placement_constraints: [{ type: "distinctInstance" }] },
    ],
    [
      "network mode awsvpc",
      { networkMode: "awsvpc", subnets: ["subnet-01234567"], securityGroups: ["sg-01234567"] },
      { network_configuration: { subnets: ["subnet-01234567"], security_groups: ["sg-01234567"] } },
    ],
  ])("has %s if it's set", (_what, props, expected) => {
    expect(service(props)).toMatchObject(expected);
  });
});

describe("the task definition", () => {
  it("has its containers as structure, not as a string", () => {
    const json = synthesized();
    const [name, containers] = Object.entries(json.locals ?? {})[0] ?? [];
    expect(only(json.resource?.aws_ecs_task_definition).container_definitions).toBe(`\${jsonencode(local.${name})}`);
    expect(containers).toMatchObject([{ name: "datadog-agent", secrets: [{ name: "DD_API_KEY", valueFrom: SECRET }] }]);
  });

  it("is replaced only after the next revision exists", () => {
    expect(taskDefinition().lifecycle).toEqual({ create_before_destroy: true });
  });

  it("has the volumes of the host in the provider's format", () => {
    expect(taskDefinition({ host: "windows", features: { logs: true } }).volume).toEqual([
      { name: "containers_root", host_path: "c:/programdata/docker/containers" },
      { name: "docker_sock", host_path: "\\\\.\\pipe\\docker_engine" },
      { name: "pointdir", docker_volume_configuration: { autoprovision: true, driver: "local", scope: "shared" } },
    ]);
  });

  it("has no network mode if the host has none", () => {
    expect(taskDefinition({ host: "windows" })).not.toHaveProperty("network_mode");
    expect(taskDefinition()).toHaveProperty("network_mode", "bridge");
  });

  it("has the host's PID namespace if a feature requires it", () => {
    expect(taskDefinition()).not.toHaveProperty("pid_mode");
    expect(taskDefinition({ features: { gpuMonitoring: true } })).toHaveProperty("pid_mode", "host");
  });
});

describe("several daemons in one stack", () => {
  it("may have any IDs", () => {
    const { resource } = synthesize((stack) => new DatadogAgentDaemon(stack, "datadog_agents", PROPS));
    expect(Object.keys(resource?.aws_iam_role ?? {})).toHaveLength(2);
  });

  it("have separate resources, named after their paths", () => {
    const { resource } = synthesize((stack) => {
      new DatadogAgentDaemon(stack, "linux", PROPS);
      new DatadogAgentDaemon(stack, "windows", { ...PROPS, host: "windows", serviceName: "windows" });
    });
    expect(Object.keys(resource?.aws_ecs_service ?? {})).toEqual([
      expect.stringMatching(/^linux_service_[0-9A-F]{8}$/) as string,
      expect.stringMatching(/^windows_service_[0-9A-F]{8}$/) as string,
    ]);
    expect(Object.keys(resource?.aws_iam_role ?? {})).toHaveLength(4);
  });
});

describe("tokens", () => {
  it("are passed through to Terraform, also within text", () => {
    const { resource, locals } = synthesize((stack) => {
      const variable = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
      new DatadogAgentDaemon(stack, "agent", {
        cluster: variable("cluster"),
        apiKey: { secretsManagerArn: `${variable("secret")}:api_key::` },
        tags: { env: variable("env") },
        image: { tag: variable("tag") },
      });
    });
    expect(only(resource?.aws_ecs_service).cluster).toBe("${var.cluster}");
    const local = (name: string) => Object.entries(locals ?? {}).find(([id]) => id.startsWith(`agent_${name}`))?.[1];
    expect(local("api_key_secret")).toBe("${var.secret}:api_key::");
    expect(local("container_definitions")).toMatchObject([
      {
        image: "public.ecr.aws/datadog/agent:${var.tag}",
        environment: expect.arrayContaining([{ name: "DD_TAGS", value: "env:${var.env}" }]) as unknown,
        secrets: [{ name: "DD_API_KEY", valueFrom: "${var.secret}:api_key::" }],
      },
    ]);
    expect(JSON.stringify(local("execution_policy"))).toContain("slice(split(");
  });
});

it("instruments an application's container for the daemon's receivers", () => {
  synthesize((stack) => {
    const daemon = new DatadogAgentDaemon(stack, "agent", { ...PROPS, features: { apm: { socket: true } } });
    expect(daemon.instrument({ name: "web", image: "nginx" }, { service: "shop" })).toEqual({
      containerDefinition: {
        name: "web",
        image: "nginx",
        environment: [
          { name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" },
          { name: "DD_SERVICE", value: "shop" },
        ],
        mountPoints: [{ containerPath: "/var/run/datadog", readOnly: true, sourceVolume: "dd-sockets" }],
        dockerLabels: { "com.datadoghq.tags.service": "shop" },
      },
      volumes: [{ name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } }],
    });
  });
});

describe("invalid props", () => {
  it("are reported all at once, with the construct's path, before anything is created", () => {
    let error: unknown;
    const json = synthesize((stack) => {
      try {
        new DatadogAgentDaemon(stack, "agent", { ...PROPS, memoryMiB: 1, environment: { DD_HOSTNAME: "x" } });
      } catch (thrown) {
        error = thrown;
      }
      expect(stack.node.tryFindChild("agent")).toBeUndefined();
    });
    expect(json.resource).toBeUndefined();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).message).toBe(`own/agent: 2 problems

  memoryMiB
    must be a whole number of MiB from 6 to 25165824, got the number 1.

  environment.DD_HOSTNAME
    can't be set: the daemon runs on every instance, and all of them would report as one host. The Agent detects the name of each instance.`);
  });

  it("are refused if ECS would reject the whole task", () => {
    const features = { apm: true, fipsProxy: { portRangeStart: 8120 } };
    expect(() => synthesized({ site: "ddog-gov.com", features })).toThrow("can't use host port 8126/tcp twice");
  });
});

describe("notices of features", () => {
  it("are warnings, and the actions for the container instance role are available", () => {
    synthesize((stack) => {
      const features = { resourceTagCollection: true, sbom: true };
      const daemon = new DatadogAgentDaemon(stack, "agent", { ...PROPS, memoryMiB: 6, features });
      expect(daemon.notices).toEqual([
        expect.stringContaining("memoryMiB is 6; Datadog recommends") as string,
        expect.stringContaining("features.resourceTagCollection needs ecs:ListTagsForResource") as string,
      ]);
      expect(daemon.node.metadata).toMatchObject(daemon.notices.map((data) => ({ type: "@cdktf/warn", data })));
      expect(daemon.instanceActions).toEqual(["ecs:ListTagsForResource"]);
    });
  });
});

it("an existing service can be imported with CDKTF's importFrom", () => {
  const cluster = "arn:aws:ecs:eu-west-1:123456789012:cluster/production";
  const { import: imports, resource } = synthesize((stack) => {
    new DatadogAgentDaemon(stack, "agent", { ...PROPS, cluster }).service.importFrom("production/datadog-agent");
  });
  const [address = ""] = Object.keys(resource?.aws_ecs_service ?? {});
  expect(imports).toEqual([{ to: `aws_ecs_service.${address}`, id: "production/datadog-agent" }]);
});

describe("an API key in a variable", () => {
  it("is an environment variable of the container, with a warning", () => {
    synthesize((stack) => {
      const key = new TerraformVariable(stack, "key", { type: "string", sensitive: true });
      const daemon = new DatadogAgentDaemon(stack, "agent", {
        ...PROPS,
        apiKey: { sensitiveVariable: key.stringValue },
      });
      expect(daemon.notices).toEqual([expect.stringContaining("the API key is stored in Terraform's state") as string]);
      expect(daemon.node.metadata).toMatchObject([{ type: "@cdktf/warn", data: daemon.notices[0] }]);
    });
  });

  it("has no warning if it is in a secret", () => {
    synthesize((stack) => {
      expect(new DatadogAgentDaemon(stack, "agent", PROPS).notices).toEqual([]);
    });
  });
});
