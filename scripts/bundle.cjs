// Bundles a TypeScript file of this project into a JavaScript file in dist/ if a source is newer. A bundle starts much
// faster than a TypeScript loader. The bundle is CommonJS, because an ES module starts slower.
const { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "..");
/** The commands that make stacks, as in lib/commands/index.ts. */
const WITH_CDKTF = ["synth", "iam"];
/** Sources of all bundles that no bundle includes. */
const SOURCES = ["package-lock.json", "scripts/bundle.cjs", "scripts/lean.mjs", "tsconfig.json"];
/** For compiled code. */
const CACHE = join(ROOT, "dist/compile-cache");

/** The paths of the sources in a bundle: looking at them is faster than looking at all files of the project. */
const sourcesFile = (outfile) => join(ROOT, outfile.replace(/\.js$/, ".sources.json"));

function isStale(outfile) {
  const modified = (file) => statSync(`${ROOT}/${file}`, { throwIfNoEntry: false })?.mtimeMs;
  const built = modified(outfile);
  if (built === undefined || !existsSync(sourcesFile(outfile))) return true;
  const sources = JSON.parse(readFileSync(sourcesFile(outfile), "utf8"));
  return [...SOURCES, ...sources].some((file) => (modified(file) ?? Infinity) >= built);
}

/** Whether an input of the bundler is a file of this project. Plugins make modules without a file. */
const isSource = (input) => !input.includes("node_modules/") && existsSync(join(ROOT, input));

/** The entry point: a file, or code that runs a command of lib/commands. */
const entryOf = (name) =>
  name.endsWith(".ts")
    ? { entryPoints: [name] }
    : sourceOf(
        'import { runCommand } from "./lib/app/command";\n' +
          `import { command } from "./lib/commands/${name}";\n` +
          "runCommand(command, process.argv.slice(2));",
      );

const sourceOf = (contents) => ({ stdin: { contents, resolveDir: ROOT, loader: "ts" } });

/** Patches CDKTF's libraries if they are in the bundle. */
async function plugins(name) {
  if (name !== "main.ts" && !WITH_CDKTF.includes(name)) return [];
  const { lean } = await import("./lean.mjs");
  return [lean];
}

/**
 * Commands may build at the same time: each writes its own file and renames it to the bundle when it is complete.
 * @param name a TypeScript file, or the name of a command
 */
async function build(name, outfile, options = {}) {
  const { build } = require("esbuild");
  const temporary = join(ROOT, `${outfile}.${process.pid}`);
  // A source that changes during the build is then newer than the bundle.
  const started = new Date();
  try {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      ...entryOf(name),
      outfile: temporary,
      bundle: true,
      platform: "node",
      target: "node20",
      logLevel: "warning",
      plugins: await plugins(name),
      metafile: true,
      ...options,
    });
    const sources = Object.keys(metafile.inputs).filter(isSource);
    writeFileSync(`${temporary}.json`, JSON.stringify(sources));
    renameSync(`${temporary}.json`, sourcesFile(outfile));
    utimesSync(temporary, started, started);
    renameSync(temporary, join(ROOT, outfile));
  } finally {
    rmSync(temporary, { force: true });
  }
}

module.exports = { CACHE, ROOT, WITH_CDKTF, isStale, build, entryOf, sourceOf };
