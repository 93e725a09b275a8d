import { ec2, ec2Data } from "./ec2";
import { ecs } from "./ecs";
import { iam } from "./iam";
import { logs } from "./logs";
import { secretsmanager } from "./secretsmanager";
import type { PermissionTable } from "./types";

/** Every type of resource that a stack can have. */
export const RESOURCES: PermissionTable = { ...ec2, ...ecs, ...iam, ...logs, ...secretsmanager };

/** Every data source that a stack can have. */
export const DATA_SOURCES: PermissionTable = {
  ...ec2Data,
  aws_caller_identity: [{ actions: ["sts:GetCallerIdentity"], on: "*" }],
  // The provider knows both without asking AWS.
  aws_partition: [],
  aws_region: [],
};

/** What the provider asks before anything else. */
export const PROVIDER = { actions: ["sts:GetCallerIdentity"], resources: ["*"] };
