import { accountId } from "./account-id";
import { adopt } from "./adopt";
import { apiKey } from "./api-key";
import { applicationSecurityGroups } from "./application-security-groups";
import { attachPolicies } from "./attach-policies";
import { backend } from "./backend";
import { capabilities } from "./capabilities";
import { checks } from "./checks";
import { cluster } from "./cluster";
import { command } from "./command";
import { containerDefinition } from "./container-definition";
import { cpu } from "./cpu";
import { createLogGroup } from "./create-log-group";
import { createdRoles } from "./created-roles";
import { dependsOn } from "./depends-on";
import { dockerLabels } from "./docker-labels";
import { dockerSecurityOptions } from "./docker-security-options";
import { dropCapabilities } from "./drop-capabilities";
import { enableEcsManagedTags } from "./enable-ecs-managed-tags";
import { enableExecuteCommand } from "./enable-execute-command";
import { entryPoint } from "./entry-point";
import { environment } from "./environment";
import { environmentOverrides } from "./environment-overrides";
import { environmentFiles } from "./environment-files";
import { executionRoleArn } from "./execution-role-arn";
import { executionRoleStatements } from "./execution-role-statements";
import { extraHosts } from "./extra-hosts";
import { family } from "./family";
import { features } from "./features";
import { healthCheck } from "./health-check";
import { host } from "./host";
import { hosts } from "./hosts";
import { image } from "./image";
import { initProcessEnabled } from "./init-process-enabled";
import { ipcMode } from "./ipc-mode";
import { kmsKeyArns } from "./kms-key-arns";
import { launchType } from "./launch-type";
import { logConfiguration } from "./log-configuration";
import { memoryMiB } from "./memory-mib";
import { memoryReservationMiB } from "./memory-reservation-mib";
import { minimumHealthyPercent } from "./minimum-healthy-percent";
import { mounts } from "./mounts";
import { name } from "./name";
import { networkMode } from "./network-mode";
import { pidMode } from "./pid-mode";
import { placementConstraints } from "./placement-constraints";
import { ports } from "./ports";
import { privileged } from "./privileged";
import { propagateTags } from "./propagate-tags";
import { provider } from "./provider";
import { readonlyRootFilesystem } from "./readonly-root-filesystem";
import { region } from "./region";
import { repositoryCredentials } from "./repository-credentials";
import { resourceTags } from "./resource-tags";
import { restartPolicy } from "./restart-policy";
import { runtimePlatform } from "./runtime-platform";
import { secrets } from "./secrets";
import { securityGroups } from "./security-groups";
import { serviceName } from "./service-name";
import { serviceRegistries } from "./service-registries";
import { shareRoles } from "./share-roles";
import { sidecars } from "./sidecars";
import { site } from "./site";
import { skipDestroy } from "./skip-destroy";
import { stack } from "./stack";
import { stopTimeoutSeconds } from "./stop-timeout-seconds";
import { subnets } from "./subnets";
import { systemControls } from "./system-controls";
import { tags } from "./tags";
import { taskDefinition } from "./task-definition";
import { taskPlacementConstraints } from "./task-placement-constraints";
import { taskRoleArn } from "./task-role-arn";
import { taskRoleStatements } from "./task-role-statements";
import { ulimits } from "./ulimits";
import { user } from "./user";
import { volumes } from "./volumes";
import { waitForSteadyState } from "./wait-for-steady-state";

/** All settings, in the order of the documentation. The name is the setting's key in a configuration. */
export const settings = {
  name,
  cluster,
  region,
  apiKey,
  accountId,
  provider,
  backend,
  stack,
  shareRoles,
  dependsOn,
  adopt,
  hosts,
  host,
  launchType,
  networkMode,
  subnets,
  securityGroups,
  applicationSecurityGroups,
  site,
  tags,
  environment,
  environmentOverrides,
  secrets,
  environmentFiles,
  features,
  checks,
  ports,
  capabilities,
  dropCapabilities,
  privileged,
  healthCheck,
  image,
  repositoryCredentials,
  cpu,
  memoryMiB,
  memoryReservationMiB,
  mounts,
  volumes,
  readonlyRootFilesystem,
  command,
  entryPoint,
  dockerLabels,
  dockerSecurityOptions,
  user,
  ulimits,
  systemControls,
  extraHosts,
  initProcessEnabled,
  stopTimeoutSeconds,
  restartPolicy,
  logConfiguration,
  createLogGroup,
  containerDefinition,
  sidecars,
  pidMode,
  ipcMode,
  runtimePlatform,
  taskPlacementConstraints,
  taskDefinition,
  family,
  skipDestroy,
  serviceName,
  minimumHealthyPercent,
  placementConstraints,
  serviceRegistries,
  enableExecuteCommand,
  waitForSteadyState,
  resourceTags,
  enableEcsManagedTags,
  propagateTags,
  taskRoleArn,
  executionRoleArn,
  attachPolicies,
  createdRoles,
  taskRoleStatements,
  executionRoleStatements,
  kmsKeyArns,
} as const;
