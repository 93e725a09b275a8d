import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import type { StackConfiguration } from "../../lib/configuration/stacks";
import { DatadogAgentStack } from "../../lib/constructs/datadog-agent-stack";
import { configurationOf } from "../support/clusters";
import type { StackJson } from "../support/synthesize";

/** The only stack of these clusters. */
function stackOf(...clusters: readonly object[]): StackConfiguration {
  const [stack, ...others] = configurationOf(JSON.stringify({ clusters })).stacks;
  expect(others).toEqual([]);
  return stack as StackConfiguration;
}

function synthesized(cluster: object): { json: StackJson; variables: readonly string[]; notices: readonly string[] } {
  const stack = new DatadogAgentStack(Testing.app(), stackOf({ name: "production", ...cluster }));
  const { variables, notices } = stack;
  return { json: JSON.parse(Testing.synth(stack)) as StackJson, variables, notices };
}

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const COMPLETE = { cluster: "production", region: "eu-west-1", apiKey: { secretsManagerArn: SECRET } };

describe("the stack of a cluster", () => {
  it("supports both major versions of the provider and has its state next to the output folder", () => {
    expect(synthesized(COMPLETE).json.terraform).toEqual({
      backend: { local: { path: "../../../terraform.production.tfstate" } },
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" } },
      required_version: ">= 1.5.0",
    });
  });

  it("has addresses without hashes, and the addresses of the daemon are those of Datadog's module", () => {
    const { resource, data, locals, output } = synthesized(COMPLETE).json;
    const addresses = Object.entries({ ...resource, ...data }).flatMap(([type, things]) =>
      Object.keys(things).map((name) => `${type}.${name}`),
    );
    expect(addresses.sort()).toEqual([
      "aws_caller_identity.current",
      "aws_ecs_service.datadog_agent",
      "aws_ecs_task_definition.datadog_agent",
      "aws_iam_role.datadog_agent_execution_role",
      "aws_iam_role.datadog_agent_task_role",
      "aws_iam_role_policy.datadog_agent_execution_role_policy",
      "aws_iam_role_policy.datadog_agent_task_role_policy",
      "aws_iam_role_policy_attachment.datadog_agent_execution_role_managed_policy",
      "aws_partition.current",
      "aws_region.current",
    ]);
    expect(Object.keys(locals ?? {})).toEqual([
      "container_definitions",
      "execution_policy",
      "task_policy",
      "trust_policy",
    ]);
    expect(Object.fromEntries(Object.entries(output ?? {}).map(([name, { value }]) => [name, value]))).toEqual({
      task_definition_arn: "${aws_ecs_task_definition.datadog_agent.arn}",
      task_definition_family: "${aws_ecs_task_definition.datadog_agent.family}",
      task_definition_revision: "${aws_ecs_task_definition.datadog_agent.revision}",
      service_name: "${aws_ecs_service.datadog_agent.name}",
      service_arn: "${aws_ecs_service.datadog_agent.id}",
    });
  });

  it.each<[string, object, unknown]>([
    ["the region that is given", { region: "us-gov-west-1" }, [{ region: "us-gov-west-1" }]],
    ["the environment's region if none is set", {}, [{}]],
  ])("uses %s", (_what, cluster, provider) => {
    expect(synthesized(cluster).json.provider?.aws).toEqual(provider);
  });
});

it("has outputs for applications that use the Agent's sockets", () => {
  const { output } = synthesized({ ...COMPLETE, features: { apm: { socket: true } } }).json;
  expect(output?.application_environment?.value).toEqual([
    { name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" },
  ]);
  expect(output?.application_volumes?.value).toEqual([
    { name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } },
  ]);
});

describe("permissions of the container instance role", () => {
  const POLICY =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecs:ListTagsForResource"],"Resource":"*"}]}';
  const features = { resourceTagCollection: true };

  it.each<[string, object, Record<string, string>]>([
    ["nothing if no feature needs it", {}, {}],
    ["a policy if a feature needs it", { features }, { container_instance_policy: POLICY }],
    [
      "a policy for each host",
      { features, hosts: ["linux", "windows"] },
      { container_instance_policy: POLICY, container_instance_policy_windows: POLICY },
    ],
  ])("are an output: %s", (_what, cluster, expected) => {
    const outputs = Object.entries(synthesized({ ...COMPLETE, ...cluster }).json.output ?? {});
    const policies = outputs.filter(([name]) => name.startsWith("container_instance_policy"));
    expect(Object.fromEntries(policies.map(([name, { value }]) => [name, value]))).toEqual(expected);
  });

  it("are in one notice for all hosts", () => {
    const { notices } = synthesized({ ...COMPLETE, hosts: ["linux", "windows"], features });
    expect(notices).toEqual([expect.stringContaining("features.resourceTagCollection needs ecs:ListTagsForResource")]);
  });
});

it("warns if the memory may not be enough", () => {
  const { notices } = synthesized({ ...COMPLETE, memoryMiB: 6, features: { sbom: true } });
  expect(notices).toEqual([expect.stringContaining("memoryMiB is 6; Datadog recommends")]);
});

describe("a secret that the stack creates", () => {
  const created = { ...COMPLETE, apiKey: { createSecret: { name: "datadog/key" }, jsonKey: "api_key" } };

  it("is empty, and everything refers to it", () => {
    const { json, variables } = synthesized(created);
    expect(json.resource?.aws_secretsmanager_secret).toMatchObject({ datadog_agent_api_key: { name: "datadog/key" } });
    expect(json.resource).not.toHaveProperty("aws_secretsmanager_secret_version");
    const arn = "${aws_secretsmanager_secret.datadog_agent_api_key.arn}";
    expect(json.locals?.container_definitions).toMatchObject([
      { secrets: [{ name: "DD_API_KEY", valueFrom: `${arn}:api_key::` }] },
    ]);
    expect(json.locals?.execution_policy).toMatchObject({
      Statement: [{ Action: "secretsmanager:GetSecretValue", Resource: arn }],
    });
    expect(variables).toEqual([]);
  });

  it("is an output, with the command to store the key", () => {
    const { output } = synthesized(created).json;
    const arn = "${aws_secretsmanager_secret.datadog_agent_api_key.arn}";
    expect(output?.api_key_secret_arn?.value).toBe(arn);
    expect(output?.fill_api_key_secret?.value).toBe(
      `aws secretsmanager put-secret-value --secret-id ${arn} --secret-string file:///dev/stdin`,
    );
    expect(synthesized(COMPLETE).json.output).not.toHaveProperty("fill_api_key_secret");
  });
});

describe("required variables", () => {
  it("are empty if all values are set", () => {
    expect(synthesized(COMPLETE)).toMatchObject({
      variables: [],
      json: expect.not.objectContaining({ variable: {} }) as unknown,
    });
  });

  it("have descriptions and validation", () => {
    const { json, variables } = synthesized({});
    expect(variables).toEqual(["cluster", "api_key_secret_arn"]);
    expect(json.resource?.aws_ecs_service?.datadog_agent?.cluster).toBe("${var.cluster}");
    expect(json.locals?.container_definitions).toMatchObject([
      { secrets: [{ name: "DD_API_KEY", valueFrom: "${var.api_key_secret_arn}" }] },
    ]);
    for (const name of variables) {
      expect(json.variable?.[name]).toEqual({
        type: "string",
        nullable: false,
        description: expect.stringMatching(/\.$/) as string,
        validation: [
          {
            condition: expect.stringContaining(`, var.${name}))}`) as string,
            error_message: expect.stringContaining(`The value of ${name} must be`) as string,
          },
        ],
      });
    }
  });

  it("include the API key as a sensitive variable for trials", () => {
    const { json, variables } = synthesized({ ...COMPLETE, apiKey: { sensitiveVariable: true } });
    expect(variables).toEqual(["api_key"]);
    expect(json.variable?.api_key).toMatchObject({ sensitive: true, nullable: false });
    const [container] = json.locals?.container_definitions as [{ environment: unknown[] }];
    expect(container.environment).toContainEqual({ name: "DD_API_KEY", value: "${var.api_key}" });
    expect(container).not.toHaveProperty("secrets");
  });
});

describe("the stack of a cluster with several hosts", () => {
  const HOSTS = { hosts: ["linux", "windows"] };

  /** The stack's elements by address, without its provider and terraform blocks. */
  function addressesOf(cluster: object): string[] {
    const { resource, data, locals, output } = synthesized({ ...COMPLETE, ...cluster }).json;
    const kinds = Object.entries({ ...resource, ...data, local: locals ?? {}, output: output ?? {} });
    return kinds.flatMap(([kind, things]) => Object.keys(things).map((name) => `${kind}.${name}`)).sort();
  }

  it("has the same addresses for the first host, and a daemon for each other host", () => {
    const onlyLinux = addressesOf({ host: "linux" });
    const mixed = addressesOf({ hosts: ["linux", "windows"] });
    expect(onlyLinux.filter((address) => !mixed.includes(address))).toEqual([]);
    expect(mixed.filter((address) => !onlyLinux.includes(address))).toEqual([
      "aws_ecs_service.datadog_agent_windows",
      "aws_ecs_task_definition.datadog_agent_windows",
      "local.container_definitions_windows",
      "output.service_arn_windows",
      "output.service_name_windows",
      "output.task_definition_arn_windows",
      "output.task_definition_family_windows",
      "output.task_definition_revision_windows",
    ]);
  });

  it("writes a host's name with underscores", () => {
    const addresses = addressesOf({ hosts: ["windows", "amazon-linux-1"] });
    expect(addresses).toContain("aws_ecs_service.datadog_agent");
    expect(addresses).toContain("aws_ecs_service.datadog_agent_amazon_linux_1");
    expect(addresses).toContain("output.service_arn_amazon_linux_1");
  });

  it("has the outputs of each daemon", () => {
    expect(synthesized({ ...COMPLETE, ...HOSTS }).json.output).toMatchObject({
      service_arn: { value: "${aws_ecs_service.datadog_agent.id}" },
      service_arn_windows: { value: "${aws_ecs_service.datadog_agent_windows.id}" },
    });
  });

  it("limits each daemon to its operating system", () => {
    const { resource } = synthesized({ ...COMPLETE, ...HOSTS }).json;
    const only = (system: string) => [{ type: "memberOf", expression: `attribute:ecs.os-type == ${system}` }];
    expect(resource?.aws_ecs_task_definition).toMatchObject({
      datadog_agent: { placement_constraints: only("linux") },
      datadog_agent_windows: { placement_constraints: only("windows") },
    });
    expect(resource?.aws_ecs_service).toMatchObject({
      datadog_agent: { name: "datadog-agent", scheduling_strategy: "DAEMON" },
      datadog_agent_windows: { name: "datadog-agent-windows", scheduling_strategy: "DAEMON" },
    });
  });

  it("has one required variable for all daemons", () => {
    const { json, variables } = synthesized(HOSTS);
    expect(variables).toEqual(["cluster", "api_key_secret_arn"]);
    for (const [service, containers] of [
      ["datadog_agent", "container_definitions"],
      ["datadog_agent_windows", "container_definitions_windows"],
    ] as const) {
      expect(json.resource?.aws_ecs_service?.[service]?.cluster).toBe("${var.cluster}");
      expect(json.locals?.[containers]).toMatchObject([
        { secrets: [{ name: "DD_API_KEY", valueFrom: "${var.api_key_secret_arn}" }] },
      ]);
    }
  });

  it("shares the roles, and waits for their policies", () => {
    const { resource } = synthesized({ ...COMPLETE, ...HOSTS, createdRoles: { path: "/agents/" } }).json;
    const [first, second] = Object.values(resource?.aws_ecs_task_definition ?? {});
    expect(second?.task_role_arn).toBe("${aws_iam_role.datadog_agent_task_role.arn}");
    expect(second?.execution_role_arn).toBe("${aws_iam_role.datadog_agent_execution_role.arn}");
    expect(first).toMatchObject({
      task_role_arn: second?.task_role_arn,
      execution_role_arn: second?.execution_role_arn,
    });
    expect(resource?.aws_ecs_service?.datadog_agent_windows?.depends_on).toEqual([
      "aws_iam_role_policy.datadog_agent_task_role_policy",
      "aws_iam_role_policy_attachment.datadog_agent_execution_role_managed_policy",
      "aws_iam_role_policy.datadog_agent_execution_role_policy",
    ]);
  });

  it("attaches policies to a given role only once", () => {
    const executionRoleArn = "arn:aws:iam::123456789012:role/execution";
    const given = { ...COMPLETE, ...HOSTS, executionRoleArn, attachPolicies: true };
    const { resource } = synthesized(given).json;
    expect(Object.keys(resource?.aws_iam_role_policy_attachment ?? {})).toEqual([
      "datadog_agent_execution_role_managed_policy",
    ]);
    expect(resource?.aws_ecs_task_definition?.datadog_agent_windows?.execution_role_arn).toBe(executionRoleArn);
  });

  it("creates one secret, of which all daemons read the same key", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
    const apiKey = { createSecret: { name: "datadog", kmsKeyArn }, jsonKey: "api_key", versionStage: "AWSPENDING" };
    const { json, notices } = synthesized({ ...COMPLETE, ...HOSTS, apiKey });
    expect(Object.keys(json.resource?.aws_secretsmanager_secret ?? {})).toEqual(["datadog_agent_api_key"]);
    const valueFrom = "${aws_secretsmanager_secret.datadog_agent_api_key.arn}:api_key:AWSPENDING:";
    expect(json.locals).toMatchObject({
      container_definitions: [{ secrets: [{ name: "DD_API_KEY", valueFrom }] }],
      container_definitions_windows: [{ secrets: [{ name: "DD_API_KEY", valueFrom }] }],
    });
    expect(json.locals?.execution_policy).toMatchObject({
      Statement: [{ Action: "secretsmanager:GetSecretValue" }, { Action: "kms:Decrypt", Resource: kmsKeyArn }],
    });
    expect(Object.keys(json.output ?? {}).filter((name) => name.includes("secret"))).toEqual([
      "api_key_secret_arn",
      "fill_api_key_secret",
    ]);
    expect(notices).toEqual([expect.stringContaining("apiKey.createSecret creates the secret datadog")]);
  });

  it("passes the key for trials to all daemons, and warns once", () => {
    const { json, variables, notices } = synthesized({ ...COMPLETE, ...HOSTS, apiKey: { sensitiveVariable: true } });
    expect(variables).toEqual(["api_key"]);
    const [container] = json.locals?.container_definitions_windows as [{ environment: unknown[] }];
    expect(container.environment).toContainEqual({ name: "DD_API_KEY", value: "${var.api_key}" });
    expect(notices).toEqual([expect.stringContaining("apiKey.sensitiveVariable is for trials")]);
  });

  it.each<[string, object, readonly string[]]>([
    ["nothing", { apm: true }, []],
    ["one thing", { apm: { socket: true } }, ["features.apm.socket: left out on windows, which doesn't support it."]],
    [
      "several things",
      { networkPerformanceMonitoring: true, apm: { socket: true } },
      ["features.networkPerformanceMonitoring, features.apm.socket: left out on windows, which doesn't support it."],
    ],
  ])("warns about what is left out: %s", (_what, features, notices) => {
    expect(synthesized({ ...COMPLETE, ...HOSTS, features }).notices).toEqual(notices);
  });
});

/** The stack that the clusters share. */
function shared(...clusters: readonly object[]): { json: StackJson; variables: readonly string[] } {
  const configuration = stackOf(...clusters.map((cluster) => ({ stack: "all", ...cluster })));
  const stack = new DatadogAgentStack(Testing.app(), configuration);
  return { json: JSON.parse(Testing.synth(stack)) as StackJson, variables: stack.variables };
}

describe("a loaded cluster", () => {
  it("can't be changed after it was checked", () => {
    const { tags, features, environment } = stackOf({ name: "a", ...COMPLETE, features: { apm: {} } }).clusters[0]
      .onHosts[0].values;
    expect(() => Object.assign(tags, { team: "checkout" })).toThrow(TypeError);
    expect(() => Object.assign(environment, { DD_HOSTNAME: "one" })).toThrow(TypeError);
    expect(() => Object.assign(features.apm as object, { port: false })).toThrow(TypeError);
  });

  it("is refused if it is an unchecked copy", () => {
    const { clusters, ...stack } = stackOf({ name: "a", ...COMPLETE });
    const { catalog, values, task, apiKey } = clusters[0].onHosts[0];
    const onHost = { catalog, values: { ...values, environment: { DD_HOSTNAME: "one" } }, task, apiKey };
    const changed = { ...stack, clusters: [{ name: "a", onHosts: [onHost] }] } as unknown as StackConfiguration;
    const app = Testing.app();
    expect(() => new DatadogAgentStack(app, changed)).toThrow(
      "a: 1 problem\n\n  the cluster a isn't checked. Use loadConfiguration, and change the file instead of its result.",
    );
    expect(app.node.children).toEqual([]);
  });
});

describe("a shared stack", () => {
  const ONE = { name: "one", cluster: "one", apiKey: { secretsManagerArn: SECRET } };
  const TWO = { ...ONE, name: "two-b", cluster: "two", hosts: ["linux", "windows"] };

  it("has the cluster's name in every address, and the host's name unless it is the first", () => {
    const { resource, locals, output } = shared(ONE, TWO).json;
    const names = (things: object | undefined) => Object.keys(things ?? {}).sort();
    const daemons = ["datadog_agent_one", "datadog_agent_two-b", "datadog_agent_two-b_windows"];
    expect(names(resource?.aws_ecs_service)).toEqual(daemons);
    expect(names(resource?.aws_ecs_task_definition)).toEqual(daemons);
    expect(names(resource?.aws_iam_role)).toEqual([
      "datadog_agent_one_execution_role",
      "datadog_agent_one_task_role",
      "datadog_agent_two-b_execution_role",
      "datadog_agent_two-b_task_role",
    ]);
    expect(names(locals)).toEqual([
      "container_definitions_one",
      "container_definitions_two-b",
      "container_definitions_two-b_windows",
      "execution_policy_one",
      "execution_policy_two-b",
      "task_policy_one",
      "task_policy_two-b",
      "trust_policy",
    ]);
    expect(names(output)).toEqual([
      "service_arn",
      "service_name",
      "task_definition_arn",
      "task_definition_family",
      "task_definition_revision",
    ]);
  });

  it("has the same outputs as a stack with one cluster, as maps by cluster", () => {
    const socket = { features: { apm: { socket: true } } };
    const { output } = shared(ONE, { ...TWO, ...socket }).json;
    expect(output?.service_arn).toEqual({
      value: {
        one: "${aws_ecs_service.datadog_agent_one.id}",
        "two-b": "${aws_ecs_service.datadog_agent_two-b.id}",
        "two-b_windows": "${aws_ecs_service.datadog_agent_two-b_windows.id}",
      },
      description: "ARN of the service, by cluster",
    });
    expect(Object.keys(output?.application_environment?.value as object)).toEqual(["two-b"]);
  });

  it("may have a secret's ARN as a variable and another's as an output", () => {
    const { json, variables } = shared(
      { name: "one", cluster: "one" },
      { ...TWO, apiKey: { createSecret: { name: "datadog" } } },
    );
    expect(variables).toEqual(["api_key_secret_arn"]);
    const arn = "${aws_secretsmanager_secret.datadog_agent_two-b_api_key.arn}";
    expect(json.output?.api_key_secret_arn?.value).toEqual({ "two-b": arn });
  });

  it("runs each daemon in its cluster, with the roles of that cluster", () => {
    const { resource } = shared(ONE, TWO).json;
    expect(resource?.aws_ecs_service).toMatchObject({
      datadog_agent_one: { cluster: "one", name: "datadog-agent" },
      "datadog_agent_two-b": { cluster: "two", name: "datadog-agent" },
      "datadog_agent_two-b_windows": { cluster: "two", name: "datadog-agent-windows" },
    });
    expect(resource?.aws_ecs_task_definition).toMatchObject({
      datadog_agent_one: { task_role_arn: "${aws_iam_role.datadog_agent_one_task_role.arn}" },
      "datadog_agent_two-b_windows": { task_role_arn: "${aws_iam_role.datadog_agent_two-b_task_role.arn}" },
    });
  });

  it("has one pair of roles for clusters with shareRoles", () => {
    const sharing = { shareRoles: true };
    const { resource, locals, data } = shared(
      { ...ONE, ...sharing },
      { ...TWO, ...sharing },
      { ...ONE, name: "own", cluster: "own" },
    ).json;
    expect(Object.keys(resource?.aws_iam_role ?? {}).sort()).toEqual([
      "datadog_agent_own_execution_role",
      "datadog_agent_own_task_role",
      "datadog_agents_execution_role",
      "datadog_agents_task_role",
    ]);
    expect(Object.keys(resource?.aws_iam_role_policy ?? {})).toHaveLength(4);
    expect(Object.keys(data ?? {})).not.toContain("aws_iam_policy_document");
    expect(locals?.datadog_agents_execution_policy).toMatchObject({
      Statement: [{ Action: "secretsmanager:GetSecretValue", Resource: SECRET }],
    });
    const roles = {
      task_role_arn: "${aws_iam_role.datadog_agents_task_role.arn}",
      execution_role_arn: "${aws_iam_role.datadog_agents_execution_role.arn}",
    };
    expect(resource?.aws_ecs_task_definition).toMatchObject({
      datadog_agent_one: roles,
      "datadog_agent_two-b": roles,
      "datadog_agent_two-b_windows": roles,
      datadog_agent_own: { task_role_arn: "${aws_iam_role.datadog_agent_own_task_role.arn}" },
    });
    const policies = [
      "aws_iam_role_policy.datadog_agents_task_role_policy",
      "aws_iam_role_policy_attachment.datadog_agents_execution_role_managed_policy",
      "aws_iam_role_policy.datadog_agents_execution_role_policy",
    ];
    for (const name of ["datadog_agent_one", "datadog_agent_two-b", "datadog_agent_two-b_windows"]) {
      expect(resource?.aws_ecs_service?.[name]?.depends_on).toEqual(policies);
    }
  });

  it("has the cluster's name in addresses even with one cluster, because others may be added", () => {
    const { resource } = shared(ONE).json;
    expect(Object.keys(resource?.aws_ecs_service ?? {})).toEqual(["datadog_agent_one"]);
  });

  it("has one state, named after the stack", () => {
    expect(shared(ONE, TWO).json.terraform?.backend).toEqual({ local: { path: "../../../terraform.all.tfstate" } });
  });

  it("has a required variable for each cluster, and one for the key", () => {
    const { json, variables } = shared({ name: "one" }, { name: "two-b", hosts: ["linux", "windows"] });
    expect(variables).toEqual(["cluster_one", "api_key_secret_arn", "cluster_two_b"]);
    expect(Object.keys(json.variable ?? {}).sort()).toEqual(["api_key_secret_arn", "cluster_one", "cluster_two_b"]);
    expect(json.variable?.cluster_two_b?.validation).toEqual([
      {
        condition: expect.stringContaining(", var.cluster_two_b))}") as string,
        error_message: "The value of cluster_two_b must be the name or the ARN of an ECS cluster.",
      },
    ]);
    expect(json.resource?.aws_ecs_service).toMatchObject({
      datadog_agent_one: { cluster: "${var.cluster_one}" },
      "datadog_agent_two-b": { cluster: "${var.cluster_two_b}" },
      "datadog_agent_two-b_windows": { cluster: "${var.cluster_two_b}" },
    });
  });
});

describe("an adopted service", () => {
  const adopt = { serviceArn: "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent" };
  const taskDefinitionArn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/datadog-agent-task:7";
  const ADOPTED = { ...COMPLETE, cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/production", adopt };
  const SERVICE = { to: "aws_ecs_service.datadog_agent", id: "production/datadog-agent" };

  it.each<[string, object, readonly object[] | undefined]>([
    ["isn't imported by default", COMPLETE, undefined],
    ["is imported", ADOPTED, [SERVICE]],
    [
      "is imported with its task definition",
      { ...ADOPTED, adopt: { ...adopt, taskDefinitionArn } },
      [SERVICE, { to: "aws_ecs_task_definition.datadog_agent", id: taskDefinitionArn }],
    ],
    ["is the first host's", { ...ADOPTED, hosts: ["windows", "linux"] }, [SERVICE]],
  ])("%s", (_what, cluster, expected) => expect(synthesized(cluster).json.import).toEqual(expected));

  it("can't be destroyed while adopt is set; others can", () => {
    const { resource } = synthesized({ ...ADOPTED, hosts: ["linux", "windows"] }).json;
    expect(resource?.aws_ecs_service?.datadog_agent?.lifecycle).toEqual({ prevent_destroy: true });
    expect(resource?.aws_ecs_service?.datadog_agent_windows).not.toHaveProperty("lifecycle");
    expect(synthesized(COMPLETE).json.resource?.aws_ecs_service?.datadog_agent).not.toHaveProperty("lifecycle");
  });

  it("doesn't otherwise differ from a created service", () => {
    const { import: _imports, resource: adopted, ...restOfAdopted } = synthesized(ADOPTED).json;
    const { resource, ...rest } = synthesized({ ...ADOPTED, adopt: undefined }).json;
    expect(restOfAdopted).toEqual(rest);
    const { lifecycle: _lifecycle, ...service } = adopted?.aws_ecs_service?.datadog_agent ?? {};
    expect({ ...adopted, aws_ecs_service: { datadog_agent: service } }).toEqual(resource);
  });

  it("has a notice, also about its task definition", () => {
    const imports = expect.stringMatching(
      /^adopt imports the service datadog-agent of the cluster production into Terraform's state\. .* Remove adopt after the deployment\.$/,
    ) as string;
    expect(synthesized(ADOPTED).notices).toEqual([imports]);
    expect(synthesized({ ...ADOPTED, adopt: { ...adopt, taskDefinitionArn } }).notices).toEqual([
      imports,
      expect.stringContaining("adopt.taskDefinitionArn imports the previous revision into Terraform's plan and state"),
    ]);
  });

  it("has the cluster's name in its address in a shared stack", () => {
    const of = (name: string) => ({
      name,
      cluster: `arn:aws:ecs:eu-west-1:123456789012:cluster/${name}`,
      apiKey: { secretsManagerArn: SECRET },
    });
    const arnOf = (name: string) => `arn:aws:ecs:eu-west-1:123456789012:service/${name}/datadog-agent`;
    const { json } = shared({ ...of("one"), adopt: { serviceArn: arnOf("one"), taskDefinitionArn } }, of("two"), {
      ...of("three-b"),
      hosts: ["linux", "windows"],
      adopt: { serviceArn: arnOf("three-b") },
    });
    expect(json.import).toEqual([
      { to: "aws_ecs_service.datadog_agent_one", id: "one/datadog-agent" },
      { to: "aws_ecs_task_definition.datadog_agent_one", id: taskDefinitionArn },
      { to: "aws_ecs_service.datadog_agent_three-b", id: "three-b/datadog-agent" },
    ]);
    expect(json.resource?.aws_ecs_service).toMatchObject({ datadog_agent_two: { cluster: of("two").cluster } });
    expect(json.resource?.aws_ecs_service?.datadog_agent_two).not.toHaveProperty("lifecycle");
  });
});

describe("the provider of a stack", () => {
  const role = { roleArn: "arn:aws:iam::123456789012:role/deploy", externalId: "acme", sessionName: "agent" };

  it.each<[string, object, object]>([
    ["the account", { accountId: "012345678901" }, { allowed_account_ids: ["012345678901"] }],
    [
      "the accounts that are allowed",
      { provider: { allowedAccountIds: ["012345678901", "123456789012"] } },
      { allowed_account_ids: ["012345678901", "123456789012"] },
    ],
    [
      "the account instead of the allowed accounts",
      { accountId: "012345678901", provider: { allowedAccountIds: ["012345678901", "123456789012"] } },
      { allowed_account_ids: ["012345678901"] },
    ],
    [
      "a role to assume",
      { provider: { assumeRole: role } },
      { assume_role: [{ role_arn: role.roleArn, external_id: "acme", session_name: "agent" }] },
    ],
    ["a profile", { provider: { profile: "production" } }, { profile: "production" }],
    [
      "tags of everything",
      { provider: { defaultTags: { team: "sre" } } },
      { default_tags: [{ tags: { team: "sre" } }] },
    ],
    [
      "endpoints",
      { provider: { endpoints: { ecs: "https://ecs.internal", secretsmanager: "https://sm.internal" } } },
      { endpoints: [{ ecs: "https://ecs.internal", secretsmanager: "https://sm.internal" }] },
    ],
    [
      "endpoints of services that its class doesn't know",
      { provider: { endpoints: { ecs: "https://ecs.internal", constructor: "https://new.internal" } } },
      { endpoints: [{ ecs: "https://ecs.internal", constructor: "https://new.internal" }] },
    ],
    ["FIPS endpoints", { provider: { useFipsEndpoint: true } }, { use_fips_endpoint: true }],
    ["no FIPS endpoints", { provider: { useFipsEndpoint: false } }, {}],
  ])("has %s", (_what, cluster, expected) => {
    const apiKey = { ssmParameterArn: "arn:aws:ssm:eu-west-1:012345678901:parameter/datadog" };
    const { provider } = synthesized({ ...COMPLETE, apiKey, ...cluster }).json;
    expect(provider?.aws).toEqual([{ region: "eu-west-1", ...expected }]);
  });
});

describe("the backend of a stack", () => {
  it.each<[string, object, object]>([
    [
      "a bucket",
      { s3: { bucket: "states", region: "eu-west-1" } },
      {
        backend: {
          s3: {
            bucket: "states",
            key: "datadog-agent/production.tfstate",
            region: "eu-west-1",
            encrypt: true,
            use_lockfile: true,
          },
        },
        required_version: ">= 1.10.0",
      },
    ],
    [
      "HCP Terraform",
      { cloud: { organization: "acme", project: "Agents" } },
      {
        cloud: {
          hostname: "app.terraform.io",
          organization: "acme",
          workspaces: { name: "datadog-agent-production", project: "Agents" },
        },
        required_version: ">= 1.6.0",
      },
    ],
  ])("is %s, with the Terraform version that supports it", (_what, backend, expected) => {
    expect(synthesized({ ...COMPLETE, backend }).json.terraform).toEqual({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" } },
      ...expected,
    });
  });
});

it("the manifest has the dependencies of a stack", () => {
  const app = Testing.app();
  const { stacks } = configurationOf("clusters: [{ name: a }, { name: b }, { name: c }]");
  const [a, b, c] = stacks.map((each) => new DatadogAgentStack(app, each)) as [
    DatadogAgentStack,
    DatadogAgentStack,
    DatadogAgentStack,
  ];
  c.deployAfter([a, b]);
  const dependencies = [a, b, c].map((stack) => app.manifest.forStack(stack).dependencies);
  expect(dependencies).toEqual([[], [], ["a", "b"]]);
});

describe("names that every JavaScript object has", () => {
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => /^[a-z]/.test(name));

  it("work as names of tags, variables and services, up to CDKTF's files", () => {
    const map = Object.fromEntries([...names, "toJSON", "resolve", "then"].map((name) => [name, "x"]));
    const file = JSON.stringify({
      clusters: names.map((name, index) => ({
        name: `a${index}`,
        cluster: name,
        serviceName: name,
        family: name,
        tags: map,
        environment: map,
        resourceTags: map,
        provider: { profile: name, defaultTags: map },
      })),
    });
    const outdir = mkdtempSync(join(tmpdir(), "stacks-"));
    const app = new App({ outdir, stackTraces: false });
    for (const stack of configurationOf(file).stacks) new DatadogAgentStack(app, stack);
    app.synth();

    for (const [index, name] of names.entries()) {
      const path = join(outdir, app.manifest.stacks[`a${index}`]?.synthesizedStackPath ?? "");
      const { provider, resource, locals } = JSON.parse(readFileSync(path, "utf8")) as StackJson;
      expect(provider?.aws).toEqual([{ profile: name, default_tags: [{ tags: map }] }]);
      expect(resource?.aws_ecs_service?.datadog_agent).toMatchObject({ cluster: name, name, tags: map });
      expect(resource?.aws_ecs_task_definition?.datadog_agent).toMatchObject({ family: name, tags: map });
      const environment = Object.entries(map).map(([variable, value]) => ({ name: variable, value }));
      expect(locals?.container_definitions).toMatchObject([
        { environment: expect.arrayContaining(environment) as object[] },
      ]);
    }
    rmSync(outdir, { recursive: true });
  });
});
