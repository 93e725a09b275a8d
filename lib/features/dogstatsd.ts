import { z } from "zod";
import { defineFeature } from "../core/feature";
import { socketAccess, transportOptions, transportProblems } from "./transport";

/** Where the Agent receives metrics; applications need the same. */
export const DOGSTATSD_SOCKET = "/var/run/datadog/dsd.socket";

/** Custom metrics from applications. Without `DD_DOGSTATSD_NON_LOCAL_TRAFFIC` the Agent drops what other containers send. */
export const dogstatsd = defineFeature({
  summary: "Receives custom metrics from applications (DogStatsD)",
  documentation: "https://docs.datadoghq.com/developers/dogstatsd/",
  access: socketAccess,
  requires: [],
  options: z.strictObject({
    ...transportOptions("8125/udp", DOGSTATSD_SOCKET),
    statistics: z.boolean().default(true).describe("Keep the Agent's own statistics of the metrics that it receives"),
  }),
  optionRequires: { socket: ["unix-sockets"] },
  on: ({ port, socket, statistics }, host) => ({
    environment: {
      DD_DOGSTATSD_STATS_ENABLE: String(statistics),
      ...(port && { DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" }),
      ...(socket && { DD_DOGSTATSD_SOCKET: DOGSTATSD_SOCKET }),
    },
    ports: port ? [{ containerPort: 8125, protocol: "udp" }] : [],
    mounts: socket ? host.socketMounts : [],
  }),
  problems: transportProblems,
});
