import * as z from "zod";
import { defineFeature } from "../core/feature";
import { socketAccess, transportOptions, transportRules } from "./transport";
import { isTrue, when } from "../core/term";

/** Where the Agent receives traces and applications send them. */
export const APM_PORT = 8126;
export const APM_SOCKET = "/var/run/datadog/apm.socket";

/** Traces from instrumented applications. */
export const apm = defineFeature({
  summary: "Receives traces from applications (APM)",
  documentation: "https://docs.datadoghq.com/containers/amazon_ecs/apm/",
  access: socketAccess,
  requires: [],
  options: z.strictObject(transportOptions(`${APM_PORT}/tcp`, APM_SOCKET)),
  optionRequires: { socket: ["unix-sockets"] },
  // The Agent's image enables the trace receiver by default.
  off: { DD_APM_ENABLED: "false" },
  // https://github.com/DataDog/datadog-agent/blob/main/pkg/config/setup/apm.go
  contradicts: { port: ["DD_RECEIVER_PORT"] },
  agentDefaults: {
    DD_APM_ENABLED: "true",
    // https://github.com/DataDog/datadog-agent/blob/main/Dockerfiles/agent/datadog-docker.yaml
    DD_APM_NON_LOCAL_TRAFFIC: { value: "true", since: "7.18" },
    // https://github.com/DataDog/datadog-agent/pull/26969
    DD_APM_RECEIVER_SOCKET: { value: APM_SOCKET, since: "7.57" },
  },
  optionAssumes: { port: { DD_APM_RECEIVER_PORT: `${APM_PORT}` } },
  on: (host) => ({
    environment: {
      DD_APM_ENABLED: "true",
      DD_APM_NON_LOCAL_TRAFFIC: when(isTrue("port"), "true"),
      DD_APM_RECEIVER_SOCKET: when(isTrue("socket"), APM_SOCKET),
    },
    ports: when(isTrue("port"), [{ containerPort: APM_PORT, protocol: "tcp" }]),
    mounts: when(isTrue("socket"), host.socketMounts),
  }),
  rules: transportRules,
});
