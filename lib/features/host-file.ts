import { text } from "../core/schema";
import { from, given, type Operator, when } from "../core/term";

/** An option with the path of a file on the host. */
export const hostFile = (what: string) =>
  text("the absolute path of a file on the host, such as /etc/datadog/custom.policy", /^\/[^\0:]*[^\0:/]$/)
    .optional()
    .describe(`${what}; if it doesn't exist, Docker creates an empty directory at this path`);

/** An option with the path of a directory. */
export const directory = (what: string, example: string) =>
  text(`the absolute path of a directory, such as ${example}`, /^\/[^\0:]*$/)
    .optional()
    .describe(what);

/** Mounts that file into the Agent's container, next to the image's own files. */
export function fileMount(option: string, name: string, containerPath: string): Operator {
  return when(given(option), { volume: { name, host: { sourcePath: from(option) } }, containerPath, readOnly: true });
}
