/**
 * Every string of a configuration is a Terraform template: the language of Terraform's JSON syntax and of cdktf's
 * tokens, in which a literal `${` is written `$${` and a literal `%{` is written `%%{`. Text from a YAML file is data:
 * it is escaped where it is read, and unescaped where something other than Terraform reads it.
 */

/** Of a run of `$` (or `%`) before a brace Terraform drops one; only a single one opens an expression. */
const EXPRESSION = /(?<!\$)\$\{|(?<!%)%\{|^#\{TfToken\[/;

/** cdktf encodes a number that is only known later as a double below this one, far outside any real value. */
const NUMBER_TOKENS_BELOW = -1e289;

/** Whether a value is only known to Terraform: a token or an expression. Its form can't be checked before. */
export function isExpression(value: unknown): boolean {
  if (typeof value === "string") return EXPRESSION.test(value);
  return typeof value === "number" && value < NUMBER_TOKENS_BELOW;
}

/** The template that Terraform evaluates to exactly this text. */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** The text that Terraform makes of a template without expressions. */
export function unescapeTemplate(template: string): string {
  return template.replace(/([$%])\1(?=\{)/g, "$1");
}
