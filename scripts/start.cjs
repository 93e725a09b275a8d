// `node scripts/start.cjs explain …` runs the command `explain` with the remaining arguments, and
// `node scripts/start.cjs generate.ts …` runs a file of this folder.
const { join } = require("node:path");
const { requireCached } = require("../lib/app/compile-cache.cjs");
const { CACHE, ROOT, build, isStale } = require("./bundle.cjs");

const [name] = process.argv.splice(2, 1);
const bundle = `dist/${name.replace(/\.ts$/, "")}.js`;
const run = () => requireCached(join(ROOT, bundle), CACHE);

if (isStale(bundle)) build(name.endsWith(".ts") ? `scripts/${name}` : name, bundle).then(run);
else run();
