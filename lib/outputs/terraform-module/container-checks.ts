import { AGENT_CONTAINER } from "../../core/assemble";
import type { Catalog } from "../../core/catalog";
import { CONTAINER_CHECKS, type ContainerCheck, filled, LIMIT_CHECKS, settingOf } from "../../core/validate-containers";
import type { Module } from "../../configuration/modules";
import { type Body, commented } from "./document";
import { expression, mapCode, quote, quoteTemplate } from "./hcl";
import { labelOf } from "./names";

type CheckName = keyof typeof CONTAINER_CHECKS;

/** A check of `container` as Terraform expressions. */
interface CheckCode {
  /** The items to check, as in a `for` expression. Without them, the container is checked once. */
  readonly each?: string;
  readonly refused: string;
  /** The values in the message. */
  readonly values?: Readonly<Record<string, string>>;
}

const CODE: Readonly<Record<CheckName, CheckCode>> = {
  unknownDependency: {
    each: "dependency in container.dependsOn",
    refused: "!contains(local.container_names, dependency.containerName)",
    values: { name: "jsonencode(dependency.containerName)" },
  },
  unknownLink: {
    each: "link in container.links",
    refused: '!contains(local.container_names, split(":", link)[0])',
    values: { name: 'jsonencode(split(":", link)[0])' },
  },
  unknownVolumeSource: {
    each: "source in container.volumesFrom",
    refused: "!contains(local.container_names, source.sourceContainer)",
    values: { name: "jsonencode(source.sourceContainer)" },
  },
  essentialDependency: {
    each: "dependency in container.dependsOn",
    refused:
      'contains(["COMPLETE", "SUCCESS"], dependency.condition) && contains(local.essential_containers, dependency.containerName)',
    values: { condition: "dependency.condition", name: "jsonencode(dependency.containerName)" },
  },
  missingRouter: {
    refused: 'container.logConfiguration.logDriver == "awsfirelens" && !local.has_log_router',
  },
  variableAndSecret: {
    each: "variable in container.environment",
    refused: "contains(container.secrets[*].name, variable.name)",
    values: { name: "variable.name" },
  },
  repeatedUlimit: {
    each: "index, ulimit in container.ulimits",
    refused: "contains(slice(container.ulimits[*].name, 0, index), ulimit.name)",
    values: { name: "ulimit.name" },
  },
  missingMemory: {
    refused: "var.task_definition.memory == null && !can(container.memory) && !can(container.memoryReservation)",
  },
  memoryAboveLimit: {
    refused: "container.memory > local.task_limits.memory",
    values: { value: "container.memory", limit: "local.task_limits.memory" },
  },
};

/** The problems of the containers, in the words of `validate-containers.ts`. */
export function containerLocals(catalog: Catalog, module: Module): Body {
  const inModule = (text: string) => withVariables(catalog, module, text);
  const checks = Object.entries(CONTAINER_CHECKS).map(([name, check]: [string, ContainerCheck]) => {
    const { field, key, message } = check;
    const text = inModule(message);
    return { field, code: codeOf(CODE[name as CheckName], key === undefined ? text : `{${key}} ${text}`) };
  });
  const fields = [...new Set(checks.map(({ field }) => field))];
  const problems = fields.map((field) => {
    const codes = checks.filter((check) => check.field === field).map(({ code }) => code);
    return [field, codes.length === 1 ? codes.join() : `concat(${codes.join(", ")})`] as const;
  });
  const variables = fields.flatMap((field) => {
    const variable = labelOf(catalog, module, settingOf(field));
    return variable.includes(".") ? [] : [[field, quote(variable)] as const];
  });
  const place = `container.name == "${AGENT_CONTAINER}" ? lookup(${mapCode(variables)}, field, "container_definition.\${field}") : "container \${container.name}: \${field}"`;
  const limits = LIMIT_CHECKS.map(({ limit, message }) => {
    const [value, most] = [`local.reserved.${limit}`, `local.task_limits.${limit}`];
    const label = labelOf(catalog, module, `taskDefinition.${limit}`);
    return codeOf({ refused: `${value} > ${most}`, values: { value, limit: most } }, `${label} ${inModule(message)}`);
  });
  return {
    container_names: expression("local.containers[*].name"),
    essential_containers: expression(
      "[for container in local.containers : container.name if try(container.essential, true)]",
    ),
    has_log_router: expression("anytrue([for container in local.containers : can(container.firelensConfiguration)])"),
    task_limits: commented(
      "In CPU units and MiB. Null if the limit isn't set.",
      expression(
        `{ for limit, text in ${mapCode(LIMIT_CHECKS.map(({ limit }) => [limit, `var.task_definition.${limit}`]))} : limit => try(tonumber(text), tonumber(regex("(?i)^([0-9.]+) ?(?:vcpu|gb)$", text)[0]) * 1024, null) }`,
      ),
    ),
    reserved: Object.fromEntries(
      LIMIT_CHECKS.map(({ limit, field }) => [
        limit,
        expression(`sum([for container in local.containers : try(tonumber(container.${field}), 0)])`),
      ]),
    ),
    container_problems: commented(
      "What ECS would refuse in the containers. Missing fields, and those in a form that only ECS can check, are skipped.",
      expression(
        `concat(flatten([for container in local.containers : [for field, problems in ${mapCode(problems)} : [for problem in problems : join(" ", [${place}, problem])]]]), ${limits.join(", ")})`,
      ),
    ),
  };
}

/** A list of messages. Reading a missing field fails, and so does comparing with a limit that is null. */
function codeOf({ each, refused, values = {} }: CheckCode, message: string): string {
  const codes = Object.entries(values).map(([name, code]) => [name, expression(code)] as const);
  const text = quoteTemplate(filled(message, Object.fromEntries(codes)));
  const list = each === undefined ? `${refused} ? [${text}] : []` : `[for ${each} : ${text} if ${refused}]`;
  return `try(${list}, [])`;
}

/** Replaces the settings in a message with the module's variables. Fields of the ECS API have no setting of that name. */
function withVariables(catalog: Catalog, module: Module, text: string): string {
  return text.replace(/`([\w.]+)`/g, (all, path: string) =>
    String(path.split(".")[0]) in catalog.settings ? `\`${labelOf(catalog, module, path)}\`` : all,
  );
}
