import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { DefaultTokenResolver, StringConcat, type TerraformStack, Testing, Tokenization } from "cdktf";
import { catalog } from "../../lib/catalog";
import { checkDaemon } from "../../lib/configuration/check-daemon";
import type { DatadogAgentDaemonProps } from "../../lib/configuration/interfaces";
import { parseConfiguration } from "../../lib/configuration/load";
import type { StackConfiguration } from "../../lib/configuration/stacks";
import { DatadogAgentDaemon } from "../../lib/constructs/datadog-agent-daemon";
import { DatadogAgentStack } from "../../lib/constructs/datadog-agent-stack";
import type { Setting } from "../../lib/core/setting";
import type { Task } from "../../lib/core/assemble";
import { ConfigurationError } from "../../lib/core/problem";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { type JsonSchema, jsonSchema } from "../../lib/documentation/json-schema";
import { type StackJson, synthesize } from "../support/synthesize";
import type { Configuration, Taker } from "./accepted";
import { withRequired, valuesOf } from "./values";

/** The outputs of a configuration. */
export interface Outputs {
  readonly configuration: Configuration;
  /** The stack's JSON. */
  readonly stack: StackJson;
  /** The file for the AWS CLI. */
  readonly file: RegisterTaskDefinitionCommandInput;
  /** The stacks that are deployed first. */
  readonly dependsOn: readonly string[];
}

const [name, otherName] = valuesOf(jsonSchema(catalog.schemas.cluster).properties?.name as JsonSchema);

/** A container that log drivers need, and one that the others can name. */
const SIDECARS = [
  { name: "router", image: "text", memory: 64, essential: false, firelensConfiguration: { type: "fluentbit" } },
  { name: "text", image: "text", memory: 64, essential: false },
];

/** A cluster in clusters.yaml, next to another one that it can depend on. */
export const file: Taker = {
  catalog,
  schema: catalog.schemas.cluster,
  base: { name, sidecars: SIDECARS },
  takes: (cluster) => stackOf(cluster) !== undefined,
};

function stackOf(cluster: Configuration): StackConfiguration | undefined {
  const text = JSON.stringify({ clusters: [cluster, { name: otherName }] });
  return unlessRefused(() => parseConfiguration(catalog, text, "clusters.yaml").stacks[0]);
}

export const outputsOfCluster = remembered((cluster): Outputs => {
  const configuration = stackOf(cluster);
  if (configuration === undefined) throw new Error("It must be accepted first.");
  const stack = new DatadogAgentStack(Testing.app(), configuration);
  const [daemon] = stack.daemons;
  return {
    configuration: cluster,
    stack: JSON.parse(Testing.synth(stack)) as StackJson,
    file: fileOf(stack, daemon?.daemon),
    dependsOn: configuration.dependsOn,
  };
});

/** The props of the construct. */
export const construct: Taker = {
  catalog,
  schema: catalog.schemas.daemon,
  base: baseProps(),
  takes: (props) => unlessRefused(() => checkDaemon(catalog, propsOf(props), "props")) !== undefined,
};

export const outputsOfConstruct = remembered((props): Outputs => {
  let file: Outputs["file"] | undefined;
  const stack = synthesize((scope) => {
    file = fileOf(scope, new DatadogAgentDaemon(scope, "agent", propsOf(props)));
  });
  return { configuration: props, stack, file: file as Outputs["file"], dependsOn: [] };
});

/** Any props, for the checks to accept or refuse. */
function propsOf(props: Configuration): DatadogAgentDaemonProps {
  return props as unknown as DatadogAgentDaemonProps;
}

/** The required props, with the first source of the API key. */
function baseProps(): Configuration {
  const schema = jsonSchema(catalog.schemas.daemon);
  const { properties = {} } = schema.properties?.apiKey as JsonSchema;
  const [[source, property] = ["", {}]] = Object.entries(properties);
  return withRequired(schema, { sidecars: SIDECARS, apiKey: { [source]: valuesOf(property as JsonSchema)[0] } });
}

function fileOf(scope: TerraformStack, daemon: DatadogAgentDaemon | undefined): Outputs["file"] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const task = Tokenization.resolve(daemon?.task, { scope, resolver }) as Task;
  return JSON.parse(awsCliJson(task)) as Outputs["file"];
}

function unlessRefused<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

/** Cached, because pairs share configurations. */
function remembered(make: (configuration: Configuration) => Outputs): (configuration: Configuration) => Outputs {
  const made = new Map<string, Outputs>();
  return (configuration) => {
    const key = JSON.stringify(configuration);
    const outputs = made.get(key) ?? make(configuration);
    made.set(key, outputs);
    return outputs;
  };
}

/** Arguments of `aws_ecs_task_definition` that the API doesn't have. */
export const ONLY_TERRAFORMS = Object.values<Setting>(catalog.settings).flatMap(({ definition = {} }) =>
  Object.keys(definition).map((argument) => argument.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
);

/** The task definition of a stack, with the names of the API. */
export function taskDefinitionIn({ resource, locals = {} }: StackJson): object {
  const resources = Object.values(resource?.aws_ecs_task_definition ?? {}).map((each) =>
    Object.fromEntries(Object.entries(each).filter(([argument]) => !ONLY_TERRAFORMS.includes(argument))),
  );
  const containers = Object.entries(locals).filter(([local]) => local.includes("container_definitions"));
  return { resources, containers };
}

/** The arguments of the service. */
export function serviceIn({ resource }: StackJson): Readonly<Record<string, unknown>> {
  return Object.values(resource?.aws_ecs_service ?? {})[0] ?? {};
}
