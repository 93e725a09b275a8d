import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";

/** One of cdktf's own tokens and nothing around it. */
const TOKEN = /^\$\{TfToken\[[^\]]*\]\}$/;

/**
 * An expression as cdktf's functions take it. They quote text, expressions in it included, and leave alone only tokens;
 * anything else becomes a token by way of a local.
 */
export function functionArgument(scope: Construct, id: string, expression: string): string {
  return TOKEN.test(expression) ? expression : new TerraformLocal(scope, id, expression).asString;
}
