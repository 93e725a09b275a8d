import { z } from "zod";
import { defineFeature } from "../core/feature";
import { fileMount, hostFile } from "./host-file";
import { securityMounts } from "./security";
import { COMMERCIAL_SITES } from "../core/sites";
import { noRemoteConfigurationForGovernment } from "./sites";
import { hostRoot, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";
import { from, text } from "../core/term";

/**
 * Runtime threats (CWS): file, process and network activity, traced in the kernel. Datadog's sample for ECS lacks
 * `HOST_ROOT`, the groups and the host's processes, which its sample for Docker has.
 */
export const workloadProtection = defineFeature({
  summary: "Detects runtime threats to workloads (CWS)",
  documentation: "https://docs.datadoghq.com/security/workload_protection/setup/",
  access: systemProbeAccess(
    "The system probe traces what processes do with files, and resolves users and groups with the host's files",
  ),
  ...systemProbeHosts,
  since: "7.46",
  options: z.strictObject({
    remoteConfiguration: z
      .boolean()
      .default(true)
      .describe("Receive new rules from Datadog through Remote Configuration"),
    policies: hostFile("Host file with custom rules"),
    enforcement: z.boolean().optional().describe("Allow rules to kill processes; by default the Agent decides"),
  }),
  optionSites: {
    remoteConfiguration: noRemoteConfigurationForGovernment,
    enforcement: { only: COMMERCIAL_SITES, because: "it isn't available on Datadog's government sites" },
  },
  agentDefaults: { DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: "true" },
  on: () => ({
    ...systemProbe,
    environment: {
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: "true",
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: text(from("remoteConfiguration")),
      DD_RUNTIME_SECURITY_CONFIG_ENFORCEMENT_ENABLED: text(from("enforcement")),
      ...hostRoot.environment,
    },
    mounts: [
      ...systemProbe.mounts,
      ...securityMounts,
      fileMount("policies", "security_policies", "/etc/datadog-agent/runtime-security.d/custom.policy"),
    ],
    pidMode: "host",
  }),
});
