import { z } from "zod";
import { defineFeature } from "../core/feature";
import { GOVERNMENT_SITES } from "../core/sites";

/**
 * The Agent with FIPS 140-2 cryptography of its own, the vendor's successor to the FIPS proxy: an image of another
 * flavor, and no container beside it.
 */
export const fipsAgent = defineFeature({
  summary: "Runs the Agent with FIPS 140-2 cryptography",
  documentation: "https://docs.datadoghq.com/agent/configuration/fips-compliance/",
  requires: ["linux-containers"],
  since: "7.65",
  imageFlavor: "fips",
  replaces: { fipsProxy: "the Agent's own cryptography takes the proxy's place" },
  sites: { only: GOVERNMENT_SITES, because: "Datadog supports it on its government sites alone" },
  options: z.strictObject({}),
  on: () => ({}),
});
