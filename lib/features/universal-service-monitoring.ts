import { z } from "zod";
import { defineFeature } from "../core/feature";
import { hostMount } from "../core/host";
import { hostRoot, kernelMounts, systemProbe, systemProbeAccess, systemProbeHosts } from "./system-probe";

/** Where package managers keep their sources; the Agent finds kernel headers by them. */
const PACKAGE_MANAGERS = ["apt", "yum.repos.d", "zypp", "pki", "yum/vars", "dnf/vars", "rhsm"];

const PROBE_FOLDER = "/var/tmp/datadog-agent/system-probe";

/**
 * Requests, errors and latencies of services, seen in the kernel without instrumentation. What is encrypted is seen at
 * the libraries that do it, for which the Agent must see the host's files. Linux 4.14 or later.
 */
export const universalServiceMonitoring = defineFeature({
  summary: "Monitors services without instrumenting them (USM)",
  documentation: "https://docs.datadoghq.com/universal_service_monitoring/setup/",
  access: systemProbeAccess(
    "The system probe sees requests in the kernel, whose headers it finds or fetches as package managers do, and with `https` in the libraries that encrypt them",
  ),
  ...systemProbeHosts,
  options: z.strictObject({
    https: z
      .boolean()
      .default(true)
      .describe("See encrypted traffic too; the Agent can then read every file of the host"),
  }),
  on: ({ https }) => ({
    ...systemProbe,
    // Datadog's own sample for ECS.
    advisedMemoryMiB: 1024,
    environment: { DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: "true", ...(https && hostRoot.environment) },
    mounts: [
      ...systemProbe.mounts,
      ...kernelMounts,
      hostMount("probe_build", `${PROBE_FOLDER}/build`, { readOnly: false }),
      hostMount("probe_headers", `${PROBE_FOLDER}/kernel-headers`, { readOnly: false }),
      ...PACKAGE_MANAGERS.map((folder) =>
        hostMount(`etc_${folder.replace(/\W/g, "_")}`, `/etc/${folder}`, { at: `/host/etc/${folder}` }),
      ),
      ...(https ? hostRoot.mounts : []),
    ],
  }),
});
