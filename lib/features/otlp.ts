import * as z from "zod";
import { defineFeature } from "../core/feature";
import { traceAgent } from "./trace-agent";
import { from, isTrue, or, text, when } from "../core/term";

/**
 * Traces, metrics and logs over the OpenTelemetry protocol (OTLP). The receiver forwards traces to the trace-agent on
 * port 5003.
 * @see https://github.com/DataDog/datadog-agent/blob/main/pkg/config/setup/otlp.go
 */
export const otlp = defineFeature({
  summary: "Receives OpenTelemetry data (OTLP)",
  documentation: "https://docs.datadoghq.com/opentelemetry/setup/otlp_ingest_in_the_agent/",
  requires: [],
  options: z.strictObject({
    grpc: z.boolean().default(true).describe("Listen for gRPC on host port 4317/tcp"),
    http: z.boolean().default(true).describe("Listen for HTTP on host port 4318/tcp"),
    logs: z.boolean().default(false).describe("Also receive logs; needs the feature `logs`"),
  }),
  optionSince: { logs: "7.48" },
  optionNeeds: { logs: "logs" },
  through: { apm: "the receiver forwards traces to the trace-agent, which wouldn't run" },
  agentDefaults: { DD_OTLP_CONFIG_LOGS_ENABLED: "false" },
  on: () => ({
    ...traceAgent,
    environment: {
      DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT: when(isTrue("grpc"), "0.0.0.0:4317"),
      DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT: when(isTrue("http"), "0.0.0.0:4318"),
      DD_OTLP_CONFIG_LOGS_ENABLED: text(from("logs")),
    },
    ports: [
      when(isTrue("grpc"), { containerPort: 4317, protocol: "tcp" }),
      when(isTrue("http"), { containerPort: 4318, protocol: "tcp" }),
    ],
  }),
  rules: [
    {
      at: "",
      holds: or(isTrue("grpc"), isTrue("http")),
      must: "needs `grpc`, `http` or both, got neither. To turn it off, set the feature to false.",
    },
  ],
});
