import type { Volume } from "@aws-sdk/client-ecs";
import { agentHealthCheck, API_KEY } from "../../agent";
import type { Module } from "../../configuration/schema";
import { AGENT_CONTAINER, portKey, sidecarContainer } from "../../core/assemble";
import type { Contribution } from "../../core/feature";
import { FLAVOR_PARTS } from "../../core/image";
import type { Registry } from "../../core/toggles";
import * as registry from "../../features";
import { hosts } from "../../hosts";
import { availableFeatures } from "../../configuration/modules";
import { offExpression, togglesExpression } from "./features";
import { expression, literal, quote, snakeCase } from "./hcl";

/**
 * The features as data, and how those that are on become the Agent's containers: maps are merged by key, so that what
 * comes later wins, nothing is there twice, and everything is sorted.
 */
export function localsOf(module: Module): Readonly<Record<string, unknown>> {
  const host = hosts[module.host];
  const features = availableFeatures(module);
  const off = Object.entries(registry as Registry).filter(([, feature]) => feature.off !== undefined);
  const merged = (part: string) => expression(`merge([for part in local.parts : try(part.${part}, {})]...)`);
  return {
    base: data({ mounts: host.agentMounts }),
    features: Object.fromEntries(
      features.map(({ name, feature, options }) => [
        snakeCase(name),
        {
          ...data(feature.on(options, host)),
          ...(feature.instanceActions && { instance_actions: feature.instanceActions }),
        },
      ]),
    ),
    off: Object.fromEntries(off.map(([name, feature]) => [snakeCase(name), feature.off])),

    // Flavors of the image in the order in which its tag has them.
    image_flavors: expression('var.image.flavor == null ? [] : split("-", var.image.flavor)'),
    toggles: togglesExpression(module),
    turned_off: offExpression(),
    enabled: expression("[for name, feature in local.features : name if local.toggles[name]]"),
    parts: expression("concat([local.base], [for name in local.enabled : local.features[name]])"),

    agent_environment: expression(
      '{ for name, value in { DD_SITE = var.site, DD_TAGS = join(" ", sort([for key, value in var.tags : "${key}:${value}"])) } : name => value if value != "" }',
    ),
    environment: expression(
      "merge(concat(local.turned_off, [local.agent_environment], [for part in local.parts : try(part.environment, {})], [var.environment])...)",
    ),
    mounts: merged("mounts"),
    volumes: expression("{ for mount in values(local.mounts) : mount.volume => mount... }"),
    ports: merged("ports"),
    sidecars: merged("sidecars"),
    capabilities: expression(
      `sort(distinct(flatten([for part in ${host.traits.includes("linux-containers") ? "concat(local.parts, [{ capabilities = var.capabilities }])" : "local.parts"} : try(part.capabilities, [])])))`,
    ),
    network_mode: networkMode(module),
    pid_mode: expression("one(distinct([for part in local.parts : part.pid_mode if can(part.pid_mode)]))"),
    advised_memory_mib: expression("max(0, [for part in local.parts : try(part.advised_memory_mib, 0)]...)"),
    instance_actions: expression("sort(distinct(flatten([for part in local.parts : try(part.instance_actions, [])])))"),
    security_groups: expression("concat(var.security_groups, aws_security_group.agent[*].id)"),

    ...imageLocals(module),
    ...apiKeyLocals,
    partitions: expression(
      'distinct([for arn in compact([var.cluster, var.api_key.secrets_manager_arn, var.api_key.ssm_parameter_arn, var.api_key.kms_key_arn, try(var.api_key.create_secret.kms_key_arn, null), try(var.task_role.arn, null), try(var.execution_role.arn, null), var.created_roles.permissions_boundary_arn]) : split(":", arn)[1] if startswith(arn, "arn:")])',
    ),
    resource_tags: expression("length(var.resource_tags) > 0 ? var.resource_tags : null"),

    agent: {
      name: AGENT_CONTAINER,
      image: expression("local.image"),
      essential: true,
      cpu: expression("var.cpu"),
      memory: expression("var.memory_mib"),
      environment: expression("[for name, value in local.environment : { name = name, value = value }]"),
      secrets: [{ name: API_KEY, valueFrom: expression("local.api_key_value_from") }],
      mountPoints: expression(
        "[for path, mount in local.mounts : { containerPath = path, readOnly = mount.read_only, sourceVolume = mount.volume }]",
      ),
      portMappings: expression("length(local.ports) > 0 ? values(local.ports) : null"),
      linuxParameters: expression(
        "length(local.capabilities) > 0 ? { capabilities = { add = local.capabilities, drop = [] } } : null",
      ),
      healthCheck: healthCheck(),
    },
    containers: expression(
      "[for container in concat([local.agent], values(local.sidecars)) : { for key, value in container : key => value if value != null }]",
    ),
  };
}

/** A contribution by the keys under which ECS holds its parts once; nothing that is empty. */
function data({ environment = {}, mounts = [], ports = [], capabilities = [], sidecars = [], ...task }: Contribution) {
  const parts = {
    environment,
    mounts: Object.fromEntries(
      mounts.map(({ containerPath, readOnly, volume }) => [
        containerPath,
        { ...volumeData(volume), read_only: readOnly },
      ]),
    ),
    ports: Object.fromEntries(
      ports.map((port) => [
        portKey(port),
        { containerPort: port.containerPort, hostPort: port.containerPort, protocol: port.protocol },
      ]),
    ),
    capabilities,
    sidecars: Object.fromEntries(sidecars.map((sidecar) => [sidecar.name, sidecarContainer(sidecar)])),
  };
  return {
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0)),
    ...(task.pidMode && { pid_mode: task.pidMode }),
    ...(task.advisedMemoryMiB && { advised_memory_mib: task.advisedMemoryMiB }),
  };
}

function volumeData({ name, host, dockerVolumeConfiguration }: Volume) {
  return {
    volume: name,
    ...(host && { host_path: host.sourcePath }),
    ...(dockerVolumeConfiguration && { docker_volume_configuration: dockerVolumeConfiguration }),
  };
}

/** The given network mode, else the first one of the host's that everything works in which is on. */
function networkMode(module: Module): string {
  const host = hosts[module.host];
  if (host.networkMode === undefined) return expression("var.network_mode");
  const needs = availableFeatures(module).flatMap(({ name, feature: { networkModes } }) =>
    networkModes === undefined
      ? []
      : `(!local.toggles.${snakeCase(name)} || contains(${literal(networkModes.only)}, mode))`,
  );
  if (needs.length === 0) return expression(`coalesce(var.network_mode, ${quote(host.networkMode)})`);
  return expression(
    `coalesce(concat([var.network_mode], [for mode in ${literal(host.networkModes)} : mode if ${needs.join(" && ")}])...)`,
  );
}

/** The tag with the flavors of the image and of features; there is no `latest-fips`, the newest is `7-fips`. */
function imageLocals(module: Module) {
  const flavors = FLAVOR_PARTS.map((part) => {
    const features = availableFeatures(module).filter(({ feature }) => feature.imageFlavor === part);
    const wanted = features.map(({ name }) => ` || local.toggles.${snakeCase(name)}`);
    return `contains(local.image_flavors, ${quote(part)})${wanted.join("")} ? ${quote(part)} : ""`;
  });
  return {
    tag_flavors: expression(`compact([${flavors.join(", ")}])`),
    tag: expression(
      'join("-", concat([var.image.tag == "latest" && contains(local.tag_flavors, "fips") ? "7" : var.image.tag], local.tag_flavors))',
    ),
    image: expression(
      'var.image.digest == null ? "${var.image.repository}:${local.tag}" : "${var.image.repository}@${var.image.digest}"',
    ),
    // A tag that pins no version, and a digest, may be anything.
    agent_version: expression(
      'var.image.digest == null ? try([for part in regex("^([0-9]+)[.]([0-9]+)", var.image.tag) : tonumber(part)], null) : null',
    ),
  };
}

const apiKeyLocals = {
  api_key_arn: expression(
    "var.api_key.create_secret == null ? coalesce(var.api_key.secrets_manager_arn, var.api_key.ssm_parameter_arn) : one(aws_secretsmanager_secret.api_key[*].arn)",
  ),
  api_key_value_from: expression(
    'var.api_key.json_key == null && var.api_key.version_stage == null ? local.api_key_arn : join(":", [for part in [local.api_key_arn, var.api_key.json_key, var.api_key.version_stage, ""] : part == null ? "" : part])',
  ),
};

function healthCheck(): string {
  const { command = [] } = agentHealthCheck({
    intervalSeconds: 0,
    timeoutSeconds: 0,
    retries: 0,
    startPeriodSeconds: 0,
  });
  const times =
    "interval = var.health_check.interval_seconds, timeout = var.health_check.timeout_seconds, retries = var.health_check.retries, startPeriod = var.health_check.start_period_seconds";
  return expression(`var.health_check == null ? null : { command = ${literal(command)}, ${times} }`);
}
