// What `cdktf.json` starts: main.ts as one bundled file. The bundle starts in a fraction of the time that a TypeScript
// loader takes, and is made anew (in a quarter of a second) only when a source is newer. A module of ES would start
// slower, and search all of the bundle for names that it exports.
const { readdirSync, statSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");

const bundle = join(__dirname, "dist/main.js");
const modified = (file) => statSync(join(__dirname, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isStale() {
  const sources = readdirSync(join(__dirname, "lib"), { recursive: true }).map((file) => `lib/${file}`);
  const newest = Math.max(...["main.ts", "app.cjs", "scripts/lean.mjs", "package-lock.json", ...sources].map(modified));
  return newest >= modified("dist/main.js");
}

async function build() {
  const esbuild = require("esbuild");
  const { lean } = await import("./scripts/lean.mjs");
  await esbuild.build({
    absWorkingDir: __dirname,
    entryPoints: ["main.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "warning",
    plugins: [lean],
  });
}

function run() {
  if (process.argv.includes("--build-only")) return;
  // Node.js from 22.8 on keeps what it has compiled, which is a tenth of a small run.
  enableCompileCache?.(join(__dirname, "dist/compile-cache"));
  require(bundle);
}

if (isStale()) build().then(run);
else run();
