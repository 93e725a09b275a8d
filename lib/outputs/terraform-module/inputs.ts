import type { Catalog } from "../../core/catalog";
import { hostOf } from "../../core/scope";
import type { Setting } from "../../core/setting";
import type { Module } from "../../configuration/modules";
import type { JsonSchema } from "../../documentation/json-schema";
import { featuresInput } from "./features";
import { snakeCase } from "./hcl";
import { apiInput, inputOf } from "./input";
import { defaultOf, usesApiNames, isCollection, isNullable, isVariable, REQUIRED, variableSchema } from "./names";
import { printedRules, type PrintedRule, rulesOfVariable } from "./rules";
import type { Input } from "./validation";

/** The variables by name, the most important ones first. */
export function inputsOf(catalog: Catalog, module: Module): Readonly<Record<string, Input>> {
  const { traits } = hostOf(catalog, module);
  const rules = printedRules(catalog, module);
  const variables = Object.entries(catalog.settings).filter(([, setting]) => isVariable(setting, traits));
  const inputs = variables.flatMap(([key, setting]): (readonly [string, Input])[] => {
    if (key === "features") return [[key, featuresInput(catalog, module)]];
    const { module: variable = {} } = setting;
    if ("partOf" in variable) return [[variable.partOf, roleInput(catalog, setting, key)]];
    return [[snakeCase(key), settingInput(catalog, module, key, rules)]];
  });
  const description =
    "Whether to create the service. Set it to false to create only the task definition and the IAM roles";
  const createService = inputOf("create_service", { type: "boolean" }, { fallback: true, description });
  return Object.fromEntries([...inputs, ["create_service", createService]]);
}

/**
 * A role's ARN and `attach_policies` in one object. At plan time Terraform must know whether there is an object, because
 * `count` depends on it; the ARN may still be unknown.
 */
function roleInput(catalog: Catalog, { summary }: Setting, key: string): Input {
  const { partOf: name } = catalog.settings[key]?.module as { readonly partOf: string };
  const { type: _type, ...arn } = variableSchema(catalog, key);
  const schema: JsonSchema = {
    properties: {
      arn: { type: "string", ...arn },
      attachPolicies: { type: "boolean", default: false },
    },
    required: ["arn"],
  };
  const description = `${summary}. Set \`attach_policies\` to true to attach the policies that the Agent needs`;
  return inputOf(name, schema, { fallback: null, nullable: true, description });
}

function settingInput(catalog: Catalog, module: Module, key: string, rules: readonly PrintedRule[]): Input {
  const setting = catalog.settings[key];
  if (setting === undefined) throw new Error(`There is no setting ${key}.`);
  const { module: variable = {}, summary } = setting;
  const name = snakeCase(key);
  const schema = variableSchema(catalog, key);
  const nullable = isNullable(catalog, key);
  const own = "summary" in variable ? variable.summary : undefined;
  const given = defaultOf(catalog, module, key) ?? schema.default;
  const fallback = key === REQUIRED ? undefined : (given ?? (nullable ? null : emptyOf(schema)));
  const input = usesApiNames(setting)
    ? apiInput(name, schema, { fallback: fallback ?? emptyOf(schema), description: summary })
    : inputOf(name, schema, { fallback, nullable, description: own ?? summary });
  const known = new Set(input.conditions.map(({ condition }) => condition));
  const more = rulesOfVariable(rules, name).filter(({ condition }) => !known.has(condition));
  return {
    ...input,
    conditions: [...input.conditions, ...more.map(({ condition, message }) => ({ condition, message }))],
  };
}

function emptyOf(schema: JsonSchema): unknown {
  return isCollection(schema) && schema.type === "array" ? [] : {};
}
