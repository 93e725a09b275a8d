import { z } from "zod";
import { defineFeature } from "../core/feature";
import { hostRoot } from "./system-probe";

/**
 * Software bills of materials, in which Datadog looks for vulnerabilities. Images are read by the Docker socket. Without
 * `HOST_ROOT` that of the host would be that of the Agent's own container.
 */
export const sbom = defineFeature({
  summary: "Lists the software in images (SBOM)",
  documentation: "https://docs.datadoghq.com/security/cloud_security_management/setup/agent/",
  access: "With `host` the software of the host is found in its files",
  requires: ["linux-containers"],
  since: "7.46",
  options: z.strictObject({
    host: z
      .boolean()
      .default(false)
      .describe("List the host's software, too; the Agent can then read all of its files"),
  }),
  on: ({ host }) => ({
    environment: {
      DD_SBOM_ENABLED: "true",
      DD_SBOM_CONTAINER_IMAGE_ENABLED: "true",
      DD_CONTAINER_IMAGE_ENABLED: "true",
      ...(host && { DD_SBOM_HOST_ENABLED: "true", ...hostRoot.environment }),
    },
    mounts: host ? hostRoot.mounts : [],
    advisedMemoryMiB: 256,
  }),
});
