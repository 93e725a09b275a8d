import type { TerraformResource } from "cdktf";
import type { ClusterOnHost } from "../configuration/types";
import { adoptedService } from "../settings/adopt";
import type { DatadogAgentDaemon } from "./datadog-agent-daemon";

/** Terraform's `import` blocks for a cluster with `adopt`. They do nothing once the resources are in the state. */
export function importBlocks({ adopt }: ClusterOnHost, { service, taskDefinition }: DatadogAgentDaemon) {
  if (adopt === undefined) return [];
  const block = ({ terraformResourceType, friendlyUniqueId }: TerraformResource, id: string) => ({
    to: `${terraformResourceType}.${friendlyUniqueId}`,
    id,
  });
  const { serviceArn, taskDefinitionArn } = adopt;
  return [
    block(service, adoptedService(serviceArn).importId),
    ...(taskDefinitionArn === undefined ? [] : [block(taskDefinition, taskDefinitionArn)]),
  ];
}

/** Warnings about `adopt`. */
export function adoptNotices({ adopt }: ClusterOnHost): readonly string[] {
  if (adopt === undefined) return [];
  const { cluster, service } = adoptedService(adopt.serviceArn);
  return [
    `adopt imports the service ${service} of the cluster ${cluster} into Terraform's state. While adopt is set, Terraform ` +
      "refuses to replace or destroy the service. Remove adopt after the deployment.",
    ...(adopt.taskDefinitionArn === undefined
      ? []
      : [
          "adopt.taskDefinitionArn imports the previous revision into Terraform's plan and state, including an API key " +
            "in its environment, and the deployment deregisters the revision. Remove taskDefinitionArn to keep it.",
        ]),
  ];
}
