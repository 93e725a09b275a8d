import { z } from "zod";
import { defineFeature } from "../core/feature";
import { text } from "../core/schema";

/** The tag `env` of everything that the Agent sends; `service` and `version` are the applications' own. */
export const unifiedServiceTagging = defineFeature({
  summary: "Tags everything with its environment (env)",
  documentation: "https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/",
  requires: [],
  options: z.strictObject({
    env: text(
      "a tag value: letters, digits and _ - . / : without white space",
      /^[\p{L}\p{N}_\-./:]{1,200}$/u,
    ).describe("Name of the environment, such as production"),
  }),
  on: ({ env }) => ({ environment: { DD_ENV: env } }),
});
