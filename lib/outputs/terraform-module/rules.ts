import { type Catalog, type CatalogRule } from "../../core/catalog";
import { RESERVED_HOST_PORTS, TASK_DEFINITION_BYTES } from "../../core/ecs";
import { escapeTemplate } from "../../core/expression";
import { sentenceOf } from "../../core/rule";
import type { Module } from "../../configuration/modules";
import { expression, literal, mapCode } from "./hcl";
import { labelOf, type Names, namesOf } from "./names";
import { printCondition } from "./print";
import type { Condition } from "./validation";

/** A rule of the catalog as a Terraform condition. */
export interface PrintedRule extends Condition {
  /** The variables and locals that it reads: `var.…` and `local.…`. */
  readonly references: readonly string[];
}

/** The rules of the catalog that a caller of the module can violate. */
export function printedRules(catalog: Catalog, module: Module): readonly PrintedRule[] {
  const names = namesOf(catalog, module);
  return catalog.rules.flatMap((rule) => printRule(catalog, module, names, rule) ?? []);
}

/** Prints a rule; undefined if it holds for all values of the variables. */
export function printRule(catalog: Catalog, module: Module, names: Names, rule: CatalogRule): PrintedRule | undefined {
  const within = rule.feature === undefined ? names : { ...names, within: rule.feature };
  const condition = printCondition(rule.holds, within);
  if (condition === true) return undefined;
  const label = (path: string) => labelOf(catalog, module, path);
  const sentence = (must: string) =>
    sentenceOf({ ...rule, must: escapeTemplate(must) }, label, (path) => shown(catalog, names, path));
  const words = Object.entries(rule.words ?? {}).map(([key, word]) => [key, sentence(word)] as const);
  const code = String(condition);
  return {
    condition: code,
    message:
      words.length > 0
        ? sentencesOfKeys(words, label(rule.at), sentence(rule.must))
        : [...(rule.at === "" ? [] : [label(rule.at)]), sentence(rule.must)].join(" "),
    references: [...new Set(code.match(/(?<![\w.])(?:var|local)\.\w+/g) ?? [])],
  };
}

/** A message with a sentence for each refused key of a map. */
function sentencesOfKeys(
  keys: readonly (readonly [key: string, word: string])[],
  map: string,
  sentence: string,
): string {
  const each = `${map}.\${name} ${sentence.replace("{@}", "${setting}")}`;
  const refused = `for name, setting in ${mapCode(keys.map(([key, word]) => [key, literal(word)]))}`;
  return expression(`join(" ", [${refused} : "${each}" if contains(keys(var.${map}), name)])`);
}

/** The value at a path, for a message. */
function shown(catalog: Catalog, names: Names, path: string): string {
  const [key = ""] = path.split(".");
  if (catalog.settings[key]?.mayBeSecret) return "a value that is not shown";
  const { code, value, nullable } = { nullable: false, ...names.place(path) };
  if (code === undefined)
    return value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
  return nullable ? `\${try(jsonencode(coalesce(${code})), "none")}` : `\${jsonencode(${code})}`;
}

/** The rules on one variable. Before Terraform 1.9, validations can't read other variables or locals. */
export function rulesOfVariable(rules: readonly PrintedRule[], variable: string): readonly Condition[] {
  return rules.filter((rule) => rule.references.join() === `var.${variable}`);
}

/** The rules on several variables, which are preconditions of the task definition. */
export function preconditions(catalog: Catalog, module: Module): readonly Condition[] {
  const between = printedRules(catalog, module).filter(
    ({ references: [first, ...others] }) => others.length > 0 || !first?.startsWith("var."),
  );
  return [
    {
      condition: "var.cluster != null || !var.create_service",
      message: "cluster is required, got none. Set cluster, or set create_service to false.",
    },
    ...between.map(({ condition, message }) => ({ condition, message })),
    ...TASK_RULES,
  ];
}

/** What ECS would refuse in the task definition, and contributions that contradict each other. */
const TASK_RULES: readonly Condition[] = [
  {
    condition: "length(local.partitions) <= 1",
    message: `All ARNs must be in one AWS partition, got ${expression('join(" and ", local.partitions)')}.`,
  },
  {
    condition: "length(local.conflicts) == 0",
    message: `Features and variables set different values for ${expression('join(", ", local.conflicts)')}. Turn one of the features off, or change its options.`,
  },
  {
    condition: "length(distinct(local.host_ports)) == length(local.host_ports)",
    message: `Each host port can be used only once, got ${expression('join(", ", local.host_ports)')}. Set another port.`,
  },
  {
    condition: `local.network_mode == "awsvpc" || length(setintersection(local.host_ports, ${literal(
      RESERVED_HOST_PORTS.flatMap((port) => ["tcp", "udp"].map((protocol) => `${port}/${protocol}`)),
    )})) == 0`,
    message: `The host ports ${RESERVED_HOST_PORTS.join(", ")} are reserved on container instances. Set another port.`,
  },
  {
    condition: "length(local.container_problems) == 0",
    message: expression('join("\\n", local.container_problems)'),
  },
  {
    // Four Base64 characters are three bytes.
    condition: `length(base64encode(jsonencode(local.containers))) * 3 / 4 <= ${TASK_DEFINITION_BYTES}`,
    message: `The container definitions are larger than ${TASK_DEFINITION_BYTES} bytes, the limit of ECS. Shorten environment or tags.`,
  },
];
