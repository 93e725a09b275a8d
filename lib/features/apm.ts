import { z } from "zod";
import { defineFeature } from "../core/feature";
import { transportOptions, transportProblems } from "./transport";

const SOCKET = "/var/run/datadog/apm.socket";

/**
 * Traces from applications.
 * @see https://docs.datadoghq.com/containers/amazon_ecs/apm/
 */
export const apm = defineFeature({
  summary: "Receives traces from applications (APM)",
  requires: [],
  options: z.strictObject(transportOptions("8126/tcp", SOCKET)),
  optionRequires: { socket: ["unix-sockets"] },
  // The Agent's image has its trace receiver on by default.
  off: { DD_APM_ENABLED: "false" },
  on: ({ port, socket }, host) => ({
    environment: {
      DD_APM_ENABLED: "true",
      ...(port && { DD_APM_NON_LOCAL_TRAFFIC: "true" }),
      ...(socket && { DD_APM_RECEIVER_SOCKET: SOCKET }),
    },
    ports: port ? [{ containerPort: 8126, protocol: "tcp" }] : [],
    mounts: socket ? host.socketMounts : [],
  }),
  problems: transportProblems,
});
