import type { Module } from "../../configuration/schema";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";
import { inputsOf } from "./inputs";
import { localsOf } from "./locals";
import { outputsOf } from "./outputs";
import { readme } from "./readme";
import { basicExample } from "./example";
import { resourcesOf } from "./resources";
import { moved, roleData, roleLocals } from "./roles";
import { expression } from "./hcl";

/**
 * A Terraform module for teams without Node: features are variables in it, and so are cluster, API key and all the rest.
 * Pure.
 * @param module an entry of `modules`, as {@link loadConfiguration} gives it
 * @returns the texts of its files by their paths in its folder
 */
export function terraformModule(module: Module): ReadonlyMap<string, string> {
  const inputs = inputsOf(module);
  const outputs = outputsOf(module);
  const main = {
    locals: { ...localsOf(module), ...roleLocals },
    data: {
      ...roleData,
      aws_subnet: {
        agent: {
          count: expression("min(length(var.application_security_groups), length(var.subnets), 1)"),
          id: expression("var.subnets[0]"),
        },
      },
    },
    resource: resourcesOf(module),
    check: {
      memory: {
        assert: {
          condition: expression("var.memory_mib >= local.advised_memory_mib"),
          error_message:
            "memory_mib is ${var.memory_mib}; Datadog advises ${local.advised_memory_mib} for what is on. An Agent that runs out of memory is stopped and started anew.",
        },
      },
    },
    moved,
  };
  const variable = Object.fromEntries(
    Object.entries(inputs).map(([name, { conditions, default: value, nullable, ...input }]) => [
      name,
      {
        ...input,
        ...(value !== undefined && { default: value }),
        nullable,
        ...(conditions.length > 0 && {
          validation: conditions.map(({ condition, message }) => ({
            condition: expression(condition),
            error_message: message,
          })),
        }),
      },
    ]),
  );
  return new Map([
    ["main.tf.json", json(main)],
    ["variables.tf.json", json({ variable })],
    ["outputs.tf.json", json({ output: outputs })],
    [
      "versions.tf.json",
      json({ terraform: { required_version: TERRAFORM_VERSION, required_providers: { aws: AWS_PROVIDER } } }),
    ],
    ["README.md", readme(module, inputs, outputs)],
    ...basicExample(module),
  ]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
