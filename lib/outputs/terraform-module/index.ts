import type { Catalog } from "../../core/catalog";
import type { Module } from "../../configuration/modules";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";
import { CHANGELOG } from "./changelog";
import { checksOf } from "./checks";
import { compatibilityInputs, compatibilityOutputs } from "./compatibility";
import { block, blocks, type Body, commented, named, toHcl, typed, type Value } from "./document";
import { examples } from "./examples";
import { expression } from "./hcl";
import { inputsOf } from "./inputs";
import { commonLocals, featuresLocals, taskLocals } from "./locals";
import { type Output, outputsOf } from "./outputs";
import { readme } from "./readme";
import { agentResources, secretResources, securityGroupData, securityGroupResources } from "./resources";
import { LICENSE } from "./license";
import { moved, roleData, roleLocals, roleResources } from "./roles";
import { tests } from "./tests";
import type { Condition, Input } from "./validation";

/**
 * A Terraform module for teams without Node.js: features, their options and all other settings are variables. Pure.
 * @param module an entry of `modules`, as {@link loadConfiguration} returns it
 * @returns the files' contents by their paths in the module's folder
 */
export function terraformModule(catalog: Catalog, module: Module): ReadonlyMap<string, string> {
  const files = moduleFiles(catalog, module);
  return new Map([
    ...Object.entries(files).map(([path, { body, comment }]) => [path, toHcl(body, comment)] as const),
    ["README.md", readme(catalog, module, Object.values(files))],
    ["CHANGELOG.md", CHANGELOG],
    ["LICENSE", LICENSE],
    ...examples(catalog, module),
    ...tests(catalog, module),
  ]);
}

export interface File {
  readonly body: Body;
  /** The comment at the top of the file. */
  readonly comment?: string;
}

/** The `.tf` files in the module's root folder, as data. */
export function moduleFiles(catalog: Catalog, module: Module): Readonly<Record<string, File>> {
  const { features, ...inputs } = inputsOf(catalog, module);
  if (features === undefined) throw new Error("There is no setting features.");
  return {
    "versions.tf": {
      body: {
        terraform: block({
          required_version: TERRAFORM_VERSION,
          required_providers: block({ aws: AWS_PROVIDER }),
        }),
      },
    },
    "variables.tf": { body: { variable: named(mapValues(inputs, variableBody)) } },
    "variables-features.tf": {
      comment:
        "The type is any, because an object type would drop unknown features and options without an error. So validations check the types, too.",
      body: { variable: named({ features: variableBody(features) }) },
    },
    "main.tf": {
      body: {
        resource: typed({ ...agentResources(catalog, module), ...secretResources }),
        check: named(mapValues(checksOf(catalog, module), (check) => ({ assert: block(conditionBody(check)) }))),
      },
    },
    "features.tf": {
      comment: "The features that are on, and what they add to the task.",
      body: { locals: block(featuresLocals(catalog, module)) },
    },
    "locals.tf": {
      comment: "Combines the contributions of features and variables into the container definitions.",
      body: { locals: blocks([taskLocals(catalog, module), commonLocals(catalog, module)]) },
    },
    "roles.tf": {
      comment: "The task role and the execution role.",
      body: {
        data: typed(roleData),
        locals: block(roleLocals),
        resource: typed(roleResources),
        moved: commented(
          "Keeps the roles when you migrate from DataDog/ecs-datadog/aws//modules/ecs_ec2.",
          blocks(moved.map(({ from, to }) => ({ from: expression(from), to: expression(to) }))),
        ),
      },
    },
    "security-group.tf": {
      comment: "A security group for the task in network mode awsvpc, with ingress from application_security_groups.",
      body: { data: typed(securityGroupData), resource: typed(securityGroupResources) },
    },
    "outputs.tf": { body: { output: outputBlocks(outputsOf(catalog, module)) } },
    ...(module.vendorOutputs === true && {
      "compatibility.tf": {
        comment: "The outputs of DataDog/ecs-datadog/aws//modules/ecs_ec2, under the same names.",
        body: {
          variable: named(mapValues(compatibilityInputs(), variableBody)),
          output: outputBlocks(compatibilityOutputs(catalog, module)),
        },
      },
    }),
  };
}

function outputBlocks(outputs: Readonly<Record<string, Output>>): Value {
  return named(mapValues(outputs, (output) => ({ ...output })));
}

function variableBody({ type, description, default: value, nullable, conditions }: Input): Body {
  return {
    type: expression(type),
    description,
    ...(value !== undefined && { default: value }),
    nullable,
    ...(conditions.length > 0 && {
      validation: blocks(conditions.map(conditionBody)),
    }),
  };
}

function conditionBody({ condition, message }: Condition): Body {
  return { condition: expression(condition), error_message: message };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}
