// What `cdktf.json` starts: main.ts as one bundled file, which takes a quarter of a second to build.
const { join } = require("node:path");
const { requireCached } = require("./lib/app/compile-cache.cjs");
const { CACHE, ROOT, build, isStale } = require("./scripts/bundle.cjs");

const bundle = "dist/main.js";

function run() {
  if (!process.argv.includes("--build-only")) requireCached(join(ROOT, bundle), CACHE);
}

if (isStale(bundle)) build("main.ts", bundle).then(run);
else run();
