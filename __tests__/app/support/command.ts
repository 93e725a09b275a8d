import { createRequire } from "node:module";
import { buildSync, type BuildOptions } from "esbuild";
import { ROOT } from "../../support/documents";

const { entryOf } = createRequire(__filename)("../../../scripts/bundle.cjs") as {
  entryOf: (name: string) => BuildOptions;
};

/**
 * Bundles a command like `npm run` does.
 * @returns the bundled files
 */
export function bundleCommand(name: string, outfile: string): readonly string[] {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    ...entryOf(name),
    bundle: true,
    platform: "node",
    outfile,
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}
