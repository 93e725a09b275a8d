import { z } from "zod";
import { defineFeature } from "../core/feature";
import { securityMounts } from "./security";
import { hostRoot, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/**
 * Threats at run time (CWS): files, processes and connections, seen in the kernel. The vendor's sample for ECS lacks
 * `HOST_ROOT`, the groups and the host's processes, which its sample for Docker has.
 */
export const workloadProtection = defineFeature({
  summary: "Detects threats to workloads (CWS)",
  documentation: "https://docs.datadoghq.com/security/workload_protection/setup/",
  access: systemProbeAccess(
    "The system probe sees what processes do to files, and names their users and groups as the host does",
  ),
  ...systemProbeHosts,
  since: "7.46",
  options: z.strictObject({
    remoteConfiguration: z.boolean().default(true).describe("Take rules from Datadog as they are released"),
  }),
  on: ({ remoteConfiguration }) => ({
    ...systemProbe,
    environment: {
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: "true",
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: String(remoteConfiguration),
      ...hostRoot.environment,
    },
    mounts: [...systemProbe.mounts, ...securityMounts],
    pidMode: "host",
  }),
});
