import * as z from "zod";
import { defineFeature } from "../core/feature";
import { text } from "../core/schema";
import { concat, from, given, join, or } from "../core/term";

/** ECS endpoint for task metadata and credentials. */
const ECS_METADATA = "169.254.170.2";

const url = (what: string) =>
  text("a proxy URL without user and password, such as http://proxy.example:3128", /^https?:\/\/[^\s@/]+\/?$/)
    .optional()
    .describe(what);

/**
 * An HTTP proxy between the Agent and Datadog. Its URL can't have a password, which would be readable in the task
 * definition. The Agent bypasses the proxy for instance metadata by itself, but not for ECS task metadata.
 */
export const proxy = defineFeature({
  summary: "Sends all traffic through an HTTP proxy",
  documentation: "https://docs.datadoghq.com/agent/configuration/proxy/",
  requires: [],
  excludes: { fipsProxy: "with a FIPS proxy, the Agent ignores any other proxy" },
  options: z.strictObject({
    http: url("Proxy for HTTP traffic"),
    https: url("Proxy for HTTPS traffic, which is nearly all traffic"),
    noProxy: z
      .array(text("a host, an IP address or a network, without whitespace and commas", /^[^\s,]+$/))
      .default([])
      .describe("Hosts that bypass the proxy"),
  }),
  // The Agent also reads these, in upper and lower case.
  contradicts: {
    http: ["HTTP_PROXY", "http_proxy"],
    https: ["HTTPS_PROXY", "https_proxy"],
    noProxy: ["NO_PROXY", "no_proxy"],
  },
  on: () => ({
    environment: {
      DD_PROXY_HTTP: from("http"),
      DD_PROXY_HTTPS: from("https"),
      // Every Agent version accepts spaces; commas came later.
      DD_PROXY_NO_PROXY: join(" ", concat([ECS_METADATA], from("noProxy"))),
      // Without it, the Agent matches neither networks nor subdomains.
      DD_NO_PROXY_NONEXACT_MATCH: "true",
      // An HTTP proxy can't carry logs over TCP.
      DD_LOGS_CONFIG_FORCE_USE_HTTP: "true",
    },
  }),
  rules: [
    {
      at: "",
      holds: or(given("http"), given("https")),
      must: "needs `http`, `https` or both, got neither. Add one, or set the feature to false.",
    },
  ],
});
