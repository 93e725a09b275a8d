import { API_KEY } from "../../agent";
import type { Module } from "../../configuration/schema";
import { TASK_DEFINITION_BYTES } from "../../core/ecs";
import { FLAVORED_TAG } from "../../core/image";
import { list } from "../../core/problem";
import { lackingFlavor, needsAgent, plainTag } from "../../core/toggles";
import { cannotBeBeside } from "../../configuration/rules";
import { availableFeatures, unavailable } from "../../configuration/modules";
import type { Registry } from "../../core/toggles";
import * as registry from "../../features";
import { expression, literal, quote, snakeCase } from "./hcl";
import type { Condition } from "./validation";

/** What must hold inside of one variable, beside the form of its values: the rules of a configuration, in Terraform. */
export const variableRules: Readonly<Record<string, readonly Condition[]>> = {
  api_key: [
    {
      condition:
        "length([for source in [var.api_key.secrets_manager_arn, var.api_key.ssm_parameter_arn, var.api_key.create_secret] : source if source != null]) == 1",
      message: "api_key must have exactly one of secrets_manager_arn, ssm_parameter_arn and create_secret.",
    },
    ...["json_key", "version_stage"].map((detail) => ({
      condition: `var.api_key.${detail} == null || var.api_key.ssm_parameter_arn == null`,
      message: `api_key.${detail} must come with secrets_manager_arn or create_secret, got neither.`,
    })),
    {
      condition: "var.api_key.kms_key_arn == null || var.api_key.create_secret == null",
      message: "api_key.kms_key_arn must come with secrets_manager_arn or ssm_parameter_arn, got neither.",
    },
    {
      condition:
        '(var.api_key.json_key == null && var.api_key.version_stage == null) || try(length(split(":", var.api_key.secrets_manager_arn)) == 7, true)',
      message:
        "api_key.secrets_manager_arn must end with the secret's name when json_key or version_stage are given, got more. Leave out what follows the name.",
    },
    {
      condition:
        'var.api_key.kms_key_arn == null || try(split(":", var.api_key.kms_key_arn)[3] == split(":", coalesce(var.api_key.secrets_manager_arn, var.api_key.ssm_parameter_arn))[3], true)',
      message: "api_key.kms_key_arn must be of the region of the secret or the parameter, got another one.",
    },
  ],
  environment: [
    {
      condition: `!contains(keys(var.environment), ${quote(API_KEY)})`,
      message: `environment.${API_KEY} must not be here: api_key gives it to the Agent as a secret, and ECS refuses a variable and a secret of one name.`,
    },
    {
      condition: '!contains(keys(var.environment), "DD_HOSTNAME")',
      message:
        "environment.DD_HOSTNAME must not be set: the daemon runs on every instance, and all of them would report as one host. The Agent asks each instance for its own name.",
    },
  ],
  image: [
    {
      condition: "var.image.flavor == null || var.image.digest == null",
      message:
        "image.flavor must be left out when image.digest is given: the digest takes the place of the tag and its flavor.",
    },
    {
      condition: `var.image.flavor == null || !can(regex(${quote(FLAVORED_TAG.source)}, var.image.tag))`,
      message: `image.tag ${plainTag("image.flavor")}, got ${expression("jsonencode(var.image.tag)")}.`,
    },
  ],
  placement_constraints: [
    {
      condition:
        'alltrue([for item in var.placement_constraints : (item.type == "memberOf") == (item.expression != null)])',
      message:
        "Every item of placement_constraints must have an `expression` when its type is memberOf, and none when it is distinctInstance.",
    },
  ],
};

/** What must hold between variables. Terraform before 1.9 checks that at a resource alone. */
export function preconditions(module: Module): readonly Condition[] {
  const ids = ["subnets", "security_groups", "application_security_groups"];
  return [
    {
      condition: "var.cluster != null || !var.create_service",
      message: "cluster must be given, got none. Only `create_service = false` does without it.",
    },
    ...featureConditions(module),
    ...versionAndPairConditions(module),
    ...flavorConditions(module),
    {
      condition: 'var.network_mode != "awsvpc" || var.launch_type != "EXTERNAL"',
      message:
        "network_mode must not be awsvpc with launch_type EXTERNAL: instances outside AWS have no elastic network interfaces.",
    },
    {
      condition: 'var.network_mode != "awsvpc" || length(var.subnets) > 0',
      message:
        "network_mode must come with `subnets` when it is awsvpc, got none. Add the IDs of the subnets, or use another mode.",
    },
    ...ids.map((name) => ({
      condition: `length(var.${name}) == 0 || var.network_mode == "awsvpc"`,
      message: `${name} must be left out unless network_mode is awsvpc: in other modes the task has the instance's network.`,
    })),
    {
      condition:
        "var.task_role == null || var.execution_role == null || alltrue([for value in values(var.created_roles) : value == null])",
      message: "created_roles must be left out when task_role and execution_role are given: no role is created.",
    },
    ...["task", "execution"].map((id) => ({
      condition: `var.${id}_role == null || var.created_roles.${id}_role_name == null`,
      message: `created_roles.${id}_role_name must be left out when ${id}_role is given: that role is not created.`,
    })),
    {
      condition: "length(local.partitions) <= 1",
      message: `All ARNs must be of one partition, got ${expression('join(" and ", local.partitions)')}.`,
    },
    {
      // Four characters of Base64 are three bytes.
      condition: `length(base64encode(jsonencode(local.containers))) * 3 / 4 <= ${TASK_DEFINITION_BYTES}`,
      message: `The task definition must have at most ${TASK_DEFINITION_BYTES} bytes (ECS's limit), got more. Shorten environment or tags.`,
    },
  ];
}

/** Features against the version of the Agent, against each other, and against the image. */
function versionAndPairConditions(module: Module): Condition[] {
  const available = availableFeatures(module);
  const on = (name: string) => `local.toggles.${snakeCase(name)}`;
  return available.flatMap(({ name, feature, options }): Condition[] => {
    const { since, optionSince = {}, optionNeeds = {}, excludes = {}, replaces = {}, imageFlavor } = feature;
    const path = `features.${snakeCase(name)}`;
    const versions = [
      { at: path, version: since, remedy: "Take a newer tag, or turn it off." },
      ...Object.entries(optionSince).map(([option, version]) => ({
        at: `${path}'s option ${option}`,
        version: options[option] ? version : undefined,
        remedy: "Take a newer tag.",
      })),
    ];
    return [
      ...versions.flatMap(({ at, version, remedy }) => {
        if (version === undefined) return [];
        const [major = "", minor = ""] = version.split(".");
        return {
          condition: `!${on(name)} || try(local.agent_version[0] > ${major} || (local.agent_version[0] == ${major} && local.agent_version[1] >= ${minor}), true)`,
          message: `${at} ${needsAgent(version)}, got image.tag ${expression("var.image.tag")}. ${remedy}`,
        };
      }),
      ...Object.entries({ ...excludes, ...replaces }).flatMap(([other, because]) =>
        available.some((each) => each.name === other)
          ? {
              condition: `!${on(name)} || !${on(other)}`,
              message: `${path} ${cannotBeBeside(`features.${snakeCase(other)}`, because)} Set one of them to false.`,
            }
          : [],
      ),
      ...Object.entries(optionNeeds).flatMap(([option, other = ""]) =>
        options[option]
          ? {
              condition: `!${on(name)} || ${on(other)}`,
              message: `${path} needs features.${snakeCase(other)}, which is off, for its option ${option}. Turn it on.`,
            }
          : [],
      ),
      ...(imageFlavor === undefined
        ? []
        : [
            {
              condition: `!${on(name)} || !contains(local.image_flavors, "full")`,
              message: `${path} ${lackingFlavor(imageFlavor)} Leave image.flavor out, or turn it off.`,
            },
            {
              condition: `!${on(name)} || var.image.flavor != null || !can(regex(${quote(FLAVORED_TAG.source)}, var.image.tag))`,
              message: `image.tag ${plainTag(path)}, got ${expression("jsonencode(var.image.tag)")}.`,
            },
          ]),
    ];
  });
}

/** A flavor of the image is for hosts that can have its feature. */
function flavorConditions(module: Module): Condition[] {
  return Object.entries(registry as Registry).flatMap(([name, { imageFlavor }]) => {
    const why = unavailable(module, name);
    if (imageFlavor === undefined || why === undefined) return [];
    return {
      condition: `!contains(local.image_flavors, ${quote(imageFlavor)})`,
      message: `image.flavor must suit features.${snakeCase(name)}, which ${why}`,
    };
  });
}

/** What single features need of a launch type, a site or a network mode. */
function featureConditions(module: Module): Condition[] {
  return availableFeatures(module).flatMap(({ name, feature: { launchTypes, sites, networkModes } }) => {
    const toggle = snakeCase(name);
    return Object.entries({ launch_type: launchTypes, site: sites, network_mode: networkModes }).flatMap(
      ([key, limit]) =>
        limit === undefined
          ? []
          : {
              condition: `!local.toggles.${toggle} || ${key === "network_mode" ? "var.network_mode == null || " : ""}try(contains(${literal(limit.only)}, var.${key}), false)`,
              message: `features.${toggle} needs ${key} ${list(limit.only, "or")}, got ${expression(`jsonencode(var.${key})`)}: ${limit.because}. Set features.${toggle} to false or change ${key}.`,
            },
    );
  });
}
