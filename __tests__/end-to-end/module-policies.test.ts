import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeModule } from "./support/modules";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog/key";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const ROLE = "arn:aws:iam::123456789012:role/team/ecs/agent";

/** Evaluated with `terraform console`, which needs neither AWS nor the emulator. */
describeEndToEnd(
  "the values of a module's policies, as Terraform evaluates them",
  () => {
    const project = new Project();
    const module = new Root(project.folder, {});

    beforeAll(async () => {
      writeModule(project.folder, { name: "agent" });
      await module.init();
    });

    afterAll(() => project.remove());

    /** The values of locals of the module for these variables. */
    async function localsWith(variables: object, names: readonly string[]): Promise<Record<string, unknown>> {
      writeFileSync(join(project.folder, "terraform.tfvars.json"), JSON.stringify({ cluster: "c", ...variables }));
      const values = names.map((name) => `${name} = local.${name}`).join(", ");
      const { stdout } = await module.terraform(["console"], { input: `jsonencode({ ${values} })\n` });
      // The console prints strings as JSON.
      return JSON.parse(JSON.parse(stdout) as string) as Record<string, unknown>;
    }

    it.each([
      ["a secret", { secrets_manager_arn: SECRET }, "secretsmanager:GetSecretValue", SECRET, SECRET],
      [
        "a key of a JSON secret",
        { secrets_manager_arn: SECRET, json_key: "api_key" },
        "secretsmanager:GetSecretValue",
        SECRET,
        `${SECRET}:api_key::`,
      ],
      [
        "a key of a JSON secret in ECS's format",
        { secrets_manager_arn: `${SECRET}:api_key:AWSPREVIOUS:` },
        "secretsmanager:GetSecretValue",
        SECRET,
        `${SECRET}:api_key:AWSPREVIOUS:`,
      ],
      ["a parameter", { ssm_parameter_arn: PARAMETER }, "ssm:GetParameters", PARAMETER, PARAMETER],
    ])("the execution role can read only %s", async (_what, api_key, Action, Resource, valueFrom) => {
      expect(await localsWith({ api_key }, ["execution_policy_statements", "api_key_value_from"])).toEqual({
        execution_policy_statements: [{ Effect: "Allow", Action, Resource }],
        api_key_value_from: valueFrom,
      });
    });

    it("the KMS keys are those in the variables, and a role's name is the end of its ARN", async () => {
      const variables = {
        api_key: { secrets_manager_arn: SECRET, kms_key_arn: KEY },
        task_role: { arn: ROLE },
        execution_role: { arn: ROLE, attach_policies: true },
      };
      const names = ["api_key_kms_keys", "task_role_arn", "task_role_name", "execution_role_name"];
      expect(await localsWith(variables, names)).toEqual({
        api_key_kms_keys: [KEY],
        task_role_arn: ROLE,
        task_role_name: "agent",
        execution_role_name: "agent",
      });
    });

    it("other KMS keys can only be used through the services that ECS reads from, without keys not at all", async () => {
      const decryptWith = async (kms_key_arns: readonly string[]) => {
        const given = { api_key: { secrets_manager_arn: SECRET }, kms_key_arns };
        const { execution_policy } = await localsWith(given, ["execution_policy"]);
        return (execution_policy as { Statement: { Action: string }[] }).Statement.filter(
          ({ Action }) => Action === "kms:Decrypt",
        );
      };
      expect(await decryptWith([KEY])).toEqual([
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: [KEY],
          Condition: { StringLike: { "kms:ViaService": ["s3.*", "secretsmanager.*", "ssm.*"] } },
        },
      ]);
      expect(await decryptWith([])).toEqual([]);
    });
  },
  ["terraform", "hashicorp/aws"],
);
