import { Testing } from "cdktf";
import { parseConfiguration } from "../lib/configuration/load";
import { DatadogAgentStack } from "../lib/datadog-agent-stack";
import type { StackJson } from "./support/synthesize";

function synthesized(cluster: object): { json: StackJson; variables: readonly string[]; notices: readonly string[] } {
  const file = JSON.stringify({ clusters: [{ name: "production", ...cluster }] });
  const [checked, ...others] = parseConfiguration(file, "clusters.yaml").clusters;
  if (checked === undefined) throw new Error("The configuration has no cluster.");
  const stack = new DatadogAgentStack(Testing.app(), checked, ...others);
  const { variables, notices } = stack;
  return { json: JSON.parse(Testing.synth(stack)) as StackJson, variables, notices };
}

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const COMPLETE = { cluster: "production", region: "eu-west-1", apiKey: { secretsManagerArn: SECRET } };

describe("the stack of a cluster", () => {
  it("works with both majors of the provider and keeps its state beside the output folder", () => {
    expect(synthesized(COMPLETE).json.terraform).toEqual({
      backend: { local: { path: "../../../terraform.production.tfstate" } },
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" } },
      required_version: ">= 1.5.0",
    });
  });

  it("has names without hashes, those of the daemon at the addresses of the vendor's module", () => {
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
    ["the environment's region where none is given", {}, [{}]],
  ])("uses %s", (_what, cluster, provider) => {
    expect(synthesized(cluster).json.provider?.aws).toEqual(provider);
  });
});

it("what applications need to reach the Agent's sockets is put out", () => {
  const { output } = synthesized({ ...COMPLETE, features: { apm: { socket: true } } }).json;
  expect(output?.application_environment?.value).toEqual([
    { name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" },
  ]);
  expect(output?.application_volumes?.value).toEqual([
    { name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } },
  ]);
});

describe("what the role of the container instances must allow", () => {
  const POLICY =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecs:ListTagsForResource"],"Resource":"*"}]}';
  const features = { resourceTagCollection: true };

  it.each<[string, object, Record<string, string>]>([
    ["nothing where no feature asks for it", {}, {}],
    ["a policy where a feature asks for it", { features }, { container_instance_policy: POLICY }],
    [
      "a policy for each host",
      { features, hosts: ["linux", "windows"] },
      { container_instance_policy: POLICY, container_instance_policy_windows: POLICY },
    ],
  ])("is put out: %s", (_what, cluster, expected) => {
    const outputs = Object.entries(synthesized({ ...COMPLETE, ...cluster }).json.output ?? {});
    const policies = outputs.filter(([name]) => name.startsWith("container_instance_policy"));
    expect(Object.fromEntries(policies.map(([name, { value }]) => [name, value]))).toEqual(expected);
  });

  it("is said, once for all hosts", () => {
    const { notices } = synthesized({ ...COMPLETE, hosts: ["linux", "windows"], features });
    expect(notices).toEqual([expect.stringContaining("features.resourceTagCollection needs ecs:ListTagsForResource")]);
  });
});

it("memory that may not suffice is said", () => {
  const { notices } = synthesized({ ...COMPLETE, memoryMiB: 6, features: { sbom: true } });
  expect(notices).toEqual([expect.stringContaining("memoryMiB is 6; Datadog advises")]);
});

describe("a secret that the stack creates", () => {
  const created = { ...COMPLETE, apiKey: { createSecret: { name: "datadog/key" }, jsonKey: "api_key" } };

  it("is empty, and everything is wired to it", () => {
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

  it("is put out with the one command that fills it", () => {
    const { output } = synthesized(created).json;
    const arn = "${aws_secretsmanager_secret.datadog_agent_api_key.arn}";
    expect(output?.api_key_secret_arn?.value).toBe(arn);
    expect(output?.fill_api_key_secret?.value).toBe(
      `aws secretsmanager put-secret-value --secret-id ${arn} --secret-string file:///dev/stdin`,
    );
    expect(synthesized(COMPLETE).json.output).not.toHaveProperty("fill_api_key_secret");
  });
});

describe("what a cluster leaves open", () => {
  it("is nothing where everything is given", () => {
    expect(synthesized(COMPLETE)).toMatchObject({
      variables: [],
      json: expect.not.objectContaining({ variable: {} }) as unknown,
    });
  });

  it("is asked for as variables that say what they are and check what they get", () => {
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

  it("is the key itself for trials, as a sensitive variable", () => {
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

  /** Everything of the stack but its head, by address; the cluster's region and key are given. */
  function addressesOf(cluster: object): string[] {
    const { resource, data, locals, output } = synthesized({ ...COMPLETE, ...cluster }).json;
    const kinds = Object.entries({ ...resource, ...data, local: locals ?? {}, output: output ?? {} });
    return kinds.flatMap(([kind, things]) => Object.keys(things).map((name) => `${kind}.${name}`)).sort();
  }

  it("has all of the first host's own, under the same addresses, and a daemon for each other", () => {
    const alone = addressesOf({ host: "linux" });
    const mixed = addressesOf({ hosts: ["linux", "windows"] });
    expect(alone.filter((address) => !mixed.includes(address))).toEqual([]);
    expect(mixed.filter((address) => !alone.includes(address))).toEqual([
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

  it("writes a host's name as Terraform's names are written", () => {
    const addresses = addressesOf({ hosts: ["windows", "amazon-linux-1"] });
    expect(addresses).toContain("aws_ecs_service.datadog_agent");
    expect(addresses).toContain("aws_ecs_service.datadog_agent_amazon_linux_1");
    expect(addresses).toContain("output.service_arn_amazon_linux_1");
  });

  it("puts out each daemon's own", () => {
    expect(synthesized({ ...COMPLETE, ...HOSTS }).json.output).toMatchObject({
      service_arn: { value: "${aws_ecs_service.datadog_agent.id}" },
      service_arn_windows: { value: "${aws_ecs_service.datadog_agent_windows.id}" },
    });
  });

  it("holds each daemon to its operating system", () => {
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

  it("asks once for what is left open, for all daemons", () => {
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

  it("shares the roles, and waits for what they may do", () => {
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

  it("attaches policies once to a role that is given", () => {
    const executionRoleArn = "arn:aws:iam::123456789012:role/execution";
    const given = { ...COMPLETE, ...HOSTS, executionRoleArn, attachPolicies: true };
    const { resource } = synthesized(given).json;
    expect(Object.keys(resource?.aws_iam_role_policy_attachment ?? {})).toEqual([
      "datadog_agent_execution_role_managed_policy",
    ]);
    expect(resource?.aws_ecs_task_definition?.datadog_agent_windows?.execution_role_arn).toBe(executionRoleArn);
  });

  it("has one secret where it creates one, of which all read the same part", () => {
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
    expect(notices).toEqual([expect.stringContaining("apiKey.createSecret makes the secret datadog")]);
  });

  it("hands the key for trials to all, and warns of it once", () => {
    const { json, variables, notices } = synthesized({ ...COMPLETE, ...HOSTS, apiKey: { sensitiveVariable: true } });
    expect(variables).toEqual(["api_key"]);
    const [container] = json.locals?.container_definitions_windows as [{ environment: unknown[] }];
    expect(container.environment).toContainEqual({ name: "DD_API_KEY", value: "${var.api_key}" });
    expect(notices).toEqual([expect.stringContaining("apiKey.sensitiveVariable is for trials")]);
  });

  it.each<[string, object, readonly string[]]>([
    ["nothing", { apm: true }, []],
    [
      "one thing",
      { apm: { socket: true } },
      ["on windows left out: features.apm.socket: the host lacks what it needs."],
    ],
    [
      "several things",
      { networkPerformanceMonitoring: true, apm: { socket: true } },
      [
        "on windows left out: features.networkPerformanceMonitoring, features.apm.socket: the host lacks what they need.",
      ],
    ],
  ])("says of what it leaves out: %s", (_what, features, notices) => {
    expect(synthesized({ ...COMPLETE, ...HOSTS, features }).notices).toEqual(notices);
  });
});

/** A stack of the clusters, which must share it. */
function shared(...clusters: readonly object[]): { json: StackJson; variables: readonly string[] } {
  const file = JSON.stringify({ clusters: clusters.map((cluster) => ({ stack: "all", ...cluster })) });
  const [first, ...others] = parseConfiguration(file, "clusters.yaml").clusters;
  if (first === undefined) throw new Error("The configuration has no cluster.");
  const stack = new DatadogAgentStack(Testing.app(), first, ...others);
  return { json: JSON.parse(Testing.synth(stack)) as StackJson, variables: stack.variables };
}

describe("a cluster that is changed after it was read", () => {
  const read = () => {
    const [cluster] = parseConfiguration(
      JSON.stringify({ clusters: [{ name: "a", ...COMPLETE }] }),
      "clusters.yaml",
    ).clusters;
    if (cluster === undefined) throw new Error("The configuration has no cluster.");
    return cluster;
  };

  it("is built as it is now", () => {
    const cluster = read();
    cluster.tags.team = "checkout";
    const { locals } = JSON.parse(Testing.synth(new DatadogAgentStack(Testing.app(), cluster))) as StackJson;
    expect(JSON.stringify(locals?.container_definitions)).toContain("team:checkout");
  });

  it("is checked as it is now", () => {
    const cluster = read();
    cluster.environment.DD_HOSTNAME = "one";
    expect(() => new DatadogAgentStack(Testing.app(), cluster)).toThrow("environment.DD_HOSTNAME");
  });
});

describe("a stack that clusters share", () => {
  const ONE = { name: "one", cluster: "one", apiKey: { secretsManagerArn: SECRET } };
  const TWO = { ...ONE, name: "two-b", cluster: "two", hosts: ["linux", "windows"] };

  it("has the name of the cluster in every address, and of the host where it isn't the first", () => {
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

  it("puts out the same as a stack of one cluster, in maps by cluster", () => {
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

  it("may ask for one secret's ARN and put out another's", () => {
    const { json, variables } = shared(
      { name: "one", cluster: "one" },
      { ...TWO, apiKey: { createSecret: { name: "datadog" } } },
    );
    expect(variables).toEqual(["api_key_secret_arn"]);
    const arn = "${aws_secretsmanager_secret.datadog_agent_two-b_api_key.arn}";
    expect(json.output?.api_key_secret_arn?.value).toEqual({ "two-b": arn });
  });

  it("has each daemon in its own cluster, with the roles of that cluster", () => {
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

  it("has one pair of roles for the clusters that share them", () => {
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

  it("has it in the addresses of a cluster that is alone in it, too: others may join", () => {
    const { resource } = shared(ONE).json;
    expect(Object.keys(resource?.aws_ecs_service ?? {})).toEqual(["datadog_agent_one"]);
  });

  it("keeps its one state under its own name", () => {
    expect(shared(ONE, TWO).json.terraform?.backend).toEqual({ local: { path: "../../../terraform.all.tfstate" } });
  });

  it("asks for each cluster, and once for the key", () => {
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

describe("a service that is taken over", () => {
  const adopt = { serviceArn: "arn:aws:ecs:eu-west-1:123456789012:service/production/datadog-agent" };
  const taskDefinitionArn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/datadog-agent-task:7";
  const ADOPTED = { ...COMPLETE, cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/production", adopt };
  const SERVICE = { to: "aws_ecs_service.datadog_agent", id: "production/datadog-agent" };

  it.each<[string, object, readonly object[] | undefined]>([
    ["is none by default", COMPLETE, undefined],
    ["is imported", ADOPTED, [SERVICE]],
    [
      "is imported with its task definition",
      { ...ADOPTED, adopt: { ...adopt, taskDefinitionArn } },
      [SERVICE, { to: "aws_ecs_task_definition.datadog_agent", id: taskDefinitionArn }],
    ],
    ["is the first host's", { ...ADOPTED, hosts: ["windows", "linux"] }, [SERVICE]],
  ])("%s", (_what, cluster, expected) => expect(synthesized(cluster).json.import).toEqual(expected));

  it("can't be destroyed, as long as it's said to be taken over; any other can", () => {
    const { resource } = synthesized({ ...ADOPTED, hosts: ["linux", "windows"] }).json;
    expect(resource?.aws_ecs_service?.datadog_agent?.lifecycle).toEqual({ prevent_destroy: true });
    expect(resource?.aws_ecs_service?.datadog_agent_windows).not.toHaveProperty("lifecycle");
    expect(synthesized(COMPLETE).json.resource?.aws_ecs_service?.datadog_agent).not.toHaveProperty("lifecycle");
  });

  it("differs in nothing else from one that is created", () => {
    const { import: _imports, resource: adopted, ...restOfAdopted } = synthesized(ADOPTED).json;
    const { resource, ...rest } = synthesized({ ...ADOPTED, adopt: undefined }).json;
    expect(restOfAdopted).toEqual(rest);
    const { lifecycle: _lifecycle, ...service } = adopted?.aws_ecs_service?.datadog_agent ?? {};
    expect({ ...adopted, aws_ecs_service: { datadog_agent: service } }).toEqual(resource);
  });

  it("is told, and what its task definition brings along", () => {
    const takesOver = expect.stringMatching(
      /^adopt takes over the service datadog-agent of the cluster production; .* Take it out when it is deployed\.$/,
    ) as string;
    expect(synthesized(ADOPTED).notices).toEqual([takesOver]);
    expect(synthesized({ ...ADOPTED, adopt: { ...adopt, taskDefinitionArn } }).notices).toEqual([
      takesOver,
      expect.stringContaining("adopt.taskDefinitionArn brings the former revision into Terraform's plan and state"),
    ]);
  });

  it("has the name of its cluster in its address in a stack that clusters share", () => {
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
    ["the one account", { accountId: "012345678901" }, { allowed_account_ids: ["012345678901"] }],
    [
      "the accounts that are allowed",
      { provider: { allowedAccountIds: ["012345678901", "123456789012"] } },
      { allowed_account_ids: ["012345678901", "123456789012"] },
    ],
    [
      "the one account before those that are allowed",
      { accountId: "012345678901", provider: { allowedAccountIds: ["012345678901", "123456789012"] } },
      { allowed_account_ids: ["012345678901"] },
    ],
    [
      "a role to take",
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
    ["FIPS endpoints", { provider: { useFipsEndpoint: true } }, { use_fips_endpoint: true }],
    ["no FIPS endpoints", { provider: { useFipsEndpoint: false } }, {}],
  ])("has %s", (_what, cluster, expected) => {
    const { provider } = synthesized({ ...COMPLETE, ...cluster }).json;
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
        cloud: { organization: "acme", workspaces: { name: "datadog-agent-production", project: "Agents" } },
        required_version: ">= 1.6.0",
      },
    ],
  ])("is %s, with the Terraform that knows it", (_what, backend, expected) => {
    expect(synthesized({ ...COMPLETE, backend }).json.terraform).toEqual({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" } },
      ...expected,
    });
  });
});

it("what is deployed before a stack stands in the manifest", () => {
  const app = Testing.app();
  const file = JSON.stringify({ clusters: [{ name: "a" }, { name: "b" }, { name: "c" }] });
  const { clusters } = parseConfiguration(file, "clusters.yaml");
  const [a, b, c] = clusters.map((cluster) => new DatadogAgentStack(app, cluster)) as [
    DatadogAgentStack,
    DatadogAgentStack,
    DatadogAgentStack,
  ];
  c.deployAfter([a, b]);
  const dependencies = [a, b, c].map((stack) => app.manifest.forStack(stack).dependencies);
  expect(dependencies).toEqual([[], [], ["a", "b"]]);
});
