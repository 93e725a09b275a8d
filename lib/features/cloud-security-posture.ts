import { z } from "zod";
import { defineFeature } from "../core/feature";
import { securityMounts } from "./security";
import { hostRoot } from "./system-probe";

/**
 * Benchmarks of the host and its containers (CSPM). ECS can't add AUDIT_READ, so rules about the kernel's audit log have
 * no result; AUDIT_CONTROL lists its rules.
 */
export const cloudSecurityPosture = defineFeature({
  summary: "Checks hosts and containers against benchmarks (CSPM)",
  documentation: "https://docs.datadoghq.com/security/cloud_security_management/setup/agent/",
  access:
    "Benchmarks look at files, users, groups and processes of the host, and AUDIT_CONTROL lists the rules of its audit log",
  requires: ["linux-containers"],
  since: "7.47",
  options: z.strictObject({
    hostBenchmarks: z.boolean().default(true).describe("Check the host, too"),
  }),
  on: ({ hostBenchmarks }) => ({
    environment: {
      DD_COMPLIANCE_CONFIG_ENABLED: "true",
      DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: String(hostBenchmarks),
      ...hostRoot.environment,
    },
    mounts: securityMounts,
    capabilities: ["AUDIT_CONTROL"],
    pidMode: "host",
    // The vendor counts 160 MiB for the benchmarks of the host, beside the Agent's own.
    ...(hostBenchmarks && { advisedMemoryMiB: 672 }),
  }),
});
