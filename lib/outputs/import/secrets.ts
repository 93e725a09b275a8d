import { escapeTemplate } from "../../core/expression";
import { describe } from "../../core/problem";
import { DIGEST } from "../../core/secrets";

export { mayBeSecret } from "../../core/secrets";

export const NOT_SHOWN = "hidden value";

/** Formats text that isn't a secret for a difference. */
export function shownText(text: string): string {
  // The file for the AWS CLI has a placeholder for a value that only Terraform knows.
  const [, known] = /^<REPLACE (.*)>$/.exec(text) ?? [];
  if (known !== undefined) return known;
  if (/^arn:\S+$/.test(text) || DIGEST.test(text)) return JSON.stringify(text);
  return describe(escapeTemplate(text));
}
