import { z } from "zod";
import { daemonSchema, type Module } from "../../configuration/schema";
import { unescapeTemplate } from "../../core/expression";
import { oneOf } from "../../core/schema";
import { hosts } from "../../hosts";
import { type JsonSchema, jsonSchema } from "../json-schema";
import { featuresInput } from "./features";
import { literal, snakeCase } from "./hcl";
import { variableRules } from "./rules";
import { conditionsOf, type Input, safe } from "./validation";

const { shape } = daemonSchema;

/** A role as one value: whether it is given is known even while its ARN is not. */
const role = (arn: z.ZodType) => z.strictObject({ arn, attachPolicies: z.boolean().default(false) });

const application = z.strictObject({
  profiling: z.boolean().default(false),
  traceInferredProxyServices: z.boolean().default(false),
  dataStreams: z.boolean().default(false),
});

/** The variables by name, in the order in which a person meets them. */
export function inputsOf(module: Module): Readonly<Record<string, Input>> {
  const { host } = module;
  const input = (
    key: string,
    schema: z.ZodType,
    fallback?: unknown,
    { description = schema.description ?? "", nullable = fallback === null } = {},
  ): Input => {
    const name = snakeCase(key);
    const json = jsonSchema(schema);
    const conditions = [
      ...conditionsOf(json, `var.${name}`, name).map(({ condition, message }) => ({
        condition: nullable ? `var.${name} == null || ${safe(condition)}` : condition,
        message,
      })),
      ...(variableRules[name] ?? []),
    ];
    const value = json.properties !== undefined && fallback !== null && fallback !== undefined ? {} : plain(fallback);
    return { type: typeOf(json, fallback), description, default: value, nullable, conditions };
  };
  /** A key of the daemon, with the module's value as its default. */
  const key = (name: keyof Module & keyof typeof shape, fallback: unknown = module[name] ?? null) =>
    input(name, shape[name], fallback);

  const ids = shape.securityGroups.unwrap();
  const inputs: Record<string, Input> = {
    cluster: input("cluster", shape.cluster, null, {
      description: "Name or ARN of the ECS cluster; only `create_service = false` does without",
    }),
    apiKey: input("apiKey", shape.apiKey.omit({ sensitiveVariable: true }), undefined, {
      description:
        "Where the Datadog API key is: exactly one of secrets_manager_arn, ssm_parameter_arn and create_secret",
    }),
    features: featuresInput(module),
    site: key("site"),
    tags: key("tags"),
    environment: key("environment"),
    launchType: key("launchType"),
    networkMode: input(
      "networkMode",
      oneOf(hosts[host].networkModes as [string, ...string[]]),
      module.networkMode ?? null,
      {
        description: shape.networkMode.description,
        nullable: true,
      },
    ),
    subnets: input("subnets", shape.subnets.unwrap(), [], { description: shape.subnets.description }),
    securityGroups: input("securityGroups", ids, [], { description: shape.securityGroups.description }),
    applicationSecurityGroups: input("applicationSecurityGroups", ids, [], {
      description: shape.applicationSecurityGroups.description,
    }),
    ...(hosts[host].traits.includes("linux-containers") && { capabilities: key("capabilities") }),
    healthCheck: input("healthCheck", shape.healthCheck.unwrap().options[1], module.healthCheck || null, {
      description: "Health check of the Agent's container; null for none",
      nullable: true,
    }),
    image: key("image"),
    cpu: key("cpu", module.cpu ?? hosts[host].cpu),
    memoryMiB: key("memoryMiB", module.memoryMiB ?? hosts[host].memoryMiB),
    family: key("family"),
    createService: input("createService", z.boolean(), true, {
      description: "Create the service; without it there is only the task definition",
    }),
    serviceName: key("serviceName"),
    minimumHealthyPercent: key("minimumHealthyPercent"),
    placementConstraints: key("placementConstraints"),
    enableExecuteCommand: key("enableExecuteCommand"),
    waitForSteadyState: key("waitForSteadyState"),
    resourceTags: key("resourceTags"),
    enableEcsManagedTags: key("enableEcsManagedTags"),
    propagateTags: key("propagateTags"),
    taskRole: input("taskRole", role(shape.taskRoleArn.unwrap()), null, {
      description: "Role of the Agent, and whether it is given what the Agent needs; null to create one",
    }),
    executionRole: input("executionRole", role(shape.executionRoleArn.unwrap()), null, {
      description: "Role with which ECS reads the API key, and whether it is given what that takes; null to create one",
    }),
    createdRoles: input("createdRoles", shape.createdRoles, {}),
    application: input(
      "application",
      application,
      {},
      {
        description: "What applications are to turn on; only the outputs for them depend on it",
      },
    ),
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [snakeCase(name), value]));
}

/** A schema's values as Terraform's type; what an object's keys have by default stands in the type. */
function typeOf(schema: JsonSchema, fallback?: unknown): string {
  const { type, properties, required = [], items, additionalProperties } = schema;
  if (properties !== undefined) {
    const fallbacks = (fallback ?? {}) as Readonly<Record<string, unknown>>;
    const attributes = Object.entries(properties).map(([key, property]) => {
      const inner = property as JsonSchema;
      const value = fallbacks[key] ?? inner.default;
      const innerType = typeOf(inner, value);
      const optional = value === undefined ? `optional(${innerType})` : `optional(${innerType}, ${literal(value)})`;
      return `${snakeCase(key)} = ${required.includes(key) ? innerType : optional}`;
    });
    return `object({ ${attributes.join(", ")} })`;
  }
  if (items !== undefined) return `list(${typeOf(items as JsonSchema)})`;
  if (typeof additionalProperties === "object") return `map(${typeOf(additionalProperties)})`;
  return type === "boolean" ? "bool" : type === "integer" ? "number" : "string";
}

/** A variable's default is plain data: Terraform reads no templates there. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return unescapeTemplate(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
