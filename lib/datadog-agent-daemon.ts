import { isDeepStrictEqual } from "node:util";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { EcsTaskDefinition, type EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ContainerDefinition, Volume } from "@aws-sdk/client-ecs";
import { Annotations, Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { type AgentConnection, agentConnection } from "./applications/connection";
import { instrument, type InstrumentedContainer } from "./applications/instrument";
import type { InstrumentOptions } from "./applications/options";
import { agentRoles } from "./agent-roles";
import { createSecurityGroup } from "./agent-security-group";
import { wireApiKey } from "./agent-secret";
import { agentTask } from "./agent-task";
import { apiKeySource } from "./configuration/api-key";
import { check } from "./configuration/check";
import { checkedTaskOf, type CheckedTask } from "./configuration/checked-task";
import type { DatadogAgentDaemonProps } from "./configuration/interfaces";
import { type Daemon, daemonSchema } from "./configuration/schema";
import type { Task } from "./core/assemble";
import { ConfigurationError } from "./core/problem";

export type { DatadogAgentDaemonProps };

/**
 * The Datadog Agent, once on every instance of an ECS cluster: a task definition, a service with the DAEMON strategy,
 * and the roles that aren't given.
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
  /** The provider's resource. A change makes a new revision before the old one goes. */
  readonly taskDefinition: EcsTaskDefinition;
  /** The provider's resource: one task on every instance of the cluster. */
  readonly service: EcsService;
  /** The secret that `apiKey.createSecret` asks for: empty until somebody fills it. */
  readonly apiKeySecret: SecretsmanagerSecret | undefined;
  /** The structure of the containers, as the locals of the stack hold it. */
  readonly containerDefinitions: TerraformLocal;
  /** The task as ECS's API knows it; values that only Terraform knows are tokens. */
  readonly task: Task;
  /** How applications reach the Agent. */
  readonly connection: AgentConnection;
  /** What a person should know before deploying, though nothing is wrong; `cdktf` prints it as a warning. */
  readonly notices: readonly string[];
  /** Names of the features that are on, those included that are on by default. */
  readonly features: readonly string[];
  /** The IAM actions that the role of the container instances must allow for them; that role is not changed from here. */
  readonly instanceActions: readonly string[];

  /**
   * @param scope where the resources go: a stack with an AWS provider, or a construct in it
   * @param id name of the construct in its scope; cdktf builds the addresses of the resources from it
   * @param props what to run and where
   * @throws {@link ConfigurationError} with all problems of the props at once, before anything is created
   */
  constructor(scope: Construct, id: string, props: DatadogAgentDaemonProps) {
    const known = checkedTaskOf(props);
    const { daemon, checkedTask } = known
      ? { daemon: props as Daemon, checkedTask: known }
      : checkProps(props, `${scope.node.path}/${id}`);
    super(scope, id);

    const tags = unlessEmpty(daemon.resourceTags);
    const apiKey = wireApiKey(this, daemon.apiKey, tags);
    // Where the API key is known beforehand, the task is the one that was checked.
    const { task, features, notices, instanceActions } = isDeepStrictEqual(apiKey.source, checkedTask.apiKey)
      ? checkedTask
      : agentTask(daemon, apiKey.source);
    const { policies, ...roles } = agentRoles(this, { ...daemon, tags, apiKey: apiKey.permission });
    this.features = features;
    this.connection = agentConnection(daemon, task);
    this.apiKeySecret = apiKey.secret;
    this.task = {
      ...task,
      ...roles,
      ...(tags && { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
    };
    this.notices = [...noticesOf(daemon.apiKey), ...notices];
    this.instanceActions = instanceActions;
    for (const notice of this.notices) Annotations.of(this).addWarning(notice);

    // A local holds the containers as structure that people can read and compare, instead of a string of JSON.
    this.containerDefinitions = new TerraformLocal(this, "container_definitions", task.containerDefinitions);
    this.taskDefinition = new EcsTaskDefinition(this, "task_definition", {
      family: task.family,
      requiresCompatibilities: task.requiresCompatibilities,
      networkMode: task.networkMode,
      pidMode: task.pidMode,
      placementConstraints: task.placementConstraints?.map(({ type = "memberOf", expression }) => ({
        type,
        expression,
      })),
      containerDefinitions: Fn.jsonencode(this.containerDefinitions.expression),
      volume: task.volumes?.map(volumeBlock),
      ...roles,
      tags,
      // The service moves to the new revision before the old one goes.
      lifecycle: { createBeforeDestroy: true },
    });

    this.service = new EcsService(this, "service", {
      name: daemon.serviceName,
      cluster: daemon.cluster,
      taskDefinition: this.taskDefinition.arn,
      schedulingStrategy: "DAEMON",
      // Without it the cluster's default capacity provider strategy applies, which a daemon can't have.
      launchType: daemon.launchType,
      deploymentMinimumHealthyPercent: daemon.minimumHealthyPercent,
      placementConstraints: unlessEmpty(daemon.placementConstraints),
      enableExecuteCommand: daemon.enableExecuteCommand,
      waitForSteadyState: daemon.waitForSteadyState,
      networkConfiguration:
        task.networkMode === "awsvpc"
          ? { subnets: daemon.subnets ?? [], securityGroups: securityGroups(this, daemon, task) }
          : undefined,
      enableEcsManagedTags: daemon.enableEcsManagedTags,
      propagateTags: daemon.propagateTags,
      tags,
      // A task that starts before its role may read the key fails, and keeps failing until ECS tries again.
      dependsOn: [...policies],
    });
  }

  /**
   * An application's container definition, made to reach this Agent and to be known to it. Pure.
   * @param container a container definition of the AWS API; it stays as it is
   * @param options tags, the way to the Agent, logs and checks; by default the way to the Agent alone
   * @returns the definition, and the volumes that its task needs
   * @throws {@link ConfigurationError} with all problems at once: options that are wrong, a way that this Agent doesn't
   * have, logs that it doesn't collect, another volume at the sockets' folder, a command that isn't known
   */
  instrument(container: ContainerDefinition, options?: InstrumentOptions): InstrumentedContainer {
    return instrument(container, this.connection, options);
  }
}

/** The groups that are given, and the one that is made where applications' groups are. */
function securityGroups(
  scope: Construct,
  { subnets: [subnet] = [], securityGroups: given, applicationSecurityGroups, resourceTags }: Daemon,
  task: Task,
) {
  if (subnet === undefined || applicationSecurityGroups === undefined) return given;
  const tags = unlessEmpty(resourceTags);
  const created = createSecurityGroup(scope, { subnet, applicationSecurityGroups, task, tags });
  return [...(given ?? []), created.id];
}

/** Terraform reads an empty map or list like none at all; people read none. */
function unlessEmpty<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

/** Everything that can be wrong is found before anything is created. */
function checkProps(props: DatadogAgentDaemonProps, path: string): { daemon: Daemon; checkedTask: CheckedTask } {
  const checked = check(daemonSchema, props);
  if (checked.problems) throw new ConfigurationError(path, checked.problems);
  const daemon = checked.value;
  const apiKey = apiKeySource(daemon.apiKey);
  const task = agentTask(daemon, apiKey);
  if (task.problems.length > 0) throw new ConfigurationError(path, task.problems);
  return { daemon, checkedTask: { ...task, apiKey } };
}

function noticesOf({ sensitiveVariable, createSecret }: Daemon["apiKey"]): readonly string[] {
  if (sensitiveVariable !== undefined) {
    return [
      "apiKey.sensitiveVariable is for trials: the API key stands in Terraform's state and in the task definition. " +
        "Use secretsManagerArn or ssmParameterArn instead.",
    ];
  }
  if (createSecret === undefined) return [];
  return [
    `apiKey.createSecret makes the secret ${createSecret.name} without a value: no Agent starts before it is filled. ` +
      "After the deployment run the command of the output fill_api_key_secret.",
  ];
}

/** From the API's shape of a volume to the provider's. */
function volumeBlock({ name = "", host, dockerVolumeConfiguration }: Volume): EcsTaskDefinitionVolume {
  return { name, hostPath: host?.sourcePath, dockerVolumeConfiguration };
}
