import * as z from "zod";
import { defineFeature } from "../core/feature";
import { hostRoot, systemProbe } from "./system-probe";
import { concat, isTrue, when } from "../core/term";

/**
 * Software bills of materials (SBOM), which Datadog checks for vulnerabilities. Images are read through the Docker socket.
 * Without `HOST_ROOT`, the host's SBOM would be that of the Agent's container.
 */
export const sbom = defineFeature({
  summary: "Lists the software in container images (SBOM)",
  documentation: "https://docs.datadoghq.com/security/cloud_security_management/setup/agent/",
  access:
    "With `host`, the host's software is found in its files; with `inUse`, the system probe sees which files host processes use",
  requires: ["linux-containers"],
  since: "7.46",
  options: z.strictObject({
    host: z
      .boolean()
      .default(false)
      .describe("Also list the host's software; gives the Agent read access to all files on the host"),
    inUse: z.boolean().default(false).describe("Report which packages in images are in use, with the system probe"),
  }),
  optionRequires: { inUse: ["linux-kernel"] },
  optionSince: { inUse: "7.79" },
  on: () => ({
    environment: {
      DD_SBOM_ENABLED: "true",
      DD_SBOM_CONTAINER_IMAGE_ENABLED: "true",
      DD_CONTAINER_IMAGE_ENABLED: "true",
      DD_SBOM_HOST_ENABLED: when(isTrue("host"), "true"),
      DD_SBOM_ENRICHMENT_USAGE_ENABLED: when(isTrue("inUse"), "true"),
      HOST_ROOT: when(isTrue("host"), hostRoot.environment.HOST_ROOT),
    },
    mounts: concat(when(isTrue("host"), hostRoot.mounts), when(isTrue("inUse"), systemProbe.mounts)),
    capabilities: when(isTrue("inUse"), systemProbe.capabilities),
    pidMode: when(isTrue("inUse"), "host"),
    advisedMemoryMiB: 256,
  }),
});
