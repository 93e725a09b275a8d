import type { KeyValuePair, Secret } from "@aws-sdk/client-ecs";
import type { Task } from "../core/assemble";
import { isExpression, unescapeTemplate } from "../core/expression";

/**
 * The task as a file for `aws ecs register-task-definition --cli-input-json`.
 *
 * A value that only Terraform knows becomes a placeholder that names it, in places where AWS refuses one: it takes no
 * `<` in the ARN of a role or of a secret. As a variable's value it would take anything, so such a variable is moved to
 * the secrets.
 * @param task with tokens resolved to Terraform's expressions, as cdktf's `Tokenization.resolve` does
 * @returns the file's text, JSON
 */
export function awsCliJson(task: Task): string {
  const containerDefinitions = task.containerDefinitions.map(({ environment = [], secrets = [], ...container }) => {
    const open = environment.filter(({ value }) => isExpression(value));
    return {
      ...container,
      ...list(
        "environment",
        environment.filter((variable) => !open.includes(variable)),
      ),
      ...list("secrets", [...open.map(({ name, value }): Secret => ({ name, valueFrom: value })), ...secrets]),
    };
  });
  return `${JSON.stringify({ ...task, containerDefinitions }, (_key, value: unknown) => literal(value), 2)}\n`;
}

function list(key: string, items: readonly (KeyValuePair | Secret)[]) {
  return items.length > 0 ? { [key]: items } : {};
}

function literal(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return isExpression(value) ? `<REPLACE ${value.replace(/^\$\{([^{}]*)\}$/, "$1")}>` : unescapeTemplate(value);
}
