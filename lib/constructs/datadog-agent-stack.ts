import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import {
  Annotations,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  type TerraformOutputConfig,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import type { Construct } from "constructs";
import type { DatadogAgentDaemonProps } from "../configuration/interfaces";
import type { ClusterConfiguration, StackConfiguration } from "../configuration/stacks";
import { Checked, type ClusterOnHost } from "../configuration/types";
import { ConfigurationError, type Problem } from "../core/problem";
import { AWS_PROVIDER, AWS_PROVIDER_WRITE_ONLY, terraformVersion } from "../outputs/terraform-versions";
import { DEFAULT_BACKEND, renderBackend } from "../settings/backend";
import { adoptNotices, importBlocks } from "./adoption";
import { DEPLOYMENT_TARGET } from "./agent-roles";
import { outputsOf } from "./daemon-outputs";
import { DatadogAgentDaemon } from "./datadog-agent-daemon";
import { type RequiredVariable, requiredVariable } from "./required-variables";
import { createSharedRoles, SHARED_ROLES, type SharedRoles } from "./shared-roles";
import { StackBackend } from "./stack-backend";

/** Same name as in Datadog's Terraform module, so that a migrated state keeps its addresses. */
const DATADOG_AGENT = "datadog_agent";

/** A daemon of the stack and its configuration. */
export interface DaemonOnHost {
  /** The cluster's settings for the daemon's host. */
  readonly cluster: ClusterOnHost;
  /** The construct. */
  readonly daemon: DatadogAgentDaemon;
}

/**
 * A stack of clusters.yaml, with one cluster or several that share it: a provider, a backend, a daemon for each host of
 * each cluster, and a required variable for each missing value. The daemons of a cluster share its variables, roles and
 * secret.
 * @example
 * ```ts
 * for (const stack of loadConfiguration("clusters.yaml").stacks) new DatadogAgentStack(app, stack);
 * ```
 */
export class DatadogAgentStack extends TerraformStack {
  /** A daemon for each host of each cluster, in the order of the configuration. */
  readonly daemons: readonly DaemonOnHost[];
  /** Names of the required variables. */
  readonly variables: readonly string[];
  /** Warnings to read before the deployment. `cdktf` prints them. */
  readonly notices: readonly string[];
  #sharedRoles?: SharedRoles;

  /**
   * @param scope the app
   * @param configuration a stack of {@link loadConfiguration}
   * @throws {@link ConfigurationError} if the clusters weren't checked by {@link loadConfiguration}
   */
  constructor(scope: Construct, { name, isShared, clusters }: StackConfiguration) {
    const unchecked = clusters.filter(({ onHosts }) => !onHosts.every((each) => each instanceof Checked));
    if (unchecked.length > 0) throw new ConfigurationError(name, unchecked.map(uncheckedProblem));
    super(scope, name);
    // All clusters of a stack have the same region, provider and backend, which the loader checks.
    const first = clusters[0].onHosts[0].values;
    const backend = renderBackend(first.backend ?? DEFAULT_BACKEND, name);
    const isEphemeral = clusters.some(({ onHosts: [{ values }] }) => values.apiKey?.createSecret?.ephemeralVariable);
    this.addOverride("terraform.required_providers.aws", isEphemeral ? AWS_PROVIDER_WRITE_ONLY : AWS_PROVIDER);
    this.addOverride("terraform.required_version", terraformVersion(isEphemeral ? "1.11.0" : backend.terraform));
    const { endpoints, ...provider } = providerOf(first);
    const aws = new AwsProvider(this, "aws", provider);
    // The provider's class silently drops unknown services. Terraform reports them.
    if (endpoints !== undefined) aws.addOverride("endpoints", endpoints);
    new StackBackend(this, backend.block);

    const variables = new Set<string>();
    this.daemons = clusters.flatMap((cluster) =>
      this.createDaemons(cluster, isShared, (variable) => variables.add(variable)),
    );
    this.createOutputs(isShared);
    this.variables = [...variables];

    const imports = this.daemons.flatMap(({ cluster, daemon }) => importBlocks(cluster, daemon));
    // CDKTF's `importFrom` runs Terraform to find its version. Synthesizing must work without Terraform.
    if (imports.length > 0) this.addOverride("import", imports);

    const own = this.daemons.flatMap(({ cluster }) => [...leftOutNotice(cluster), ...adoptNotices(cluster)]);
    for (const notice of own) Annotations.of(this).addWarning(notice);
    this.notices = [...new Set(this.daemons.flatMap((each) => each.daemon.notices)), ...own];
  }

  /**
   * Deploys this stack after others. CDKTF's `addDependency` searches every path for dependency cycles, and waves of
   * stacks have exponentially many. The loader already checks for cycles.
   * @param others stacks of the same app
   */
  deployAfter(others: readonly DatadogAgentStack[]): void {
    this.dependencies.push(...others);
  }

  /** Creates a daemon for each host of a cluster. */
  private createDaemons(
    { onHosts: [checkedFirst, ...others] }: ClusterConfiguration,
    isShared: boolean,
    onRequired: (variable: string) => void,
  ): readonly DaemonOnHost[] {
    const first = checkedFirst.values;
    // In a stack of several clusters, addresses include the cluster's name.
    const shared = isShared ? `_${first.name}` : "";
    const requireVariable = (id: RequiredVariable, suffix = ""): string => {
      const variable = `${id}${suffix.replaceAll("-", "_")}`;
      onRequired(variable);
      const existing = this.node.tryFindChild(variable) as TerraformVariable | undefined;
      return (existing ?? new TerraformVariable(this, variable, requiredVariable(id, variable))).stringValue;
    };
    const { apiKey } = first;
    const given = {
      cluster: first.cluster ?? requireVariable("cluster", shared),
      apiKey:
        apiKey === undefined
          ? { secretsManagerArn: requireVariable("api_key_secret_arn") }
          : {
              ...apiKey,
              sensitiveVariable: apiKey.sensitiveVariable && requireVariable("api_key"),
              createSecret: apiKey.createSecret && this.secretToCreate(apiKey.createSecret, requireVariable),
            },
    };
    if (first.shareRoles) this.#sharedRoles ??= createSharedRoles(this, checkedFirst, given.apiKey);
    const roles = first.shareRoles ? this.#sharedRoles : undefined;
    const daemon = this.createDaemon(checkedFirst, { ...given, ...roles?.props }, shared);
    if (roles) daemon.service.dependsOn = roles.dependsOn;
    const sharedWithOthers = { ...given, ...createdBy(daemon, given.apiKey) };
    return [
      { cluster: first, daemon },
      ...others.map((checked) => {
        const cluster = checked.values;
        const other = this.createDaemon(checked, sharedWithOthers, `${shared}_${cluster.host.replaceAll("-", "_")}`);
        // The other daemons use the roles of the first daemon, so they wait for the same policies.
        other.service.dependsOn = daemon.service.dependsOn;
        return { cluster, daemon: other };
      }),
    ];
  }

  /** The secret to create, with the variables of its value if `ephemeralVariable` is set. */
  private secretToCreate(
    { ephemeralVariable, ...secret }: NonNullable<NonNullable<ClusterOnHost["apiKey"]>["createSecret"]>,
    requireVariable: (id: RequiredVariable) => string,
  ): NonNullable<DatadogAgentDaemonProps["apiKey"]["createSecret"]> {
    if (!ephemeralVariable) return secret;
    const value = requireVariable("api_key_value");
    const variable = this.node.findChild("api_key_value");
    // CDKTF's class doesn't support `ephemeral`.
    if (TerraformElement.isTerraformElement(variable)) variable.addOverride("ephemeral", true);
    if (secret.ephemeralVersion !== undefined) return { ...secret, ephemeralVariable: value };
    const existing = this.node.tryFindChild("api_key_version") as TerraformVariable | undefined;
    const version = existing ?? new TerraformVariable(this, "api_key_version", KEY_VERSION);
    return { ...secret, ephemeralVariable: value, ephemeralVersion: version.stringValue };
  }

  private createDaemon(
    { catalog, values, task, apiKey }: Checked<ClusterOnHost>,
    given: Pick<DatadogAgentDaemonProps, "cluster" | "apiKey">,
    suffix: string,
  ): DatadogAgentDaemon {
    const checked = new Checked(catalog, { ...values, ...given }, task, apiKey);
    const daemon = new DatadogAgentDaemon(this, `${DATADOG_AGENT}${suffix}`, checked);
    // Terraform then refuses a plan that would replace the service, instead of replacing it.
    if (values.adopt !== undefined) daemon.service.lifecycle = { preventDestroy: true };
    return daemon;
  }

  /**
   * Creates the outputs of all daemons. If clusters share the stack, each output is a map by cluster: an output for each
   * cluster would take a third of the planning time of a large stack.
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
      // A variable may have the same name: Terraform allows that, construct IDs don't.
      const isTaken = this.node.tryFindChild(id) !== undefined;
      new TerraformOutput(this, isTaken ? `${id}_output` : id, output).overrideLogicalId(id);
    }
  }

  /** Addresses without CDKTF's hashes, so that plans are readable. */
  protected override allocateLogicalId(element: TerraformElement): string {
    const scopes = element.node.scopes.slice(element.node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const [daemon = "", ...rest] = scopes;
    const name = rest.join("_");
    if (daemon === DEPLOYMENT_TARGET) return TerraformDataSource.isTerraformDataSource(element) ? "current" : name;
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

const KEY_VERSION = {
  type: "number",
  nullable: false,
  default: 1,
  description:
    "Version of the API key. Increase it when you change api_key_value, so that Terraform updates the secret.",
};

/** The suffix of a daemon's ID: the cluster's name in a shared stack, and the host unless it is the first. */
function suffixOf(daemon: string): string {
  return daemon.slice(DATADOG_AGENT.length);
}

function providerOf({ region, accountId, provider = { useFipsEndpoint: false } }: ClusterOnHost): AwsProviderConfig {
  const { assumeRole, profile, allowedAccountIds, defaultTags, endpoints, useFipsEndpoint } = provider;
  return {
    region,
    profile,
    // The provider checks the account before it does anything else.
    allowedAccountIds: accountId === undefined ? allowedAccountIds && [...allowedAccountIds] : [accountId],
    assumeRole: assumeRole && [assumeRole],
    defaultTags: defaultTags && [{ tags: defaultTags }],
    endpoints: endpoints && [endpoints],
    useFipsEndpoint: useFipsEndpoint || undefined,
  };
}

/** The first daemon's roles and secret, which the other daemons of the cluster share. */
function createdBy(
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

function uncheckedProblem({ name }: ClusterConfiguration): Problem {
  const message = `the cluster ${name} isn't checked. Use loadConfiguration, and change the file instead of its result.`;
  return { path: [], message };
}

function leftOutNotice({ host, leftOut }: ClusterOnHost): readonly string[] {
  return leftOut.length === 0 ? [] : [`${leftOut.join(", ")}: left out on ${host}, which doesn't support it.`];
}
