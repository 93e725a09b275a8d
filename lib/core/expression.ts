/**
 * Every string in a configuration is a Terraform template, as in Terraform's JSON syntax and CDKTF tokens: a literal
 * `${` is written `$${` and a literal `%{` is written `%%{`. Text from a YAML file is escaped when it is read, and
 * unescaped for outputs that Terraform doesn't read.
 */

/** Only a single `$` or `%` before a brace starts an expression: `$${` is a literal `${`. */
const EXPRESSION = /(?<!\$)\$\{|(?<!%)%\{|^#\{TfToken\[/;

/** CDKTF encodes a number token as a double below this one, far outside of real values. */
const NUMBER_TOKENS_BELOW = -1e289;

/** Whether only Terraform knows the value: a token or an expression. Its form can't be checked here. */
export function isExpression(value: unknown): boolean {
  if (typeof value === "string") return EXPRESSION.test(value);
  return typeof value === "number" && value < NUMBER_TOKENS_BELOW;
}

/** The Terraform template for a literal text. */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** The literal text of a Terraform template without expressions. */
export function unescapeTemplate(template: string): string {
  return template.replace(/([$%])\1(?=\{)/g, "$1");
}
