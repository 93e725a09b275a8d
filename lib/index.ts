export { DatadogAgentDaemon, type DatadogAgentDaemonProps } from "./datadog-agent-daemon";
export type { CheckOptions, InstrumentOptions, LogOptions, LogProcessingRule } from "./applications/options";
export { DatadogAgentStack } from "./datadog-agent-stack";
export { type Configuration, loadClusters, loadConfiguration } from "./configuration/load";
export { ConfigurationError, type Problem } from "./core/problem";
export { awsCliJson } from "./handoff/aws-cli";
export { terraformModule } from "./handoff/terraform-module";
