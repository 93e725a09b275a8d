import type { Problem } from "./problem";

/** What a problem is, for programs: unlike its message, a code stays. */
export const PROBLEM_CODES = described({
  "arn-mismatch": "ARNs of different partitions, regions or accounts",
  "dependency-cycle": "The order of `dependsOn` is impossible, or one of its names is not a cluster of another stack",
  "duplicate-address": "Two daemons of a stack would have the same addresses in Terraform",
  "duplicate-name": "Two clusters or two modules have the same name",
  "duplicate-service": "Two clusters have the same service in an ECS cluster, or adopt the same one",
  "duplicate-state": "Two stacks have the same place for their state",
  "host-and-hosts": "A cluster has both `host` and `hosts`",
  "invalid-key": "A key of a map is not in the form that the map needs",
  "invalid-task": "ECS would refuse the task definition, or two features contradict each other in it",
  "invalid-type": "A value is of another type than the key needs",
  "invalid-value": "A value is of the right type, but not in a form that the key takes",
  "invalid-yaml": "A file is not YAML, or has something that no configuration can have",
  "missing-entry": "There is neither a cluster nor a module",
  "missing-key": "A required key is missing",
  "not-in-defaults": "A key is in `defaults` that each cluster must have for itself",
  "shared-roles": "Clusters that share roles differ in a key from which roles are made",
  "shared-stack": "Clusters that share a stack differ in a key that the stack has once, or its name is taken",
  "unknown-key": "A key is not known where it is",
  "unreadable-file": "A file or a folder can't be read as text",
});

/** The codes are a part of the types, their descriptions aren't. */
function described<Code extends string>(codes: Readonly<Record<Code, string>>): Readonly<Record<Code, string>> {
  return codes;
}

/** Problems between keys have the code `rule/` and the key that is wrong, such as `rule/features/apm`. */
export type ProblemCode = keyof typeof PROBLEM_CODES | `rule/${string}`;

export type CodedProblem = Problem & { readonly code: ProblemCode };

/** Sets a code on the problems that have none. */
export function coded<Kind extends Problem>(
  code: ProblemCode,
  problems: readonly Kind[],
): readonly (Kind & CodedProblem)[] {
  return problems.map((problem) => ({ ...problem, code: problem.code ?? code }));
}

function kebab(key: string): string {
  // The name of an environment variable.
  const words = /^[A-Z0-9_]+$/.test(key) ? key : key.replace(/[A-Z]+/g, "-$&");
  return words.toLowerCase().replaceAll("_", "-");
}

/** The code of a rule by the dotted path of what is wrong: `createdRoles.taskRoleName` is `rule/created-roles/task-role-name`. */
export function codeOfRule(path: string): ProblemCode {
  if (path === "") return "rule/cluster";
  return `rule/${path.split(".").map(kebab).join("/")}`;
}
