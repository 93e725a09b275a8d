/**
 * The Datadog Agent on every instance of ECS clusters: as a construct and a stack for apps of one's own, and as what
 * clusters.yaml says, for the AWS CLI and plain Terraform. See {@link DatadogAgentDaemon} first.
 * @module
 */
export { DatadogAgentDaemon, type DatadogAgentDaemonProps } from "./datadog-agent-daemon";
export type { InstrumentedContainer } from "./applications/instrument";
export type { AgentConnection, Receiver } from "./applications/connection";
export type { CheckOptions, InstrumentOptions, LogOptions, LogProcessingRule } from "./applications/options";
export { DatadogAgentStack, type DaemonOnHost } from "./datadog-agent-stack";
export { type Configuration, loadClusters, loadConfiguration } from "./configuration/load";
export type { ClusterOnHost } from "./configuration/hosts";
export type { Cluster, Module } from "./configuration/schema";
export type { Task } from "./core/assemble";
export { ConfigurationError, type Path, type Problem } from "./core/problem";
export { awsCliJson } from "./handoff/aws-cli";
export { terraformModule } from "./handoff/terraform-module";
