import type { KeyValuePair, Secret } from "@aws-sdk/client-ecs";
import type { Task } from "../core/assemble";
import { isExpression, unescapeTemplate } from "../core/expression";

/**
 * Formats the task as a file for `aws ecs register-task-definition --cli-input-json`.
 *
 * A value that only Terraform knows becomes a placeholder such as `<REPLACE var.cluster>`. AWS rejects a placeholder that
 * is left in a role's or secret's ARN, but accepts it in an environment variable. Such variables are therefore written as
 * secrets.
 * @param task with tokens resolved to Terraform expressions, see cdktf's `Tokenization.resolve`
 * @returns JSON
 */
export function awsCliJson(task: Task): string {
  const containerDefinitions = task.containerDefinitions.map(({ environment = [], secrets = [], ...container }) => {
    const unknown = environment.filter(({ value }) => isExpression(value));
    return {
      ...container,
      ...list(
        "environment",
        environment.filter((variable) => !unknown.includes(variable)),
      ),
      ...list("secrets", [...unknown.map(({ name, value }): Secret => ({ name, valueFrom: value })), ...secrets]),
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
