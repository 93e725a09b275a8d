import * as z from "zod";
import { defineFeature } from "../core/feature";
import { GOVERNMENT_SITES } from "../core/sites";

/**
 * The Agent with built-in FIPS 140-2 cryptography, Datadog's successor to the FIPS proxy. It is another image flavor and
 * needs no sidecar.
 */
export const fipsAgent = defineFeature({
  summary: "Runs the FIPS Agent, with built-in FIPS 140-2 cryptography",
  documentation: "https://docs.datadoghq.com/agent/configuration/fips-compliance/",
  requires: ["linux-containers"],
  since: "7.65",
  imageFlavor: "fips",
  replaces: { fipsProxy: "the FIPS Agent replaces the proxy" },
  sites: { only: GOVERNMENT_SITES, because: "Datadog supports it only on its government sites" },
  options: z.strictObject({}),
  on: () => ({}),
});
