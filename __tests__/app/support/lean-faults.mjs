/**
 * Bundles the library files that scripts/lean.mjs patches: unchanged, each without a text that a patch expects,
 * and without one of the files. Prints the build errors as JSON.
 */
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lean, patches } from "../../../scripts/lean.mjs";

const [root, folder] = process.argv.slice(2);
const places = ["node_modules", "node_modules/cdktf/node_modules"].map((place) => join(root, place));
const originals = new Map(
  patches.map(({ file }) => {
    const path = places.map((place) => join(place, file)).find(existsSync);
    return [file, readFileSync(path, "utf8")];
  }),
);

/** Bundles only the patched files, without their imports. */
const patchedOnly = {
  name: "patched-only",
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ importer }) => (importer.includes("libraries") ? { external: true } : undefined)),
};

async function said(texts) {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(folder, "libraries", file)), { recursive: true });
    writeFileSync(join(folder, "libraries", file), text);
  }
  const contents = [...texts.keys()].map((file) => `require("./libraries/${file}");`).join("\n");
  const errors = await build({
    absWorkingDir: folder,
    stdin: { contents, resolveDir: folder },
    bundle: true,
    platform: "node",
    logLevel: "silent",
    outfile: "bundle.js",
    plugins: [patchedOnly, lean],
  }).then(
    () => [],
    (failure) => failure.errors.map(({ text }) => text),
  );
  return { errors, bundle: existsSync(join(folder, "bundle.js")) };
}

const without = (file) => new Map([...originals].filter(([other]) => other !== file));
const changed = (file, change) =>
  new Map([...originals].map(([each, text]) => [each, each === file ? change(text) : text]));

const results = { unchanged: await said(originals), faults: [] };
for (const { file, has, edits = [[has]] } of patches) {
  results.faults.push({ file, what: file, ...(await said(without(file))) });
  for (const [text] of edits) {
    results.faults.push({
      file,
      what: text,
      ...(await said(changed(file, (before) => before.replace(text, () => "")))),
    });
    results.faults.push({ file, what: text, ...(await said(changed(file, (before) => `${before}\n/* ${text} */`))) });
  }
}
console.log(JSON.stringify(results));
