import { z } from "zod";
import { defineFeature } from "../core/feature";
import { text } from "../core/schema";

/** Metadata and credentials of a task. */
const ECS_METADATA = "169.254.170.2";

const url = (what: string) =>
  text("the URL of a proxy, such as http://proxy.example:3128, without user and password", /^https?:\/\/[^\s@/]+\/?$/)
    .optional()
    .describe(what);

/**
 * An HTTP proxy between the Agent and Datadog. A password in its address would stand in the task definition for everyone
 * to read, so there is none. The Agent leaves out the proxy for the instance's metadata, and has to be told for ECS's.
 */
export const proxy = defineFeature({
  summary: "Sends everything through an HTTP proxy",
  documentation: "https://docs.datadoghq.com/agent/configuration/proxy/",
  requires: [],
  excludes: { fipsProxy: "with a FIPS proxy the Agent ignores every other one" },
  options: z.strictObject({
    http: url("Proxy for what goes by HTTP"),
    https: url("Proxy for what goes by HTTPS, which is nearly everything"),
    noProxy: z
      .array(text("a host, an address or a network without white space and commas", /^[^\s,]+$/))
      .default([])
      .describe("Hosts that are asked without a proxy"),
  }),
  on: ({ http, https, noProxy }) => ({
    environment: {
      ...(http !== undefined && { DD_PROXY_HTTP: http }),
      ...(https !== undefined && { DD_PROXY_HTTPS: https }),
      // Blanks are what every Agent takes; commas came later.
      DD_PROXY_NO_PROXY: [ECS_METADATA, ...noProxy].join(" "),
      // Otherwise neither a network nor the subdomains of a host are matched.
      DD_NO_PROXY_NONEXACT_MATCH: "true",
      // A proxy for HTTP can't carry the other transport of logs.
      DD_LOGS_CONFIG_FORCE_USE_HTTP: "true",
    },
  }),
  problems: ({ http, https }) =>
    http === undefined && https === undefined
      ? [{ path: [], message: "must have `http`, `https` or both, got neither. Add one, or set it to false." }]
      : [],
});
