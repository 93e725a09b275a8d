import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/**
 * A root module as people write them: a daemon for each of several clusters, one in another region, and one whose roles
 * and secret Terraform is still to create.
 */
const ROOT = `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

module "each" {
  source   = "./modules/datadog-agent"
  for_each = toset(["blue", "green"])

  cluster = each.key
  api_key = { secrets_manager_arn = "${SECRET}" }
  tags    = { cluster = each.key }
}

module "us" {
  source    = "./modules/datadog-agent"
  providers = { aws = aws.us }

  cluster       = "us"
  api_key       = { secrets_manager_arn = "${SECRET.replace("eu-west-1", "us-east-1")}" }
  created_roles = { name_prefix = "us-" }
}

resource "aws_ecs_cluster" "new" {
  name = "new"
}

resource "aws_secretsmanager_secret" "new" {
  name = "new"
}

resource "aws_iam_role" "new" {
  name               = "new"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

module "new" {
  source = "./modules/datadog-agent"

  cluster        = aws_ecs_cluster.new.arn
  api_key        = { secrets_manager_arn = aws_secretsmanager_secret.new.arn, json_key = "api_key" }
  task_role      = { arn = aws_iam_role.new.arn }
  execution_role = { arn = aws_iam_role.new.arn, attach_policies = true }
  features       = { logs = false, network_performance_monitoring = true }
  application    = { profiling = true }
}

module "definition" {
  source = "./modules/datadog-agent"

  create_service = false
  family         = "alone"
  api_key        = { create_secret = { name = "datadog" } }
}

output "new" {
  # It changes with the cluster's instances.
  value = { for name, value in module.new : name => value if name != "service_desired_count" }
}

output "definition" {
  value = { for name, value in module.definition : name => value if name != "service_desired_count" }
}
`;

/** What Terraform's own test command makes of the module. */
const TEST = `
provider "aws" {}

variables {
  cluster = "blue"
  api_key = { secrets_manager_arn = "${SECRET}" }
}

run "plan" {
  command = plan

  assert {
    condition     = contains(output.enabled_features, "apm")
    error_message = "APM must be on."
  }
}

run "refused" {
  command = plan

  variables {
    cluster = "a b"
  }

  expect_failures = [var.cluster]
}
`;

describeEndToEnd("the module that ships", () => {
  let emulator: Emulator;
  let project: Project;
  let root: Root;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    for (const name of ["blue", "green"]) {
      await emulator.aws("ecs", "create-cluster", "--cluster-name", name);
    }
    await emulator.aws("ecs", "create-cluster", "--cluster-name", "us", "--region", "us-east-1");
    await project.synth(readFileSync(resolve(__dirname, "../../clusters.yaml"), "utf8"));
    root = new Root(join(project.folder, "root"), emulator.environment);
    mkdirSync(root.folder);
    cpSync(join(project.folder, "cdktf.out/modules"), join(root.folder, "modules"), { recursive: true });
    writeFileSync(join(root.folder, "main.tf"), ROOT);
    await root.init();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("is valid without a warning, is created for every cluster, and needs no second change", async () => {
    await root.validate();
    await root.apply();
    const { services } = await emulator.aws<{ services: { taskDefinition: string }[] }>(
      ...["ecs", "describe-services", "--cluster", "us", "--services", "datadog-agent", "--region", "us-east-1"],
    );
    expect(services).toMatchObject([{ taskDefinition: expect.stringContaining(":us-east-1:") as string }]);
    expect(await root.changes()).toBe("");
  });

  it("puts out what applications and other modules need", async () => {
    const { new: agent, definition } = await root.outputs();
    expect(agent).toMatchObject({
      enabled_features: ["apm", "dogstatsd", "network_performance_monitoring", "process_collection"],
      network_mode: "bridge",
      service_name: "datadog-agent",
      service_cluster: expect.stringMatching(/:cluster\/new$/) as string,
      profiling_env_vars: [{ name: "DD_PROFILING_ENABLED", value: "true" }],
      data_streams_env_vars: [],
      apm_env_vars: [],
      app_dd_sockets_mount: [],
      api_key_secret_arn: null,
    });
    const secrets = /"secrets":(\[.*?\])/.exec(
      JSON.stringify((agent as { container_definitions: string }).container_definitions).replaceAll("\\", ""),
    );
    expect(secrets?.[1]).toMatch(/:secret:new-\w{6}:api_key::"/);
    expect(definition).toMatchObject({
      family: "alone",
      service_id: null,
      fill_api_key_secret: expect.stringMatching(/^aws secretsmanager put-secret-value --secret-id arn:/) as string,
    });
  });

  it("gives roles what they need: the one secret, and its service's tasks alone", async () => {
    const { Roles } = await emulator.aws<{ Roles: { RoleName: string; AssumeRolePolicyDocument: object }[] }>(
      "iam",
      "list-roles",
    );
    const execution = Roles.find(({ RoleName }) => RoleName.startsWith("us-execution-"));
    expect(execution?.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:ecs:us-east-1:123456789012:*" },
          },
        },
      ],
    });
    const role = ["--role-name", "new"];
    const { PolicyNames } = await emulator.aws<{ PolicyNames: string[] }>("iam", "list-role-policies", ...role);
    const policy = ["--policy-name", PolicyNames[0] ?? ""];
    expect(await emulator.aws("iam", "get-role-policy", ...role, ...policy)).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Action: "secretsmanager:GetSecretValue",
            Resource: expect.stringMatching(/:secret:new-\w{6}$/) as string,
          },
        ],
      },
    });
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy();
    expect(await leftovers(emulator, "blue")).toEqual([]);
  });

  it("has an example that is formatted and valid", async () => {
    const example = new Root(join(root.folder, "modules/datadog-agent/examples/basic"), emulator.environment);
    await example.terraform(["fmt", "-check", "-diff"]);
    await example.init();
    await example.validate();
  });

  it("is used in READMEs in a way that is formatted and valid", async () => {
    const readmes = [
      readFileSync(resolve(__dirname, "../../README.md"), "utf8"),
      readFileSync(join(root.folder, "modules/datadog-agent/README.md"), "utf8"),
    ];
    const blocks = readmes.flatMap((text) =>
      [...text.matchAll(/^```hcl\n([^]*?)^```$/gm)].map(([, block = ""]) => block),
    );
    expect(blocks).toHaveLength(3);
    const used = new Root(join(root.folder, "readme"), emulator.environment);
    mkdirSync(used.folder);
    for (const [index, block] of blocks.entries()) {
      const text = block.replace('"datadog_agent"', `"datadog_agent_${index}"`).replace('"./modules', '"../modules');
      writeFileSync(join(used.folder, `${index}.tf`), text);
    }
    await used.terraform(["fmt", "-check", "-diff"]);
    await used.init();
    await used.validate();
  });

  it("is run by `terraform test`", async () => {
    const module = new Root(join(root.folder, "modules/datadog-agent"), emulator.environment);
    writeFileSync(join(module.folder, "agent.tftest.hcl"), TEST);
    await module.init();
    const { stdout } = await module.terraform(["test"]);
    expect(stdout).toContain("Success! 2 passed, 0 failed.");
  });
});
