import { dependable } from "cdktf";
import { Construct } from "constructs";
import { agentRoles } from "./agent-roles";
import { wireApiKey } from "./agent-secret";
import type { ClusterOnHost } from "./configuration/hosts";
import type { Daemon } from "./configuration/schema";

/** What the addresses of the shared roles begin with. */
export const SHARED_ROLES = "datadog_agents";

/** Roles that several daemons use, and what must be there before their tasks can. */
export interface SharedRoles {
  /** The props that give them to a daemon. */
  readonly props: Pick<Daemon, "taskRoleArn" | "executionRoleArn" | "attachPolicies" | "createdRoles">;
  readonly dependsOn: string[];
}

/**
 * One pair of roles for all clusters of a stack that share them. IAM has a thousand roles an account, and a plan spends
 * a third of its time on those of a large stack.
 * @param cluster one of the clusters; they agree on all that roles are made of
 */
export function createSharedRoles(stack: Construct, cluster: ClusterOnHost, apiKey: Daemon["apiKey"]): SharedRoles {
  const scope = new Construct(stack, SHARED_ROLES);
  const tags = Object.keys(cluster.resourceTags).length > 0 ? cluster.resourceTags : undefined;
  const { permission } = wireApiKey(scope, apiKey, tags);
  const { policies, ...roles } = agentRoles(scope, { ...cluster, tags, apiKey: permission });
  return {
    props: { ...roles, attachPolicies: false, createdRoles: {} },
    dependsOn: policies.map(dependable),
  };
}
