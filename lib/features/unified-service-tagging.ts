import * as z from "zod";
import { defineFeature } from "../core/feature";
import { text } from "../core/schema";
import { from } from "../core/term";

/** The `env` tag on all data. Applications set `service` and `version` themselves. */
export const unifiedServiceTagging = defineFeature({
  summary: "Sets the env tag on all data (unified service tagging)",
  documentation: "https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/",
  requires: [],
  options: z.strictObject({
    env: text("a tag value: letters, digits and _ - . / : without whitespace", /^[\p{L}\p{N}_\-./:]{1,200}$/u).describe(
      "Name of the environment, such as production",
    ),
  }),
  on: () => ({ environment: { DD_ENV: from("env") } }),
});
