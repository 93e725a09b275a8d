import { z } from "zod";
import { defineFeature } from "../core/feature";
import { integer, text } from "../core/schema";
import { from, given, or, text as textOf, when } from "../core/term";

const directory = (what: string) =>
  text("the absolute path of a directory on the host, such as /etc/datadog-checks", /^\/[^\0:]*$/)
    .optional()
    .describe(what);

/**
 * Checks and their configuration from directories on the host, for what `checks` can't hold: code, certificates, large
 * files. The image copies them into the Agent's own directories at startup.
 * @see https://github.com/DataDog/datadog-agent/blob/main/Dockerfiles/agent/cont-init.d/89-copy-customfiles.sh
 */
export const customChecks = defineFeature({
  summary: "Runs custom checks from directories on the host",
  documentation: "https://docs.datadoghq.com/developers/custom_checks/",
  access: "The checks and their configuration are in directories on the host",
  requires: ["linux-containers"],
  options: z.strictObject({
    configuration: directory("Directory with check configuration files (conf.d)"),
    code: directory("Directory with Python checks (checks.d)"),
    runners: integer(1, 64).optional().describe("Number of checks that run in parallel; the Agent's default is 4"),
  }),
  on: () => ({
    environment: { DD_CHECK_RUNNERS: textOf(from("runners")) },
    mounts: [
      when(given("configuration"), directoryMount("custom_conf_d", "configuration", "/conf.d")),
      when(given("code"), directoryMount("custom_checks_d", "code", "/checks.d")),
    ],
  }),
  rules: [
    {
      at: "",
      holds: or(given("configuration"), given("code")),
      must: "needs `configuration`, `code` or both, got neither. Add one, or set the feature to false.",
    },
  ],
});

function directoryMount(name: string, option: string, containerPath: string) {
  return { volume: { name, host: { sourcePath: from(option) } }, containerPath, readOnly: true };
}
