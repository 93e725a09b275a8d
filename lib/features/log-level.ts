import { z } from "zod";
import { defineFeature } from "../core/feature";
import { oneOf } from "../core/schema";

/** How much the Agent writes into its own log. */
export const logLevel = defineFeature({
  summary: "Sets how much the Agent logs of itself",
  documentation: "https://docs.datadoghq.com/agent/troubleshooting/debug_mode/",
  requires: [],
  options: z.strictObject({
    level: oneOf(["trace", "debug", "info", "warn", "error", "critical", "off"])
      .default("info")
      .describe("The least grave message that is logged"),
  }),
  on: ({ level }) => ({ environment: { DD_LOG_LEVEL: level } }),
});
