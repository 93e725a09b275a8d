import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition, type EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { Volume } from "@aws-sdk/client-ecs";
import { Annotations, Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import type { ApiKeySource } from "./agent";
import { createExecutionRole, createTaskRole, type Role } from "./agent-roles";
import { agentTask } from "./agent-task";
import { secretArn } from "./configuration/arn";
import { check } from "./configuration/check";
import { type Daemon, daemonSchema } from "./configuration/schema";
import type { Task } from "./core/assemble";
import { isExpression } from "./core/expression";
import { ConfigurationError } from "./core/problem";

/**
 * Props of {@link DatadogAgentDaemon}: `cluster`, `apiKey`, and the keys of a cluster of clusters.yaml. Strings may hold
 * tokens and Terraform expressions, except where a value decides what is built.
 */
export type DatadogAgentDaemonProps = z.input<typeof daemonSchema>;

/**
 * The Datadog Agent, once on every instance of an ECS cluster: a task definition, a service with the DAEMON strategy,
 * and the roles that aren't given.
 */
export class DatadogAgentDaemon extends Construct {
  readonly taskDefinition: EcsTaskDefinition;
  readonly service: EcsService;
  /** The structure of the containers, as the locals of the stack hold it. */
  readonly containerDefinitions: TerraformLocal;
  /** The task as ECS's API knows it; values that only Terraform knows are tokens. */
  readonly task: Task;
  /** What a person should know before deploying, though nothing is wrong; `cdktf` prints it as a warning. */
  readonly notices: readonly string[];
  /** Names of the features that are on. */
  readonly features: readonly string[];

  /** @throws ConfigurationError with all problems of the props at once, before anything is created */
  constructor(scope: Construct, id: string, props: DatadogAgentDaemonProps) {
    const { daemon, task, features } = checkProps(props, `${scope.node.path}/${id}`);
    super(scope, id);
    this.features = features;
    this.notices =
      daemon.apiKey.sensitiveVariable === undefined
        ? []
        : [
            "apiKey.sensitiveVariable is for trials: the API key stands in Terraform's state and in the task definition. " +
              "Use secretsManagerArn or ssmParameterArn instead.",
          ];
    for (const notice of this.notices) Annotations.of(this).addWarning(notice);

    const tags = unlessEmpty(daemon.resourceTags);
    const given = (arn: string): Role => ({ arn, policies: [] });
    const { taskRoleArn, executionRoleArn } = daemon;
    const taskRole = taskRoleArn ? given(taskRoleArn) : createTaskRole(this, { ...daemon, tags });
    const executionRole = executionRoleArn
      ? given(executionRoleArn)
      : createExecutionRole(this, { apiKey: apiKeyPermission(this, daemon.apiKey), tags });
    const roles = { taskRoleArn: taskRole.arn, executionRoleArn: executionRole.arn };
    this.task = {
      ...task,
      ...roles,
      ...(tags && { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
    };

    // A local holds the containers as structure that people can read and compare, instead of a string of JSON.
    this.containerDefinitions = new TerraformLocal(this, "container_definitions", task.containerDefinitions);
    this.taskDefinition = new EcsTaskDefinition(this, "task_definition", {
      family: task.family,
      requiresCompatibilities: task.requiresCompatibilities,
      networkMode: task.networkMode,
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
          ? { subnets: daemon.subnets ?? [], securityGroups: daemon.securityGroups }
          : undefined,
      tags,
      // A task that starts before its role may read the key fails, and keeps failing until ECS tries again.
      dependsOn: [...taskRole.policies, ...executionRole.policies],
    });
  }
}

/** Terraform reads an empty map or list like none at all; people read none. */
function unlessEmpty<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

function checkProps(props: DatadogAgentDaemonProps, path: string) {
  const checked = check(daemonSchema, props);
  if (checked.problems) throw new ConfigurationError(path, checked.problems);
  const { task, features, problems } = agentTask(checked.value, apiKeySource(checked.value.apiKey));
  if (problems.length > 0) throw new ConfigurationError(path, problems);
  return { daemon: checked.value, task, features };
}

function apiKeySource({ secretsManagerArn, ssmParameterArn, sensitiveVariable }: Daemon["apiKey"]): ApiKeySource {
  if (sensitiveVariable !== undefined) return { value: sensitiveVariable };
  return { arn: (secretsManagerArn ?? ssmParameterArn) as string };
}

/** What reads the key, and nothing else: the policy names the secret without ECS's `:json-key:stage:version`. */
function apiKeyPermission(scope: Construct, { secretsManagerArn, ssmParameterArn }: Daemon["apiKey"]) {
  if (ssmParameterArn !== undefined) return { action: "ssm:GetParameters", arn: ssmParameterArn };
  if (secretsManagerArn === undefined) return undefined;
  const action = "secretsmanager:GetSecretValue";
  if (!isExpression(secretsManagerArn)) return { action, arn: secretArn(secretsManagerArn) };
  // Text around an expression has to become one value before a function can take it.
  const single = /^\$\{[^{}]*\}$/.test(secretsManagerArn);
  const valueFrom = single
    ? secretsManagerArn
    : new TerraformLocal(scope, "api_key_secret", secretsManagerArn).asString;
  return { action, arn: Fn.join(":", Fn.slice(Fn.split(":", valueFrom), 0, 7) as string[]) };
}

/** From the API's shape of a volume to the provider's. */
function volumeBlock({ name = "", host, dockerVolumeConfiguration }: Volume): EcsTaskDefinitionVolume {
  return { name, hostPath: host?.sourcePath, dockerVolumeConfiguration };
}
