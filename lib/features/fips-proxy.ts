import { z } from "zod";
import { defineFeature } from "../core/feature";
import { GOVERNMENT_SITES } from "../core/sites";
import { integer, text } from "../core/schema";

/** The proxy listens on this many ports in a row, one for each of Datadog's intakes. */
const PORTS = 16;

/**
 * A FIPS 140-2 proxy beside the Agent, through which everything leaves for Datadog. On by default on a government site.
 * The Agent accepts no proxy but one on localhost, so both need the same network namespace.
 */
export const fipsProxy = defineFeature({
  summary: "Sends everything through a FIPS 140-2 proxy beside the Agent",
  documentation: "https://docs.datadoghq.com/agent/configuration/agent-fips-proxy/",
  requires: ["linux-containers"],
  onByDefault: true,
  sites: {
    only: GOVERNMENT_SITES,
    because: "Datadog's other sites don't take part in its FIPS proxy",
  },
  networkModes: {
    only: ["host", "awsvpc"],
    because:
      "the Agent accepts a FIPS proxy on localhost only, and containers of a task in bridge mode have a localhost each",
  },
  options: z.strictObject({
    image: text("a container image, such as datadog/fips-proxy:1.1.29", /^[a-z0-9][\w.:/@-]*$/)
      .default("datadog/fips-proxy:1.1.29")
      .describe("The proxy's image"),
    portRangeStart: integer(1024, 65_536 - PORTS)
      .default(9803)
      .describe(`First of the ${PORTS} ports in a row that the proxy listens on`),
    cpu: integer(0, 196_608, "CPU units").default(10).describe("CPU units of the proxy; 1,024 are one core"),
    memoryMiB: integer(6, 25_165_824, "MiB").default(256).describe("Hard memory limit of the proxy in MiB"),
  }),
  on: ({ image, portRangeStart, cpu, memoryMiB }) => ({
    environment: {
      DD_FIPS_ENABLED: "true",
      DD_FIPS_PORT_RANGE_START: String(portRangeStart),
      // Agent and proxy talk over the loopback interface; TLS begins in the proxy.
      DD_FIPS_HTTPS: "false",
    },
    sidecars: [
      {
        name: "fips-proxy",
        image,
        cpu,
        memoryMiB,
        environment: { DD_FIPS_PORT_RANGE_START: String(portRangeStart), DD_FIPS_LOCAL_ADDRESS: "127.0.0.1" },
        ports: Array.from({ length: PORTS }, (_, index) => ({
          containerPort: portRangeStart + index,
          protocol: "tcp",
        })),
      },
    ],
  }),
});
