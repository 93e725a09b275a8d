import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import {
  Annotations,
  TerraformDataSource,
  type TerraformElement,
  TerraformOutput,
  type TerraformOutputConfig,
  type TerraformResource,
  TerraformStack,
  TerraformVariable,
  type TerraformVariableConfig,
} from "cdktf";
import type { Construct } from "constructs";
import { SHARED_BY_DAEMONS } from "./agent-roles";
import { applicationOutputs } from "./applications/outputs";
import { adoptedService } from "./configuration/adopt";
import * as arn from "./configuration/arn";
import { DEFAULT_BACKEND, renderBackend } from "./configuration/backend";
import { checkedTaskOf, rememberTask } from "./configuration/checked-task";
import type { ClusterOnHost } from "./configuration/hosts";
import { stackOf } from "./configuration/stacks";
import { AWS_PROVIDER, terraformVersion } from "./handoff/terraform-versions";
import { createSharedRoles, SHARED_ROLES, type SharedRoles } from "./shared-roles";
import { StackBackend } from "./stack-backend";
import { DatadogAgentDaemon, type DatadogAgentDaemonProps } from "./datadog-agent-daemon";

/** The vendor's own Terraform module uses this name too: who comes from there keeps the addresses of the state. */
const DATADOG_AGENT = "datadog_agent";

/** What a cluster may leave open, as the variables that ask for it. */
const openValues = {
  cluster: {
    description: "Name or ARN of the ECS cluster whose instances get an Agent each.",
    pattern: arn.CLUSTER,
    must: "must be the name or the ARN of an ECS cluster.",
  },
  api_key_secret_arn: {
    description:
      "Full ARN of the Secrets Manager secret that holds the Datadog API key; for a JSON secret followed by :json-key::.",
    pattern: arn.SECRET,
    must: "must be the full ARN of a Secrets Manager secret, with the six characters that AWS adds to its name.",
  },
  api_key: {
    sensitive: true,
    description:
      "The Datadog API key itself, for trials: Terraform keeps it in the state, and ECS shows it in the task definition.",
    pattern: /^[0-9a-fA-F]{32}$/,
    must: "must be a Datadog API key: 32 hexadecimal digits.",
  },
} as const;

/** A value left open as a variable of some name. */
function openValue(id: keyof typeof openValues, variable: string): TerraformVariableConfig {
  const { pattern, must, ...config } = openValues[id];
  // JavaScript writes a slash as `\\/`, which Terraform's strings don't know.
  const source = pattern.source.replaceAll("\\/", "/");
  return {
    ...config,
    type: "string",
    nullable: false,
    validation: [
      {
        condition: `\${can(regex("${source}", var.${variable}))}`,
        errorMessage: `The value of ${variable} ${must}`,
      },
    ],
  };
}

/** One of the stack's daemons and what it was made from. */
export interface DaemonOnHost {
  /** The cluster as it is for the daemon's host. */
  readonly cluster: ClusterOnHost;
  /** The construct. */
  readonly daemon: DatadogAgentDaemon;
}

/**
 * One cluster of clusters.yaml as a stack, or several that share one: provider, state, a daemon for each host of each
 * cluster, and a variable for each value left open. The daemons of a cluster share the variables, the roles and the
 * secret.
 * @example
 * ```ts
 * // A file with one cluster, on one host or on several.
 * const [first, ...others] = loadClusters("clusters.yaml");
 * if (first) new DatadogAgentStack(app, first, ...others);
 * ```
 */
export class DatadogAgentStack extends TerraformStack {
  /** One for each host of each cluster, in the order in which they were given. */
  readonly daemons: readonly DaemonOnHost[];
  /** The names of the variables that a deployment has to give. */
  readonly variables: readonly string[];
  /** What a person should know before deploying, though nothing is wrong; `cdktf` prints it as a warning. */
  readonly notices: readonly string[];
  #sharedRoles?: SharedRoles;

  /**
   * @param scope the app
   * @param first a cluster of {@link loadClusters}; its `stack`, else its name, is the name of the stack, and its region,
   * provider and backend are those of the stack
   * @param others the same cluster on its other hosts, and clusters with which it shares the stack
   */
  constructor(scope: Construct, first: ClusterOnHost, ...others: readonly ClusterOnHost[]) {
    const name = stackOf(first);
    super(scope, name);
    const backend = renderBackend(first.backend ?? DEFAULT_BACKEND, name);
    this.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    this.addOverride("terraform.required_version", terraformVersion(backend.terraform));
    new AwsProvider(this, "aws", providerOf(first));
    new StackBackend(this, backend.block);

    const variables = new Set<string>();
    const daemons: DaemonOnHost[] = [];
    for (const onHosts of byName([first, ...others])) {
      daemons.push(...this.createDaemons(onHosts, (variable) => variables.add(variable)));
    }
    this.daemons = daemons;
    this.createOutputs(first.stack !== undefined);
    this.variables = [...variables];

    const imports = this.daemons.flatMap(importBlocks);
    // CDKTF's own `importFrom` runs Terraform to ask for its version, and synthesizing needs none.
    if (imports.length > 0) this.addOverride("import", imports);

    const own = this.daemons.flatMap(({ cluster }) => [...leftOutNotice(cluster), ...adoptNotices(cluster)]);
    for (const notice of own) Annotations.of(this).addWarning(notice);
    this.notices = [...new Set(this.daemons.flatMap((each) => each.daemon.notices)), ...own];
  }

  /**
   * Deploys this stack after others. CDKTF's own `addDependency` looks for cycles along every path, of which there are
   * exponentially many in waves; clusters.yaml is checked for them once.
   * @param others stacks of the same app
   */
  deployAfter(others: readonly DatadogAgentStack[]): void {
    this.dependencies.push(...others);
  }

  /** The daemons of one cluster on its hosts. */
  private createDaemons(
    [first, ...others]: readonly [ClusterOnHost, ...ClusterOnHost[]],
    asked: (variable: string) => void,
  ): readonly DaemonOnHost[] {
    // In a stack of several clusters each has its name in its addresses.
    const shared = first.stack === undefined ? "" : `_${first.name}`;
    const ask = (id: keyof typeof openValues, suffix = ""): string => {
      const variable = `${id}${suffix.replaceAll("-", "_")}`;
      asked(variable);
      const existing = this.node.tryFindChild(variable) as TerraformVariable | undefined;
      return (existing ?? new TerraformVariable(this, variable, openValue(id, variable))).stringValue;
    };
    const { apiKey } = first;
    const given = {
      cluster: first.cluster ?? ask("cluster", shared),
      apiKey:
        apiKey === undefined
          ? { secretsManagerArn: ask("api_key_secret_arn") }
          : { ...apiKey, sensitiveVariable: apiKey.sensitiveVariable && ask("api_key") },
    };
    if (first.shareRoles) this.#sharedRoles ??= createSharedRoles(this, first, given.apiKey);
    const roles = first.shareRoles ? this.#sharedRoles : undefined;
    const daemon = this.createDaemon(first, { ...given, ...roles?.props }, shared);
    if (roles) daemon.service.dependsOn = roles.dependsOn;
    const sharedWithOthers = { ...given, ...madeBy(daemon, given.apiKey) };
    return [
      { cluster: first, daemon },
      ...others.map((cluster) => {
        const other = this.createDaemon(cluster, sharedWithOthers, `${shared}_${cluster.host.replaceAll("-", "_")}`);
        // The roles are the first daemon's, and so is what must be there before a task can use them.
        other.service.dependsOn = daemon.service.dependsOn;
        return { cluster, daemon: other };
      }),
    ];
  }

  private createDaemon(
    cluster: ClusterOnHost,
    given: Pick<DatadogAgentDaemonProps, "cluster" | "apiKey">,
    suffix: string,
  ): DatadogAgentDaemon {
    const props = rememberTask({ ...settingsOf(cluster), ...given }, checkedTaskOf(cluster));
    const daemon = new DatadogAgentDaemon(this, `${DATADOG_AGENT}${suffix}`, props);
    // What would replace the service is refused with the plan that shows why, instead of being one word of it.
    if (cluster.adopt !== undefined) daemon.service.lifecycle = { preventDestroy: true };
    return daemon;
  }

  /**
   * Outputs of every daemon. Of clusters that share the stack they are maps: for an output of each, Terraform would spend
   * a third of the plan of a large stack.
   */
  private createOutputs(isShared: boolean): void {
    const outputs = new Map<string, TerraformOutputConfig>();
    for (const { daemon } of this.daemons) {
      const suffix = suffixOf(daemon.node.id);
      for (const [id, output] of Object.entries(outputsOf(daemon))) {
        if (isShared) {
          const values = (outputs.get(id)?.value ?? {}) as Record<string, unknown>;
          values[suffix.slice(1)] = output.value;
          outputs.set(id, { value: values, description: `${output.description}, by cluster` });
        } else outputs.set(`${id}${suffix}`, output);
      }
    }
    for (const [id, output] of outputs) {
      // A variable may have the name already: for Terraform these are two names, for constructs they are one.
      const isTaken = this.node.tryFindChild(id) !== undefined;
      new TerraformOutput(this, isTaken ? `${id}_output` : id, output).overrideLogicalId(id);
    }
  }

  /** Plain names, without cdktf's hashes: a stack has a daemon per host, and people read its addresses in every plan. */
  protected override allocateLogicalId(element: TerraformElement): string {
    const scopes = element.node.scopes.slice(element.node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const [daemon = "", ...rest] = scopes;
    const name = rest.join("_");
    if (daemon === SHARED_BY_DAEMONS) return TerraformDataSource.isTerraformDataSource(element) ? "current" : name;
    if (daemon === SHARED_ROLES) return scopes.join("_");
    switch (name) {
      case "task_definition":
      case "service":
        return daemon;
      case "container_definitions":
      case "task_policy":
      case "execution_policy":
        return `${name}${suffixOf(daemon)}`;
      default:
        return scopes.join("_");
    }
  }
}

/** What a daemon's name has beyond the first one's: its cluster's name in a shared stack, and its host. */
function suffixOf(daemon: string): string {
  return daemon.slice(DATADOG_AGENT.length);
}

/** The settings of the daemon, without what its stack is made of. */
function settingsOf(cluster: ClusterOnHost) {
  const { name: _name, region: _region, leftOut: _leftOut, stack: _stack, dependsOn: _dependsOn, ...rest } = cluster;
  const { accountId: _accountId, provider: _provider, backend: _backend, adopt: _adopt, ...more } = rest;
  const { shareRoles: _shareRoles, ...settings } = more;
  return settings;
}

/** A cluster's hosts come one after the other. */
function byName(clusters: readonly ClusterOnHost[]): readonly [ClusterOnHost, ...ClusterOnHost[]][] {
  const groups = new Map<string, [ClusterOnHost, ...ClusterOnHost[]]>();
  for (const cluster of clusters) {
    const group = groups.get(cluster.name);
    if (group) group.push(cluster);
    else groups.set(cluster.name, [cluster]);
  }
  return [...groups.values()];
}

function providerOf({ region, accountId, provider = { useFipsEndpoint: false } }: ClusterOnHost): AwsProviderConfig {
  const { assumeRole, profile, allowedAccountIds, defaultTags, endpoints, useFipsEndpoint } = provider;
  return {
    region,
    profile,
    // The provider asks who it is before it does anything else, and stops.
    allowedAccountIds: accountId === undefined ? allowedAccountIds : [accountId],
    assumeRole: assumeRole && [assumeRole],
    defaultTags: defaultTags && [{ tags: defaultTags }],
    endpoints: endpoints && [endpoints],
    useFipsEndpoint: useFipsEndpoint || undefined,
  };
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

/** Terraform's `import` blocks for what a cluster takes over: once it is in the state they do nothing. */
function importBlocks({ cluster: { adopt }, daemon: { service, taskDefinition } }: DaemonOnHost) {
  if (adopt === undefined) return [];
  const block = ({ terraformResourceType, friendlyUniqueId }: TerraformResource, id: string) => ({
    to: `${terraformResourceType}.${friendlyUniqueId}`,
    id,
  });
  const { serviceArn, taskDefinitionArn } = adopt;
  return [
    block(service, adoptedService(serviceArn).importId),
    ...(taskDefinitionArn === undefined ? [] : [block(taskDefinition, taskDefinitionArn)]),
  ];
}

function adoptNotices({ adopt }: ClusterOnHost): readonly string[] {
  if (adopt === undefined) return [];
  const { cluster, service } = adoptedService(adopt.serviceArn);
  return [
    `adopt takes over the service ${service} of the cluster ${cluster}; as long as it stands there, Terraform refuses ` +
      "to replace or to destroy the service. Take it out when it is deployed.",
    ...(adopt.taskDefinitionArn === undefined
      ? []
      : [
          "adopt.taskDefinitionArn brings the former revision into Terraform's plan and state, with an API key that " +
            "stands in its environment, and the deployment deregisters it. Leave it out to keep the revision as it is.",
        ]),
  ];
}

function outputsOf({
  taskDefinition,
  service,
  apiKeySecret,
  connection,
  instanceActions,
}: DatadogAgentDaemon): Record<string, TerraformOutputConfig> {
  return {
    task_definition_arn: { value: taskDefinition.arn, description: "ARN of the task definition, with its revision" },
    task_definition_family: { value: taskDefinition.family, description: "Family of the task definition" },
    task_definition_revision: { value: taskDefinition.revision, description: "Revision of the task definition" },
    service_name: { value: service.name, description: "Name of the service" },
    // The attribute `arn` came with version 6 of the provider; the ID is the ARN in version 5 as well.
    service_arn: { value: service.id, description: "ARN of the service" },
    ...(instanceActions.length > 0 && {
      container_instance_policy: {
        value: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: instanceActions, Resource: "*" }],
        }),
        description: "IAM policy that the role of the container instances needs for the features that are on",
      },
    }),
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
