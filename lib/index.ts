/**
 * Runs the Datadog Agent on every container instance of ECS clusters: a construct and a stack for your own CDKTF apps,
 * and clusters.yaml for the AWS CLI and Terraform without Node.js. Start with {@link DatadogAgentDaemon}.
 * @module
 */
import { catalog } from "./catalog";
import { type Configuration, loadConfiguration as load } from "./configuration/load";
import type { Module } from "./configuration/interfaces";
import { terraformModule as moduleOf } from "./outputs/terraform-module";

export { DatadogAgentDaemon } from "./constructs/datadog-agent-daemon";
export { DatadogAgentStack, type DaemonOnHost } from "./constructs/datadog-agent-stack";
export type { InstrumentedContainer } from "./applications/instrument";
export type { AgentConnection, Receiver } from "./applications/connection";
export type { CheckOptions, InstrumentOptions, LogOptions, LogProcessingRule } from "./applications/options";
export type { ExtendedProps, ExtraFeature } from "./configuration/check-daemon";
export type {
  Adopt,
  ApiKey,
  Backend,
  Check,
  CheckedApiKey,
  CheckedFeatures,
  CheckedHealthCheck,
  CheckedImage,
  CheckedMount,
  CheckedPort,
  Cluster,
  ContainerDefinition,
  CreateLogGroup,
  CreatedRoles,
  DatadogAgentDaemonProps,
  ExecutionRoleStatement,
  Features,
  HealthCheck,
  Image,
  LogConfiguration,
  Module,
  Mount,
  Port,
  Provider,
  RestartPolicy,
  RuntimePlatform,
  ServiceRegistries,
  Sidecar,
  TaskDefinition,
  TaskRoleStatement,
  Ulimit,
  Volume,
} from "./configuration/interfaces";
export type { Configuration };
export type { ClusterConfiguration, StackConfiguration } from "./configuration/stacks";
export type { Checked, ClusterOnHost, Daemon } from "./configuration/types";
export type { Task } from "./core/assemble";
export {
  defineFeature,
  type AgentDefault,
  type BrokenRelease,
  type Contribution,
  type Feature,
  type NamedVolume,
  type Notice,
  type Only,
  type Port as FeaturePort,
  type Sidecar as FeatureSidecar,
} from "./core/feature";
export type { Host, HostMount, HostTrait } from "./core/host";
export type { Rule } from "./core/rule";
export * as term from "./core/term";
/** The schema library, for the options of your own features. */
export { z } from "zod";
export { ConfigurationError, type Path, type Problem } from "./core/problem";
export { PROBLEM_CODES, type ProblemCode } from "./core/problem-codes";
export { awsCliJson } from "./outputs/aws-cli";

/**
 * Reads a file, or all YAML files of a folder in alphabetical order. `defaults` apply to their own file, except those in
 * `defaults.yaml`, which apply to all files of the folder.
 * @param path a file such as clusters.yaml, or a folder of such files
 * @throws {@link ConfigurationError} with all problems, each with its line
 */
export function loadConfiguration(path: string): Configuration {
  return load(catalog, path);
}

/**
 * Generates a Terraform module for teams without Node.js. Pure.
 * @param module an entry of `modules`, as {@link loadConfiguration} returns it
 * @returns the content of each file, by its path in the module's folder
 */
export function terraformModule(module: Module): ReadonlyMap<string, string> {
  return moduleOf(catalog, module);
}
