import * as z from "zod";
import { defineFeature } from "../core/feature";
import { hostMount } from "../core/host";
import { COMMERCIAL_SITES } from "../core/sites";
import { hostRoot, kernelMounts, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";
import { concat, from, implies, isTrue, text, when } from "../core/term";

/** Package manager configuration, which the Agent uses to find kernel headers. */
const PACKAGE_MANAGERS = ["apt", "yum.repos.d", "zypp", "pki", "yum/vars", "dnf/vars", "rhsm"];

const PROBE_FOLDER = "/var/tmp/datadog-agent/system-probe";

/**
 * Requests, errors and latency of services, traced in the kernel without instrumentation. Encrypted traffic is traced in
 * the TLS libraries, which needs access to the host's files. Linux 4.14 or later.
 */
export const universalServiceMonitoring = defineFeature({
  summary: "Monitors services without code instrumentation (USM)",
  documentation: "https://docs.datadoghq.com/universal_service_monitoring/setup/",
  access: systemProbeAccess(
    "The system probe traces requests in the kernel, with headers from the host or its package manager, and with `https` also in the host's TLS libraries",
  ),
  ...systemProbeHosts,
  sites: { only: COMMERCIAL_SITES, because: "it isn't available on Datadog's government sites" },
  options: z.strictObject({
    https: z
      .boolean()
      .default(true)
      .describe("Also monitor encrypted traffic; gives the Agent read access to all files on the host"),
    http2: z
      .boolean()
      .optional()
      .describe("Also monitor HTTP/2 and gRPC, on Linux 5.2 or later; by default the Agent decides"),
    goTls: z.boolean().optional().describe("Monitor encrypted traffic of Go programs; by default the Agent decides"),
  }),
  // https://github.com/DataDog/helm-charts/blob/main/charts/datadog/values.yaml, `serviceMonitoring`
  optionSince: { http2: "7.53", goTls: "7.51" },
  rules: [
    {
      at: "goTls",
      holds: implies(isTrue("goTls"), isTrue("https")),
      must: "needs `https`: Go programs are found in the host's files. Turn `https` on, or remove this option.",
    },
  ],
  on: () => ({
    ...systemProbe,
    // From Datadog's sample for ECS.
    advisedMemoryMiB: 1024,
    environment: {
      DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: "true",
      DD_SERVICE_MONITORING_CONFIG_ENABLE_HTTP2_MONITORING: text(from("http2")),
      DD_SERVICE_MONITORING_CONFIG_TLS_GO_ENABLED: text(from("goTls")),
      HOST_ROOT: when(isTrue("https"), hostRoot.environment.HOST_ROOT),
    },
    mounts: concat(
      [
        ...systemProbe.mounts,
        ...kernelMounts,
        hostMount("probe_build", `${PROBE_FOLDER}/build`, { readOnly: false }),
        hostMount("probe_headers", `${PROBE_FOLDER}/kernel-headers`, { readOnly: false }),
        ...PACKAGE_MANAGERS.map((folder) =>
          hostMount(`etc_${folder.replace(/\W/g, "_")}`, `/etc/${folder}`, { at: `/host/etc/${folder}` }),
        ),
      ],
      when(isTrue("https"), hostRoot.mounts),
    ),
  }),
});
