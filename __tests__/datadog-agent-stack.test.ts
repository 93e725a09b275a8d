import { Testing } from "cdktf";
import { parseClusters } from "../lib/configuration/load";
import { DatadogAgentStack } from "../lib/datadog-agent-stack";
import type { StackJson } from "./support/synthesize";

function synthesized(cluster: object): { json: StackJson; variables: readonly string[] } {
  const file = JSON.stringify({ clusters: [{ name: "production", ...cluster }] });
  const [checked] = parseClusters(file, "clusters.yaml");
  if (checked === undefined) throw new Error("The configuration has no cluster.");
  const stack = new DatadogAgentStack(Testing.app(), checked);
  return { json: JSON.parse(Testing.synth(stack)) as StackJson, variables: stack.variables };
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
      "aws_caller_identity.datadog_agent_caller",
      "aws_ecs_service.datadog_agent",
      "aws_ecs_task_definition.datadog_agent",
      "aws_iam_policy_document.datadog_agent_execution_role_policy_document",
      "aws_iam_policy_document.datadog_agent_execution_role_trust",
      "aws_iam_policy_document.datadog_agent_task_role_policy_document",
      "aws_iam_policy_document.datadog_agent_task_role_trust",
      "aws_iam_role.datadog_agent_execution_role",
      "aws_iam_role.datadog_agent_task_role",
      "aws_iam_role_policy.datadog_agent_execution_role_policy",
      "aws_iam_role_policy.datadog_agent_task_role_policy",
      "aws_iam_role_policy_attachment.datadog_agent_execution_role_managed_policy",
      "aws_partition.datadog_agent_partition",
      "aws_region.datadog_agent_region",
    ]);
    expect(Object.keys(locals ?? {})).toEqual(["container_definitions"]);
    expect(Object.fromEntries(Object.entries(output ?? {}).map(([name, { value }]) => [name, value]))).toEqual({
      task_definition_arn: "${aws_ecs_task_definition.datadog_agent.arn}",
      task_definition_family: "${aws_ecs_task_definition.datadog_agent.family}",
      task_definition_revision: "${aws_ecs_task_definition.datadog_agent.revision}",
      service_name: "${aws_ecs_service.datadog_agent.name}",
      service_arn: "${aws_ecs_service.datadog_agent.id}",
      application_environment: [],
      application_mount_points: [],
      application_volumes: [],
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
    expect(json.data?.aws_iam_policy_document?.datadog_agent_execution_role_policy_document?.statement).toEqual([
      { actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
    ]);
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
