import type { Module } from "../../configuration/schema";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";
import { availableFeatures } from "../../configuration/modules";
import { snakeCase } from "./hcl";

/** A root module that calls the module, in HCL as `terraform fmt` writes it. */
export function basicExample(module: Module): ReadonlyMap<string, string> {
  const available = availableFeatures(module).map(({ name }) => snakeCase(name));
  const toggles = ["apm", "dogstatsd", "logs", "process_collection"].filter((name) => available.includes(name));
  const width = Math.max(...toggles.map((name) => name.length));
  return new Map([
    [
      "examples/basic/main.tf",
      `# One Agent on every instance of an ECS cluster. Region and credentials come from the environment.
provider "aws" {}

module "datadog_agent" {
  source = "../.."

  cluster = var.cluster

  api_key = {
    secrets_manager_arn = var.api_key_secret_arn
  }

  features = {
${toggles.map((name) => `    ${name.padEnd(width)} = true`).join("\n")}
  }
}
`,
    ],
    [
      "examples/basic/variables.tf",
      `variable "cluster" {
  type        = string
  description = "Name or ARN of the ECS cluster"
}

variable "api_key_secret_arn" {
  type        = string
  description = "Full ARN of the Secrets Manager secret that holds the Datadog API key"
}
`,
    ],
    [
      "examples/basic/outputs.tf",
      `output "enabled_features" {
  value       = module.datadog_agent.enabled_features
  description = "Names of the features that are on"
}

output "service_arn" {
  value       = module.datadog_agent.service_id
  description = "ARN of the service"
}
`,
    ],
    [
      "examples/basic/versions.tf",
      `terraform {
  required_version = "${TERRAFORM_VERSION}"

  required_providers {
    aws = {
      source  = "${AWS_PROVIDER.source}"
      version = "${AWS_PROVIDER.version}"
    }
  }
}
`,
    ],
  ]);
}
