// Bundles a TypeScript file of this project into a JavaScript file in dist/ if a source is newer. A bundle starts much
// faster than a TypeScript loader. The bundle is CommonJS, because an ES module starts slower.
const { readdirSync, renameSync, rmSync, statSync, utimesSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "..");
/** The commands that make stacks, as in lib/commands/index.ts. */
const WITH_CDKTF = ["synth", "iam"];
const SOURCES = ["main.ts", "app.cjs", "package-lock.json"];

function isStale(outfile) {
  const modified = (file) => statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const inFolders = ["lib", "scripts"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((file) => `${folder}/${file}`),
  );
  return Math.max(...[...SOURCES, ...inFolders].map(modified)) >= modified(outfile);
}

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
    await build({
      absWorkingDir: ROOT,
      ...entryOf(name),
      outfile: temporary,
      bundle: true,
      platform: "node",
      target: "node20",
      logLevel: "warning",
      plugins: await plugins(name),
      ...options,
    });
    utimesSync(temporary, started, started);
    renameSync(temporary, join(ROOT, outfile));
  } finally {
    rmSync(temporary, { force: true });
  }
}

module.exports = { ROOT, WITH_CDKTF, isStale, build, entryOf, sourceOf };
