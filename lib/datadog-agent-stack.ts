import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  Annotations,
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
import type { ClusterOnHost } from "./configuration/hosts";
import { DatadogAgentDaemon, type DatadogAgentDaemonProps } from "./datadog-agent-daemon";

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

/** One of the stack's daemons and what it was made from. */
export interface DaemonOnHost {
  readonly cluster: ClusterOnHost;
  readonly daemon: DatadogAgentDaemon;
}

/**
 * One cluster of clusters.yaml as a stack: provider, state, a daemon for each of its hosts, and a variable for each
 * value left open. The daemons share the variables, the roles and the secret.
 */
export class DatadogAgentStack extends TerraformStack {
  readonly daemons: readonly DaemonOnHost[];
  /** The names of the variables that a deployment has to give. */
  readonly variables: readonly string[];
  /** What a person should know before deploying, though nothing is wrong; `cdktf` prints it as a warning. */
  readonly notices: readonly string[];

  /** @param others the same cluster on its other hosts */
  constructor(scope: Construct, first: ClusterOnHost, ...others: readonly ClusterOnHost[]) {
    const { name, region, apiKey } = first;
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
    const given = {
      cluster: first.cluster ?? ask("cluster"),
      apiKey:
        apiKey === undefined
          ? { secretsManagerArn: ask("api_key_secret_arn") }
          : { ...apiKey, sensitiveVariable: apiKey.sensitiveVariable && ask("api_key") },
    };
    const daemon = this.createDaemon(first, given);
    const shared = { ...given, ...madeBy(daemon, given.apiKey) };
    const otherDaemons = others.map((cluster) => {
      const other = this.createDaemon(cluster, shared, cluster.host);
      // The roles are the first daemon's, and so is what must be there before a task can use them.
      other.service.dependsOn = daemon.service.dependsOn;
      return { cluster, daemon: other };
    });
    this.daemons = [{ cluster: first, daemon }, ...otherDaemons];
    this.variables = variables;

    const leftOut = this.daemons.flatMap(({ cluster }) => leftOutNotice(cluster));
    for (const notice of leftOut) Annotations.of(this).addWarning(notice);
    this.notices = [...new Set(this.daemons.flatMap((each) => each.daemon.notices)), ...leftOut];
  }

  private createDaemon(
    { name: _name, region: _region, leftOut: _leftOut, ...settings }: ClusterOnHost,
    given: Pick<DatadogAgentDaemonProps, "cluster" | "apiKey">,
    host = "",
  ): DatadogAgentDaemon {
    const suffix = host && `_${host.replaceAll("-", "_")}`;
    const daemon = new DatadogAgentDaemon(this, `${DATADOG_AGENT}${suffix}`, { ...settings, ...given });
    for (const [id, output] of Object.entries(outputsOf(daemon))) new TerraformOutput(this, `${id}${suffix}`, output);
    return daemon;
  }

  /** Plain names, without cdktf's hashes: a stack has a daemon per host, and people read its addresses in every plan. */
  protected override allocateLogicalId(element: TerraformElement): string {
    const scopes = element.node.scopes.slice(element.node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const [daemon = "", ...rest] = scopes;
    switch (rest.join("_")) {
      case "task_definition":
      case "service":
        return daemon;
      case "container_definitions":
        return `container_definitions${daemon.slice(DATADOG_AGENT.length)}`;
      default:
        return scopes.join("_");
    }
  }
}

/** What the first daemon made, for the others to use: removing one of them must take nothing from the rest. */
function madeBy(
  { task, apiKeySecret }: DatadogAgentDaemon,
  { jsonKey, versionStage }: DatadogAgentDaemonProps["apiKey"],
) {
  return {
    taskRoleArn: task.taskRoleArn,
    executionRoleArn: task.executionRoleArn,
    attachPolicies: false,
    createdRoles: {},
    ...(apiKeySecret && { apiKey: { secretsManagerArn: apiKeySecret.arn, jsonKey, versionStage } }),
  };
}

function leftOutNotice({ host, leftOut }: ClusterOnHost): readonly string[] {
  const they = leftOut.length === 1 ? "it needs" : "they need";
  return leftOut.length === 0 ? [] : [`on ${host} left out: ${leftOut.join(", ")}: the host lacks what ${they}.`];
}

function outputsOf({
  taskDefinition,
  service,
  apiKeySecret,
  connection,
}: DatadogAgentDaemon): Record<string, TerraformOutputConfig> {
  return {
    task_definition_arn: { value: taskDefinition.arn, description: "ARN of the task definition, with its revision" },
    task_definition_family: { value: taskDefinition.family, description: "Family of the task definition" },
    task_definition_revision: { value: taskDefinition.revision, description: "Revision of the task definition" },
    service_name: { value: service.name, description: "Name of the service" },
    // The attribute `arn` came with version 6 of the provider; the ID is the ARN in version 5 as well.
    service_arn: { value: service.id, description: "ARN of the service" },
    ...((connection.apm?.socket || connection.dogstatsd?.socket) && applicationOutputs(connection)),
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
}
