import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Warns about the local state files of removed stacks that still have resources.
 * @param stacks the names of the stacks that the previous run wrote and this run didn't
 */
export function orphanedStateWarnings(outdir: string, stacks: readonly string[]): readonly string[] {
  return stacks
    .map((stack) => `terraform.${stack}.tfstate`)
    .filter((file) => hasResources(join(outdir, "..", file)))
    .map(
      (file) =>
        `Warning: ${file} has resources, but its stack is no longer in the configuration. ` +
        "If you renamed the stack, rename the state file to match. " +
        "If you removed the stack, add it again and run `npx cdktf destroy` to remove its resources.",
    );
}

/** Also true for a state that can't be read: it may have resources. */
function hasResources(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8");
    const { resources } = JSON.parse(text || '{ "resources": [] }') as { readonly resources?: unknown };
    return !(Array.isArray(resources) && resources.length === 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}
