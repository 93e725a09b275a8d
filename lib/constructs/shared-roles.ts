import { dependable } from "cdktf";
import { Construct } from "constructs";
import { agentRoles } from "./agent-roles";
import { wireApiKey } from "./agent-secret";
import type { Checked, ClusterOnHost, Daemon } from "../configuration/types";

/** Prefix of the addresses of shared roles. */
export const SHARED_ROLES = "datadog_agents";

/** Roles that several daemons use, and the policies that must exist before their tasks start. */
export interface SharedRoles {
  /** Props of a daemon that uses the roles. */
  readonly props: Pick<Daemon, "taskRoleArn" | "executionRoleArn" | "attachPolicies" | "createdRoles">;
  readonly dependsOn: string[];
}

/**
 * Creates one pair of roles for all clusters of a stack with `shareRoles`. IAM's default quota is 1,000 roles for each
 * account, and separate roles take a third of the planning time of a large stack.
 * @param cluster one of the clusters, which all have the same role settings
 */
export function createSharedRoles(
  stack: Construct,
  { values: cluster, task: { task } }: Checked<ClusterOnHost>,
  apiKey: Daemon["apiKey"],
): SharedRoles {
  const scope = new Construct(stack, SHARED_ROLES);
  const tags = Object.keys(cluster.resourceTags).length > 0 ? cluster.resourceTags : undefined;
  const { permission } = wireApiKey(scope, apiKey, tags);
  const { policies, ...roles } = agentRoles(scope, { ...cluster, tags, apiKey: permission, task });
  return {
    props: { ...roles, attachPolicies: false, createdRoles: {} },
    dependsOn: policies.map(dependable),
  };
}
