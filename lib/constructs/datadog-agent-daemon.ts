import { isDeepStrictEqual } from "node:util";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService, type EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import type { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import type { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import {
  EcsTaskDefinition,
  type EcsTaskDefinitionConfig,
  type EcsTaskDefinitionVolume,
} from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ContainerDefinition, Volume } from "@aws-sdk/client-ecs";
import { Annotations, Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { type AgentConnection, agentConnection } from "../applications/connection";
import { instrument, type InstrumentedContainer } from "../applications/instrument";
import type { InstrumentOptions } from "../applications/options";
import { agentRoles } from "./agent-roles";
import { createSecurityGroup } from "./agent-security-group";
import { wireApiKey } from "./agent-secret";
import { catalog } from "../catalog";
import { checkDaemon, type ExtendedProps } from "../configuration/check-daemon";
import { Checked, type Daemon } from "../configuration/types";
import { agentTask } from "../core/agent-task";
import type { Task } from "../core/assemble";

/**
 * Runs the Datadog Agent on every instance of an ECS cluster: creates a task definition, a service with the DAEMON
 * scheduling strategy, and the IAM roles that aren't given.
 * @example
 * ```ts
 * const daemon = new DatadogAgentDaemon(stack, "datadog_agent", {
 *   cluster: "production",
 *   apiKey: { secretsManagerArn: secret.arn },
 *   features: { apm: true, logs: { collectAll: false } },
 * });
 * ```
 */
export class DatadogAgentDaemon extends Construct {
  /** The task definition. A change creates a new revision before the old one is deregistered. */
  readonly taskDefinition: EcsTaskDefinition;
  /** The service, which runs one task on every instance of the cluster. */
  readonly service: EcsService;
  /** The secret, with `apiKey.createSecret`. It is empty until you store the API key in it. */
  readonly apiKeySecret: SecretsmanagerSecret | undefined;
  /** The value of the secret, with `apiKey.createSecret.ephemeralVariable`. */
  readonly apiKeySecretVersion: SecretsmanagerSecretVersion | undefined;
  /** The container definitions as a Terraform local. */
  readonly containerDefinitions: TerraformLocal;
  /** The task in the format of the ECS API. Values that only Terraform knows are tokens. */
  readonly task: Task;
  /** How applications reach the Agent. */
  readonly connection: AgentConnection;
  /** Warnings to read before the deployment. `cdktf` prints them. */
  readonly notices: readonly string[];
  /** Names of the enabled features, including those that are on by default. */
  readonly features: readonly string[];
  /** IAM actions that the enabled features need on the container instance role, which this construct doesn't change. */
  readonly instanceActions: readonly string[];

  /**
   * @param scope a stack with an AWS provider, or a construct in such a stack
   * @param id ID of the construct, which is part of the resources' addresses
   * @param props the Agent's configuration
   * @throws {@link ConfigurationError} with all problems of the props, before any resource is created
   */
  constructor(scope: Construct, id: string, props: ExtendedProps | Checked<Daemon>) {
    // All checks run before any resource is created.
    const checked = props instanceof Checked ? props : checkDaemon(catalog, props, `${scope.node.path}/${id}`);
    super(scope, id);

    const daemon = checked.values;
    const tags = unlessEmpty(daemon.resourceTags);
    const apiKey = wireApiKey(this, daemon.apiKey, tags);
    // If the API key's source is the checked one, the checked task is reused.
    const { task, definition, service, features, notices, instanceActions } = isDeepStrictEqual(
      apiKey.source,
      checked.apiKey,
    )
      ? checked.task
      : agentTask(checked.catalog, daemon, apiKey.source);
    const { policies, ...roles } = agentRoles(this, { ...daemon, tags, apiKey: apiKey.permission, task });
    this.features = features;
    this.connection = agentConnection(checked.catalog, daemon, task);
    this.apiKeySecret = apiKey.secret;
    this.apiKeySecretVersion = apiKey.secretVersion;
    this.task = {
      ...task,
      ...roles,
      ...(tags && { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
    };
    this.notices = [...noticesOf(daemon.apiKey), ...notices];
    this.instanceActions = instanceActions;
    for (const notice of this.notices) Annotations.of(this).addWarning(notice);

    const logGroup = createLogGroup(this, daemon, tags);

    // As a local, the containers are readable in cdk.tf.json and in diffs, unlike a JSON string.
    this.containerDefinitions = new TerraformLocal(this, "container_definitions", task.containerDefinitions);
    const { family, containerDefinitions: _containers, placementConstraints, volumes, ...fields } = task;
    this.taskDefinition = new EcsTaskDefinition(this, "task_definition", {
      // The provider's arguments have the names of the ECS API.
      ...(fields as Partial<EcsTaskDefinitionConfig>),
      ...(definition as Partial<EcsTaskDefinitionConfig>),
      family,
      placementConstraints: placementConstraints?.map(({ type = "memberOf", expression }) => ({ type, expression })),
      containerDefinitions: Fn.jsonencode(this.containerDefinitions.expression),
      volume: volumes?.map(volumeBlock),
      ...roles,
      tags,
      // Before the task definition: a task with awslogs-create-group would create the log group itself.
      ...(logGroup.length > 0 && { dependsOn: [...logGroup] }),
      // The service switches to the new revision before the old one is deregistered.
      lifecycle: { createBeforeDestroy: true },
    });

    this.service = new EcsService(this, "service", {
      ...(service as Pick<EcsServiceConfig, "name">),
      cluster: daemon.cluster,
      taskDefinition: this.taskDefinition.arn,
      schedulingStrategy: "DAEMON",
      networkConfiguration:
        task.networkMode === "awsvpc"
          ? { subnets: [...(daemon.subnets ?? [])], securityGroups: securityGroups(this, daemon, task) }
          : undefined,
      tags,
      // A task that starts before its role may read the API key fails until ECS retries.
      dependsOn: [...policies, ...(apiKey.secretVersion ? [apiKey.secretVersion] : [])],
    });
  }

  /**
   * Connects an application's container to this Agent. Pure.
   * @param container a container definition of the ECS API, which isn't modified
   * @param options tags, transport, logs and checks; by default only the connection to the Agent
   * @returns the container definition, and the volumes for its task
   * @throws {@link ConfigurationError} with all problems: invalid options, a transport or log collection that the Agent
   * doesn't have, another volume at the sockets' folder, an unknown command
   */
  instrument(container: ContainerDefinition, options?: InstrumentOptions): InstrumentedContainer {
    return instrument(container, this.connection, options);
  }
}

/** The given security groups, and the one that is created with `applicationSecurityGroups`. */
function securityGroups(
  scope: Construct,
  { subnets: [subnet] = [], securityGroups: given, applicationSecurityGroups, resourceTags }: Daemon,
  task: Task,
): string[] | undefined {
  if (subnet === undefined || applicationSecurityGroups === undefined) return given && [...given];
  const tags = unlessEmpty(resourceTags);
  const created = createSecurityGroup(scope, { subnet, applicationSecurityGroups, task, tags });
  return [...(given ?? []), created.id];
}

/** The log group of the Agent's own log, with `createLogGroup`. */
function createLogGroup(
  scope: Construct,
  { createLogGroup: wanted, logConfiguration }: Daemon,
  tags: Record<string, string> | undefined,
): readonly CloudwatchLogGroup[] {
  if (wanted === undefined) return [];
  const { retentionDays, kmsKeyArn } = wanted;
  const name = logConfiguration?.options?.["awslogs-group"];
  return [
    new CloudwatchLogGroup(scope, "log_group", { name, retentionInDays: retentionDays, kmsKeyId: kmsKeyArn, tags }),
  ];
}

/** Undefined for an empty map or list, which is the same to Terraform and shorter to read. */
function unlessEmpty<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

function noticesOf({ sensitiveVariable, createSecret }: Daemon["apiKey"]): readonly string[] {
  if (sensitiveVariable !== undefined) {
    return [
      "apiKey.sensitiveVariable is for trials: the API key is stored in Terraform's state and in the task definition. " +
        "Use secretsManagerArn or ssmParameter instead.",
    ];
  }
  if (createSecret === undefined || createSecret.ephemeralVariable !== undefined) return [];
  return [
    `apiKey.createSecret creates the secret ${createSecret.name} without a value, and Agents can't start until it has one. ` +
      "After the deployment, run the command in the output fill_api_key_secret.",
  ];
}

/** Converts a volume of the ECS API to the provider's `volume` block. */
function volumeBlock({ name = "", host, ...kinds }: Volume): EcsTaskDefinitionVolume {
  return { ...(kinds as Partial<EcsTaskDefinitionVolume>), name, hostPath: host?.sourcePath };
}
