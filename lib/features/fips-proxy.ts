import * as z from "zod";
import { defineFeature } from "../core/feature";
import { GOVERNMENT_SITES } from "../core/sites";
import { integer, text } from "../core/schema";
import { agentBefore, from, not, plus, text as textOf } from "../core/term";

/** Number of consecutive ports that the proxy listens on, one for each Datadog intake. */
const PORTS = 16;

/**
 * Latest version in Datadog's Helm chart.
 * @see https://github.com/DataDog/helm-charts/releases/tag/datadog-3.245.2
 */
const FIPS_PROXY_IMAGE = "datadog/fips-proxy:1.1.30";

const firstPort = textOf(from("portRangeStart"));

/**
 * A FIPS 140-2 proxy sidecar for all traffic to Datadog. On by default on government sites. The Agent accepts a FIPS
 * proxy on localhost only, so both containers need the same network namespace.
 */
export const fipsProxy = defineFeature({
  summary: "Sends all traffic through a FIPS 140-2 proxy sidecar",
  documentation: "https://docs.datadoghq.com/agent/configuration/agent-fips-proxy/",
  requires: ["linux-containers"],
  onByDefault: true,
  // Datadog's page excludes the commercial sites by name and doesn't mention us2.ddog-gov.com.
  sites: {
    only: GOVERNMENT_SITES,
    because: "Datadog's other sites don't support the FIPS proxy",
  },
  networkModes: {
    only: ["host", "awsvpc"],
    because:
      "the Agent accepts a FIPS proxy on localhost only, and in bridge mode each container has its own localhost",
  },
  options: z.strictObject({
    image: text(
      "a container image, such as datadog/fips-proxy:1.1.30",
      /^(?:[a-z0-9][a-z0-9.-]*(?::[0-9]+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*(?::\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})?$/,
    )
      .default(FIPS_PROXY_IMAGE)
      .describe("Image of the proxy"),
    portRangeStart: integer(1024, 65_536 - PORTS)
      .default(9803)
      .describe(`First of the ${PORTS} consecutive ports that the proxy listens on`),
    cpu: integer(0, 196_608, "CPU units").default(10).describe("CPU units of the proxy; 1,024 are one vCPU"),
    memoryMiB: integer(6, 25_165_824, "MiB").default(256).describe("Hard memory limit of the proxy in MiB"),
  }),
  notices: [
    {
      // The same chart says at `fips.enabled` that the proxy is being phased out.
      when: not(agentBefore("7.65")),
      text: "`features.fipsProxy` uses the FIPS proxy, which Datadog is phasing out in favor of the FIPS Agent. Set `features.fipsAgent` to true to use the FIPS Agent instead; it needs no sidecar.",
    },
  ],
  on: () => ({
    environment: {
      DD_FIPS_ENABLED: "true",
      DD_FIPS_PORT_RANGE_START: firstPort,
      // The Agent reaches the proxy over the loopback interface; the proxy adds TLS.
      DD_FIPS_HTTPS: "false",
    },
    sidecars: [
      {
        name: "fips-proxy",
        image: from("image"),
        cpu: from("cpu"),
        memoryMiB: from("memoryMiB"),
        environment: { DD_FIPS_PORT_RANGE_START: firstPort, DD_FIPS_LOCAL_ADDRESS: "127.0.0.1" },
        ports: Array.from({ length: PORTS }, (_, index) => ({
          containerPort: plus(from("portRangeStart"), index),
          protocol: "tcp",
        })),
      },
    ],
  }),
});
