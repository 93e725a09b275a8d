import * as z from "zod";
import { defineFeature } from "../core/feature";
import { oneOf } from "../core/schema";
import { from } from "../core/term";

/** Verbosity of the Agent's own log. */
export const logLevel = defineFeature({
  summary: "Sets the Agent's log level",
  documentation: "https://docs.datadoghq.com/agent/troubleshooting/debug_mode/",
  requires: [],
  options: z.strictObject({
    level: oneOf(["trace", "debug", "info", "warn", "error", "critical", "off"])
      .default("info")
      .describe("Minimum severity logged"),
  }),
  on: () => ({ environment: { DD_LOG_LEVEL: from("level") } }),
});
