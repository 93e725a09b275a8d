import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  LocalBackend,
  type TerraformElement,
  TerraformOutput,
  type TerraformOutputConfig,
  TerraformStack,
  TerraformVariable,
  type TerraformVariableConfig,
} from "cdktf";
import type { Construct } from "constructs";
import { applicationOutputs } from "./applications/outputs";
import * as arn from "./configuration/arn";
import type { Cluster } from "./configuration/schema";
import { DatadogAgentDaemon } from "./datadog-agent-daemon";

/** The vendor's own Terraform module uses this name too: who comes from there keeps the addresses of the state. */
const DATADOG_AGENT = "datadog_agent";

/** What a cluster may leave open, as the variables that ask for it. */
const openValues = {
  cluster: {
    type: "string",
    nullable: false,
    description: "Name or ARN of the ECS cluster whose instances get an Agent each.",
    validation: [form("cluster", arn.CLUSTER, "must be the name or the ARN of an ECS cluster.")],
  },
  api_key_secret_arn: {
    type: "string",
    nullable: false,
    description:
      "Full ARN of the Secrets Manager secret that holds the Datadog API key; for a JSON secret followed by :json-key::.",
    validation: [
      form(
        "api_key_secret_arn",
        arn.SECRET,
        "must be the full ARN of a Secrets Manager secret, with the six characters that AWS adds to its name.",
      ),
    ],
  },
  api_key: {
    type: "string",
    nullable: false,
    sensitive: true,
    description:
      "The Datadog API key itself, for trials: Terraform keeps it in the state, and ECS shows it in the task definition.",
    validation: [form("api_key", /^[0-9a-fA-F]{32}$/, "must be a Datadog API key: 32 hexadecimal digits.")],
  },
} as const satisfies Record<string, TerraformVariableConfig>;

function form(variable: string, { source }: RegExp, message: string) {
  // JavaScript writes a slash as `\/`, which Terraform's strings don't know.
  const pattern = source.replaceAll("\\/", "/");
  return {
    condition: `\${can(regex("${pattern}", var.${variable}))}`,
    errorMessage: `The value of ${variable} ${message}`,
  };
}

/** One cluster of clusters.yaml as a stack: provider, state, the daemon, and a variable for each value left open. */
export class DatadogAgentStack extends TerraformStack {
  readonly daemon: DatadogAgentDaemon;
  /** The names of the variables that a deployment has to give. */
  readonly variables: readonly string[];

  constructor(scope: Construct, { name, cluster, region, apiKey, ...settings }: Cluster) {
    super(scope, name);
    // Both majors of the provider will do: the team that gets the JSON may have either.
    this.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" });
    this.addOverride("terraform.required_version", ">= 1.5.0");
    new AwsProvider(this, "aws", { region });
    // Relative to the stack's folder: the state lies beside the output folder, which may be removed at any time.
    new LocalBackend(this, { path: `../../../terraform.${name}.tfstate` });

    const variables: string[] = [];
    const ask = (id: keyof typeof openValues): string => {
      variables.push(id);
      return new TerraformVariable(this, id, openValues[id]).stringValue;
    };
    this.daemon = new DatadogAgentDaemon(this, DATADOG_AGENT, {
      ...settings,
      cluster: cluster ?? ask("cluster"),
      apiKey:
        apiKey === undefined
          ? { secretsManagerArn: ask("api_key_secret_arn") }
          : { ...apiKey, sensitiveVariable: apiKey.sensitiveVariable && ask("api_key") },
    });
    this.variables = variables;

    const { taskDefinition, service, apiKeySecret } = this.daemon;
    const outputs: Record<string, TerraformOutputConfig> = {
      task_definition_arn: { value: taskDefinition.arn, description: "ARN of the task definition, with its revision" },
      task_definition_family: { value: taskDefinition.family, description: "Family of the task definition" },
      task_definition_revision: { value: taskDefinition.revision, description: "Revision of the task definition" },
      service_name: { value: service.name, description: "Name of the service" },
      // The attribute `arn` came with version 6 of the provider; the ID is the ARN in version 5 as well.
      service_arn: { value: service.id, description: "ARN of the service" },
      ...applicationOutputs(this.daemon.connection),
      ...(apiKeySecret && {
        api_key_secret_arn: {
          value: apiKeySecret.arn,
          description: "ARN of the secret that holds the Datadog API key",
        },
        fill_api_key_secret: {
          value: `aws secretsmanager put-secret-value --secret-id ${apiKeySecret.arn} --secret-string file:///dev/stdin`,
          description: "Command that fills the secret with the key that is typed into it; end with Ctrl-D",
        },
      }),
    };
    for (const [id, output] of Object.entries(outputs)) new TerraformOutput(this, id, output);
  }

  /** Plain names, without cdktf's hashes: this stack has one daemon, and people read its addresses in every plan. */
  protected override allocateLogicalId(element: TerraformElement): string {
    const id = element.node.scopes
      .slice(element.node.scopes.indexOf(this) + 1)
      .map((scope) => scope.node.id)
      .join("_");
    return LOGICAL_IDS[id] ?? id;
  }
}

const LOGICAL_IDS: Readonly<Record<string, string>> = {
  [`${DATADOG_AGENT}_task_definition`]: DATADOG_AGENT,
  [`${DATADOG_AGENT}_service`]: DATADOG_AGENT,
  [`${DATADOG_AGENT}_container_definitions`]: "container_definitions",
};
