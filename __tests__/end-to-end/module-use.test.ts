import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PAGES, read } from "../support/documents";
import { SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/**
 * A typical root module: daemons for several clusters with `for_each`, a daemon in another region, and a daemon whose roles
 * and secret don't exist yet.
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
}

module "definition" {
  source = "./modules/datadog-agent"

  create_service = false
  family         = "definition-only"
  api_key        = { create_secret = { name = "datadog" } }
}

output "new" {
  value = module.new
}

output "definition" {
  value = module.definition
}
`;

describeEndToEnd("the module of the default clusters.yaml", () => {
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

  it("is valid without warnings, is created for every cluster, and has an empty second plan", async () => {
    await root.validate();
    await root.apply();
    const { services } = await emulator.aws<{ services: { taskDefinition: string }[] }>(
      ...["ecs", "describe-services", "--cluster", "us", "--services", "datadog-agent", "--region", "us-east-1"],
    );
    expect(services).toMatchObject([{ taskDefinition: expect.stringContaining(":us-east-1:") as string }]);
    expect(await root.changes()).toBe("");
  });

  it("outputs what applications and other modules need", async () => {
    const { new: created, definition } = await root.outputs();
    expect(created).toMatchObject({
      enabled_features: ["apm", "dogstatsd", "network_performance_monitoring", "process_collection"],
      agent: {
        network_mode: "bridge",
        service_name: "datadog-agent",
        service_arn: expect.stringMatching(/:service\/new\/datadog-agent$/) as string,
        task_role_arn: expect.stringMatching(/:role\/new$/) as string,
        api_key_secret_arn: null,
        fill_api_key_secret: null,
      },
      applications: { environment: [], mount_points: [], volumes: [] },
    });
    const { agent } = created as { agent: { task_definition_arn: string } };
    const { taskDefinition } = await emulator.aws<{ taskDefinition: { containerDefinitions: { secrets: unknown }[] } }>(
      ...["ecs", "describe-task-definition", "--task-definition", agent.task_definition_arn],
    );
    expect(taskDefinition.containerDefinitions[0]?.secrets).toEqual([
      { name: "DD_API_KEY", valueFrom: expect.stringMatching(/:secret:new-\w{6}:api_key::$/) as string },
    ]);
    expect(definition).toMatchObject({
      agent: {
        family: "definition-only",
        service_arn: null,
        fill_api_key_secret: expect.stringMatching(/^aws secretsmanager put-secret-value --secret-id arn:/) as string,
      },
    });
  });

  it("limits the roles to one secret and to tasks of this account and region", async () => {
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

  it("leaves nothing behind when it is destroyed", async () => {
    await root.destroy();
    expect(await leftovers(emulator, "blue")).toEqual([]);
  });

  it("is used in READMEs and in docs/ in a way that is formatted and valid", async () => {
    const readmes = [...PAGES.map(read), readFileSync(join(root.folder, "modules/datadog-agent/README.md"), "utf8")];
    // Parts of a call are shown, too.
    const blocks = readmes
      .flatMap((text) => [...text.matchAll(/^```hcl\n([^]*?)^```$/gm)].map(([, block = ""]) => block))
      .filter((block) => block.startsWith("module "));
    expect(blocks.length).toBeGreaterThan(3);
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
});
