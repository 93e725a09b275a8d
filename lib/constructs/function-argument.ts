import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";

/** A single CDKTF token without other text. */
const TOKEN = /^\$\{TfToken\[[^\]]*\]\}$/;

/**
 * Makes an expression usable as an argument of CDKTF's functions, which quote any text that isn't a token, even if it
 * contains an expression. Such text becomes a local, whose reference is a token.
 */
export function functionArgument(scope: Construct, id: string, expression: string): string {
  return TOKEN.test(expression) ? expression : new TerraformLocal(scope, id, expression).asString;
}
