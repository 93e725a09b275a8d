import { escapeTemplate } from "../core/expression";
import { describe, LIKE_A_KEY } from "../core/problem";

/** Names of variables whose values are for few: passwords and the like. */
const NAME_OF_A_SECRET = /(?:^|_)(?:\w*KEY|TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL)S?(?:_|$)/i;

/** Datadog's own: never anything else, whatever the value looks like. */
const NAME_OF_A_KEY = /(?:API|APP|APPLICATION)_KEY$/i;

/** A number or a switch is no secret. */
const HARMLESS = /^(?:true|false|\d{1,9})$/i;

/** A password in a URL; a private key. */
const HOLDS_A_SECRET = /\/\/[^/\s@]*:[^/\s@]*@|-----BEGIN /;

/** The digest of an image is as long as two keys, and none. */
const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** Whether a text may be a secret, or hold one. Such a text is neither shown nor taken over. */
export function mayBeSecret(text: string, name = ""): boolean {
  if (LIKE_A_KEY.test(name) || LIKE_A_KEY.test(text.replace(DIGEST, "")) || HOLDS_A_SECRET.test(text)) return true;
  return NAME_OF_A_KEY.test(name) || (NAME_OF_A_SECRET.test(name) && !HARMLESS.test(text));
}

export const NOT_SHOWN = "a text (not shown: it may be a secret)";

/** A text that is no secret, as a difference shows it. */
export function shownText(text: string): string {
  // What Terraform alone knows stands in the AWS CLI's file as a placeholder.
  const [, known] = /^<REPLACE (.*)>$/.exec(text) ?? [];
  if (known !== undefined) return known;
  if (/^arn:\S+$/.test(text) || DIGEST.test(text)) return JSON.stringify(text);
  return describe(escapeTemplate(text));
}
