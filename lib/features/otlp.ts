import { z } from "zod";
import { defineFeature } from "../core/feature";

/** Traces, metrics and logs by the OpenTelemetry protocol. */
export const otlp = defineFeature({
  summary: "Receives OpenTelemetry data (OTLP)",
  documentation: "https://docs.datadoghq.com/opentelemetry/setup/otlp_ingest_in_the_agent/",
  requires: [],
  options: z.strictObject({
    grpc: z.boolean().default(true).describe("Listen on 4317/tcp of the host, for gRPC"),
    http: z.boolean().default(true).describe("Listen on 4318/tcp of the host, for HTTP"),
    logs: z.boolean().default(false).describe("Receive logs, too; needs the feature `logs`"),
  }),
  optionSince: { logs: "7.48" },
  optionNeeds: { logs: "logs" },
  on: ({ grpc, http, logs }) => ({
    environment: {
      ...(grpc && { DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT: "0.0.0.0:4317" }),
      ...(http && { DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT: "0.0.0.0:4318" }),
      DD_OTLP_CONFIG_LOGS_ENABLED: String(logs),
    },
    ports: [
      ...(grpc ? [{ containerPort: 4317, protocol: "tcp" } as const] : []),
      ...(http ? [{ containerPort: 4318, protocol: "tcp" } as const] : []),
    ],
  }),
  problems: ({ grpc, http }) =>
    grpc || http
      ? []
      : [
          {
            path: [],
            message: "must listen for `grpc`, `http` or both, got neither. To turn it off, set the feature to false.",
          },
        ],
});
