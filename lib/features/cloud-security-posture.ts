import * as z from "zod";
import { defineFeature } from "../core/feature";
import { fileMount, hostFile } from "./host-file";
import { securityMounts } from "./security";
import { hostRoot } from "./system-probe";
import { from, isTrue, text, when } from "../core/term";

/**
 * Compliance benchmarks for hosts and containers (CSPM). ECS doesn't support AUDIT_READ, so benchmark rules that read the
 * kernel's audit log have no result. AUDIT_CONTROL lists the audit rules.
 */
export const cloudSecurityPosture = defineFeature({
  summary: "Checks hosts and containers against compliance benchmarks (CSPM)",
  documentation: "https://docs.datadoghq.com/security/cloud_security_management/setup/agent/",
  access: "Benchmarks read the host's files, users, groups and processes; AUDIT_CONTROL lists its audit rules",
  requires: ["linux-containers"],
  since: "7.46",
  options: z.strictObject({
    hostBenchmarks: z.boolean().default(true).describe("Also run host benchmarks"),
    benchmarks: hostFile("Host file with a custom benchmark"),
  }),
  // https://github.com/DataDog/helm-charts/blob/main/charts/datadog/values.yaml, `host_benchmarks`
  optionSince: { hostBenchmarks: "7.47" },
  agentDefaults: { DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: "true" },
  on: () => ({
    environment: {
      DD_COMPLIANCE_CONFIG_ENABLED: "true",
      DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: text(from("hostBenchmarks")),
      ...hostRoot.environment,
    },
    mounts: [
      ...securityMounts,
      fileMount("benchmarks", "compliance_benchmarks", "/etc/datadog-agent/compliance.d/custom.yaml"),
    ],
    capabilities: ["AUDIT_CONTROL"],
    pidMode: "host",
    // Datadog counts 160 MiB for host benchmarks, on top of the Agent's own memory.
    advisedMemoryMiB: when(isTrue("hostBenchmarks"), 672),
  }),
});
