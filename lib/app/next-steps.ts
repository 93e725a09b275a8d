import { existsSync } from "node:fs";

interface Stack {
  readonly node: { readonly id: string };
  /** Names of the stack's required variables. */
  readonly variables: readonly string[];
}

/** More stacks than this are abbreviated, in commands as a pattern. */
const MAX_NAMES = 3;

/** What synth wrote, the required variables to set, and the next command. */
export function nextSteps(
  outdir: string,
  stacks: readonly Stack[],
  modules: readonly { readonly name: string }[],
  hasCdktfProject = existsSync("cdktf.json"),
): string {
  const names = stacks.map(({ node: { id } }) => id);
  const written = [
    ...(names.length > 0 ? [`${counted(names.length, "stack")} to ${outdir}/stacks`] : []),
    ...(modules.length > 0 ? [`${counted(modules.length, "module")} to ${outdir}/modules`] : []),
  ];
  const variables = [...new Set(stacks.flatMap((stack) => stack.variables))];
  return [
    `Wrote ${written.join(" and ")}.`,
    ...variables.map((variable) => {
      const those = stacks.filter((stack) => stack.variables.includes(variable)).map(({ node: { id } }) => id);
      return `Set TF_VAR_${variable}${those.length === names.length ? "" : ` (${abridged(those)})`}.`;
    }),
    ...(names.length > 0 ? [`Next: ${deployment(outdir, names, hasCdktfProject)}`] : []),
  ].join("\n");
}

function deployment(outdir: string, names: readonly string[], hasCdktfProject: boolean): string {
  if (hasCdktfProject) return `npx cdktf deploy ${names.length > MAX_NAMES ? "'*'" : names.join(" ")}`;
  const folder = `${outdir}/stacks/${names.length === 1 ? names[0] : "<stack>"}`;
  return `cd ${folder} && terraform init && terraform apply`;
}

function abridged(names: readonly string[]): string {
  const rest = names.length - MAX_NAMES;
  return rest > 0 ? `${names.slice(0, MAX_NAMES).join(", ")} and ${rest} more` : names.join(", ");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
