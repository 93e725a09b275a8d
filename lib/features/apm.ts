import { z } from "zod";
import { defineFeature } from "../core/feature";
import { socketAccess, transportOptions, transportProblems } from "./transport";

/** Where the Agent receives traces; applications need the same. */
export const APM_PORT = 8126;
export const APM_SOCKET = "/var/run/datadog/apm.socket";

/** Traces from applications. */
export const apm = defineFeature({
  summary: "Receives traces from applications (APM)",
  documentation: "https://docs.datadoghq.com/containers/amazon_ecs/apm/",
  access: socketAccess,
  requires: [],
  options: z.strictObject(transportOptions(`${APM_PORT}/tcp`, APM_SOCKET)),
  optionRequires: { socket: ["unix-sockets"] },
  // The Agent's image has its trace receiver on by default.
  off: { DD_APM_ENABLED: "false" },
  on: ({ port, socket }, host) => ({
    environment: {
      DD_APM_ENABLED: "true",
      ...(port && { DD_APM_NON_LOCAL_TRAFFIC: "true" }),
      ...(socket && { DD_APM_RECEIVER_SOCKET: APM_SOCKET }),
    },
    ports: port ? [{ containerPort: APM_PORT, protocol: "tcp" }] : [],
    mounts: socket ? host.socketMounts : [],
  }),
  problems: transportProblems,
});
