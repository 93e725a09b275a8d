import type { Catalog } from "../../core/catalog";
import { API_KEY } from "../../core/agent";
import { AGENT_CONTAINER } from "../../core/assemble";
import { FLAVOR_PARTS } from "../../core/image";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import { availableFeatures, type Module, toggledFeatures } from "../../configuration/modules";
import { baseCode, featuresCode, VOLUME_KINDS } from "./contributions";
import { containerLocals } from "./container-checks";
import { type Body, commented, type Value } from "./document";
import { featureLocals, offEnvironment } from "./features";
import { expression, literal, mapCode, quote, snakeCase } from "./hcl";
import { usesApiNames, namesOf } from "./names";
import { printEntries, versionNumber } from "./print";

/** The lists of all contributions in one list. */
const allOf = (field: string) => `flatten([for contribution in local.contributions : try(contribution.${field}, [])])`;

/** For each key of a map, the values of all contributions. */
const byName = (field: string) =>
  `{ for pair in flatten([for contribution in local.contributions : [for name, value in try(contribution.${field}, {}) : { name = name, value = value } if value != null]]) : pair.name => pair.value... }`;

/** For each key, the first value. The check of `conflicts` makes sure that all are equal. */
const agreed = (map: string) => `{ for name, values in local.${map} : name => values[0] }`;

/** Which features are on, their options, and what they add to the task. */
export function featuresLocals(catalog: Catalog, module: Module): Body {
  const {
    toggles = "",
    on_by_default,
    on = "",
    given_options = "",
    options = "",
    enabled = "",
  } = featureLocals(catalog, module);
  return {
    toggles: commented("The caller's features override the module's defaults.", toggles),
    ...(on_by_default !== undefined && {
      on_by_default: commented("Features that the site or the image turns on unless they are set.", on_by_default),
    }),
    on: commented("A map of options turns a feature on, like true.", on),
    enabled,
    given_options: commented("An option that is null has its default.", given_options),
    options,
    features: commented(
      "What each feature adds to the task when it is on. Null values are dropped.",
      expression(featuresCode(catalog, module)),
    ),
    off_environment: commented(
      "Turns off what the Agent has on by default, unless the feature is left to the Agent.",
      expression(offEnvironment(catalog, namesOf(catalog, module))),
    ),
  };
}

/** Combines the contributions into the container definitions. */
export function taskLocals(catalog: Catalog, module: Module): Body {
  return {
    base: commented("What the host and the variables add to the task.", expression(baseCode(catalog, module))),
    contributions: expression(
      "concat(values(local.base), [for name in local.enabled : local.features[name] if can(local.features[name])])",
    ),

    environments: commented(
      "For each name, the values of all contributions. They must be equal. Maps are sorted by key.",
      expression(byName("environment")),
    ),
    default_environment: commented(
      "Environment variables that all other sources override.",
      expression(byName("default_environment")),
    ),
    docker_labels: expression(byName("docker_labels")),
    all_mounts: expression(`{ for mount in ${allOf("mounts")} : mount.path => mount... if mount != null }`),
    writable: commented(
      "Folders that must be writable and have no mount get an empty volume. Docker copies the image's files into it.",
      expression(
        `[for path in distinct([for path in ${allOf("writable")} : path if path != null]) : { path = path, volume = "writable\${replace(path, "/", "-")}", read_only = false } if !contains(keys(local.all_mounts), path)]`,
      ),
    ),
    mounts: expression("merge(local.all_mounts, { for mount in local.writable : mount.path => [mount] })"),
    volumes: expression(
      `{ for volume in concat(${allOf("mounts")}, ${allOf("volumes")}, local.writable) : volume.volume => volume... if volume != null }`,
    ),
    // Five digits sort ports by number.
    all_ports: expression(
      `{ for port in ${allOf("ports")} : format("%05d/%s", port.containerPort, port.protocol) => port... if port != null }`,
    ),
    ports: commented(
      "A host port that is set takes precedence over the container port.",
      expression(
        "{ for id, ports in local.all_ports : id => merge(ports[0], { hostPort = coalesce(concat([for port in ports : port.hostPort if try(port.hostPort, null) != null], [ports[0].containerPort])...) }) }",
      ),
    ),
    sidecars: expression(
      `{ for sidecar in concat(${allOf("sidecars")}, ${allOf("containers")}) : sidecar.name => sidecar... if sidecar != null }`,
    ),
    capabilities: expression(
      `sort(distinct([for capability in ${allOf("capabilities")} : capability if capability != null]))`,
    ),
    dropped_capabilities: expression(`sort(distinct(${allOf("dropped_capabilities")}))`),
    secrets: expression(
      `merge({ ${API_KEY} = local.api_key_value_from }, [for contribution in local.contributions : { for name, arn in try(contribution.secrets, {}) : name => arn if arn != null }]...)`,
    ),
    pid_mode: expression(
      "one(distinct([for contribution in local.contributions : contribution.pid_mode if try(contribution.pid_mode, null) != null]))",
    ),
    recommended_memory_mib: expression(
      "max(0, [for contribution in local.contributions : contribution.recommended_memory_mib if try(contribution.recommended_memory_mib, null) != null]...)",
    ),
    instance_actions: expression(`sort(distinct(${allOf("instance_actions")}))`),
    network_mode: commented(
      "Without network_mode: the first network mode that all enabled features support.",
      networkMode(catalog, module),
    ),
    conflicts: commented(
      "Contributions that contradict each other.",
      expression(
        `concat(${[
          '[for name, values in local.environments : "the variable ${name}" if length(distinct(values)) > 1]',
          '[for name, values in local.default_environment : "the variable ${name}" if length(distinct(values)) > 1]',
          '[for name, values in local.docker_labels : "the Docker label ${name}" if length(distinct(values)) > 1]',
          '[for path, mounts in local.mounts : "the mount at ${path}" if length(distinct([for mount in mounts : jsonencode(mount)])) > 1]',
          `[for name, mounts in local.volumes : "the volume \${name}" if length(distinct([for mount in mounts : jsonencode([${["host_path", ...VOLUME_KINDS.map(snakeCase)].map((kind) => `try(mount.${kind}, null)`).join(", ")}])])) > 1]`,
          '[for id, ports in local.all_ports : "port ${id}" if length(distinct([for port in ports : port.hostPort if try(port.hostPort, null) != null])) > 1]',
          '[for name, sidecars in local.sidecars : "the container ${name}" if length(distinct([for sidecar in sidecars : jsonencode(sidecar)])) > 1]',
        ].join(", ")})`,
      ),
    ),
    host_ports: expression(
      '[for port in concat(values(local.ports), flatten([for sidecars in values(local.sidecars) : try(sidecars[0].portMappings, [])])) : "${port.hostPort}/${try(port.protocol, "tcp")}" if try(port.hostPort, 0) != 0]',
    ),

    linux_parameters: linuxParameters(catalog, module),
    agent: agentOf(catalog, module),
    containers: commented(
      "ECS returns no empty fields. Without them, the next plan has no changes.",
      expression(
        '[for container in concat([merge(local.agent, { for key, value in var.container_definition : key => value if key != "linuxParameters" })], [for sidecars in values(local.sidecars) : sidecars[0]]) : { for key, value in container : key => value if value != null }]',
      ),
    ),
    ...containerLocals(catalog, module),
  };
}

/** Locals that several resources use. */
export function commonLocals(catalog: Catalog, module: Module): Body {
  return {
    ...imageLocals(catalog, module),
    ...limitLocals(catalog, module),
    api_key_parameter: expression("try(coalesce(var.api_key.ssm_parameter, var.api_key.ssm_parameter_arn), null)"),
    api_key_arn: commented(
      "ECS accepts the name of a parameter in the region and the account of the task.",
      expression(
        "var.api_key.create_secret == null ? coalesce(var.api_key.secrets_manager_arn, local.api_key_parameter) : one(aws_secretsmanager_secret.api_key[*].arn)",
      ),
    ),
    api_key_value_from: commented(
      "ECS's format for a part of a secret: ARN, JSON key, version stage and version ID.",
      expression(
        'var.api_key.json_key == null && var.api_key.version_stage == null ? local.api_key_arn : join(":", [for part in [local.api_key_arn, var.api_key.json_key, var.api_key.version_stage, ""] : part == null ? "" : part])',
      ),
    ),
    partitions: expression(
      `distinct([for arn in compact([${arnsCode(catalog, module).join(", ")}]) : split(":", arn)[1] if startswith(arn, "arn:")])`,
    ),
    security_groups: expression("concat(var.security_groups, aws_security_group.agent[*].id)"),
    resource_tags: expression("length(var.resource_tags) > 0 ? var.resource_tags : null"),
  };
}

/** Defaults that depend on other variables. */
export function limitLocals(catalog: Catalog, module: Module): Body {
  const names = namesOf(catalog, module);
  const settings: readonly (readonly [string, Setting])[] = Object.entries(catalog.settings);
  return Object.fromEntries(
    settings.flatMap(([key, { defaultOn, defaultUnless }]) => {
      if (defaultUnless === undefined) return [];
      const others = defaultUnless.map((path) => `${String(names.place(path).code)} == null`).join(" && ");
      const fallback = literal(defaultOn?.(hostOf(catalog, module)) ?? null);
      const own = `var.${snakeCase(key)}`;
      return [[snakeCase(key), expression(`${own} == null && ${others} ? ${fallback} : ${own}`)]];
    }),
  );
}

/** All ARNs in the module's variables. */
function arnsCode(catalog: Catalog, module: Module): readonly string[] {
  const names = namesOf(catalog, module);
  return catalog.arns.flatMap(({ path }) => names.place(path).code ?? []);
}

function agentOf(catalog: Catalog, module: Module): Value {
  const names = namesOf(catalog, module);
  const settings: readonly Setting[] = Object.values(catalog.settings);
  const fields = settings
    .filter((setting) => !usesApiNames(setting))
    .flatMap(({ container: { linuxParameters: _parameters, dockerLabels: _labels, ...container } = {} }) =>
      printEntries(container, names),
    );
  return {
    name: AGENT_CONTAINER,
    image: expression("local.image"),
    essential: true,
    ...Object.fromEntries(fields.map(([key, { code }]) => [key, expression(code)])),
    dockerLabels: expression(`length(local.docker_labels) > 0 ? ${agreed("docker_labels")} : null`),
    environment: expression(
      `[for name, value in merge(local.off_environment, ${agreed("default_environment")}, ${agreed("environments")}, var.environment, var.environment_overrides) : { name = name, value = value }]`,
    ),
    secrets: expression("[for name, arn in local.secrets : { name = name, valueFrom = arn }]"),
    mountPoints: expression(
      "[for path, mounts in local.mounts : { containerPath = path, readOnly = mounts[0].read_only, sourceVolume = mounts[0].volume }]",
    ),
    portMappings: expression("length(local.ports) > 0 ? values(local.ports) : null"),
    linuxParameters: expression("length(local.linux_parameters) > 0 ? local.linux_parameters : null"),
  };
}

/** The Linux parameters of settings, of features and of `container_definition`. */
function linuxParameters(catalog: Catalog, module: Module): Value {
  const names = namesOf(catalog, module);
  const settings: readonly Setting[] = Object.values(catalog.settings);
  const fields = settings
    .filter((setting) => !usesApiNames(setting))
    .flatMap(({ container = {} }) => printEntries(container.linuxParameters ?? {}, names));
  const capabilities =
    "length(local.capabilities) + length(local.dropped_capabilities) > 0 ? { add = local.capabilities, drop = local.dropped_capabilities } : null";
  const own = mapCode([...fields.map(([key, { code }]) => [key, code] as const), ["capabilities", capabilities]]);
  return expression(
    `{ for key, value in merge(${own}, try(var.container_definition.linuxParameters, {})) : key => value if value != null }`,
  );
}

/** `network_mode`, else the first network mode of the host that all enabled features support. */
function networkMode(catalog: Catalog, module: Module): string {
  const host = hostOf(catalog, module);
  const needs = availableFeatures(catalog, module).flatMap(({ name, feature: { networkModes } }) =>
    networkModes === undefined
      ? []
      : `!local.on.${snakeCase(name)} || try(contains(${literal(networkModes.only)}, mode), false)`,
  );
  const candidates = [...new Set([host.networkMode ?? null, ...host.networkModes])];
  if (needs.length === 0) {
    const [first] = candidates;
    return expression(typeof first === "string" ? `coalesce(var.network_mode, ${quote(first)})` : "var.network_mode");
  }
  const fitting = `[for mode in ${literal(candidates)} : mode if ${needs.length === 1 ? needs.join() : `alltrue([${needs.join(", ")}])`}]`;
  return expression(`var.network_mode != null ? var.network_mode : try(${fitting}[0], null)`);
}

/** The image tag with the flavors of the image and of features. */
function imageLocals(catalog: Catalog, module: Module): Body {
  const flavors = FLAVOR_PARTS.map((part) => {
    const features = toggledFeatures(catalog, module).filter(({ feature }) => feature.imageFlavor === part);
    const wanted = features.map(({ name }) => ` || local.on.${snakeCase(name)}`);
    return `contains(local.image_flavors, ${quote(part)})${wanted.join("")} ? ${quote(part)} : ""`;
  });
  return {
    image_flavors: expression('var.image.flavor == null ? [] : split("-", var.image.flavor)'),
    tag_flavors: commented(
      "The flavors of the image and of features, in the order that image tags use.",
      expression(`compact([${flavors.join(", ")}])`),
    ),
    image_tag: commented(
      "There is no tag latest-fips; 7-fips is the latest.",
      expression(
        'join("-", concat([var.image.tag == "latest" && contains(local.tag_flavors, "fips") ? "7" : var.image.tag], local.tag_flavors))',
      ),
    ),
    image: expression(
      'var.image.digest == null ? "${var.image.repository}:${local.image_tag}" : "${var.image.repository}@${var.image.digest}"',
    ),
    agent_version: commented(
      `Version 7.58 is ${versionNumber(7, 58)}. Tags without a version and digests count as the latest version.`,
      expression(
        `try(var.image.digest == null ? tonumber(regex("^([0-9]+)[.]([0-9]+)", var.image.tag)[0]) * 1000 + tonumber(regex("^([0-9]+)[.]([0-9]+)", var.image.tag)[1]) : ${LATEST}, ${LATEST})`,
      ),
    ),
  };
}

const LATEST = versionNumber(1000, 0);
