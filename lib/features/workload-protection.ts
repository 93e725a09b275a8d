import * as z from "zod";
import { defineFeature } from "../core/feature";
import { directory, fileMount, hostFile } from "./host-file";
import { securityMounts } from "./security";
import { COMMERCIAL_SITES } from "../core/sites";
import { noRemoteConfigurationForGovernment } from "./sites";
import { hostRoot, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";
import { and, equals, from, given, isOff, not, or, text, when } from "../core/term";

/** The image's directory, with Datadog's default rules. A mount would hide them. */
const IMAGE_POLICIES = "/etc/datadog-agent/runtime-security.d";

/**
 * Next to the image's directory, so that a link in the host's directory can lead to the default rules. The Agent reads
 * one directory, without those in it, and prefers default rules from Remote Configuration.
 * @see https://github.com/DataDog/datadog-agent/blob/main/pkg/security/secl/rules/policy_dir.go
 */
const POLICIES = "/etc/datadog-agent-runtime-policies";

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
    policiesDirectory: directory(
      "Host directory with files of rules (*.policy), which replaces the image's; default rules then come by Remote Configuration",
      "/etc/datadog/policies",
    ),
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
      DD_RUNTIME_SECURITY_CONFIG_POLICIES_DIR: when(given("policiesDirectory"), POLICIES),
      ...hostRoot.environment,
    },
    mounts: [
      ...systemProbe.mounts,
      ...securityMounts,
      fileMount("policies", "security_policies", `${IMAGE_POLICIES}/custom.policy`),
      fileMount("policiesDirectory", "security_policies_directory", POLICIES),
    ],
    pidMode: "host",
  }),
  rules: [
    {
      at: "policiesDirectory",
      holds: not(and(given("policies"), given("policiesDirectory"))),
      must: "can't be combined with `policies`: the Agent reads one directory. Move the file into the directory.",
    },
  ],
  notices: [
    {
      when: and(given("policiesDirectory"), or(equals("remoteConfiguration", false), isOff("remoteConfiguration"))),
      text:
        "`features.workloadProtection` has only the rules in `policiesDirectory`, because Remote Configuration is off. " +
        `For Datadog's default rules, run in that directory: ln -s ${IMAGE_POLICIES}/default.policy default.policy`,
    },
  ],
});
