import type { Path } from "../../core/problem";

/** Converts the file formats that contain task definitions to the format of the ECS API. */

type Json = Readonly<Record<string, unknown>>;

/** A task definition and its path in the file. */
export interface FoundDefinition {
  readonly definition: Json;
  readonly path: Path;
  /** Identifies the task definition in a file with several. */
  readonly name: string;
}

/** All task definitions of a file. Empty if the format is unknown. */
export function definitionsIn(json: unknown): readonly FoundDefinition[] {
  if (Array.isArray(json)) {
    // The content of Terraform's `container_definitions`.
    const isContainers = json.length > 0 && json.every((each) => isMap(each) && "image" in each);
    return isContainers ? [{ definition: { containerDefinitions: json }, path: [], name: "" }] : [];
  }
  if (!isMap(json)) return [];
  const { taskDefinition, tags } = json;
  if (isMap(taskDefinition) && taskDefinition.containerDefinitions !== undefined) {
    const definition = { ...(tags !== undefined && { tags }), ...taskDefinition };
    return [{ definition, path: ["taskDefinition"], name: "" }];
  }
  if (json.containerDefinitions !== undefined) return [{ definition: json, path: [], name: "" }];
  return isMap(json.Resources) ? ofCloudFormation(json.Resources) : ofTerraform(json);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html */
function ofCloudFormation(resources: Json): readonly FoundDefinition[] {
  return Object.entries(resources).flatMap(([name, resource]) => {
    if (!isMap(resource) || resource.Type !== "AWS::ECS::TaskDefinition" || !isMap(resource.Properties)) return [];
    const definition = lowerCased(resource.Properties) as Json;
    return [{ definition, path: ["Resources", name, "Properties"], name }];
  });
}

/** Maps with user-defined keys. */
const OWN_KEYS = ["Options", "DockerLabels", "DriverOpts", "Labels"];

function lowerCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCased);
  if (!isMap(value) || isIntrinsic(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      `${key.charAt(0).toLowerCase()}${key.slice(1)}`,
      OWN_KEYS.includes(key) ? inner : lowerCased(inner),
    ]),
  );
}

/** Whether a value is a CloudFormation intrinsic function. */
export function isIntrinsic(value: unknown): boolean {
  if (!isMap(value)) return false;
  const [key = "", ...others] = Object.keys(value);
  return others.length === 0 && (key === "Ref" || key.startsWith("Fn::"));
}

/** The output of `terraform show -json` for a plan or a state, or a state file. */
function ofTerraform(json: Json): readonly FoundDefinition[] {
  const planned = isMap(json.planned_values) ? json.planned_values : json.values;
  const inModules = isMap(planned) && isMap(planned.root_module) ? resourcesOf(planned.root_module) : [];
  const inState = listOf(json.resources).flatMap((resource) =>
    listOf(resource.instances).map((instance) => ({
      ...resource,
      address: resource.name,
      values: instance.attributes,
    })),
  );
  return [...inModules, ...inState].flatMap((resource: Json) => {
    const { type, mode, values, address } = resource;
    if (type !== "aws_ecs_task_definition" || mode === "data" || !isMap(values)) return [];
    return [{ definition: ofAttributes(values), path: [], name: String(address) }];
  });
}

function resourcesOf(module: Json): readonly Json[] {
  return [...listOf(module.resources), ...listOf(module.child_modules).flatMap(resourcesOf)];
}

/** @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_definition */
function ofAttributes(values: Json): Json {
  const { container_definitions, volume, placement_constraints, runtime_platform, tags, arn, ...rest } = values;
  const [platform] = listOf(runtime_platform);
  return {
    family: rest.family,
    networkMode: rest.network_mode || undefined,
    pidMode: rest.pid_mode || undefined,
    ipcMode: rest.ipc_mode || undefined,
    cpu: rest.cpu || undefined,
    memory: rest.memory || undefined,
    taskRoleArn: rest.task_role_arn || undefined,
    executionRoleArn: rest.execution_role_arn || undefined,
    requiresCompatibilities: rest.requires_compatibilities,
    taskDefinitionArn: arn,
    ...(platform && {
      runtimePlatform: {
        operatingSystemFamily: platform.operating_system_family,
        cpuArchitecture: platform.cpu_architecture,
      },
    }),
    placementConstraints: listOf(placement_constraints),
    containerDefinitions: parsed(container_definitions),
    volumes: listOf(volume).map(({ name, host_path, ...kinds }) => {
      const { docker_volume_configuration, efs_volume_configuration, ...others } = kinds;
      const [docker] = listOf(docker_volume_configuration);
      const [efs] = listOf(efs_volume_configuration);
      return {
        name,
        ...(host_path ? { host: { sourcePath: host_path } } : {}),
        ...(docker && { dockerVolumeConfiguration: camelCased(docker) }),
        ...(efs && { efsVolumeConfiguration: efsConfiguration(efs) }),
        ...Object.fromEntries(Object.entries(others).filter(([, each]) => listOf(each).length > 0)),
      };
    }),
    tags: isMap(tags) ? Object.entries(tags).map(([key, value]) => ({ key, value })) : [],
  };
}

/** In the state, arguments that aren't set are empty or 0. */
function efsConfiguration({ authorization_config, ...others }: Json): Json {
  const [authorization] = listOf(authorization_config);
  const given = (map: Json) =>
    camelCased(Object.fromEntries(Object.entries(map).filter(([, value]) => Boolean(value))));
  return { ...given(others), ...(authorization && { authorizationConfig: given(authorization) }) };
}

/** Undefined if Terraform doesn't know the value yet. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function camelCased(map: Json): Json {
  return Object.fromEntries(
    Object.entries(map)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()), value]),
  );
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

export function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
