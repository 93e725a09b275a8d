// What `cdktf.json` starts: main.ts as one bundled file, which takes a quarter of a second to build.
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");
const { ROOT, build, isStale } = require("./scripts/bundle.cjs");

const bundle = "dist/main.js";

function run() {
  if (process.argv.includes("--build-only")) return;
  // Node.js from 22.8 on keeps what it has compiled, which is a tenth of a small run.
  enableCompileCache?.(join(ROOT, "dist/compile-cache"));
  require(join(ROOT, bundle));
}

if (isStale(bundle)) build("main.ts", bundle).then(run);
else run();
