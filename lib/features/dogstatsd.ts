import * as z from "zod";
import { defineFeature } from "../core/feature";
import { socketAccess, transportOptions, transportRules } from "./transport";
import { and, from, isTrue, text, when } from "../core/term";

/** Where the Agent receives metrics and applications send them. */
export const DOGSTATSD_SOCKET = "/var/run/datadog/dsd.socket";

/** Custom metrics. Without `DD_DOGSTATSD_NON_LOCAL_TRAFFIC` the Agent drops metrics from other containers. */
export const dogstatsd = defineFeature({
  summary: "Receives custom metrics from applications (DogStatsD)",
  documentation: "https://docs.datadoghq.com/developers/dogstatsd/",
  access: `${socketAccess}; \`originDetection\` finds the sender's container by its process ID`,
  requires: [],
  options: z.strictObject({
    ...transportOptions("8125/udp", DOGSTATSD_SOCKET),
    statistics: z.boolean().default(true).describe("Keep the Agent's own statistics about received metrics"),
    originDetection: z
      .boolean()
      .default(false)
      .describe("Tag metrics with the container that sent them; with `socket`, uses the host's process namespace"),
  }),
  optionRequires: { socket: ["unix-sockets"] },
  agentDefaults: {
    DD_USE_DOGSTATSD: "true",
    DD_DOGSTATSD_STATS_ENABLE: "false",
    DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "false",
    // https://github.com/DataDog/datadog-agent/pull/26969
    DD_DOGSTATSD_SOCKET: { value: DOGSTATSD_SOCKET, since: "7.57" },
  },
  optionAssumes: { port: { DD_DOGSTATSD_PORT: "8125" } },
  on: (host) => ({
    environment: {
      DD_DOGSTATSD_STATS_ENABLE: text(from("statistics")),
      DD_DOGSTATSD_NON_LOCAL_TRAFFIC: when(isTrue("port"), "true"),
      DD_DOGSTATSD_ORIGIN_DETECTION: when(and(isTrue("originDetection"), isTrue("socket")), "true"),
      // Clients send their container ID, over the socket and over the port.
      DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT: when(isTrue("originDetection"), "true"),
      DD_DOGSTATSD_SOCKET: when(isTrue("socket"), DOGSTATSD_SOCKET),
    },
    // Over the socket, the sender is found by its process ID: https://docs.datadoghq.com/developers/dogstatsd/unix_socket/
    pidMode: when(and(isTrue("originDetection"), isTrue("socket")), "host"),
    ports: when(isTrue("port"), [{ containerPort: 8125, protocol: "udp" }]),
    mounts: when(isTrue("socket"), host.socketMounts),
  }),
  rules: transportRules,
});
